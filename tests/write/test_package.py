"""The patch of a package: limits of Excel, and packages that are not as they should be."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter

from rosterkit.errors import FileError
from rosterkit.model.cells import cell_name
from rosterkit.model.finding import Severity
from rosterkit.read.workbook import read_any
from rosterkit.write.copies.annotate import annotate_workbook
from rosterkit.write.copies.marks import CellMark, Marks, SheetMarks
from rosterkit.write.copies.summary import SummaryLine
from rosterkit.write.copies.unmark import strip_copy
from rosterkit.write.patch.styles import MAX_FILLS, MAX_STYLES, Styles


def sheet_of(rows: str, head: str = "", tail: str = "") -> bytes:
    """A package with one sheet, written by hand."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packed}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/s.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packed}/relationships"><Relationship Id="a" Type="{rel}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="S" sheetId="1" r:id="a"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packed}/relationships"><Relationship Id="a"'
        f' Type="{rel}/worksheet" Target="s.xml"/></Relationships>',
        "xl/s.xml": f'<worksheet xmlns="{main}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>',
    }
    return packed_of({name: text.encode() for name, text in parts.items()})


def packed_of(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text(name: str, value: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{value}</t></is></c>'


def mark(content: bytes, cells=((1, 0),), sheet: str = "S", notes: bool = True, column: int = 5, lines=()) -> bytes:
    """Mark cells of a sheet, with a remark for each row."""
    marks = tuple(CellMark(row, place, Severity.ERROR, f"catatan {row}" if notes else None) for row, place in cells)
    remarks = {row: "perbaiki" for row, _ in cells if row}
    target = io.BytesIO()
    annotate_workbook(
        io.BytesIO(content),
        target,
        Marks((SheetMarks(sheet, marks, (column,), (0,), remarks, {}),), lines),
        "a.xlsx",
        "0",
    )
    return target.getvalue()


def values(content: bytes) -> dict[str, object]:
    """The cells of the marked sheet."""
    sheet = read_any(io.BytesIO(content))[-1]
    return {cell_name(r, c): v for r, row in enumerate(sheet.rows) for c, v in enumerate(row) if v != ""}


def stripped(content: bytes) -> bytes:
    target = io.BytesIO()
    assert strip_copy(content, target)
    return target.getvalue()


ROSTER = f'<row r="1">{text("A1", "NIK")}{text("B1", "Nama")}</row><row r="2">{text("A2", "1")}{text("B2", "x")}</row>'


def test_missing_cells_and_rows_are_put_where_they_belong():
    rows = f'<row r="1">{text("A1", "NIK")}</row><row r="3" spans="1:1"/><row r="7">{text("C7", "x")}</row>'
    original = sheet_of(rows, '<dimension ref="A1:C7"/>')
    copy = mark(original, [(1, 1), (2, 2), (6, 0), (6, 3), (8, 1)])
    sheet = parts_of(copy)["xl/s.xml"].decode()
    assert re.findall(r'<row r="(\d+)"', sheet) == ["1", "2", "3", "7", "9"]
    assert re.findall(r'<c r="([A-Z]+\d+)"', sheet) == [
        "A1",
        "F1",
        "B2",
        "F2",
        "C3",
        "F3",
        "A7",
        "C7",
        "D7",
        "F7",
        "B9",
        "F9",
    ]
    assert '<dimension ref="A1:F7"/>' in sheet
    assert 'spans="1:6"' in sheet
    page = openpyxl.load_workbook(io.BytesIO(copy))["S"]
    assert {name: page[name].fill.fgColor.rgb for name in ("B2", "C3", "D7", "B9")} == dict.fromkeys(
        ("B2", "C3", "D7", "B9"), "FFFFB4A8"
    )
    assert page["F9"].value == "perbaiki"
    assert parts_of(stripped(copy)) == parts_of(original)


def test_a_cell_that_is_defined_twice_is_marked_twice():
    original = sheet_of(f'<row r="1">{text("A1", "NIK")}</row><row r="2">{text("A2", "1")}{text("A2", "2")}</row>')
    copy = mark(original)
    assert parts_of(copy)["xl/s.xml"].count(b'<c r="A2"') == 2
    assert len(re.findall(rb'<c r="A2" s="[1-9]"', parts_of(copy)["xl/s.xml"])) == 2
    assert values(copy)["A2"] == values(original)["A2"]
    assert parts_of(stripped(copy)) == parts_of(original)


def test_rows_out_of_order_are_marked_where_they_stand():
    original = sheet_of(
        f'<row r="1">{text("A1", "NIK")}</row><row r="3">{text("A3", "3")}</row><row r="2">{text("A2", "2")}</row>'
    )
    with pytest.raises(FileError):  # row 2 seems to be missing until it comes
        mark(original, [(1, 0), (2, 0)])
    copy = mark(original, [(2, 0)])
    assert openpyxl.load_workbook(io.BytesIO(copy))["S"]["A3"].fill.fgColor.rgb == "FFFFB4A8"


def test_rows_that_are_offered_to_newer_programs():
    choice = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    original = sheet_of(
        f'<row r="1">{text("A1", "NIK")}</row>{choice}<mc:Choice Requires="x14"><row r="2">{text("A2", "1")}</row>'
        "</mc:Choice></mc:AlternateContent>"
    )
    copy = mark(original)
    assert len(re.findall(rb'<c r="A2" s="[1-9]"', parts_of(copy)["xl/s.xml"])) == 1
    assert parts_of(stripped(copy)) == parts_of(original)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/_rels/workbook.xml.rels", b'Target="s.xml"', b'Target="gone.xml"'),
        ("xl/_rels/workbook.xml.rels", b'Id="a"', b'Id="b"'),
        ("xl/workbook.xml", b"</sheets>", b'<sheet name="T" sheetId="2" r:id="zz"/></sheets>'),
        ("xl/workbook.xml", b"</workbook>", b""),
        ("xl/s.xml", b"</row>", b""),
        ("xl/s.xml", b"<worksheet ", b"<!-- -- --><worksheet "),
        ("[Content_Types].xml", b"<Types", b"<Typos"),
    ],
)
def test_a_broken_package_is_refused(part, old, new):
    parts = parts_of(sheet_of(ROSTER))
    parts[part] = parts[part].replace(old, new, 1)
    with pytest.raises(FileError):
        mark(packed_of(parts))


def test_two_parts_of_one_name_are_refused():
    parts = parts_of(sheet_of(ROSTER))
    with pytest.raises(FileError):
        mark(packed_of({**parts, "XL/S.xml": parts["xl/s.xml"]}))


def test_more_notes_than_a_block_of_shapes_on_two_sheets():
    target = io.BytesIO()
    work = xlsxwriter.Workbook(target, {"in_memory": True})
    for name in ("S", "T"):
        sheet = work.add_worksheet(name)
        sheet.write_column(0, 0, ["NIK", *range(1500)])
        sheet.write_comment("B1", "punya mereka")
    work.close()
    cells = tuple(CellMark(row, 0, Severity.ERROR, "x") for row in range(1, 1500))
    sheets = tuple(SheetMarks(name, cells, (5,), (0,), {}, {}) for name in ("S", "T"))
    copy = io.BytesIO()
    annotate_workbook(io.BytesIO(target.getvalue()), copy, Marks(sheets, ()), "a", "0")
    drawings = [content for name, content in parts_of(copy.getvalue()).items() if name.endswith(".vml")]
    ids = [set(map(int, re.findall(rb'id="_x0000_s(\d+)"', drawing))) for drawing in drawings]
    assert [len(found) for found in ids] == [1500, 1500]
    assert not ids[0] & ids[1]
    for drawing, found in zip(drawings, ids, strict=True):
        blocks = {int(number) for number in re.search(rb'idmap[^>]*data="([^"]+)"', drawing)[1].split(b",")}
        assert {number // 1024 for number in found} == blocks
    book = openpyxl.load_workbook(copy)
    assert book["T"]["A1500"].comment.text == "x"
    assert book["T"]["B1"].comment.text == "punya mereka"


def test_styles_stop_at_the_limit_of_excel():
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    xfs = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * (MAX_STYLES - 2)
    styles = Styles(f'<styleSheet {space}><cellXfs count="0">{xfs}</cellXfs></styleSheet>'.encode())
    new = [styles.get_mark_style(style, Severity.ERROR) for style in range(5)]
    assert new == [MAX_STYLES - 2, MAX_STYLES - 1, 2, 3, 4]
    assert styles.finish().to_bytes().count(b"<xf ") == MAX_STYLES


def test_fills_stop_at_the_limit_of_excel():
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF0000{n:02X}"/></patternFill></fill>'
        for n in range(250)
    )
    xfs = "".join(f'<xf numFmtId="0" fontId="0" fillId="{n}" borderId="0"/>' for n in range(250))
    fills = f'<fills count="250">{fills}</fills>'
    styles = Styles(f'<styleSheet {space}>{fills}<cellXfs count="250">{xfs}</cellXfs></styleSheet>'.encode())
    for style in range(250):
        for severity in Severity:
            styles.get_mark_style(style, severity)
    assert styles.finish().to_bytes().count(b"<fill>") <= MAX_FILLS


def test_the_list_of_findings_stops_where_a_sheet_ends(monkeypatch):
    monkeypatch.setattr("rosterkit.write.copies.summary_sheet.MAX_ROWS", 10)
    copy = mark(sheet_of(ROSTER), lines=[SummaryLine((f"baris {number}",)) for number in range(20)])
    rows = read_any(io.BytesIO(copy))[0].rows
    assert [row[0] for row in rows][:9] == [f"baris {number}" for number in range(9)]
    assert "11" in rows[9][0]


def test_hostile_text_stays_text():
    evil = '=cmd|"/c calc"!A1 <b> & ]]> _x0041_ \x0b\x07'
    copy = mark(sheet_of(ROSTER), lines=[SummaryLine((evil,)), SummaryLine((evil, evil), "error", "'S'!A2\"<>")])
    rows = read_any(io.BytesIO(copy))[0].rows
    assert rows[0][0] == '=cmd|"/c calc"!A1 <b> & ]]> _x0041_ '
    assert openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]["A1"].data_type == "s"


@pytest.mark.parametrize(
    ("head", "tail", "expected_head", "expected_tail"),
    [
        ("", "", '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>', 'orientation="landscape" fitToHeight="0"/>'),
        ("<sheetPr/>", "", '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>', 'fitToHeight="0"/>'),
        (
            '<sheetPr><tabColor rgb="FF00FF00"/></sheetPr>',
            '<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><pageSetup scale="80"/>',
            '<tabColor rgb="FF00FF00"/><pageSetUpPr fitToPage="1"/>',
            '<pageSetup scale="80" fitToWidth="1" fitToHeight="0"/>',
        ),
        (
            '<sheetPr><pageSetUpPr fitToPage="0"/></sheetPr>',
            '<pageSetup fitToWidth="2" fitToHeight="3"/>',
            '<pageSetUpPr fitToPage="1"/>',
            '<pageSetup fitToWidth="1" fitToHeight="0"/>',
        ),
        (  # the sender has decided
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            '<pageSetup fitToHeight="3"/>',
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            '<pageSetup fitToHeight="3"/>',
        ),
    ],
)
def test_a_remark_is_printed_beside_its_person(head: str, tail: str, expected_head: str, expected_tail: str):
    original = sheet_of(ROSTER, head, tail)
    copy = mark(original)
    before, _rows, behind = re.split("<sheetData>|</sheetData>", parts_of(copy)["xl/s.xml"].decode())
    assert expected_head in before
    assert expected_tail in behind
    openpyxl.load_workbook(io.BytesIO(copy))
    assert parts_of(stripped(copy)) == parts_of(original)


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("S!$A$1:$E$2", "S!$A$1:$F$2"),
        ("'S'!$A$1:$E$2", "'S'!$A$1:$F$2"),
        ("S!$A$1:$B$2", "S!$A$1:$B$2"),
        ("S!$A$1:$XX$2", "S!$A$1:$XX$2"),
        ("S!$A$1:$A$2,S!$B$1:$E$2", "S!$A$1:$A$2,S!$B$1:$E$2"),
        ("#REF!", "#REF!"),
    ],
)
def test_the_area_that_is_printed_grows_to_our_columns(area: str, expected: str):
    parts = parts_of(sheet_of(ROSTER))
    name = f'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">{area}</definedName></definedNames>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</workbook>", name.encode() + b"</workbook>")
    original = packed_of(parts)
    copy = mark(original)  # its remarks are in column F
    assert f'localSheetId="1">{expected}<' in parts_of(copy)["xl/workbook.xml"].decode()
    assert parts_of(stripped(copy)) == parts_of(original)
