"""A date that cannot be.

What
A date that the calendar does not have, that lies in the future, or before 1900. A birth date after the first covered
day: nobody works before she is born.

Why
A digit is wrong, and with it the age.

Example
31-02-1985.

Instead
The date from the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_STATES = ("impossible", "future", "old")


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_state").is_in(_STATES) | _is_unborn(field, context).fill_null(False)


def _is_unborn(field: str, context: Context) -> pl.Expr:
    return pl.col(field) > context.first_day if field == "birth_date" else pl.lit(False)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    state, is_unborn = pl.col(f"{field}_state"), _is_unborn(field, context)
    return {
        "written": pl.when(is_unborn).then(pl.col(field).dt.strftime(DATE_FORMAT)).otherwise(f"{field}_text"),
        "day": pl.lit(context.first_day.strftime(DATE_FORMAT)),
        "variant": pl.when(is_unborn).then(pl.lit("unborn")).when(state != "impossible").then(state),
    }


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
        "unborn": N_("{label} {written} sesudah hari pertama perlindungan ({day}): bukan tanggal lahir pekerja."),
    },
    hint=N_("Cocokkan dengan KTP, lalu ketik ulang, misalnya 17-08-1985."),
    sender=Said(
        N_("{label} {written} tidak ada di kalender."),
        N_("Mohon tulis tanggal sesuai KTP, misalnya 17-08-1985."),
        variants={
            "future": N_("{label} {written} ada di masa depan."),
            "old": N_("{label} {written} lebih lama dari tahun 1900."),
            "unborn": N_("{label} {written} terlalu baru untuk seorang pekerja."),
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
