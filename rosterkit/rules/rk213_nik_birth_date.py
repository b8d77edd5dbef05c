"""A NIK with an impossible birth date.

What
The birth date inside a NIK (digits 7 to 12, day + 40 for women) does not exist: day 00, 32-40 or 72-99, a
bad month, a day that the month does not have in either century, or the future.

Why
Such a NIK was never issued; a digit is wrong.

Example
3571013201859901 says day 32.

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


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("nik").is_not_null() & pl.col("nik_date").is_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"digits": pl.col("nik").str.slice(6, 6)}


RULE = Rule(
    code="RK213",
    name="nik-birth-date",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Tanggal lahir dalam NIK tidak mungkin"),
    message=N_("NIK memuat tanggal lahir yang tidak mungkin: {digits} (digit ke-7 sampai ke-12)."),
    hint=N_("Cocokkan dengan KTP, lalu ketik ulang."),
    sender=Said(
        N_("NIK salah ketik: bagian tanggal lahirnya ({digits}) tidak mungkin."),
        N_("Mohon cek KTP-nya, lalu ketik ulang NIK-nya."),
    ),
    why=N_(
        "Digit ke-7 sampai ke-12 adalah tanggal lahir (perempuan: tanggal + 40); tanggal yang tidak ada berarti NIK"
        " salah."
    ),
    before=("RK217", "RK214", "RK110:kk"),
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
| 3571014101859902 | Contoh Dua | 01-01-1985 | Pemulung |
| 3571012902009903 | Contoh Tiga | 29-02-2000 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571013201859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010113859902 | Contoh Dua | 01-01-1985 | Pemulung |
| 3571012902859903 | Contoh Tiga | 01-01-1985 | Pemulung |
| 3571010001859904 | Contoh Empat | 01-01-1985 | Pemulung |
""",
)
