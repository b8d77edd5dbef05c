"""Merged areas wherever senders have them: below and beside the people, half in and half out of the table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rosterkit.model.cells import Sheet
from tests.helpers import REST, REST_ROW, check_json, findings_of

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori", *REST, "KK"]
PEOPLE = [
    [f"35710101018599{number}", f"Contoh {'ABCDEF'[number - 10] * 4}", "01-01-1985", "Pemulung", *REST_ROW, ""]
    for number in range(10, 13)
]

AREAS = {
    "below": "I5:I9",  # KK cells merged for families that are not filled in yet
    "next to the last": "I4:I7",
    "far below": "A40:F60",
    "to the right": "K2:M3",
    "far to the right": "XFA2:XFD2",
    "the last row of Excel": "A1048570:D1048576",
    "around the table's corner": "I3:L20",
    "a whole column": "I2:I1048576",
    "inside the name": "B3:B4",
    "header and people": "I1:I4",
}


@pytest.mark.parametrize(("field", "filled"), [("name", 0), ("birth_date", 0), ("category", 1), ("address", 1)])
def test_a_merged_cell_gives_nobody_what_is_another_persons(field: str, filled: int) -> None:
    columns = {"name": 1, "birth_date": 2, "category": 3, "address": 7}
    column = columns[field]
    rows = [HEAD, PEOPLE[0], [*PEOPLE[1][:column], "", *PEOPLE[1][column + 1 :]]]
    found = findings_of(Sheet("RT 01", rows, merged=((1, column, 2, column),)))
    codes = [finding.code for finding in found if finding.field == field]
    assert codes == (["RK205"] if filled else ["RK201"])


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS.keys())
def test_no_merged_area_stops_a_file(tmp_path: Path, area: str) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in [HEAD, *PEOPLE]:
        page.append(row)
    if area == "I2:I1048576":
        page.merged_cells.add(area)  # as Excel says it, without a cell for each row
    else:
        page.merge_cells(area)
    book.save(tmp_path / "RT 01.xlsx")
    document, done = check_json(tmp_path, "--schema", "kediri-2025")
    assert done.stderr == ""
    (file,) = document["files"]
    assert (file["error"], document["totals"]["rows"]) == (None, 3)
    errors = [(finding["code"], finding["cell"]) for finding in file["findings"] if finding["severity"] == "error"]
    assert errors == ([("RK201", "B4")] if area == "B3:B4" else [])  # the third person is not called as the second is


@pytest.mark.parametrize(("column", "codes"), [("A", ["RK201"]), ("B", ["RK201"]), ("C", ["RK201"]), ("D", ["RK205"])])
def test_what_is_one_persons_own_is_not_filled_down(tmp_path: Path, column: str, codes: list[str]) -> None:
    book = openpyxl.Workbook()
    for row in [HEAD, *PEOPLE]:
        book.active.append(row)
    book.active.merge_cells(f"{column}3:{column}4")
    book.save(tmp_path / "a.xlsx")
    document, _done = check_json(tmp_path / "a.xlsx", "--schema", "kediri-2025")
    assert [finding["code"] for finding in document["files"][0]["findings"]] == codes
