"""Rows are told apart by their ids, also in files as large as Excel makes them; tables by their numbers."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rosterkit.check.judge import judge
from rosterkit.errors import FileError
from rosterkit.frame.ids import MAX_FILES, MAX_ROWS, MAX_TABLES, make_ids, row_id, split_id
from rosterkit.model.cells import Sheet
from rosterkit.model.report import CheckedFile, FileVerdict, ReadFile
from rosterkit.read import tables as reading
from rosterkit.read.tables import read_tables
from rosterkit.recap.people import make_recap
from rosterkit.report.words import Words
from rosterkit.write.copies.marks import make_marks
from tests.helpers import HEAD, SPEC, TODAY, context_of, good_book, read_files_of, ready_people

LAST = (MAX_FILES - 1, MAX_TABLES - 1, MAX_ROWS - 1)
EXCELS_LAST_ROW = 1_048_575


@given(st.tuples(*(st.integers(0, most) for most in LAST)))
def test_an_id_gives_back_what_it_was_made_of(parts: tuple[int, int, int]) -> None:
    assert split_id(row_id(*parts)) == parts


def test_ids_of_columns_are_those_of_rows() -> None:
    rows = [(0, 0, 0), (1, 16, EXCELS_LAST_ROW), (299, 3, 7), LAST]
    columns = [pl.Series(values, dtype=pl.UInt32) for values in zip(*rows, strict=True)]
    assert make_ids(*columns).to_list() == [row_id(*row) for row in rows]
    assert len({row_id(*row) for row in rows}) == len(rows)


@pytest.mark.parametrize("parts", [(MAX_FILES, 0, 0), (0, MAX_TABLES, 0), (0, 0, MAX_ROWS), (0, 0, -1)])
def test_what_does_not_fit_is_an_error(parts: tuple[int, int, int]) -> None:
    with pytest.raises(OverflowError):
        row_id(*parts)


def test_too_many_tables_are_the_failure_of_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good_book(tmp_path / "a.xlsx")
    monkeypatch.setattr(reading, "MAX_TABLES", 0)
    with pytest.raises(FileError, match="terlalu banyak lembar") as failure:
        read_tables(tmp_path / "a.xlsx", SPEC)
    assert failure.value.code == "too-large"


def person_name(table: int, person: int) -> str:
    return f"Contoh {'ABCDEFGHIJKLMNOPQ'[table] * 3} {'XYZ'[person] * 3}"


def side_by_side(count: int, top: int = 0) -> ReadFile:
    """A sheet with tables beside each other, of three people each: the NIK of the second is wrong in each even one."""
    head = ["NIK", "Nama", "Tanggal Lahir", "Kategori"]
    rows: list[list[object]] = [[]] * top + [head * count]
    for person in range(3):
        row: list[object] = []
        for table in range(count):
            nik = f"35710101018{person}{9900 + table}"[:16]
            row += [
                nik[:15] if person == 1 and table % 2 == 0 else nik,
                person_name(table, person),
                f"01-01-198{person}",
                "Pemulung",
            ]
        rows.append(row)
    width = 4 * count
    sheet = Sheet("RT 01", [[*row, *[""] * (width - len(row))] for row in rows])
    (single,) = read_files_of(Sheet("RT 01", [row[:4] for row in sheet.rows]))
    (first,) = single.tables
    tables = tuple(
        dataclasses.replace(
            first,
            sheet=sheet,
            columns={field: column + 4 * number for field, column in first.columns.items()},
            labels={column + 4 * number: label for column, label in first.labels.items()},
            width=first.width + 4 * number,
            number=number,
        )
        for number in range(count)
    )
    return ReadFile(Path("a.xlsx"), kind="xlsx", tables=tables)


def judged(file: ReadFile) -> tuple[FileVerdict, CheckedFile]:
    verdict = judge([file], context_of())
    (said,) = verdict.by_file([file], ready_people(verdict))
    return said, CheckedFile(file, said)


def test_an_error_on_the_left_person_is_never_looked_up_on_the_right_one() -> None:
    """17 tables in one sheet, whose people stand in the same rows: more than fit into four bits."""
    file = side_by_side(17)
    said, checked = judged(file)
    wrong = [
        (finding.place.table, finding.place.cell, finding.place.person)
        for finding in said.findings
        if finding.code == "RK210"
    ]
    letters = ["A", "I", "Q", "Y", "AG", "AO", "AW", "BE", "BM"]
    assert wrong == [(2 * n, f"{letter}3", person_name(2 * n, 1)) for n, letter in enumerate(letters)]
    assert {number: ready.people for number, ready in said.ready.items()} == {
        number: 2 if number % 2 == 0 else 3 for number in range(17)
    }
    marks = make_marks(checked, SPEC.name, SPEC.labels(), TODAY)
    (sheet,) = marks.sheets
    assert {(mark.row, mark.column) for mark in sheet.cells} == {(2, 8 * n) for n in range(9)}
    assert all(f"{letter}3" in sheet.remarks[2] for letter in letters)
    assert all(f"{letter}3 {person_name(2 * n, 1)}: NIK" in sheet.remarks[2] for n, letter in enumerate(letters))
    assert sheet.states == {1: "Siap", 2: "Ditunda", 3: "Siap"}  # of several people in a row the gravest
    assert sheet.free_columns[0] == 68  # to the right of the last table, not between them


def test_the_recap_counts_each_table_for_itself() -> None:
    file = side_by_side(17)
    verdict = judge([file], context_of())
    people = make_recap(verdict, [file], ready_people(verdict))
    assert len(people) == 51
    assert people.group_by("state").len().sort("state").rows() == [("clean", 42), ("error", 9)]


def test_duplicates_in_two_tables_of_a_sheet_name_each_other() -> None:
    file = side_by_side(2)
    rows = [list(row) for row in file.tables[0].sheet.rows]
    rows[3][4] = rows[1][0]  # the third person on the right has the NIK of the first on the left
    sheet = Sheet("RT 01", rows)
    file = dataclasses.replace(file, tables=tuple(dataclasses.replace(table, sheet=sheet) for table in file.tables))
    said, _ = judged(file)
    double = [finding for finding in said.findings if finding.code == "RK401"]
    assert [(finding.place.cell, finding.related[0].cell) for finding in double] == [("A2", "E4"), ("E4", "A2")]
    assert "Contoh BBB ZZZ (baris 4)" in Words(SPEC.labels()).message(double[0])
    assert {number: ready.people for number, ready in said.ready.items()} == {0: 1, 1: 2}


def test_a_person_in_excels_last_row_is_found_and_marked(tmp_path: Path) -> None:
    (file,) = read_files_of(HEAD + "| 357 | Contoh | 1-1-1985 | Pemulung |")
    (table,) = file.tables
    rows = {0: table.sheet.rows[0], EXCELS_LAST_ROW: table.sheet.rows[1]}

    class Far(list):  # a sheet of Excel's height without its million rows
        def __getitem__(self, at):
            if isinstance(at, slice):
                return [rows[row] for row in range(*at.indices(len(self))) if row in rows]
            return rows.get(at, [""] * 4)

        def __len__(self):
            return EXCELS_LAST_ROW + 1

    far = dataclasses.replace(table, sheet=Sheet("RT 01", Far()), people=(EXCELS_LAST_ROW,))
    said, _ = judged(dataclasses.replace(file, tables=(far,)))
    assert {finding.place.cell for finding in said.findings if finding.code == "RK210"} == {"A1048576"}


def test_a_table_without_a_header_of_its_own_is_judged() -> None:
    file = side_by_side(1)
    table = dataclasses.replace(file.tables[0], header_rows=(), people=(1, 2, 3))
    said, checked = judged(dataclasses.replace(file, tables=(table,)))
    assert [(finding.code, finding.place.cell) for finding in said.findings] == [("RK210", "A3")]
    assert {number: ready.people for number, ready in said.ready.items()} == {0: 2}
    assert make_marks(checked, SPEC.name, SPEC.labels(), TODAY).sheets[0].cells[0].row == 2
