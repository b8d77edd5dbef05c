"""People that nobody sees.

What
People in hidden or filtered rows or on hidden sheets, and fields in hidden columns. They are checked and
counted like all others.

Why
Whoever signed the list did not see them; they may have been taken out on purpose, or forgotten by mistake.

Example
A filter on RT that was left on.

Instead
Show everything, and delete the rows of people who are not meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _hidden(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if not isinstance(table, Table) or not table.people:
        return
    extras = table.sheet.extras
    if table.sheet.hidden:
        yield SheetFact(None, None, None, {"variant": "sheet", "people": len(table.people)})
    for column in sorted(set(table.columns.values()) & extras.hidden_columns):
        field = next(field for field, place in table.columns.items() if place == column)
        yield SheetFact(field, table.header_row, column, {"variant": "column"})
    first = table.columns.get("name", min(table.columns.values()))
    for row in table.people if extras.hidden_rows else ():
        if row in extras.hidden_rows:
            yield SheetFact(None, row, first)


RULE = Rule(
    code="RK106",
    name="hidden-rows",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Orang di baris tersembunyi"),
    message=N_("Barisnya tersembunyi (Hide atau Filter), tetapi orangnya tetap diperiksa dan ikut diunggah."),
    variants={
        "sheet": N_('Lembar "{sheet}" tersembunyi; {people} orang di dalamnya tetap diperiksa dan ikut diunggah.'),
        "column": N_("Kolom {label} tersembunyi, tetapi isinya tetap dibaca."),
    },
    hint=N_("Pastikan apakah orang ini memang diusulkan. Bila tidak, hapus barisnya."),
    hints={
        "column": N_("Tampilkan lagi (Unhide), lalu cocokkan isinya."),
    },
    sender=Said(
        N_("Barisnya tersembunyi (Hide atau Filter)."),
        N_("Mohon pastikan: apakah orang ini diusulkan? Bila tidak, mohon hapus barisnya."),
        variants={
            "sheet": N_('Lembar "{sheet}" tersembunyi; di dalamnya ada {people} orang.'),
            "column": N_("Kolom {label} tersembunyi."),
        },
        hints={
            "column": N_("Mohon tampilkan lagi (Unhide), lalu dicek."),
        },
    ),
    why=N_("Yang tersembunyi tidak terlihat saat daftar ditandatangani, tetapi ikut terbaca komputer."),
    judges=(Sheets(_hidden),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| h:3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
)
