"""A known synonym of a category; repaired.

What
A category is written as a known synonym, or with a single typing error. The upload gets the programme's own
word.

Why
People call the same work by many names; counts by category need one.

Example
`becak` for Tukang becak.

Instead
Nothing needs to be done; the repair is certain.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule, repaired_value, was_repaired
from rosterkit.rules.context import Context


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"written": pl.col(f"{field}_text"), "label_of": pl.col(field)}


RULE = Rule(
    code="RK232",
    name="category-synonym",
    severity=Severity.INFO,
    scope="row",
    title=N_("Nama kategori disamakan"),
    message=N_('Kategori "{written}" dibaca sebagai {label_of}.'),
    hint=N_("Tidak perlu apa-apa."),
    why=N_("Pekerjaan yang sama sering disebut dengan banyak nama; hitungan per kategori perlu satu nama."),
    judges=(
        Cells(
            fields=("category",),
            bad=was_repaired,
            facts=_facts,
            fix=repaired_value,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Tukang becak |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | becak |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulumg |
""",
)
