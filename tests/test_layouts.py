"""Values that stand in several columns, in half of a cell, or in other rows than the person's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rosterkit.frame.stack import stack
from rosterkit.model.cells import Sheet, Workbook
from rosterkit.read.tables import locate_all
from rosterkit.report.words import REASONS
from tests.helpers import SPEC, findings_of
from tests.test_blocks import nik, tables_of


def values_of(rows: list[list[Any]], *fields: str, **options: Any) -> list[tuple[Any, ...]]:
    """The raw texts of fields, of everybody who was read."""
    width = max(map(len, rows))
    sheet = Sheet("RT", [[*row, *[""] * (width - len(row))] for row in rows], **options)
    tables, _skipped = locate_all(Workbook(Path("a.xlsx"), "", "xlsx", (sheet,)), SPEC)
    frame = stack([(0, table) for table in tables])
    return frame.select(f"{field}_raw" for field in fields).rows()


def test_a_date_in_three_columns() -> None:
    rows: list[list[Any]] = [
        ["NIK", "NAMA", "TANGGAL LAHIR", "", "", "ALAMAT"],
        ["", "", "TGL", "BLN", "THN", ""],
        [nik(1), "Contoh Satu", 13.0, 1.0, 1968.0, "x"],
        [nik(2), "Contoh Dua", "5", "Mei", "1970", "x"],
    ]
    assert values_of(rows, "birth_date") == [("13-1-1968",), ("5-Mei-1970",)]


@pytest.mark.parametrize("sizes", [(1,) * 16, (6, 6, 4), (2, 2, 2, 6, 4)])
def test_a_nik_in_parts(sizes: tuple[int, ...]) -> None:
    def parts(text: str) -> list[Any]:
        starts = [sum(sizes[:number]) for number in range(len(sizes))]
        cells = [text[start : start + size] for start, size in zip(starts, sizes, strict=True)]
        return [float(cell) for cell in cells] if sizes[0] == 1 else cells

    head = ["NO", "NAMA", "NIK", *[""] * (len(sizes) - 1), "TGL LAHIR"]
    rows = [head, *([float(one), f"Contoh {'XAB'[one]}", *parts(nik(one)), "02-01-1985"] for one in (1, 2))]
    assert values_of(rows, "nik", "name") == [(nik(1), "Contoh A"), (nik(2), "Contoh B")]


def test_parts_of_a_nik_that_may_have_lost_a_zero_are_not_joined() -> None:
    rows: list[list[Any]] = [["NAMA", "NIK", "", "", "TGL LAHIR"], ["Contoh", 357101.0, 20185.0, 9901.0, "02-01-1985"]]
    assert values_of(rows, "nik") == [("357101",)]


def test_place_and_date_below_one_heading() -> None:
    rows: list[list[Any]] = [
        ["NIK", "NAMA", "Tempat dan Tanggal Lahir", "", "JK"],
        [nik(1), "Contoh Satu", "Kediri", "1985-01-02", "L"],
        [nik(2), "Contoh Dua", "Blitar", "1985-01-03", "P"],
    ]
    assert values_of(rows, "birth_place", "birth_date") == [("Kediri", "1985-01-02"), ("Blitar", "1985-01-03")]


@pytest.mark.parametrize("mark", ["V", "x", 1.0, True, "\u2713"])
def test_sex_and_category_by_marks(mark: object) -> None:
    rows: list[list[Any]] = [
        ["NIK", "NAMA", "JENIS KELAMIN", "", "JENIS PEKERJAAN", ""],
        ["", "", "L", "P", "Pemulung", "Tukang becak"],
        [nik(1), "Contoh Satu", mark, "", "", mark],
        [nik(2), "Contoh Dua", "", mark, mark, ""],
    ]
    assert values_of(rows, "sex", "category") == [("L", "Tukang becak"), ("P", "Pemulung")]


def test_nik_and_kk_in_one_cell() -> None:
    kk = "3571011203159899"
    head = ["NO", "NO. KK / NIK", "NAMA", "TGL LAHIR"]
    assert values_of([head, [1.0, f"{kk}\n{nik(1)}", "Contoh Satu", "x"]], "nik", "kk") == [(nik(1), kk)]


def test_name_and_nik_in_one_cell() -> None:
    head = ["NO", "NAMA / NIK", "TGL LAHIR", "ALAMAT"]
    rows: list[list[Any]] = [
        head,
        [1.0, f"Contoh Satu\n{nik(1)}", "02-01-1985", "x"],
        [2.0, f"{nik(2)} - Contoh Dua", "03-01-1985", "x"],
    ]
    assert values_of(rows, "nik", "name") == [(nik(1), "Contoh Satu"), (nik(2), "Contoh Dua")]


def test_a_name_in_parts() -> None:
    rows: list[list[Any]] = [
        ["NIK", "NAMA DEPAN", "NAMA BELAKANG", "TGL LAHIR"],
        [nik(1), "Contoh", "Satu", "x"],
        [nik(2), "Dua", "", "x"],
    ]
    assert values_of(rows, "name") == [("Contoh Satu",), ("Dua",)]


def test_headings_give_the_category_with_one_warning() -> None:
    rows: list[list[Any]] = [
        ["NO", "NIK", "NAMA", "TGL LAHIR"],
        ["A", "PEMULUNG", "", ""],
        [1.0, nik(1), "Contoh Satu", "02-01-1985"],
        ["B", "TUKANG BECAK", "", ""],
        [1.0, nik(2), "Contoh Dua", "03-01-1985"],
    ]
    assert values_of(rows, "nik", "category") == [(nik(1), "PEMULUNG"), (nik(2), "TUKANG BECAK")]
    assert [finding.code for finding in findings_of(Sheet("RT", rows)) if finding.code == "RK115"] == ["RK115"]


def test_nobody_above_the_first_heading_gets_a_category() -> None:
    rows: list[list[Any]] = [
        ["NIK", "NAMA", "TGL LAHIR"],
        [nik(1), "Contoh Satu", "02-01-1985"],
        ["", "PEMULUNG", ""],
        [nik(2), "Contoh Dua", "03-01-1985"],
    ]
    assert values_of(rows, "nik", "category") == [(nik(1), None), (nik(2), None)]


def test_a_person_over_two_merged_rows() -> None:
    rows: list[list[Any]] = [
        ["NIK", "NAMA", "TEMPAT, TGL LAHIR", "ALAMAT"],
        [nik(1), "Contoh Satu", "Kediri,", "Jl. Contoh 1"],
        ["", "", "02-01-1985", ""],
        [nik(2), "Contoh Dua", "Blitar,", "Jl. Contoh 2"],
        ["", "", "03-01-1985", ""],
    ]
    merged = tuple((top, column, top + 1, column) for top in (1, 3) for column in (0, 1, 3))
    assert values_of(rows, "nik", "birth_date", "address", merged=merged) == [
        (nik(1), "Kediri, 02-01-1985", "Jl. Contoh 1"),
        (nik(2), "Blitar, 03-01-1985", "Jl. Contoh 2"),
    ]


def test_family_data_only_at_the_first_of_a_family() -> None:
    rows: list[list[Any]] = [
        ["NO", "NIK", "NO KK", "NAMA", "ALAMAT"],
        [1.0, nik(1), "3571011203159801", "Contoh Satu", "Jl. Contoh 1"],
        ["", nik(2), "", "Contoh Dua", ""],
        [2.0, nik(3), "", "Contoh Tiga", ""],
        ["", nik(4), "", "Contoh Empat", ""],
    ]
    assert values_of(rows, "nik", "kk", "address") == [
        (nik(1), "3571011203159801", "Jl. Contoh 1"),
        (nik(2), "3571011203159801", "Jl. Contoh 1"),
        (nik(3), None, None),
        (nik(4), None, None),
    ]


@pytest.mark.parametrize(
    "row", [["16 angka", "sesuai KTP", "dd-mm-yyyy", "3 angka"], [-1.0, -2.0, -3.0, -4.0], ["(1)", "(2)", "(3)", "(4)"]]
)
def test_rows_that_guide_are_no_people(row: list[Any]) -> None:
    (table,) = tables_of([["NIK", "NAMA", "TGL LAHIR", "RT"], row, [nik(1), "Contoh Satu", "02-01-1985", "003"]])
    assert table.people == (2,)


def test_rows_that_a_form_filled_in_are_no_people() -> None:
    head = ["NO", "NIK", "NAMA", "TGL LAHIR", "RT", "PEKERJAAN"]
    rows: list[list[Any]] = [
        head,
        [1.0, nik(1), "Contoh Satu", "02-01-1985", "003", "Pemulung"],
        [2.0, "", "", "", "003", "Pemulung"],
    ]
    (table,) = tables_of(rows)
    assert table.people == (1,)


def test_rt_and_rw_are_no_categories_with_marks() -> None:
    rows: list[list[Any]] = [
        ["NIK", "NAMA", "RT", "RW"],
        [nik(1), "Contoh Satu", 1.0, 1.0],
        [nik(2), "Contoh Dua", 1.0, 1.0],
    ]
    assert values_of(rows, "rt", "rw", "category") == [("1", "1", None)] * 2


def test_every_reason_to_leave_a_row_out_has_words() -> None:
    assert {"hint", "heading", "continuation"} <= {*REASONS}
