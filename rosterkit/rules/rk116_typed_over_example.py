"""A person stands in a row that is called an example.

What
The column NO, a remark or a status says "contoh" (an example of how to fill in the form), and the row has a NIK and a
name that are not those of the example in our forms.

Why
Many type over the example of a form: that is a person. In other forms the example may be nobody.

Example
A row "contoh" with the NIK of a resident.

Instead
A number in the column NO where it is a person; without the row where it is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.guide_rows import is_example_word
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _find_typed_over(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if not isinstance(table, Table):
        return
    columns = (table.counter, table.columns.get("remark"), table.columns.get("status"))
    asked = [column for column in columns if column is not None]
    for row in table.people if asked else ():
        marked = (column for column in asked if is_example_word(table.sheet.value(row, column)))
        for column in islice(marked, 1):
            yield SheetFact(None, row, column)


RULE = Rule(
    code="RK116",
    name="typed-over-example",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Orang di baris contoh"),
    message=N_('Baris ini bertanda "contoh", tetapi berisi NIK dan nama: belum jelas orang atau contoh, jadi ditunda.'),
    hint=N_(
        'Bila orang yang diusulkan, ganti kata "contoh" dengan nomor urut. Bila hanya contoh pengisian, hapus barisnya.'
    ),
    sender=Said(
        N_('Baris ini bertanda "contoh", tetapi berisi NIK dan nama.'),
        N_("Bila orang ini diusulkan, mohon ganti kata contoh dengan nomor urut. Bila tidak, mohon hapus barisnya."),
    ),
    why=N_("Orang yang diketik di atas baris contoh bisa hilang, dan contoh bisa terunggah sebagai orang."),
    judges=(Sheets(_find_typed_over),),
    good="""
| No | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| contoh | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 1 | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
    wrong="""
| No | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| contoh | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
)
