"""Two columns could be the NIK or the name of the people, or a column could be another table's.

What
Beside the column that was taken for NIK or name stands another one that fits nearly as well, with other values. Or
columns behind an empty one fill other rows than the people do, as a table of codes or of officers beside a list does.

Why
The wrong choice insures somebody else, or joins one person's NIK with another's name.

Example
NIK and NIK PENERIMA, with two different numbers in each row.

Instead
Rename the column that is not meant, move the other table to another sheet, or name the right one in `rosterkit.toml`:
`columns = {nik = "NIK PENERIMA"}`.
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


def _find_rivals(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if not isinstance(table, Table):
        return
    row = table.header_row
    for rival in table.rivals:
        facts = {
            "header": table.labels.get(rival.column, ""),
            "other_header": table.labels.get(rival.other, ""),
            "other": cell_name(row or 0, rival.other),
            "key": rival.field,
        }
        yield SheetFact(rival.field, row, rival.column, facts)
    fields = {column: field for field, column in table.columns.items()}
    for column in table.apart:
        facts = {"header": table.labels.get(column, ""), "key": fields[column], "variant": "apart"}
        yield SheetFact(fields[column], row, column, facts)


RULE = Rule(
    code="RK114",
    name="ambiguous-column",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Dua kolom bisa sama-sama benar"),
    message=N_('Dua kolom bisa berarti {label}: "{header}" dan "{other_header}" ({other}), dan isinya berbeda.'),
    variants={
        "apart": N_(
            'Kolom "{header}" mungkin milik tabel lain di sebelahnya: isinya tidak sejajar dengan baris orangnya.'
        ),
    },
    hint=N_(
        "Ganti judul kolom yang bukan {label}, atau tulis judul yang benar di bawah [columns] dalam"
        ' rosterkit.toml: {key} = "{header}"'
    ),
    hints={
        "apart": N_(
            "Bila milik tabel lain, pindahkan tabel itu ke lembar lain. Bila milik daftar ini, tulis di"
            ' bawah [columns] dalam rosterkit.toml: {key} = "{header}"'
        ),
    },
    sender=Said(
        N_('Ada dua kolom yang bisa berarti {label}: "{header}" dan "{other_header}".'),
        N_("Mohon beri tahu kami kolom mana yang berisi {label} orang yang diusulkan."),
        variants={
            "apart": N_('Kolom "{header}" tampaknya milik tabel lain.'),
        },
        hints={
            "apart": N_("Mohon pindahkan tabel lain itu ke lembar sendiri."),
        },
    ),
    why=N_("Bila kolom yang salah yang dibaca, orang lain yang terunggah."),
    judges=(Sheets(_find_rivals),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | NIK Penerima | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| 3571010101859901 | 3571010201869902 | Contoh Satu | 01-01-1985 | Pemulung |
""",
)
