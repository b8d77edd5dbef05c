"""A NIK whose last digit Excel has erased.

What
A NIK was typed into a number cell, or stands there in scientific notation. Excel keeps 15 digits, so the
sixteenth was replaced by 0.

Why
The number looks well-formed and belongs to somebody else, or to nobody. This file cannot bring the digit
back.

Example
3571010101859900 as a number where the card says ...9901.

Instead
Format the column as text first, then type the NIK from the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import later
from rosterkit.model import Severity
from rosterkit.rules.base import Context, Rule


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_scientific")


RULE = Rule(
    code="RK212",
    name="nik-precision-lost",
    severity=Severity.ERROR,
    title=later("Angka terakhir NIK hilang"),
    message=later(
        "NIK di {cell} tersimpan sebagai angka, jadi Excel menghapus angka terakhirnya (menjadi 0)."
        " Berkas ini tidak bisa mengembalikannya."
    ),
    hint=later("Ubah format kolom menjadi Text, lalu ketik ulang NIK dari KTP."),
    why=later("Excel hanya menyimpan 15 angka; angka ke-16 diganti 0 sehingga NIK menunjuk orang lain."),
    fields=("nik",),
    bad=_bad,
    repair="ask",
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010101859902.0 | Contoh Dua | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| n:3571010101859900 | Contoh Satu | 01-01-1985 | Pemulung |
| 3,57101E+15 | Contoh Dua | 01-01-1985 | Pemulung |
""",
)
