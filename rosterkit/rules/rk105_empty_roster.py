"""A roster without people.

What
The header is there, but no person is below it.

Why
An empty list looks like a list that was sent.

Example
A blank form that was mailed back.

Instead
A row for each person under the header.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context


def _empty(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table) and not table.people:
        yield SheetFact(row=table.header_row, column=min(table.columns.values()))


RULE = Rule(
    code="RK105",
    name="empty-roster",
    severity=Severity.ERROR,
    scope="file",
    title=N_("Daftar tanpa orang"),
    message=N_('Lembar "{sheet}" punya judul kolom tetapi tidak ada orang di bawahnya.'),
    hint=N_("Isi daftarnya, atau hapus lembar ini bila memang tidak ada yang didaftarkan."),
    why=N_("Daftar kosong mudah dikira sudah dikirim."),
    judges=(Sheets(_empty, unless="people"),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
|  |  |  |  |
""",
)
