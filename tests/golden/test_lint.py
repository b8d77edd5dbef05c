"""Copies that strict readers take: a copy has no objection that its original had not (see ``lint``)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rosterkit.errors import FileError
from rosterkit.pipeline import run
from rosterkit.settings import Settings
from rosterkit.write.copies.strip import strip_file
from rosterkit.write.patch.copy import PackageCopy
from tests.golden.books import BOOKS, made, repack, roster
from tests.golden.lint import lint
from tests.golden.test_fidelity import annotated, parts
from tests.helpers import TODAY

pytestmark = pytest.mark.slow
Change = Callable[[str, bytes], bytes]
RELS = b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
OFFERED = (
    b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    b'<mc:Choice Requires="x"><font><sz val="9"/></font></mc:Choice>'
    b'<mc:Fallback><font><sz val="8"/></font></mc:Fallback></mc:AlternateContent>'
)


def without_default_of_rels(name: str, data: bytes) -> bytes:
    """Each part of relations has a type of its own, as LibreOffice wrote it until version 6."""
    if name != "[Content_Types].xml":
        return data
    own = re.search(rb'ContentType="[^"]*relationships\+xml"', data)
    assert own is not None
    names = (b"/_rels/.rels", b"/xl/_rels/workbook.xml.rels")
    overrides = b"".join(b'<Override PartName="' + part + b'" ' + own[0] + b"/>" for part in names)
    return data.replace(RELS, b"").replace(b"</Types>", overrides + b"</Types>")


def styles_that_are_no_numbers(name: str, data: bytes) -> bytes:
    if "sheet1" not in name:
        return data
    return re.sub(rb'(<c r="\w+")(?: s="\d+")?', rb'\1 s="x"', data)


def fonts_in_several_forms(name: str, data: bytes) -> bytes:
    if "styles" not in name:
        return data
    found = re.search(rb'<fonts count="(\d+)"', data)
    assert found is not None
    more = b'<fonts count="%d"' % (int(found[1]) + 1)
    return data.replace(found[0], more, 1).replace(b"</fonts>", OFFERED + b"</fonts>", 1)


def styles_declared_and_not_there(name: str, data: bytes) -> bytes:
    if name == "xl/_rels/workbook.xml.rels":
        return re.sub(rb'<Relationship [^>]*styles"[^>]*/>', b"", data)
    return data


def missing_cells(name: str, data: bytes) -> bytes:
    """Cells of the row are left out, and others stand far to the right: the remarks come between them."""
    if "sheet1" not in name:
        return data
    return re.sub(rb'(<row r="3".*?)<c r="[B-G]3"[^>]*>.*?</c>', rb"\1", data, count=1, flags=re.S)


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        without_default_of_rels, styles_that_are_no_numbers, fonts_in_several_forms, styles_declared_and_not_there,
        missing_cells,
    )
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_an_odd_package_gets_a_copy_that_is_no_odder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.xlsx"
    BOOKS["plain"](path)
    before = parts(path)
    repack(path, CHANGES[name])
    assert parts(path) != before
    copy = annotated(path, tmp_path / "hasil").written.annotated
    assert lint(copy) - lint(path) == {}
    strip_file(copy, tmp_path / "asal")
    (back,) = (tmp_path / "asal").iterdir()
    assert parts(back) == parts(path)


ROWS = {
    "no numbers": (lambda data: re.sub(rb'<row r="\d+"', b"<row", data), None),
    "other numbers": (lambda data: re.sub(rb'<row r="(\d+)"', rb'<row r="1\1"', data), "cannot-mark"),
    "one with another number": (lambda data: data.replace(b'<row r="5"', b'<row r="99"'), "cannot-mark"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_marks_stand_in_the_rows_of_their_cells(tmp_path: Path, kind: str) -> None:
    """Rows go by the places of their cells; where they say something else, no copy is made."""
    change, code = ROWS[kind]
    path = tmp_path / "a.xlsx"
    BOOKS["several_sheets"](path)
    repack(path, lambda name, data: change(data) if "worksheets/sheet" in name else data)
    (file,) = run(Settings((path,), "kediri-2025", TODAY, out=tmp_path / "hasil")).files
    assert (file.failure[0] if file.failure else None) == code
    if code is None:
        page = openpyxl.load_workbook(file.written.annotated)["RT 01"]
        assert page["B5"].value == "357101020185990"
        assert "NIK hanya 15 digit" in page["B5"].comment.text
        assert page["J3"].value == "CATATAN ROSTERKIT"


def test_styles_without_a_relation_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    BOOKS["plain"](path)
    repack(path, styles_declared_and_not_there)
    old = parts(path)["xl/styles.xml"]
    copy = annotated(path, tmp_path / "hasil").written.annotated
    assert parts(copy)["xl/styles.xml"] == old


@pytest.mark.parametrize(
    "area", ["C1:D1", "A1:A2", "A2:A3", "A3:B3", "A1:C1", "C1:D4", "D2:D4", "B2:H4", "A1:A4", "A3:A1048576"]
)
def test_a_note_stands_where_it_is_shown(tmp_path: Path, area: str) -> None:
    """Whatever is merged, header or people: no note is covered."""
    path = tmp_path / "a.xlsx"

    def build(work: Workbook, sheet: Worksheet) -> None:
        roster(sheet)
        for row in range(4):
            sheet.write_string(row, 3, ("Pekerjaannya", "Pemulng", "", "Bukan")[row])  # findings in header and rows
            sheet.write_string(row, 1, ("Nama", "", "1", "Contoh Tiga")[row])
        sheet.write_string("A4", "X")

    made(path, build)
    merge = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    repack(
        path, lambda name, data: data.replace(b"</sheetData>", b"</sheetData>" + merge) if "sheet1" in name else data
    )
    copy = annotated(path, tmp_path / "hasil").written.annotated
    assert any("comments" in name for name in parts(copy))
    assert lint(copy) - lint(path) == {}


def test_a_part_that_is_no_xml_ends_the_copy(tmp_path: Path) -> None:
    for content in (b"<a><b></a>", b'<a x="1" x="2"/>', b"<a>", b"<a/><b/>"):
        pieces = [content[:4], content[4:]]
        with (
            (tmp_path / "a.xlsx").open("wb") as target,
            pytest.raises(FileError),
            PackageCopy(target, strict=True) as copy,
        ):
            copy.write_part("xl/a.xml", pieces)
