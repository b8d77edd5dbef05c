"""The wrong example of every rule as files of the city: each mistake that rosterkit knows stands there as it is."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from openpyxl.styles import Font

from rosterkit.data.regions import regions
from rosterkit.model.cells import Sheet
from rosterkit.rules import RULES
from rosterkit.rules.base import Rule
from rosterkit.rules.examples import EXAMPLE_PATH, as_sheets
from tests.city.people import word

_AS_THEY_ARE = ("RK403", "RK404")  # their names must stay alike
SWALLOWED = (
    "NIK;Nama;Tanggal Lahir;Kategori;Alamat\n"
    '3571030101859901;Sitir Satu;01-01-1985;Pemulung;"Jl. A\n'
    "RT 3\n"
    '3571030201859902;Sitir Dua;02-01-1985;Pemulung;Jl. B"\n'
    "3571030301859903;Sitir Tiga;03-01-1985;Pemulung;Jl. C\n"
)  # of RK113, which only a CSV file can have
NO_CATEGORY = """
| NIK | Nama | Tanggal Lahir |
|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 |
"""  # of RK101: a birth date that has no column is taken from the NIK


def write_examples(folder: Path) -> None:
    """Write the wrong examples, a folder for each rule; the people of no two of them are the same."""
    for number, rule in enumerate(RULES):
        place = folder / rule.code
        place.mkdir(parents=True)
        if rule.code == "RK113":
            (place / "daftar.csv").write_text(SWALLOWED, encoding="utf-8")
            continue
        table = NO_CATEGORY if rule.code == "RK101" else rule.wrong
        for path, sheet in as_sheets(own_people(rule, number, table)):
            name = f"usulan {rule.code}.xlsx" if path == EXAMPLE_PATH else path.name
            write_sheet(place / name, sheet)


def own_people(rule: Rule, number: int, table: str | None = None) -> str:
    """The wrong example of a rule, with people who live where no other rule's do and have other names."""
    text = rule.wrong if table is None else table
    if rule.code in _AS_THEY_ARE:
        return text
    district = [code for code in regions().codes(6) if code.startswith("35")][8 * number]
    name = word(number * 41 + 5)
    text = text.replace("357101", district).replace("3571.01", f"{district[:4]}.{district[4:]}")
    return re.sub("contoh(?= ?[a-z/(])", lambda found: name.upper() if found[0].isupper() else name, text, flags=re.I)


def write_sheet(path: Path, sheet: Sheet) -> None:
    """Write a sheet with all that an example says of its cells."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet.name
    for number, row in enumerate(sheet.rows, 1):
        page.append([None if value == "" else value for value in row])
        if number - 1 in sheet.extras.hidden_rows:
            page.row_dimensions[number].hidden = True
    for (row, column), text in sheet.extras.errors.items():
        page.cell(row + 1, column + 1, text)
    for row, column in sheet.extras.uncalculated:
        page.cell(row + 1, column + 1, "=A1")  # nobody has computed it
    for row, column in sheet.extras.struck:
        page.cell(row + 1, column + 1).font = Font(strike=True)
    for top, left, bottom, right in sheet.merged:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)
