"""A NIK from an unknown province.

What
A NIK begins with a number that is no province of the Kemendagri list; 01 to 10 are numbers from before SIAK
and have their own message.

Why
No such NIK exists; a digit is wrong, or the number is an old one that was replaced.

Example
9971010101859901.

Instead
The NIK as it is on the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

# Kepmendagri 300.2.2-2138/2025: 38 provinces
PROVINCES = tuple(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(first, last + 1)
)
_BEFORE_SIAK = tuple(f"{code:02}" for code in range(1, 11))


def _bad(field: str, context: Context) -> pl.Expr:
    return ~pl.col("nik").str.slice(0, 2).is_in(PROVINCES)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    province = pl.col("nik").str.slice(0, 2)
    return {"province": province, "variant": pl.when(province.is_in(_BEFORE_SIAK)).then(pl.lit("old"))}


RULE = Rule(
    code="RK214",
    name="nik-province",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Kode provinsi dalam NIK tidak ada"),
    message=N_("NIK diawali {province}, bukan kode provinsi mana pun."),
    variants={
        "old": N_("NIK diawali {province}: nomor lama, dari sebelum KTP elektronik."),
    },
    hint=N_("Cocokkan dengan KTP elektronik, lalu ketik ulang."),
    sender=Said(
        N_("Dua digit pertama NIK ({province}) salah."),
        N_("Mohon ketik ulang NIK dari KTP elektronik."),
        variants={
            "old": N_("Ini nomor KTP lama (diawali {province})."),
        },
    ),
    why=N_("Dua digit pertama NIK adalah kode provinsi tempat pertama kali didaftar."),
    before=("RK217",),  # a made-up number says nothing about regions and dates
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
| 9601010101859902 | Contoh Dua | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 9971010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 0971010101859902 | Contoh Dua | 01-01-1985 | Pemulung |
""",
)
