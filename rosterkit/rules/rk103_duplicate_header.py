"""Two columns have the same header.

What
The same header stands over two columns.

Why
Nobody can tell which of the two holds the right values; guessing could insure the wrong person.

Example
Two columns called NIK.

Instead
One column a field; rename or delete the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.cells import cell_name
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _duplicates(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table):
        for field, first, again in table.duplicates:
            row = table.last_header_row
            facts = {"header": table.labels.get(again, ""), "other": cell_name(row, first)}
            yield SheetFact(field, row, again, facts)


RULE = Rule(
    code="RK103",
    name="duplicate-header",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Judul kolom sama"),
    message=N_('Judul "{header}" sudah dipakai kolom lain ({other}); yang dibaca hanya kolom itu.'),
    hint=N_("Tanyakan kepada pengirim kolom mana yang benar."),
    sender=Said(
        N_('Ada dua kolom berjudul "{header}"; yang pertama di {other}.'),
        N_("Mohon hapus kolom yang tidak dipakai, atau beri judul lain."),
    ),
    why=N_("Bila dua kolom berjudul sama, tidak jelas mana yang benar."),
    judges=(Sheets(_duplicates),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | NIK |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 3571010101859902 |
""",
)
