"""A cell of a CSV file that may hold whole lines of it.

What
A quote in a CSV file has no partner, or one that stands lines further down, and it cannot be decided whether the lines
between are one cell or people of their own. (Where the quote is plainly stray the file is read line by line, and
nothing is reported.)

Why
A reader of CSV takes all up to the next quote for one cell: the people in these lines would vanish. Each line is made
a row of its own here, and the sheet is held back, as nobody can know whose values they are.

Example
`"janda` as the last cell of a line; Excel shows one very long cell and none of the people below.

Instead
The line without the quote, or with both: `janda`, `"janda"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _swallowed(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Skipped) or not table.sheet.extras.swallowed:
        return
    places = table.sheet.extras.swallowed
    for place in places:
        facts: dict[str, object] = {"line": place.line, "lines": place.count}
        if place.count:
            facts |= {"first": place.line + 1, "last": place.line + place.count}
        else:
            facts["variant"] = "open"
        yield SheetFact(None, place.row, place.column, facts)
    held = {"variant": "held", "line": places[0].line, "people": len(table.people)}
    yield SheetFact(facts=held)  # at no person, so it holds back the sheet


RULE = Rule(
    code="RK113",
    name="swallowed-lines",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Baris CSV menempel"),
    message=N_(
        'Tanda kutip (") di baris {line} berkas tidak jelas pasangannya: {lines} baris sesudahnya'
        " ({first}-{last}) bisa menempel."
    ),
    variants={
        "open": N_('Tanda kutip (") di baris {line} berkas tidak punya pasangan, jadi batas isinya tidak jelas.'),
        "held": N_(
            '{people} orang di lembar ini ditunda: karena tanda kutip (") di baris {line} berkas, tidak pasti isi'
            " siapa milik siapa."
        ),
    },
    hint=N_(
        "Hapus tanda kutip di baris {line} dengan Notepad, simpan, lalu periksa lagi. Atau minta berkas"
        " Excel (.xlsx), bukan CSV."
    ),
    sender=Said(
        N_("Sebagian daftar tidak jelas: {lines} baris mungkin menempel menjadi satu."),
        N_("Mohon kirim ulang sebagai berkas Excel (.xlsx), bukan CSV."),
        variants={
            "open": N_('Tanda kutip (") di baris {line} berkas tidak ditutup.'),
            "held": N_('Karena tanda kutip (") di baris {line} berkas, tidak jelas isi siapa milik siapa.'),
        },
    ),
    why=N_("Tanda kutip tanpa pasangan menelan baris sesudahnya, dan orang di baris itu hilang dari daftar."),
    judges=(Sheets(_swallowed),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | q:"Pemulung |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
)
