"""``.xls``, ``.ods`` and ``.xlsb``: what ``.xlsx`` says beside the values they say too, or the report says that not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlwt

from rosterkit.check.derive import derive
from rosterkit.check.judge import type_people
from rosterkit.check.remarks import remarks
from rosterkit.model.cells import Sheet
from rosterkit.model.report import ReadFile
from rosterkit.read.child import add_extras
from rosterkit.read.workbook import read_any
from tests.helpers import check_json, context_of, read_files_of

HEADERS = ["NIK", "Nama", "Tanggal Lahir", "Kategori"]
PEOPLE = [
    [f"357101{day:02}0185990{day}", f"{word} Contoh", f"{day:02}-01-1985", "Pemulung"]
    for day, word in enumerate(("Satu", "Dua", "Tiga", "Empat", "Lima"), 1)
]


def xls(path: Path) -> Path:
    """Row 3 and column D are hidden, the NIK of row 4 is #N/A, row 5 is struck through, D5 and D6 are merged."""
    book = xlwt.Workbook()
    book.add_sheet("Kosong")
    sheet = book.add_sheet("Daftar")
    struck = xlwt.easyxf("font: struck_out true")
    for number, row in enumerate((HEADERS, *PEOPLE)):
        for column, cell in enumerate(row):
            if (number, column) == (3, 0):
                sheet.row(number).set_cell_error(column, 42)
            elif (number, column) == (4, 3):
                sheet.write_merge(4, 5, 3, 3, cell)
            elif column < 3 or number != 5:
                sheet.write(number, column, cell, struck if number == 4 else xlwt.Style.default_style)
    sheet.row(2).hidden = True
    sheet.col(3).hidden = True
    book.save(str(path))
    return path


def ods_cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def ods(path: Path) -> Path:
    """The same as ``xls``; cells and rows are repeated as LibreOffice does."""
    rows = [[ods_cell(cell) for cell in row] for row in (HEADERS, *PEOPLE)]
    rows[3][0] = ods_cell("#N/A", 'table:formula="of:=NA()" calcext:value-type="error"')
    rows[4] = [ods_cell(cell, 'table:style-name="ce1"') for cell in PEOPLE[3]]
    rows[4][3] = ods_cell("Pemulung", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    rows[5][3] = "<table:covered-table-cell/>"
    visible = ['table:visibility="filter"' if number == 2 else "" for number in range(len(rows))]
    lines = [f"<table:table-row {how}>{''.join(row)}</table:table-row>" for how, row in zip(visible, rows, strict=True)]
    blank = '<table:table-row table:number-rows-repeated="1048000" table:visibility="collapse"><table:table-cell/></table:table-row>'  # fmt: skip # noqa: E501
    names = ("office", "table", "text", "style", "calcext")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>"
        '<style:style style:name="ce1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="ce2"><style:text-properties style:text-line-through-style="none"/></style:style>'
        '<style:style style:name="T1"><style:text-properties style:text-line-through-type="single"/></style:style>'
        '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Daftar">'
        '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="16380" table:visibility="collapse"/>'
        f"{''.join(lines)}{blank}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", content)
    return path


BOTH = pytest.mark.parametrize("make", [xls, ods], ids=["xls", "ods"])


@BOTH
def test_hidden_merged_errors_and_strikes_are_read(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path / "a")
    sheet = next(sheet for sheet in add_extras(make.__name__, path, read_any(path)) if sheet.name == "Daftar")
    assert sheet.extras.hidden_rows == {2}
    assert 3 in sheet.extras.hidden_columns
    assert not sheet.extras.hidden_columns & {0, 1, 2}
    assert sheet.extras.errors == {(3, 0): "#N/A"}
    assert sheet.extras.struck >= {(4, 0), (4, 1), (4, 2)}
    assert {row for row, _column in sheet.extras.struck} == {4}
    assert sheet.merged == ((4, 3, 5, 3),)
    assert not sheet.extras.unread


@pytest.mark.slow
@BOTH
def test_what_is_found_is_what_an_xlsx_would_give(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    document, _done = check_json(make(tmp_path / f"a.{make.__name__}"), "--schema", "kediri-2025")
    found = {(one["code"], one["cell"]) for one in document["files"][0]["findings"]}
    assert {("RK106", "D1"), ("RK106", "B3"), ("RK108", "A4"), ("RK262", "B5"), ("RK205", "D6")} <= found


def test_spaces_and_notes_of_an_ods_are_no_strike(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods")
    with zipfile.ZipFile(path) as package:
        content = package.read("content.xml").decode()
    note = "<office:annotation><text:p>#N/A</text:p></office:annotation>"
    content = content.replace("<text:p>Satu Contoh", f"{note}<text:p>Satu <text:span text:style-name='T1'>Kontoh</text:span> Contoh")  # fmt: skip # noqa: E501
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", content)
    (sheet,) = add_extras("ods", path, (Sheet("Daftar", [[""] * 4] * 6),))
    assert sheet.extras.partly_struck == {(1, 1)}
    assert sheet.extras.errors == {(3, 0): "#N/A"}


@pytest.mark.parametrize("cut", [600, 1500, 3000, 5000])
def test_what_cannot_be_read_is_told_and_breaks_nothing(tmp_path: Path, cut: int) -> None:
    content = xls(tmp_path / "a.xls").read_bytes()
    for broken in (content[:cut], content[: cut - 8] + b"\xff" * 16 + content[cut + 8 :]):
        (tmp_path / "b.xls").write_bytes(broken)
        (sheet,) = add_extras("xls", tmp_path / "b.xls", (Sheet("Daftar", [["NIK"]]),))
        assert sheet.rows == [["NIK"]]
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as package:
        package.writestr("content.xml", "<office:document")
    (sheet,) = add_extras("ods", tmp_path / "b.ods", (Sheet("Daftar", [["NIK"]]),))
    assert sheet.extras.unread


def test_the_report_says_what_could_not_be_checked(tmp_path: Path) -> None:
    (plain,) = read_files_of("| NIK | Nama |\n|---|---|\n| 3571010101859901 | Contoh Satu |")
    table = plain.tables[0]
    (sheet,) = add_extras("xlsb", tmp_path, (table.sheet,))
    assert sheet.extras.unread
    unread = ReadFile(Path("a.xlsb"), tables=(replace(table, sheet=sheet),)).without_cells()
    context = context_of()
    frame = derive(type_people([plain], context), context)
    assert [remark.facts for remark in remarks([unread, plain], frame, context)] == [{"files": "a.xlsb"}]
    assert not list(remarks([plain.without_cells()], frame, context))
