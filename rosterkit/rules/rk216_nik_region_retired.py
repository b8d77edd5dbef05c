"""A NIK with a region code that was retired.

What
The region code of a NIK was retired when its region was split (Papua, 2022). The NIK stays valid.

Why
It is good to know, and no reason to ask anybody.

Example
9101... of Kabupaten Merauke, now 9301.

Instead
Nothing needs to be done.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from rosterkit.data.regions import regions
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


@cache
def _retired() -> dict[str, str]:
    return {code: name for code, name in regions().retired.items() if len(code) == 6}


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("nik").str.slice(0, 6).is_in(list(_retired()))


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    region = pl.col("nik").str.slice(0, 6)
    return {"region": region, "within": region.replace_strict(_retired(), default=None)}


RULE = Rule(
    code="RK216",
    name="nik-region-retired",
    severity=Severity.INFO,
    scope="row",
    title=N_("Kode wilayah lama dalam NIK"),
    message=N_("Kode wilayah {region} ({within}) sudah diganti; NIK-nya tetap berlaku."),
    hint=N_("Tidak perlu apa-apa."),
    why=N_("NIK tidak pernah berubah saat wilayah dimekarkan."),
    before=("RK217", "RK214", "RK303"),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 9301010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 9101010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
)
