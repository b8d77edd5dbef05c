"""A category that the source of funds does not allow.

What
The category is known, but the source of funds does not allow it (`funding` in the schema).

Why
Public money may only be spent on what its source allows.

Example
A programme whose `funding` refuses the category.

Instead
Another programme, or another source of funds.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _refused(context: Context) -> list[str]:
    """The labels of the categories that the money may not be spent on."""
    funding = context.spec.funding
    allowed = funding.allows
    return [
        item.label
        for item in context.spec.categories
        if item.code in funding.refuses or (allowed is not None and item.code not in allowed)
    ]


def _bad(field: str, context: Context) -> pl.Expr | None:
    refused = _refused(context)
    return pl.col(field).is_in(refused) if refused else None


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"written": pl.col(field), "source": pl.lit(context.spec.funding.source or "-")}


RULE = Rule(
    code="RK507",
    name="category-not-funded",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Kategori tidak boleh dibiayai"),
    message=N_("Kategori {written} tidak boleh dibiayai dari {source}."),
    hint=N_("Usulkan lewat sumber dana lain yang membolehkan kategori ini."),
    sender=Said(
        N_("Kategori {written} tidak termasuk program ini."),
        N_("Tidak ada yang perlu diperbaiki."),
    ),
    why=N_("Uang yang dipakai untuk kategori yang tidak diizinkan dipersoalkan pemeriksa keuangan."),
    judges=(
        Cells(
            fields=("category",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    given={"funding": {"refuses": ["KETUA-RT"]}},
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Ketua RT |
""",
)
