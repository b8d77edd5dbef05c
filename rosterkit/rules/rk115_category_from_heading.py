"""The category of people is taken from a heading row, a title, or the name of the sheet or file.

What
The sheet has no column for the category, or an empty one; rows with nothing but a category stand above the people, or
the title, the sheet's name or the file's name names one category. Where they name several, none is taken. A heading
that is no category of the programme ends the one above it: its people are held back (RK230).

Why
The people below a heading are taken to belong to it; whoever was moved or sorted belongs to another one.

Example
A row PEMULUNG, and the people below it. A file `Daftar pemulung RT 03.xlsx`.

Instead
A column with the category of each person.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _from_heading(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table) and "category" in table.derived:
        heading = next((part.first for part in table.left_out if part.reason == "heading"), None)
        if heading is not None:
            yield SheetFact("category", table.header_row, None, {"row": heading}, holds=False)
    if isinstance(table, Table) and table.named:
        named = table.named
        variant = named.source if len(named.labels) == 1 else "several"
        facts = {"variant": variant, "text": named.text, "category": ", ".join(named.labels)}
        yield SheetFact("category", table.header_row, None, facts, holds=False)


RULE = Rule(
    code="RK115",
    name="category-from-heading",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Kategori bukan dari kolom"),
    message=N_("Kategori diambil dari baris judul di atas orangnya, karena kolom kategori tidak ada atau kosong."),
    variants={
        "title": N_('Kategori "{category}" diambil dari judul "{text}", karena tidak ada kolom kategori.'),
        "sheet": N_('Kategori "{category}" diambil dari nama lembar "{text}", karena tidak ada kolom kategori.'),
        "file": N_('Kategori "{category}" diambil dari nama berkas "{text}", karena tidak ada kolom kategori.'),
        "several": N_(
            "Judul, nama lembar, atau nama berkas menyebut beberapa kategori ({category}), jadi tidak satu pun dipakai."
        ),
    },
    hint=N_("Cek apakah kategori setiap orang benar; lebih aman bila kategori punya kolom sendiri."),
    hints={
        "several": N_("Tambah kolom Kategori, lalu isi untuk setiap orang."),
    },
    sender=Said(
        N_("Kategori diambil dari baris judul di atas orangnya, karena kolom kategori tidak ada atau kosong."),
        N_("Mohon dicek: benarkah kategori setiap orang? Lebih aman bila ada kolom Kategori."),
        variants={
            "title": N_('Kategori "{category}" diambil dari judul "{text}", karena tidak ada kolom kategori.'),
            "sheet": N_('Kategori "{category}" diambil dari nama lembar "{text}", karena tidak ada kolom kategori.'),
            "file": N_('Kategori "{category}" diambil dari nama berkas "{text}", karena tidak ada kolom kategori.'),
            "several": N_(
                "Judul, nama lembar, atau nama berkas menyebut beberapa kategori ({category}), jadi tidak satu"
                " pun dipakai."
            ),
        },
        hints={
            "several": N_("Mohon tambahkan kolom Kategori, lalu isi untuk setiap orang."),
        },
    ),
    why=N_("Bila baris dipindah atau diurutkan ulang, orangnya masuk kategori yang salah."),
    judges=(Sheets(_from_heading),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir |
|---|---|---|
| | Pemulung | |
| 3571010101859901 | Contoh Satu | 01-01-1985 |
""",
)
