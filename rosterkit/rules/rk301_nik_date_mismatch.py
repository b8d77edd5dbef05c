"""NIK and birth date differ.

What
The birth date and the one inside the NIK differ.

Why
Usually one of them has a typing error. It may be right all the same: Dukcapil does not change a NIK when
the birth date is corrected, so this is a warning.

Example
NIK ...010185... beside 02-01-1985.

Instead
Compare both with the card; leave them if the card says so.
"""

from __future__ import annotations

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("birth_date") != pl.col("nik_date")


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {
        "nik_says": pl.col("nik_date").dt.strftime(DATE_FORMAT),
        "written": pl.col("birth_date").dt.strftime(DATE_FORMAT),
    }


RULE = Rule(
    code="RK301",
    name="nik-date-mismatch",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Tanggal lahir berbeda dengan NIK"),
    message=N_("Tanggal lahir {written}, sedangkan menurut NIK {nik_says}."),
    hint=N_("Cocokkan keduanya dengan KTP. Bila KTP memang begitu, biarkan."),
    sender=Said(
        N_("Tanggal lahir {written}, sedangkan menurut NIK {nik_says}."),
        N_("Mohon cek KTP: mana yang benar? Bila KTP memang begitu, biarkan."),
    ),
    why=N_("Biasanya salah satunya salah ketik; kadang memang berbeda di KTP, jadi ini hanya perlu dicek."),
    before=(
        "RK217",
        "RK214",
        "RK303",
        "RK110:kk",
        "RK111:nik",
        "RK310",
        "RK222",
        "RK221",
    ),  # what a wrong number says of its owner is nothing
    judges=(
        Cells(
            fields=("birth_date",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571014101259902 | Contoh Dua | 01-01-1925 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 02-01-1985 | Pemulung |
""",
)
