"""A person who is very young.

What
The person is younger than 17 on the first covered day: a warning, and our own choice, as no public rule names an age.
Where the schema sets one (`ages: {min: 18}`), it is an error; `ages: {min: 0}` asks about nobody.

Why
Whoever has no card of her own yet can hardly be checked, and a birth date of a child is more often a wrong one.

Example
Born 01-01-2015, covered from January 2025.

Instead
The right birth date, or nobody.
"""

from __future__ import annotations

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.rk304_age_limit import age_on
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return age_on(context.first_day, pl.col(field)) < context.spec.ages.least


def _is_set(field: str, context: Context) -> pl.Expr | None:
    return None if context.spec.ages.min is None else pl.lit(True)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {
        "age": age_on(context.first_day, pl.col(field)),
        "day": pl.lit(context.first_day.strftime(DATE_FORMAT)),
        "limit": pl.lit(context.spec.ages.least),
    }


RULE = Rule(
    code="RK309",
    name="age-below-minimum",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Usia di bawah batas"),
    message=N_("Usia {age} tahun pada {day}; paling muda {limit} tahun."),
    hint=N_("Cocokkan tanggal lahir dengan KTP atau KK; tanyakan kepada pengirim apakah orang ini sudah bekerja."),
    sender=Said(
        N_("Usianya {age} tahun pada {day}; yang bisa didaftarkan paling muda {limit} tahun."),
        N_("Mohon cek tanggal lahirnya dengan KTP atau KK."),
    ),
    why=N_("Tanggal lahir anak lebih sering salah ketik; anak di bawah umur biasanya tidak bisa didaftarkan."),
    before=("RK111:nik", "RK222"),
    judges=(
        Cells(
            fields=("birth_date",),
            bad=_bad,
            other_severity=(Severity.ERROR, _is_set),
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101089901 | Contoh Satu | 01-01-2008 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010201089901 | Contoh Satu | 02-01-2008 | Pemulung |
| 3571010101159902 | Contoh Dua | 01-01-2015 | Pemulung |
""",
)
