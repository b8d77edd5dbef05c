"""The name of a file says that its people died or left.

What
The file's name says that its people died, moved away or were taken off, and nothing in the file does.

Why
The list may have been sent so that these people are taken off; but a name can also tell of something else.

Example
`Daftar peserta yang meninggal.xlsx`.

Instead
Not to check the file together with the proposals, or another name.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _by_file(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table):
        for aside in table.aside:
            if not aside.holds:
                facts = {"text": aside.text, "people": len(table.people)}
                yield SheetFact(None, table.header_row, None, facts, holds=False)


RULE = Rule(
    code="RK120",
    name="file-of-the-gone",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Nama berkas menyebut orang keluar"),
    message=N_(
        'Nama berkas "{text}" seperti daftar orang yang meninggal, keluar, atau ganda; {people} orang di dalamnya'
        " tetap diusulkan."
    ),
    hint=N_("Cek maksud pengirimnya. Bila mereka tidak diusulkan, keluarkan berkas ini dari folder."),
    sender=Said(
        N_('Nama berkas "{text}" seperti daftar orang yang meninggal, keluar, atau ganda.'),
        N_("Mohon dicek: benarkah semua orang di dalamnya diusulkan?"),
    ),
    why=N_("Iuran untuk orang yang sudah meninggal atau keluar tidak melindungi siapa pun."),
    judges=(Sheets(_by_file),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| Peserta meninggal.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
)
