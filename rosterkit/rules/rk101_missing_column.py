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

from rosterkit.frame.normalise.from_nik import FIELDS as FROM_NIK
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _missing(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table):
        for field in context.spec.required():
            from_nik = field in FROM_NIK and "nik" in table.columns
            is_named = field == "category" and field in table.given
            if field not in table.columns and not is_named and not (from_nik and context.spec.from_nik):
                label, people = context.spec.columns[field].label, len(table.people)
                facts = {"column_label": label, "people": people, "variant": "from_nik" if from_nik else None}
                yield SheetFact(field, table.header_row, None, facts)


RULE = Rule(
    code="RK101",
    name="missing-column",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Kolom wajib tidak ada"),
    message=N_('Lembar "{sheet}" tidak punya kolom {column_label}, jadi {people} orang di dalamnya ditunda.'),
    hint=N_("Minta pengirim menambah kolom {column_label} dan mengisinya untuk setiap orang."),
    hints={
        "from_nik": N_(
            "Minta kolom {column_label}, atau pakai from_nik = true di rosterkit.toml supaya diambil dari NIK."
        ),
    },
    sender=Said(
        N_('Lembar "{sheet}" belum punya kolom {column_label}.'),
        N_("Mohon tambahkan kolom {column_label}, lalu isi untuk setiap orang."),
    ),
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
