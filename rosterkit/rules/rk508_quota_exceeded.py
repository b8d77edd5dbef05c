"""More people than the quota allows.

What
The schema's `quota` is full, in total or for the category: people without an error are counted in the order of the
files, and each one beyond the quota is named.

Why
There is no money and no decree for more people; who is beyond the quota is the office's choice, not the computer's.

Example
The 3,001st person of 3,000.

Instead
Fewer people, or a higher quota in the schema or in `rosterkit.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _limits(context: Context) -> dict[str, int]:
    """The quota of each category, by its label."""
    quota = context.spec.quota.categories
    return {item.label: quota[item.code] for item in context.spec.categories if item.code in quota}


def _limit(context: Context) -> pl.Expr:
    """How many people of a row's category there may be; null without a limit."""
    return pl.col("category").replace_strict(_limits(context), default=None, return_dtype=pl.Int64)


def _over_category(context: Context) -> pl.Expr:
    if not _limits(context):
        return pl.repeat(False, pl.len())
    return (pl.int_range(1, pl.len() + 1).over("category") > _limit(context)).fill_null(False)


def _bad(field: str, context: Context) -> pl.Expr | None:
    over = _over_category(context)
    if field == "category":
        return over if _limits(context) else None
    total = context.spec.quota.total
    return None if total is None else ~over & ((~over).cast(pl.Int64).cum_sum() > total)


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    if field == "category":
        return {"limit": _limit(context), "written": pl.col(field), "variant": pl.lit("category")}
    return {"limit": pl.lit(context.spec.quota.total)}


RULE = Rule(
    code="RK508",
    name="quota-exceeded",
    severity=Severity.ERROR,
    scope="total",
    title=N_("Kuota terlampaui"),
    message=N_("Orang di {cell} melebihi kuota {limit} orang."),
    variants={"category": N_('Orang di {cell} melebihi kuota {limit} orang untuk kategori "{written}".')},
    hint=N_(
        "Tentukan siapa yang didahulukan dan keluarkan yang lain, atau ubah kuota di rosterkit.toml"
        " bila SK-nya berubah."
    ),
    why=N_("Untuk orang di atas kuota tidak ada SK dan tidak ada anggaran."),
    judges=(
        Cells(
            fields=("nik", "category"),
            bad=_bad,
            facts=_facts,
        ),
    ),
    given={"quota": {"total": 3, "categories": {"PEMULUNG": 1}}},
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Ketua RT |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| 3571010401859904 | Contoh Empat | 04-01-1985 | Ketua RT |
""",
)
