"""A required column is missing.

What
A column that the programme requires is not in the sheet.

Why
Without it not a single person of the sheet can be insured, and the cause is one header, not a hundred
cells.

Example
A sheet with NIK and Nama but without Tanggal Lahir.

Instead
A column with a header that says what it holds, such as Tanggal Lahir.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context


def _missing(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table):
        for field in context.spec.required():
            if field not in table.columns:
                label = context.spec.columns[field].label
                yield SheetFact(field, table.header_row, None, {"column_label": label})


RULE = Rule(
    code="RK101",
    name="missing-column",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Kolom wajib tidak ada"),
    message=N_('Kolom "{column_label}" tidak ada di lembar "{sheet}".'),
    hint=N_('Tambahkan kolom berjudul "{column_label}" dan isi untuk setiap orang.'),
    why=N_("Tanpa kolom ini tidak seorang pun di lembar itu dapat didaftarkan."),
    judges=(Sheets(_missing),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Kategori |
|---|---|---|
| 3571010101859901 | Contoh Satu | Pemulung |
""",
)
