"""An annotated copy is the workbook plus marks: every other byte, value, formula and style stays."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from rosterkit.errors import FileError
from rosterkit.pipeline import run
from rosterkit.read.workbook import read_any
from rosterkit.settings import Settings
from rosterkit.write.copies.strip import strip_file
from rosterkit.write.copies.unmark import remove_marks, strip_copy
from rosterkit.write.patch.workbook_part import SUMMARY_NAME
from tests.golden.audit import audit
from tests.golden.books import BOOKS
from tests.golden.lint import lint
from tests.helpers import TODAY, load

pytestmark = pytest.mark.slow

TOUCHED = ("worksheets/", "styles.xml", "workbook.xml", ".rels", "[content_types].xml", "comments", ".vml", "app.xml")


def annotated(path: Path, out: Path, **settings):
    """The report of one file, by the real stages."""
    done = run(Settings((path,), "kediri-2025", TODAY, out=out, **settings))
    (file,) = done.files
    assert file.failure is None, file.failure
    assert file.written.annotated is not None
    return file


def parts(content: bytes | Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Copies(dict):
    """Every workbook with its annotated copy, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __missing__(self, name: str):
        path = self._folder / (name + (".xlsm" if "macros" in name else ".xlsx"))
        BOOKS[name](path)
        self[name] = path, annotated(path, self._folder / "hasil")
        return self[name]


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    return Copies(tmp_path_factory.mktemp("books"))


def test_there_are_enough_workbooks():
    assert len(BOOKS) >= 25


@pytest.mark.parametrize("name", BOOKS, scope="module")
def test_parts_that_are_not_marked_are_the_same_bytes(copies, name):
    path, file = copies[name]
    before, after = parts(path), parts(file.written.annotated)
    assert before.keys() <= after.keys()
    changed = [part for part in before if before[part] != after[part]]
    assert [part for part in changed if not any(word in part.lower().replace("\\", "/") for word in TOUCHED)] == []
    assert not any(
        "header" in part or "media" in part or ("drawing" in part and part.endswith(".xml")) for part in changed
    )


# Of the writers of other programs, and of whatever a copy changes besides cells; test_audit asks about all.
AUDITED = (
    "by_openpyxl", "comments_and_cdata", "header_picture_and_notes", "like_google_sheets", "macros_and_buttons",
    "names_and_print_setup", "prefixed", "several_sheets", "strict", "strings_inline", "without_styles",
)  # fmt: skip


@pytest.mark.parametrize("name", BOOKS, scope="module")
def test_strict_readers_object_to_nothing_new(copies, name):
    path, file = copies[name]
    assert lint(file.written.annotated) - lint(path) == {}
    assert name not in AUDITED or audit(file.written.annotated) - audit(path) == {}


@pytest.mark.parametrize("name", BOOKS, scope="module")
def test_a_stripped_copy_is_the_original(copies, name):
    path, file = copies[name]
    target = io.BytesIO()
    assert strip_copy(file.written.annotated.read_bytes(), target)
    assert parts(target.getvalue()) == parts(path)


# How texts of ours begin.
OURS = ("CATATAN", "STATUS", "Siap", "Belum lengkap", "Ditunda", "NIK", "Kategori", "Tanggal", "Kolom")


# What openpyxl cannot open; calamine reads every copy before it gets its name, LibreOffice in its own test.
#  - backslashes: it looks for parts by forward slashes
#  - empty_style_numbers: it takes an empty number for a text
#  - strict: it does not know the sheets of the strict form
OPENED = [name for name in BOOKS if name not in ("backslashes", "empty_style_numbers", "strict")]


@pytest.mark.parametrize("name", OPENED, scope="module")
def test_touched_parts_only_gain(copies, name):
    """Taken apart by another reader: values, formulas, merges, validations, widths, and every style of other cells."""
    path, file = copies[name]
    before, after = load(path, rich_text=True), load(file.written.annotated, rich_text=True)
    assert after.sheetnames[1:] == before.sheetnames
    marked = {(f.place.sheet, f.place.cell) for f in file.findings}
    for page in before.worksheets:
        copy = after[page.title]
        for row in page.iter_rows():
            for cell in row:
                other = copy[cell.coordinate]
                same = ("font", "border", "alignment", "number_format", "protection")
                if cell.value is None and other.value is not None:
                    assert other.value.startswith(OURS), cell.coordinate
                    continue
                if isinstance(cell.value, openpyxl.worksheet.formula.ArrayFormula):
                    assert vars(other.value) == vars(cell.value)
                else:
                    assert other.value == cell.value, cell.coordinate
                if cell.value is not None:
                    for what in same if name != "without_styles" else ():
                        assert repr(getattr(other, what)) == repr(getattr(cell, what)), (cell.coordinate, what)
                if (page.title, cell.coordinate) not in marked and cell.value is not None:
                    assert repr(other.fill) == repr(cell.fill), cell.coordinate
        assert sorted(map(str, copy.merged_cells.ranges)) == sorted(map(str, page.merged_cells.ranges))
        assert copy.data_validations.count == page.data_validations.count
        assert copy.freeze_panes == page.freeze_panes
        assert copy.print_area == page.print_area.replace("$H$4", "$J$4")  # with our columns, where it ends before them
        assert copy.print_title_rows == page.print_title_rows
        assert copy.protection.password == page.protection.password
        assert copy.tables.items() == page.tables.items()


@pytest.mark.parametrize("name", OPENED, scope="module")
def test_marks_are_where_the_findings_are(copies, name):
    path, file = copies[name]
    book = load(file.written.annotated)
    assert book.active.title == book.sheetnames[0]
    assert book.sheetnames[0].startswith("Hasil Periksa")
    assert [page.title for page in book.worksheets if page.sheet_view.tabSelected] == [book.sheetnames[0]]
    errors = [finding for finding in file.findings if finding.code == "RK210"]
    assert errors
    for finding in errors:
        cell = book[finding.place.sheet][finding.place.cell]
        assert cell.fill.fgColor.rgb == "FFFFB4A8"
        if name != "threaded_comments":
            assert "seharusnya 16" in cell.comment.text
        row = [other.value for other in book[finding.place.sheet][cell.row]]
        assert any(isinstance(value, str) and value.startswith("NIK hanya") for value in row)
    before, after = shape_ids(path), shape_ids(file.written.annotated)
    assert len(set(after) - set(before)) == len(after) - len(before)


def shape_ids(path: Path) -> list[bytes]:
    drawings = b"".join(data for part, data in parts(path).items() if part.endswith(".vml"))
    return re.findall(rb'<(?:\w+:)?shape [^>]*?id="_x0000_s(\d+)"', drawings)


@pytest.mark.parametrize("name", BOOKS, scope="module")
def test_annotating_a_copy_gives_the_copy(copies, name, tmp_path):
    _path, file = copies[name]
    again = annotated(file.written.annotated, tmp_path)
    key = [(f.code, f.place.sheet, f.place.cell) for f in file.findings]
    assert [(f.code, f.place.sheet, f.place.cell) for f in again.findings] == key
    assert again.written.annotated.name == file.written.annotated.name
    assert parts(again.written.annotated) == parts(file.written.annotated)


def test_notes_of_others_are_kept_and_go_on(copies):
    book = load(copies["notes_of_theirs"][1].written.annotated)
    text = book["RT 01"]["A3"].comment.text
    assert text.startswith("NIK dari fotokopi KK")
    assert "seharusnya 16" in text
    assert book["RT 01"]["B2"].comment.text.startswith("Sudah pindah?")
    assert book["RT 01"]["B2"].comment.author == "Ketua RT"


def test_conversations_are_left_alone(copies):
    path, file = copies["threaded_comments"]
    before, after = load(path)["RT 01"]["A3"], load(file.written.annotated)["RT 01"]["A3"]
    assert after.comment.text == before.comment.text


def test_a_filter_reaches_over_the_remarks(copies):
    book = load(copies["filtered"][1].written.annotated)
    assert book["RT 01"].auto_filter.ref == "A1:J4"
    names = parts(copies["filtered"][1].written.annotated)["xl/workbook.xml"]
    assert b"'RT 01'!$A$1:$J$4" in names


def test_remarks_keep_clear_of_a_table_beside(copies):
    book = load(copies["excel_table_beside"][1].written.annotated)
    assert book["RT 01"]["K1"].value == "CATATAN ROSTERKIT"
    assert book["RT 01"]["I1"].value == "Bantuan"


def test_remarks_are_seen_where_unused_columns_are_hidden(copies):
    page = load(copies["hidden_right_and_groups"][1].written.annotated)["RT 01"]
    assert page["I1"].value == "CATATAN ROSTERKIT"
    assert page["J1"].value == "STATUS ROSTERKIT"
    assert not page.column_dimensions["I"].hidden
    assert not page.column_dimensions["J"].hidden
    assert page.column_dimensions["K"].hidden


def test_names_follow_their_sheets(copies):
    book = load(copies["names_and_print_setup"][1].written.annotated)
    assert book["RT 02"].print_area == "'RT 02'!$A$1:$D$4"
    assert book["RT 02"].defined_names["Lokal"].value == "'RT 02'!$A$1"
    assert SUMMARY_NAME in book.defined_names


def test_their_sheet_of_our_name_stays(copies):
    book = load(copies["a_sheet_called_like_ours"][1].written.annotated)
    assert book.sheetnames == ["Hasil Periksa (2)", "RT 01", "hasil periksa"]


def test_a_signature_that_no_longer_holds_is_told(copies):
    sheets = {sheet.name: sheet.rows for sheet in read_any(copies["signed"][1].written.annotated)}
    assert any("Tanda tangan digital" in str(row[0]) for row in sheets["Hasil Periksa"])


def edited(path: Path, target: Path, change) -> Path:
    """A copy that somebody opened, changed and saved with a program that writes everything anew."""
    book = load(path)
    change(book)
    book.save(target)
    return target


def test_a_mended_copy_is_plain_where_it_was_mended(copies, tmp_path):
    _path, file = copies["notes_of_theirs"]

    def mend(book):
        book["RT 01"]["A3"] = "3571011301859902"
        book["RT 01"]["C3"] = "13-01-1985"
        book["RT 01"]["D4"] = "kuli batu"

    mended = edited(file.written.annotated, tmp_path / "x.periksa.xlsx", mend)
    again = annotated(mended, tmp_path / "hasil")
    assert [(f.code, f.place.cell) for f in again.findings if f.code != "RK263"] == [("RK230", "D4")]
    book = load(again.written.annotated)
    page = book["RT 01"]
    assert page["A3"].fill.fgColor.rgb != "FFFFB4A8"
    assert page["A3"].comment.text.startswith("NIK dari fotokopi KK")
    assert "seharusnya 16" not in page["A3"].comment.text
    assert page["D4"].fill.fgColor.rgb == "FFFFB4A8"
    assert [cell.value for cell in page["I"]][:4] == ["CATATAN ROSTERKIT", None, None, page["I4"].value]
    assert page["I4"].value.startswith("Kategori")
    assert [cell.value for cell in page["J"]][:4] == ["STATUS ROSTERKIT", "Siap", "Siap", "Ditunda"]
    assert book.sheetnames.count("Hasil Periksa") == 1
    told = [row[0].value for row in book["Hasil Periksa"].iter_rows()]
    assert "Dibanding pemeriksaan yang lalu: 2 catatan sudah beres, 2 masih ada, 1 baru." in told


def test_cells_get_their_own_colour_back(copies, tmp_path):
    _path, file = copies["styled_rows_and_columns"]
    mended = edited(file.written.annotated, tmp_path / "x.xlsx", lambda book: None)
    target = io.BytesIO()
    assert strip_copy(mended.read_bytes(), target) == ""
    book = load(target)
    assert book.sheetnames == ["RT 01"]
    assert book["RT 01"]["A3"].fill.fgColor.rgb == "FFC6E0B4"
    assert book["RT 01"]["A3"].comment is None
    assert {cell.value for cell in book["RT 01"]["I"]} == {None}


def test_repairs_are_written_as_text_and_told(tmp_path):
    path = tmp_path / "a.xlsx"
    BOOKS["plain"](path)

    def mess(book):
        page = book["RT 01"]
        page["A2"] = " 3571010101859901'"
        page["D4"] = "pemulng"
        page["I1"] = "No HP"
        page["I2"] = 81234567890
        page["I2"].number_format = "0"

    edited(path, path, mess)
    file = annotated(path, tmp_path / "hasil", apply_fixes=True)
    page = load(file.written.annotated)["RT 01"]
    assert (page["A2"].value, page["A2"].data_type, page["A2"].number_format) == ("3571010101859901", "s", "@")
    assert (page["I2"].value, page["I2"].number_format) == ("081234567890", "@")
    assert "semula:  3571010101859901'" in page["A2"].comment.text
    assert page["A3"].value == "357101020185990"
    again = annotated(file.written.annotated, tmp_path / "lagi")
    assert not {"RK202", "RK241"} & {finding.code for finding in again.findings}
    target = io.BytesIO()
    assert strip_copy(file.written.annotated.read_bytes(), target)
    assert parts(target.getvalue()) == parts(path)


def test_what_cannot_be_marked_is_refused_without_output(tmp_path):
    path = tmp_path / "a.xlsx"
    BOOKS["plain"](path)
    whole = parts(path)
    broken = {
        "styles.xml is cut off": {"xl/styles.xml": whole["xl/styles.xml"][:-20]},
        "a sheet of another encoding": {
            "xl/worksheets/sheet1.xml": b'<?xml version="1.0" encoding="ISO-8859-1"?>'
            + whole["xl/worksheets/sheet1.xml"].partition(b"?>")[2]
        },
        "content types of nothing": {"[Content_Types].xml": b"not XML"},
    }
    for name, change in broken.items():
        with zipfile.ZipFile(path, "w") as target:
            for part, content in (whole | change).items():
                target.writestr(part, content)
        done = run(Settings((path,), "kediri-2025", TODAY, out=tmp_path / "hasil"))
        assert done.files[0].failure is not None, name
        assert not list((tmp_path / "hasil").glob("*.periksa*")), name


def test_a_file_that_is_no_copy_cannot_be_stripped(tmp_path):
    path = tmp_path / "a.xlsx"
    BOOKS["plain"](path)
    assert strip_copy(path.read_bytes(), io.BytesIO()) is None
    assert remove_marks(path.read_bytes()) is None
    with pytest.raises(FileError):
        strip_file(path, None)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.xlsx"]
