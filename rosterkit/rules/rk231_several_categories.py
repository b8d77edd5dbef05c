"""More than one category in a cell.

What
A cell names two or more categories of the programme.

Why
A person is registered under one category; which one is for the sender to say.

Example
`Tukang becak / Pemulung`.

Instead
One category.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_several").is_not_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"several": pl.col(f"{field}_several")}


RULE = Rule(
    code="RK231",
    name="several-categories",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Lebih dari satu kategori"),
    message=N_("Kategori lebih dari satu: {several}."),
    hint=N_("Tanyakan pekerjaan utamanya; yang didaftarkan hanya satu."),
    sender=Said(
        N_("Kategori ditulis lebih dari satu: {several}."),
        N_("Mohon pilih satu saja, pekerjaan utamanya."),
    ),
    why=N_("Setiap orang didaftarkan dengan satu kategori; yang kedua bisa membuatnya terhitung dua kali."),
    judges=(
        Cells(
            fields=("category",),
            bad=_bad,
            facts=_facts,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Petugas pencatat nikah dan kematian |
| 3571010201859902 | Contoh Dua | 02-01-1985 | becak / tukang becak |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Tukang becak / Pemulung |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung dan buruh tani |
""",
)
