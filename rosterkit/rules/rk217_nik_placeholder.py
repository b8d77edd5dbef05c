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


def _bad(field: str, context: Context) -> pl.Expr:
    nik = pl.col("nik")
    repeated = nik.is_in([digit * 16 for digit in "0123456789"])
    parts = [nik.str.slice(2, 2) == "00", nik.str.slice(4, 2) == "00", nik.str.slice(12, 4) == "0000"]
    return repeated | (nik == "1234567890123456") | pl.any_horizontal(parts)


RULE = Rule(
    code="RK217",
    name="nik-placeholder",
    severity=Severity.ERROR,
    scope="row",
    title=N_("NIK isian asal"),
    message=N_("NIK di {cell} bukan NIK sungguhan (isian asal atau bagian yang bernilai nol)."),
    hint=N_("Minta foto KTP atau KK, lalu ketik NIK yang sebenarnya."),
    why=N_("Nomor asal membuat orang itu tidak terdaftar walau namanya ada di daftar."),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
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
