"""A date that cannot be.

What
A date that the calendar does not have, that lies in the future, or before 1900.

Why
A digit is wrong, and with it the age.

Example
31-02-1985.

Instead
The date from the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_state") == "impossible"


RULE = Rule(
    code="RK222",
    name="date-impossible",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Tanggal mustahil"),
    message=N_("{label} di {cell} tidak mungkin: tidak ada di kalender, di masa depan, atau sebelum 1900."),
    hint=N_("Cocokkan dengan KTP lalu ketik ulang, misalnya 17-08-1985."),
    why=N_("Tanggal yang mustahil berarti ada angka yang salah, dan usianya ikut salah."),
    judges=(
        Cells(
            fields=("type:date",),
            bad=_bad,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571012902009901 | Contoh Satu | 29-02-2000 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 31-02-1985 | Pemulung |
| 3571010101859902 | Contoh Dua | 01-01-2085 | Pemulung |
| 3571010101859903 | Contoh Tiga | 01-01-1885 | Pemulung |
""",
)
