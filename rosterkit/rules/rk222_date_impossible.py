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
from rosterkit.rules.said import Said

_STATES = ("impossible", "future", "old")


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_state").is_in(_STATES)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    state = pl.col(f"{field}_state")
    return {"written": pl.col(f"{field}_text"), "variant": pl.when(state != "impossible").then(state)}


RULE = Rule(
    code="RK222",
    name="date-impossible",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Tanggal tidak mungkin"),
    message=N_("{label} {written} tidak ada di kalender."),
    variants={
        "future": N_("{label} {written} ada di masa depan."),
        "old": N_("{label} {written} lebih lama dari tahun 1900."),
    },
    hint=N_("Cocokkan dengan KTP, lalu ketik ulang, misalnya 17-08-1985."),
    sender=Said(
        N_("{label} {written} tidak ada di kalender."),
        N_("Mohon tulis tanggal sesuai KTP, misalnya 17-08-1985."),
        variants={
            "future": N_("{label} {written} ada di masa depan."),
            "old": N_("{label} {written} lebih lama dari tahun 1900."),
        },
    ),
    why=N_("Tanggal yang tidak mungkin berarti ada angka yang salah, dan usianya ikut salah."),
    judges=(
        Cells(
            fields=("type:date",),
            bad=_bad,
            facts=_facts,
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
