"""The category of people is taken from a heading row.

What
The sheet has no column for the category; rows with nothing but a category stand above the people.

Why
The people below a heading are taken to belong to it; whoever was moved or sorted belongs to another one.

Example
A row PEMULUNG, and the people below it.

Instead
A column with the category of each person.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context


def _from_heading(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table) and "category" in table.derived:
        heading = next((part.first for part in table.left_out if part.reason == "heading"), None)
        if heading is not None:
            yield SheetFact("category", table.header_row, None, {"row": heading}, holds=False)


RULE = Rule(
    code="RK115",
    name="category-from-heading",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Kategori dari baris judul"),
    message=N_("Kategori diambil dari baris judul di atas orangnya, karena tidak ada kolom kategori."),
    hint=N_("Cek apakah setiap orang ada di bawah judul yang benar; lebih aman bila kategori punya kolom sendiri."),
    why=N_("Bila baris dipindah atau diurutkan ulang, orangnya masuk kategori yang salah."),
    judges=(Sheets(_from_heading),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir |
|---|---|---|
| | Pemulung | |
| 3571010101859901 | Contoh Satu | 01-01-1985 |
""",
)
