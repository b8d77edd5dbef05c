"""A formula that was never calculated.

What
A cell of the roster holds a formula whose value was never calculated.
A warning where no upload form of the run takes the field and the schema does not require it.

Why
The file holds no value that could be checked or uploaded.

Example
A cell `=B4` in a file that a program wrote and Excel never opened.

Instead
The value itself: open in Excel, calculate, paste as values.
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
    return pl.col(f"{field}_kind") == Kind.UNCALCULATED


RULE = Rule(
    code="RK107",
    name="formula-without-value",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Rumus belum dihitung"),
    message=N_("{label} berisi rumus yang belum dihitung, jadi isinya belum ada."),
    hint=N_("Buka berkasnya di Excel, simpan, lalu periksa lagi. Bila masih begini, minta isinya diketik langsung."),
    sender=Said(
        N_("{label} berisi rumus yang belum ada hasilnya."),
        N_("Mohon ketik isinya langsung, bukan rumus."),
    ),
    why=N_("Rumus tanpa hasil tidak berisi apa pun."),
    judges=(
        Cells(
            fields=("*",),
            bad=_bad,
            other_severity=(Severity.WARNING, is_not_taken),
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
| f: | Contoh Satu | 01-01-1985 | Pemulung |
""",
)
