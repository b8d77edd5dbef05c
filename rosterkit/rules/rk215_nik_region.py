"""A NIK from an unknown kab/kota or kecamatan.

What
The first four or six digits of a NIK are no kab/kota or kecamatan that exists or existed (Kepmendagri
300.2.2-2138/2025 and what it retired).

Why
A digit is probably wrong. It may be right all the same, as the table may miss a change, so this is a warning.

Example
357199... in Kota Kediri, which has 01 to 03.

Instead
The NIK as it is on the card.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from rosterkit.data.regions import regions
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


@cache
def _known() -> pl.Series:
    """The codes of all kecamatan."""
    return pl.Series(regions().codes(6))


def _bad(field: str, context: Context) -> pl.Expr:
    return ~pl.col("nik").str.slice(0, 6).is_in(_known().implode())


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    kota = pl.col("nik").str.slice(0, 4)
    named = kota.replace_strict({code: regions().name(code) for code in regions().codes(4)}, default=None)
    return {
        "region": pl.col("nik").str.slice(0, 6),
        "within": named,
        "kota": kota,
        "variant": pl.when(named.is_null()).then(pl.lit("kota")),
    }


RULE = Rule(
    code="RK215",
    name="nik-region",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Kode wilayah dalam NIK tidak dikenal"),
    message=N_("Kode kecamatan {region} dalam NIK tidak ada di {within}."),
    variants={
        "kota": N_("Kode kabupaten/kota {kota} dalam NIK tidak ada."),
    },
    hint=N_("Cocokkan dengan KTP. Bila KTP memang begitu, biarkan."),
    sender=Said(
        N_("Enam digit pertama NIK ({region}) mungkin salah ketik."),
        N_("Mohon dicek dengan KTP. Bila sama dengan KTP, biarkan."),
        variants={
            "kota": N_("Empat digit pertama NIK ({kota}) mungkin salah ketik."),
        },
    ),
    why=N_("Enam digit pertama NIK adalah tempat pertama kali didaftar; kode yang tidak ada biasanya salah ketik."),
    before=("RK217", "RK214", "RK303"),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 9101010101859902 | Contoh Dua | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571990101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3599010101859902 | Contoh Dua | 01-01-1985 | Pemulung |
""",
)
