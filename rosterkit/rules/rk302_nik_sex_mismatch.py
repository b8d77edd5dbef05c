"""NIK and sex differ.

What
The sex and the one inside the NIK (day + 40 for women) differ.

Why
Usually L and P were mixed up, or the NIK belongs to the husband or wife.

Example
L beside a NIK with day 41.

Instead
Compare with the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    known = pl.col("nik_date").is_not_null()
    return pl.when(known & pl.col("sex").is_not_null()).then((pl.col("sex") == "P") != pl.col("nik_female"))


def _in_words(is_woman: pl.Expr) -> pl.Expr:
    return pl.when(is_woman).then(pl.lit(N_("perempuan"))).otherwise(pl.lit(N_("laki-laki")))


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {
        "nik_says": _in_words(pl.col("nik_female")),
        "sex": _in_words(pl.col("sex") == "P"),
    }


RULE = Rule(
    code="RK302",
    name="nik-sex-mismatch",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Jenis kelamin berbeda dengan NIK"),
    message=N_("Jenis kelamin {sex}, sedangkan menurut NIK {nik_says}."),
    hint=N_("Cocokkan dengan KTP: L dan P tertukar, atau NIK milik suami atau istrinya."),
    sender=Said(
        N_("Jenis kelamin {sex}, sedangkan menurut NIK {nik_says}."),
        N_("Mohon cek KTP: L dan P tertukar, atau NIK milik suami atau istrinya?"),
    ),
    why=N_("Pada NIK perempuan tanggal lahir ditambah 40; bila berbeda, sering NIK milik orang lain."),
    before=("RK217", "RK214", "RK303", "RK110:kk", "RK111:nik", "RK310"),
    judges=(
        Cells(
            fields=("sex",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | L/P |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | L |
| 3571014101859902 | Contoh Dua | 01-01-1985 | Pemulung | P |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | L/P |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | P |
""",
)
