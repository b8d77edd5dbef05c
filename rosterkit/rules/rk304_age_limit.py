"""A person who is too old.

What
The person is older than the schema's limit on the first covered day (65 and over by default). Whoever is a member by a
list of participants, or at most 3 months in arrears, may go on paying: RK305 speaks; after a lapse this rule does.

Why
BPJS takes people under 65 at registration; other limits are the office's own, set in the schema (`ages`).

Example
Born 01-01-1950, covered from January 2025.

Instead
Nobody, or the right birth date.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.membership import add_memberships, may_go_on
from rosterkit.rules.said import Said


def age_on(day: dt.date, born: pl.Expr) -> pl.Expr:
    """Completed years on a day; somebody born on 29 February is a year older on 1 March."""
    month, in_month = born.dt.month(), born.dt.day()  # Int8: compared, never computed with
    birthday_to_come = (month > day.month) | ((month == day.month) & (in_month > day.day))
    return day.year - born.dt.year() - birthday_to_come.cast(pl.Int32)


def is_too_old(field: str, context: Context) -> pl.Expr:
    """Whether somebody is older than the schema's limit on the first covered day."""
    limit = context.spec.ages.max
    return pl.lit(False) if limit is None else age_on(context.first_day, pl.col(field)) > limit


def _bad(field: str, context: Context) -> pl.Expr:
    return is_too_old(field, context) & ~may_go_on(context)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {
        "age": age_on(context.first_day, pl.col(field)),
        "day": pl.lit(context.first_day.strftime(DATE_FORMAT)),
        "limit": pl.lit(context.spec.ages.max),
    }


RULE = Rule(
    code="RK304",
    name="age-limit",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Usia di luar batas"),
    message=N_("Usia {age} tahun pada {day}; paling tua {limit} tahun."),
    hint=N_("Cocokkan tanggal lahir dengan KTP. Bila benar, orang ini tidak bisa didaftarkan."),
    sender=Said(
        N_("Usianya {age} tahun pada {day}; yang bisa didaftarkan paling tua {limit} tahun."),
        N_("Mohon cek tanggal lahirnya dengan KTP. Bila sudah benar, mohon hapus barisnya."),
    ),
    why=N_("Orang di luar batas usia ditolak saat pendaftaran, dan iurannya terbuang."),
    judges=(
        Cells(
            fields=("birth_date",),
            bad=_bad,
            facts=_facts,
            repair="ask",
            derive=add_memberships,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010201609901 | Contoh Satu | 02-01-1960 | Pemulung |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101609901 | Contoh Satu | 01-01-1960 | Pemulung |
| 3571010101509902 | Contoh Dua | 01-01-1950 | Pemulung |
""",
)
