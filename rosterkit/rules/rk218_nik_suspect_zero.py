"""A NIK that may have been rounded before it became text.

What
A NIK is text and well-formed but ends in 0, and other NIKs of its column are numbers.

Why
It may have been rounded while it was a number, and made a text afterwards.

Example
`3571010101859900` as text above cells that hold numbers.

Instead
The last digit from the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("nik").str.ends_with("0") & pl.col("nik_beside_numbers")


RULE = Rule(
    code="RK218",
    name="nik-suspect-zero",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Digit terakhir NIK mungkin hilang"),
    message=N_("NIK berakhir 0, dan NIK lain di kolom ini tersimpan sebagai angka: mungkin diubah Excel."),
    hint=N_("Cocokkan digit terakhir dengan KTP."),
    sender=Said(
        N_("NIK berakhir 0; mungkin digit terakhirnya diubah Excel."),
        N_("Mohon cek digit terakhirnya dengan KTP."),
    ),
    why=N_("NIK yang sudah dibulatkan Excel lalu diubah menjadi Text tampak seperti NIK yang benar."),
    before=("RK217", "RK214", "RK213", "RK303"),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010201859910 | Contoh Dua | 02-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859910 | Contoh Satu | 01-01-1985 | Pemulung |
| n:3571010201859900 | Contoh Dua | 02-01-1985 | Pemulung |
""",
)
