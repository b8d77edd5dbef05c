"""RK112 stands at nobody: the office accepts it by the file and the row of its first cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rosterkit.check.judge import judge
from rosterkit.check.verdict import Verdict
from rosterkit.model.cells import Sheet, Workbook
from rosterkit.model.finding import Accepted
from rosterkit.model.report import ReadFile
from rosterkit.read.tables import locate_all
from tests.helpers import SPEC, context_of
from tests.test_blocks import LIST, ROWS, nik

OUTSIDE = nik(20)


def rows_with(other: str = "", row: int = 2) -> list[list[Any]]:
    """A list of six people, with a number beside it in a row (from 0)."""
    rows = [[*LIST, "KATEGORI", ""], *([*person, "Pemulung", ""] for person in ROWS)]
    rows[row][5] = other
    return rows


def judged(line: dict[str, Any], sheets: list[list[list[Any]]], name: str = "RT 03.xlsx") -> Verdict:
    book = Workbook(Path(name), "", "xlsx", tuple(Sheet(f"RT {n}", rows) for n, rows in enumerate(sheets)))
    tables, skipped = locate_all(book, SPEC)
    place = (line.get("nik"), line.get("file"), line.get("row"))
    accepted = Accepted(2, "RK112", *place, "Nomor pengurus", "Dinas Contoh", dt.date(2025, 1, 2), None)
    numbered = tuple(replace(table, number=number) for number, table in enumerate(tables))
    return judge([ReadFile(Path(name), tables=numbered, skipped=tuple(skipped))], context_of(), [accepted])


def test_it_is_accepted_by_file_and_row_beside_a_person() -> None:
    verdict = judged({"file": "rt 03.XLSX", "row": 3}, [rows_with(OUTSIDE)])
    assert verdict.accepted["code"].to_list() == ["RK112"]
    assert "RK112" not in verdict.findings["code"]
    assert not verdict.notes
    assert len(verdict.clean) == 6


def test_it_is_accepted_in_a_sheet_without_a_list() -> None:
    verdict = judged({"file": "RT 03.xlsx", "row": 2}, [rows_with(), [["kode", ""], ["", OUTSIDE]]])
    assert verdict.accepted["code"].to_list() == ["RK112"]
    assert not verdict.notes


@pytest.mark.parametrize(
    ("line", "says"),
    [({"nik": OUTSIDE}, "Baris"), ({"file": "RT 03.xlsx", "row": 5}, "tidak diperlukan lagi"),
     ({"file": "RT 04.xlsx", "row": 3}, "tidak diperlukan lagi")],
)  # fmt: skip
def test_a_line_that_does_not_fit_says_why(line: dict[str, Any], says: str) -> None:
    verdict = judged(line, [rows_with(OUTSIDE)])
    assert "RK112" in verdict.findings["code"]
    (note,) = verdict.notes
    assert says in note.text


def test_a_row_of_two_sheets_is_no_answer() -> None:
    other = [[cell if cell != OUTSIDE else nik(21) for cell in row] for row in rows_with(OUTSIDE)]
    verdict = judged({"file": "RT 03.xlsx", "row": 3}, [rows_with(OUTSIDE), other])
    assert verdict.findings["code"].to_list().count("RK112") == 2
    assert "beberapa lembar" in verdict.notes[0].text
