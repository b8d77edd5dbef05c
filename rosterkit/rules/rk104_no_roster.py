"""No roster is in the file.

What
No sheet of the file has a header that names at least two fields, one of them NIK or name.

Why
The file would otherwise pass as checked although nobody in it was seen.

Example
A letter, or a table whose header row was deleted.

Instead
A header row with NIK, Nama, Tanggal Lahir above the data.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _no_header(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Skipped) and table.reason == "no-header":
        yield SheetFact()


RULE = Rule(
    code="RK104",
    name="no-roster",
    severity=Severity.ERROR,
    scope="file",
    title=N_("Daftar tidak terbaca"),
    message=N_("Tidak ada baris judul seperti NIK, Nama, Tanggal lahir, jadi tidak seorang pun terbaca."),
    hint=N_("Bila ini memang daftar, minta pengirim menulis judul kolom tepat di atas nama pertama."),
    sender=Said(
        N_("Kami tidak menemukan judul kolom (NIK, Nama, Tanggal lahir) di daftar ini."),
        N_("Mohon tulis judul setiap kolom tepat di atas nama pertama, atau pakai formulir dari kami."),
    ),
    why=N_("Berkas tanpa judul kolom tidak dapat diperiksa, jadi tidak seorang pun di dalamnya didaftarkan."),
    judges=(Sheets(_no_header, unless="roster"),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| Yth. Bapak Lurah | |
|---|---|
| Bersama ini kami sampaikan | daftar menyusul |
""",
)
