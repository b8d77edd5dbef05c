"""An error of Excel in a cell.

What
A cell of the roster holds an error of Excel, such as #N/A or #REF!.
A warning where no upload form of the run takes the field and the schema does not require it.

Why
The value is gone; a row with it cannot be insured.

Example
A VLOOKUP that found nothing.

Instead
The value itself.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.cells import Kind
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context, is_not_taken
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_kind") == Kind.ERROR


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"error": pl.col(f"{field}_raw")}


RULE = Rule(
    code="RK108",
    name="error-cell",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Error Excel"),
    message=N_("{label} berisi error Excel {error}, jadi isinya tidak ada."),
    hint=N_("Minta pengirim mengetik isi yang benar, bukan rumus."),
    sender=Said(
        N_("{label} berisi error Excel {error}."),
        N_("Mohon ketik isi yang benar langsung di sel itu."),
    ),
    why=N_("Sel dengan error Excel tidak ada isinya, jadi barisnya tidak bisa didaftarkan."),
    judges=(
        Cells(
            fields=("*",),
            bad=_bad,
            other_severity=(Severity.WARNING, is_not_taken),
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| e:#N/A | Contoh Satu | 01-01-1985 | Pemulung |
""",
)
