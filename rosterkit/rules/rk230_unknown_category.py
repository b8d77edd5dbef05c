"""A category that the programme does not know.

What
A category that the programme does not list, not even as a synonym. The nearest one is suggested where there
is one; it is never applied.

Why
Only the listed groups are paid for; an unknown one is money that nobody may spend.

Example
`kuli batu` in a programme for scavengers and becak drivers.

Instead
One of the categories of the programme.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_text").is_not_null() & pl.col(field).is_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    near = pl.col(f"{field}_near")
    return {
        "written": pl.col(f"{field}_text"),
        "near": near,
        "variant": pl.when(near.is_not_null()).then(pl.lit("near")),
    }


def _fix(field: str) -> pl.Expr:
    return pl.col(f"{field}_near")


RULE = Rule(
    code="RK230",
    name="unknown-category",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Kategori tidak ada dalam program"),
    message=N_('Kategori "{written}" tidak ada dalam program ini.'),
    variants={
        "near": N_('Kategori "{written}" tidak ada dalam program ini; mungkin maksudnya {near}.'),
    },
    hint=N_("Tanyakan kategori yang sesuai. Bila tidak ada, orang ini tidak bisa ikut program ini."),
    sender=Said(
        N_('Kategori "{written}" tidak ada dalam pilihan.'),
        N_("Mohon pilih kategori yang sesuai pekerjaannya. Bila tidak ada yang sesuai, biarkan dan kabari kami."),
        variants={
            "near": N_('Kategori "{written}" tidak ada dalam pilihan; mungkin maksudnya {near}?'),
        },
    ),
    why=N_("Hanya kelompok yang disebut dalam peraturan yang boleh dibayari."),
    before=("RK231",),
    judges=(
        Cells(
            fields=("category",),
            bad=_bad,
            facts=_facts,
            fix=_fix,
            repair="likely",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | PEMULUNG |
| 3571010101859902 | Contoh Dua | 01-01-1985 | tukang becak |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Kuli batu |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Penarik pemulung kota |
""",
)
