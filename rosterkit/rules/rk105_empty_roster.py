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
from rosterkit.rules.said import Said


def _empty(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table) and not table.people:
        yield SheetFact(row=table.header_row, column=min(table.columns.values()))


RULE = Rule(
    code="RK105",
    name="empty-roster",
    severity=Severity.ERROR,
    scope="file",
    title=N_("Daftar kosong"),
    message=N_('Lembar "{sheet}" punya judul kolom, tetapi belum ada nama di bawahnya.'),
    hint=N_("Tanyakan kepada pengirim: belum diisi, atau memang tidak ada yang diusulkan?"),
    sender=Said(
        N_('Lembar "{sheet}" belum berisi nama.'),
        N_("Mohon diisi. Bila memang tidak ada yang diusulkan, mohon kabari kami."),
    ),
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
