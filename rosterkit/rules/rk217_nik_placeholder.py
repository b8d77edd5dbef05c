"""A made-up NIK.

What
A NIK that nobody has: one digit repeated, 1234567890123456, serial 0000, kab/kota 00 or kecamatan 00.

Why
It was typed to fill the cell; the person has no NIK in this list.

Example
1111111111111111.

Instead
The NIK from the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_PARTS = (  # from, how many digits, what they are
    (2, 2, N_("kode kabupaten/kota")),
    (4, 2, N_("kode kecamatan")),
    (12, 4, N_("nomor urut")),
)


def _is_invented() -> pl.Expr:
    nik = pl.col("nik")
    return nik.is_in([digit * 16 for digit in "0123456789"]) | (nik == "1234567890123456")


def _zero_part() -> pl.Expr:
    """What the first part of the NIK is that is zero; null where none is."""
    nik = pl.col("nik")
    return pl.coalesce(
        pl.when(nik.str.slice(start, size) == "0" * size).then(pl.lit(part)) for start, size, part in _PARTS
    )


def _bad(field: str, context: Context) -> pl.Expr:
    return _is_invented() | _zero_part().is_not_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {
        "written": pl.col("nik"),
        "part": _zero_part(),
        "variant": pl.when(~_is_invented()).then(pl.lit("zero")),
    }


RULE = Rule(
    code="RK217",
    name="nik-placeholder",
    severity=Severity.ERROR,
    scope="row",
    title=N_("NIK bukan nomor KTP"),
    message=N_("NIK berisi nomor pengisi ({written}), bukan nomor KTP."),
    variants={
        "zero": N_("NIK tidak mungkin benar: {part} tertulis nol."),
    },
    hint=N_("Minta foto KTP atau KK, lalu ketik NIK yang sebenarnya."),
    sender=Said(
        N_("NIK belum diisi nomor dari KTP."),
        N_("Mohon diisi sesuai KTP. Bila belum punya NIK, mohon kabari kami."),
        variants={
            "zero": N_("NIK tidak lengkap: {part} tertulis nol."),
        },
    ),
    why=N_("Nomor pengisi membuat orang itu tidak didaftarkan walau namanya ada di daftar."),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 1111111111111111 | Contoh Satu | 01-01-1985 | Pemulung |
| 1234567890123456 | Contoh Dua | 01-01-1985 | Pemulung |
| 3571010101850000 | Contoh Tiga | 01-01-1985 | Pemulung |
| 3500010101859904 | Contoh Empat | 01-01-1985 | Pemulung |
""",
)
