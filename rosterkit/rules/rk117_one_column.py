"""Everything that is known of a person stands in one cell, and was split.

What
All lines of a list stand in one column, with the same separator (; | or a tab) and as many parts as the header has.
Where that is not so, or commas separate, nothing is split and RK112 tells.

Why
A file was opened or copied without its columns being parted. The parts are read where they belong, but a copy with
columns can be marked cell by cell.

Example
A1 `NIK; Nama; Tanggal Lahir`, A2 `3571010101859901; Contoh Satu; 01-01-1985`.

Instead
Data > Text to Columns in Excel.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _find_split(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table) and table.split:
        separator = "Tab" if table.split == "\t" else table.split
        yield SheetFact(None, table.header_row, min(table.labels), {"separator": separator}, holds=False)


RULE = Rule(
    code="RK117",
    name="one-column",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Semua isi di satu kolom"),
    message=N_('Semua isi tiap orang ada di satu sel, jadi dipisah di setiap tanda "{separator}".'),
    hint=N_("Cek beberapa orang. Lebih aman bila dipisah di Excel: Data > Text to Columns."),
    sender=Said(
        N_('Semua isi tiap orang ada di satu sel; kami pisahkan menurut tanda "{separator}".'),
        N_("Mohon cek beberapa orang; lebih aman bila setiap isi punya kolomnya sendiri."),
    ),
    why=N_("Bila tanda pemisah juga dipakai di dalam isian, isian bisa masuk kolom yang salah."),
    judges=(Sheets(_find_split),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK; Nama; Tanggal Lahir; Kategori |
|---|
| 3571010101859901; Contoh Satu; 01-01-1985; Pemulung |
""",
)
