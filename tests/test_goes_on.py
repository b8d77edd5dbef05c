"""Names and addresses over several cells: joined below one header, told of where no header says so."""

from __future__ import annotations

from typing import Any

import pytest

from rosterkit.model.finding import Severity
from tests.helpers import findings_of
from tests.test_blocks import nik, tables_of
from tests.test_layouts import values_of


def told(table: str) -> list[tuple[str | None, Severity]]:
    return [(finding.field, finding.severity) for finding in findings_of(table) if finding.code == "RK208"]


def test_columns_below_one_merged_header_are_one_value() -> None:
    rows: list[list[Any]] = [
        ["NIK", "NAMA", "", "TGL LAHIR", "ALAMAT", "", ""],
        [nik(1), "Contoh", "Satu", "02-01-1985", "Jl. Rekaan", "No. 1", "RT 01"],
        [nik(2), "Misal", "", "03-01-1985", "Jl. Rekaan", "", ""],
    ]
    merged = ((0, 1, 0, 2), (0, 4, 0, 6))
    assert values_of(rows, "name", "address", merged=merged) == [
        ("Contoh Satu", "Jl. Rekaan No. 1 RT 01"),
        ("Misal", "Jl. Rekaan"),
    ]
    assert not any(table.beside for table in tables_of(rows, merged=merged))


def test_a_merged_name_of_one_column_stays() -> None:
    rows: list[list[Any]] = [["NIK", "NAMA", "", "TGL LAHIR"], [nik(1), "Contoh Satu", "", "02-01-1985"]]
    table = tables_of(rows, merged=((0, 1, 0, 2), (1, 1, 1, 2)))[0]
    assert not table.derived
    assert not table.beside


@pytest.mark.parametrize(("text", "expected"), [("Permata", True), ("V", False), ("7", False), ("(anak)", False)])
def test_a_word_beside_a_name_below_no_header_holds_the_person(text: str, expected: bool) -> None:
    head = "| NIK | Nama | | Tanggal Lahir | Kategori |\n|---|---|---|---|---|\n"
    table = f"{head}| {nik(1)} | Contoh | {text} | 02-01-1985 | Pemulung |"
    assert told(table) == ([("name", Severity.ERROR)] if expected else [])


def test_a_text_beside_an_address_is_asked_about() -> None:
    table = (
        "| NIK | Nama | Tanggal Lahir | Kategori | Alamat | |\n|---|---|---|---|---|---|\n"
        f"| {nik(1)} | Contoh | 02-01-1985 | Pemulung | Jl. Rekaan | No. 1 |"
    )
    assert told(table) == [("address", Severity.WARNING)]


@pytest.mark.parametrize(
    ("line", "field"), [(["", "", "Hampa", "", "", ""], "name"), ([*[""] * 5, "Gang Semu"], "address")]
)
def test_a_row_with_nothing_else_is_asked_about(line: list[str], field: str) -> None:
    rows = [
        ["NO", "NIK", "Nama", "Tanggal Lahir", "Kategori", "Alamat"],
        ["1", nik(1), "Contoh", "02-01-1985", "Pemulung", "Jl. Rekaan"],
        line,
        ["2", nik(2), "Misal", "02-01-1985", "Pemulung", "Jl. Rekaan"],
    ]
    assert [table.below for table in tables_of(rows)] == [{(field, 1)}]


@pytest.mark.parametrize(
    "line",
    [
        ["", "", "", "", "", ""],
        ["Catatan: data lama", *[""] * 5],
        ["", "", "PEMULUNG", *[""] * 3],
        ["", "", "Jumlah L : 2", *[""] * 3],
    ],
)
def test_headings_and_notes_are_no_rest_of_a_value(line: list[str]) -> None:
    rows = [
        ["NO", "NIK", "Nama", "Tanggal Lahir", "Kategori", "Alamat"],
        ["1", nik(1), "Contoh", "02-01-1985", "Pemulung", "Jl. Rekaan"],
        line,
        ["2", nik(2), "Misal", "02-01-1985", "Pemulung", "Jl. Rekaan"],
    ]
    assert not any(table.below for table in tables_of(rows))
