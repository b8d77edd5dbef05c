"""A person who reaches the age limit while covered.

What
The person is within the ages on the first covered day and passes the highest one before the last; or has passed it, and
may go on as a member (see RK304).

Why
Registration is possible, but the months after the birthday may be paid for nothing.

Example
Born 15-06-1960, covered January to December 2025.

Instead
Nothing in the roster; the office decides with BPJS.
"""

from __future__ import annotations

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.membership import add_memberships, may_go_on
from rosterkit.rules.rk304_age_limit import is_too_old


def _birthday(field: str, context: Context) -> pl.Expr:
    """The day on which the person passes the highest age: 29 February becomes 1 March where a year has none."""
    born, years = pl.col(field), (context.spec.ages.max or 0) + 1
    same = born.dt.offset_by(f"{years}y")  # 28 February where 29 does not exist
    return pl.when(same.dt.day() == born.dt.day()).then(same).otherwise(same.dt.offset_by("1d"))


def _bad(field: str, context: Context) -> pl.Expr | None:
    last = context.spec.last_day()
    if last is None or context.spec.ages.max is None:
        return None
    reaches = _birthday(field, context).is_between(context.first_day, last, closed="right")
    return reaches | (is_too_old(field, context) & may_go_on(context))


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    last = context.spec.last_day() or context.today
    return {
        "day": _birthday(field, context).dt.strftime(DATE_FORMAT),
        "limit": pl.lit((context.spec.ages.max or 0) + 1),
        "end": pl.lit(last.strftime(DATE_FORMAT)),
        "variant": pl.when(is_too_old(field, context)).then(pl.lit("member")),
    }


RULE = Rule(
    code="RK305",
    name="age-limit-within-period",
    severity=Severity.WARNING,
    scope="reference",
    title=N_("Mencapai batas usia dalam masa perlindungan"),
    message=N_("Berusia {limit} tahun pada {day}, sebelum masa perlindungan berakhir ({end})."),
    variants={
        "member": N_("Sudah berusia {limit} tahun pada {day}, tetapi masih bisa melanjutkan kepesertaan."),
    },
    hint=N_("Tanyakan kepada BPJS Ketenagakerjaan sampai bulan apa iurannya dibayar."),
    why=N_("Iuran untuk bulan sesudah batas usia mungkin tidak melindungi."),
    judges=(
        Cells(
            fields=("birth_date",),
            bad=_bad,
            facts=_facts,
            derive=add_memberships,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101619901 | Contoh Satu | 01-01-1961 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571011506609901 | Contoh Satu | 15-06-1960 | Pemulung |
| 3571013112609902 | Contoh Dua | 31-12-1960 | Pemulung |
""",
)
