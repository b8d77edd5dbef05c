"""A date whose day and month may be swapped.

What
A date written in numbers whose day and month could be swapped, where no NIK in the row decides; or a real
date cell where swapping them gives exactly the NIK's date (then that is suggested).

Why
Programs set to English read 03/04 as 4 March.

Example
03/04/1985 beside a NIK that cannot be read.

Instead
The month in letters.
"""

from __future__ import annotations

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_ISO = "%Y-%m-%d"


def _bad(field: str, context: Context) -> pl.Expr:
    undecided = pl.col(f"{field}_open") & pl.col("nik_date").is_null()
    return undecided | pl.col(f"{field}_swapped").is_not_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    born = pl.col(field)
    swapped = pl.col(f"{field}_swapped")
    other = pl.coalesce(swapped.dt.strftime(_ISO), born.dt.strftime("%Y-%d-%m"))
    variant = pl.when(swapped.is_not_null()).then(pl.lit("nik"))
    return {"written_day": born.dt.strftime(_ISO), "other_day": other, "variant": variant}


def _fix(field: str) -> pl.Expr:
    return pl.col(f"{field}_swapped").dt.strftime(DATE_FORMAT)


RULE = Rule(
    code="RK221",
    name="date-ambiguous",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Tanggal dan bulan mungkin tertukar"),
    message=N_("{label} dibaca {written_day}, tetapi bisa juga {other_day}; NIK-nya tidak bisa memastikan."),
    variants={
        "nik": N_("{label} tertulis {written_day}, sedangkan menurut NIK {other_day}: mungkin tertukar."),
    },
    hint=N_("Cocokkan dengan KTP. Supaya pasti, tulis bulannya dengan huruf: 3 April 1985."),
    sender=Said(
        N_("{label} bisa berarti {written_day} atau {other_day}."),
        N_("Mohon cek KTP, lalu tulis bulannya dengan huruf: 3 April 1985."),
        variants={
            "nik": N_("{label} tertulis {written_day}, sedangkan menurut NIK {other_day}."),
        },
    ),
    why=N_("Tanggal dan bulan yang tertukar mengubah usia dan membuat orangnya tidak padan."),
    before=("RK110:kk",),
    judges=(
        Cells(
            fields=("type:date",),
            bad=_bad,
            facts=_facts,
            fix=_fix,
            repair="likely",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010304859901 | Contoh Satu | 03/04/1985 | Pemulung |
| 357101030485990 | Contoh Dua | 13/04/1985 | Pemulung |
| 357101030485990 | Contoh Tiga | 3 April 1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 357101030485990 | Contoh Satu | 03/04/1985 | Pemulung |
| 3571010403859902 | Contoh Dua | d:1985-04-03 | Pemulung |
""",
)
