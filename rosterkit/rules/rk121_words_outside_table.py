"""Words outside of all lists may speak of people: somebody to be added, somebody who died.

What
A text beside or below a list holds words such as tambahan, belum dimasukkan or meninggal (`calls` in
`schemas/headers.yaml`), and gives no instruction.

Why
Nobody whom it names is read, and whoever has died according to it is still uploaded.

Example
`Catatan: no 2 sudah meninggal` below the list; `tambahan: Contoh Satu (pemulung)` to its right.

Instead
A row of the list for everybody, and a column Keterangan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_LENGTH = 100  # of a text that is shown
_LONG_NUMBER = re.compile(r"\d{6,}")  # a NIK or phone number is shown nowhere


def _find_words(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table):
        for row, column in table.calls:
            text = _LONG_NUMBER.sub("...", " ".join(str(table.sheet.value(row, column)).split()))
            shown = text if len(text) <= _LENGTH else f"{text[:_LENGTH]}..."
            yield SheetFact(None, row, column, {"text": shown}, holds=False)


RULE = Rule(
    code="RK121",
    name="words-outside-table",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Tulisan di luar tabel"),
    message=N_('Ada tulisan di luar tabel: "{text}". Bila tentang orang, itu tidak ikut terbaca.'),
    hint=N_("Baca tulisannya. Bila ada orang yang harus ditambah atau dikeluarkan, minta pengirim mengubah tabelnya."),
    sender=Said(
        N_('Ada tulisan di luar tabel: "{text}". Tulisan itu tidak ikut kami baca.'),
        N_("Bila ada orang yang harus ditambah atau dikeluarkan, mohon diubah di dalam tabel."),
    ),
    why=N_("Orang yang hanya disebut di luar tabel tidak diusulkan, dan yang sudah meninggal tetap diusulkan."),
    judges=(Sheets(_find_words),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | tambahan: Contoh Dua |
""",
)
