"""Numbers that look like NIKs stand outside of all lists that were read.

What
Cells with 16 digits and a possible date inside belong to no person that was read, and no word beside them (Ketua RT,
Mengetahui) says whose they are. Or everything that is known of a person stands in one cell, with commas between, and
nobody can tell for certain where to split it.

Why
They may be people: a second list to the right, a sheet without a header. They would disappear without a word.

Example
A sheet of codes with a list of NIKs below it.

Instead
The people below the header of the list, or under a header of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.cells import cell_name
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Outside, Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _find_outside(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Skipped) and table.reason == "one-column":
        row = table.outside[0].cells[0][0] if table.outside else 0
        yield SheetFact(facts={"row": row, "name": table.name, "variant": "one_column"}, holds=False)
        return
    for region in table.outside:
        facts = {"count": _count_people(region), "cells": [cell_name(*cell) for cell in region.cells]}
        row, column = region.cells[0]
        if isinstance(table, Skipped):
            yield SheetFact(facts={**facts, "row": row, "name": table.name}, holds=False)
        else:
            yield SheetFact(None, row, column, {**facts, "row": row, "name": table.sheet.name}, holds=False)


def _count_people(region: Outside) -> int:
    """Return how many people the numbers are at least: right beside a NIK stands the KK number of the same person."""
    cells = {*region.cells}
    return sum((row, column - 1) not in cells for row, column in cells)


RULE = Rule(
    code="RK112",
    name="people-outside-table",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Orang di luar tabel"),
    message=N_('Lembar "{sheet}": NIK {count} orang di luar tabel ({cells}), jadi orangnya belum terbaca.'),
    variants={
        "one_column": N_('Lembar "{sheet}": semua isi tiap orang ada di satu sel, jadi tidak seorang pun terbaca.'),
    },
    hint=N_(
        "Cari tabel kedua, lembar tanpa judul, atau kartu. Beri judul kolom, lalu periksa lagi. Bila"
        " bukan orang, catat di pengecualian.xlsx."
    ),
    hints={
        "one_column": N_("Pisahkan di Excel dengan Data > Text to Columns, simpan, lalu periksa lagi."),
    },
    sender=Said(
        N_('Lembar "{sheet}": {count} orang belum terbaca ({cells}).'),
        N_("Mohon satukan semua orang dalam satu tabel yang ada judul kolomnya."),
        variants={
            "one_column": N_('Lembar "{sheet}": semua isi tiap orang ada di satu sel, jadi belum bisa kami baca.'),
        },
        hints={
            "one_column": N_("Mohon pisahkan setiap isi ke kolomnya sendiri (Data > Text to Columns)."),
        },
    ),
    why=N_("Orang yang tidak terbaca hilang dari daftar tanpa diketahui siapa pun."),
    judges=(Sheets(_find_outside),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 3571010101869902 |
""",
)
