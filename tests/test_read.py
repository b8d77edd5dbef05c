"""Reading: every cell keeps its kind, its coordinate and its digits."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from rosterkit.read.csv_text import read_csv
from rosterkit.read.html_page import html_tables
from rosterkit.read.workbook import read_workbook
from tests.helpers import good_book


def save(path: Path, fill, epoch=None) -> Path:
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    fill(book.active)
    book.save(path)
    return path


def test_leading_empty_rows_and_columns_keep_coordinates(tmp_path):
    def fill(sheet):
        sheet["D7"] = "here"

    (sheet,) = read_workbook(save(tmp_path / "a.xlsx", fill)).sheets
    assert sheet.rows[6][3] == "here"


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_dates_of_both_systems(tmp_path, epoch):
    def fill(sheet):
        sheet["A1"] = dt.date(1985, 8, 17)

    (sheet,) = read_workbook(save(tmp_path / "a.xlsx", fill, epoch)).sheets
    assert sheet.rows[0][0] == dt.date(1985, 8, 17)


def test_errors_formulas_hidden_and_merged_are_known(tmp_path):
    def fill(sheet):
        sheet["A1"] = "#N/A"
        sheet["A1"].data_type = "e"
        sheet["B2"] = "=1+1"
        sheet["C3"] = "x"
        sheet["A9"] = "end"
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("C3:C5")

    (sheet,) = read_workbook(save(tmp_path / "a.xlsx", fill)).sheets
    assert sheet.extras.errors == {(0, 0): "#N/A"}
    assert sheet.extras.uncalculated == {(1, 1)}
    assert sheet.extras.hidden_rows == {2}
    assert sheet.extras.hidden_columns == {1}
    assert sheet.merged == ((2, 2, 4, 2),)


def test_sixteen_digits_come_from_the_file_itself(tmp_path):
    path = good_book(tmp_path / "a.xlsx")
    patched = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(patched, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                start = data.index(b'<c r="A2"')
                end = data.index(b"</c>", start) + 4
                data = data[:start] + b'<c r="A2"><v>9571010101859903</v></c>' + data[end:]
            target.writestr(name, data)
    (sheet,) = read_workbook(patched).sheets
    assert sheet.extras.exact == {(1, 0): "9571010101859903"}
    assert isinstance(sheet.rows[1][0], float)


def test_xml_with_prefix_and_without_coordinates(tmp_path):
    path = good_book(tmp_path / "a.xlsx")
    odd = tmp_path / "b.xlsx"
    body = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row hidden="1"><x:c t="e"><x:v>#REF!</x:v></x:c><x:c><x:f>A9</x:f></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(odd, "w") as target:
        for name in source.namelist():
            target.writestr(name, body if name.endswith("sheet1.xml") else source.read(name))
    from rosterkit.read.package import inspect

    (sheet,) = inspect(odd.read_bytes()).values()
    assert sheet.extras.errors == {(0, 0): "#REF!"}
    assert sheet.extras.uncalculated == {(0, 1)}
    assert sheet.extras.hidden_rows == {0}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv_of_any_encoding_and_separator(encoding, separator):
    lines = [["NIK", "Nama", "Alamat"], ["3571010101859901", "Réka Contoh", "Jl. Misal 1"], ["1", "2", "3"]]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    assert read_csv("a", content).rows == lines


def test_csv_that_tells_its_separator_and_quotes_it():
    content = b'sep=;\r\nNIK;Nama\r\n1;"Contoh; Satu"\r\n'
    assert read_csv("a", content).rows == [["NIK", "Nama"], ["1", "Contoh; Satu"]]


def test_html_spans():
    page = b"<table><tr><th colspan=2>A</th><th>B</th></tr><tr><td rowspan=2>x</td><td>y</td><td>z</td></tr>"
    page += b"<tr><td>1</td><td>2&amp;3</td></tr></table>"
    rows = [["A", "", "B"], ["x", "y", "z"], ["", "1", "2&3"]]
    assert (rows, ((0, 0, 0, 1), (1, 0, 2, 0))) in html_tables(page)


@pytest.mark.parametrize("places", [(0,), (3,), (0, 3), (1, 2), (2, 3), (0, 1, 2, 3)])
@pytest.mark.parametrize("closed", [True, False])
def test_a_cell_over_rows_of_html_moves_no_other_cell(places: tuple[int, ...], closed: bool) -> None:
    """Wherever in the row it stands, also at its end, and however many stand side by side."""

    def write(cells: list[str]) -> str:
        return "<tr>" + "".join(f"<td>{cell}" + "</td>" * closed for cell in cells) + "</tr>" * closed

    first = [f"<td rowspan=2>a{n}" if n in places else f"<td>a{n}" for n in range(4)]
    second = [f"b{n}" for n in range(4) if n not in places]
    page = f"<table><tr>{''.join(first)}{write(second)}{write(['c0', 'c1', 'c2', 'c3'])}</table>"
    rows, merged = html_tables(page.encode())[0]
    assert rows == [
        ["a0", "a1", "a2", "a3"],
        ["" if n in places else f"b{n}" for n in range(4)],
        ["c0", "c1", "c2", "c3"],
    ]
    assert merged == tuple((0, n, 1, n) for n in places)
