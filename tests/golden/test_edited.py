"""Copies that senders worked on: what is theirs stays, what is ours goes, and all of it can be seen."""

from __future__ import annotations

import random
import re
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from rosterkit.errors import FileError
from rosterkit.pipeline import run
from rosterkit.settings import Settings
from rosterkit.write.copies.strip import strip_file
from rosterkit.write.copies.unmark import remove_marks
from rosterkit.write.patch.ledger import UndoLog, read_ledger
from tests.golden.books import BOOKS, HEAD, PEOPLE, made, repack, roster
from tests.golden.lint import lint
from tests.golden.test_fidelity import annotated, edited, parts
from tests.helpers import EXAMPLES, TODAY, load

pytestmark = pytest.mark.slow

OWN = "CATATAN ROSTERKIT"


def build(path: Path, more) -> Path:
    """The roster, and what a sender has around it."""
    made(path, lambda work, sheet: (roster(sheet), more(work, sheet)))
    return path


def column_of(page, text: str = OWN) -> str:
    return next(cell.column_letter for row in page for cell in row if cell.value == text)


def test_remarks_stand_where_nothing_else_does(tmp_path):
    def more(work, sheet):
        sheet.write("I8", "Kediri, 2 Januari 2025")
        sheet.write_formula("J2", '=IF(LEN(A2)<1,"x","")', None, "")
        sheet.merge_range("K9:L9", "Ketua RT 01")

    path = build(tmp_path / "a.xlsx", more)
    file = annotated(path, tmp_path / "hasil")
    assert column_of(load(file.written.annotated)["RT 01"]) == "M"
    mended = edited(
        file.written.annotated, tmp_path / "b.xlsx", lambda book: book["RT 01"].__setitem__("M4", "ditulis RT")
    )
    page = load(annotated(mended, tmp_path / "lagi").written.annotated)["RT 01"]
    theirs = [page[cell].value for cell in ("I8", "K9", "M4")]
    assert theirs == ["Kediri, 2 Januari 2025", "Ketua RT 01", "ditulis RT"]
    assert page["J2"].value == '=IF(LEN(A2)<1,"x","")'


def test_remarks_are_not_hidden_in_a_merged_cell(tmp_path):
    def wide(work, sheet):
        for row, text in enumerate([HEAD[7], *(person[7] for person in PEOPLE)]):
            sheet.merge_range(row, 7, row, 9, text)

    page = load(annotated(build(tmp_path / "a.xlsx", wide), tmp_path / "hasil").written.annotated)["RT 01"]
    assert column_of(page) == "K"
    assert page["K3"].value.startswith("NIK hanya")


def test_a_colour_of_theirs_is_no_mark_of_ours(tmp_path):
    made(tmp_path / "a.xlsx", lambda work, sheet: roster(sheet, body=work.add_format({"bg_color": "#FFE699"})))
    file = annotated(tmp_path / "a.xlsx", tmp_path / "hasil")
    mended = edited(file.written.annotated, tmp_path / "b.xlsx", lambda book: None)
    page = load(annotated(mended, tmp_path / "lagi").written.annotated)["RT 01"]
    assert {page[cell].fill.fgColor.rgb for cell in ("A2", "B2", "B3", "D4")} == {"FFFFE699"}


def test_their_sheet_of_our_name_is_theirs(tmp_path):
    path = build(tmp_path / "a.xlsx", lambda work, sheet: work.add_worksheet("Hasil Periksa").write(0, 0, "punya RT"))
    file = annotated(path, tmp_path / "hasil")

    def without_ours(book):
        del book["Hasil Periksa (2)"]

    again = annotated(edited(file.written.annotated, tmp_path / "b.xlsx", without_ours), tmp_path / "lagi")
    assert load(again.written.annotated)["Hasil Periksa"]["A1"].value == "punya RT"


def test_a_roster_in_a_sheet_of_our_name_is_checked(tmp_path):
    BOOKS["plain"](tmp_path / "a.xlsx")
    edited(tmp_path / "a.xlsx", tmp_path / "a.xlsx", lambda book: setattr(book.active, "title", "Hasil Periksa"))
    file = annotated(tmp_path / "a.xlsx", tmp_path / "hasil")
    assert "RK210" in {finding.code for finding in file.findings}


def test_a_formula_is_not_repaired(tmp_path):
    def more(work, sheet):
        sheet.write_formula("A4", '="3571010301859903 "', None, "3571010301859903 ")

    file = annotated(build(tmp_path / "a.xlsx", more), tmp_path / "hasil", apply_fixes=True)
    assert load(file.written.annotated)["RT 01"]["A4"].value == '="3571010301859903 "'


RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
EMPTY_STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


@pytest.mark.parametrize(
    ("name", "old", "new", "more"),
    [
        ("no part", b"", b"", {"xl/worksheets/_rels/sheet1.xml.rels": RELATIONS}),
        ("xl/styles.xml", None, EMPTY_STYLES, {}),
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<cols/><sheetData>", {}),
    ],
)
def test_elements_that_were_written_empty_are_filled_once(tmp_path, name, old, new, more):
    BOOKS["plain"](tmp_path / "a.xlsx")

    def change(part, data):
        if part != name:
            return data
        return new if old is None else data.replace(old, new)

    repack(tmp_path / "a.xlsx", change, more)
    file = annotated(tmp_path / "a.xlsx", tmp_path / "hasil")
    assert load(file.written.annotated)["RT 01"]["A3"].fill.fgColor.rgb == "FFFFB4A8"
    back, original = strip_file(file.written.annotated, tmp_path)
    assert original == "a.xlsx"
    assert parts(back) == parts(tmp_path / "a.xlsx")


def timeless(path: Path) -> Path:
    """The same package without the time at which it was made, so that every run damages the same bytes."""
    content = parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in content.items():
            data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2025-01-01T00:00:00Z", data) if "core.xml" in name else data
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.random
def test_damaged_copies_are_one_message_each(tmp_path):
    """Bytes that changed on the way: whatever it does to the file, it is told, and nothing else stops."""
    BOOKS["notes_of_theirs"](tmp_path / "a.xlsx")
    copy = timeless(annotated(timeless(tmp_path / "a.xlsx"), tmp_path / "hasil").written.annotated)
    mended = timeless(edited(copy, tmp_path / "mended.xlsx", lambda book: None))
    chance = random.Random(4)
    told = 0
    for source in (tmp_path / "a.xlsx", copy, mended):
        content = source.read_bytes()
        for _ in range(8 * EXAMPLES):
            broken = bytearray(content)
            for _ in range(6):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            path = tmp_path / "broken.xlsx"
            path.write_bytes(broken)
            (file,) = run(Settings((path,), "kediri-2025", TODAY, out=tmp_path / "o")).files
            told += file.failure is not None
            with suppress(FileError):
                strip_file(path, tmp_path / "s")
    assert told > 3 * EXAMPLES


def test_a_stray_cell_in_a_copy_is_refused_and_not_read(tmp_path):
    BOOKS["plain"](tmp_path / "a.xlsx")
    copy = annotated(tmp_path / "a.xlsx", tmp_path / "hasil").written.annotated
    stray = edited(copy, tmp_path / "b.xlsx", lambda book: book["RT 01"].__setitem__("XFD1048576", "x"))
    (file,) = run(Settings((stray,), "kediri-2025", TODAY)).files
    assert file.failure is not None
    assert file.failure[0] == "stray-cell"


def test_a_note_with_phonetics_goes_on_in_order(tmp_path):
    BOOKS["notes_of_theirs"](tmp_path / "a.xlsx")
    runs = b'<text><r><t>halo</t></r><rPh sb="0" eb="1"><t>a</t></rPh><phoneticPr fontId="0"/></text>'

    def change(name, data):
        if "comments1" not in name:
            return data
        start = data.index(b"<text>", data.index(b'ref="A3"'))
        return data[:start] + runs + data[data.index(b"</text>", start) + len(b"</text>") :]

    repack(tmp_path / "a.xlsx", change)
    file = annotated(tmp_path / "a.xlsx", tmp_path / "hasil")
    content = next(data for name, data in parts(file.written.annotated).items() if name.endswith("comments1.xml"))
    note = content[content.index(b'ref="A3"') :]
    assert note.index(b"halo") < note.index(b"NIK hanya") < note.index(b"<rPh")


def test_a_ledger_that_restores_other_rows_than_the_sender_sees_counts_for_nothing(tmp_path):
    """The undo log of a sheet is forged: it would bring in a person whom nobody sees in the copy."""
    BOOKS["plain"](tmp_path / "a.xlsx")
    copy = annotated(tmp_path / "a.xlsx", tmp_path / "hasil").written.annotated
    _content, origin = remove_marks(copy.read_bytes())
    assert not origin.edited
    end = b"</sheetData>"
    stranger = b'<row r="90"><c r="A90" t="inlineStr"><is><t>3571010101859990</t></is></c></row>'
    log = UndoLog()
    log.add_change(parts(copy)["xl/worksheets/sheet1.xml"].index(end), len(end), stranger + end)

    def forge(name, data):
        ledger = read_ledger(data) if "ledger" in name.lower() or "rosterkit" in name.lower() else None
        if ledger is None:
            return data
        crc, size, _undo = ledger.parts["xl/worksheets/sheet1.xml"]
        ledger.parts["xl/worksheets/sheet1.xml"] = crc, size, log.pack()
        return ledger.to_xml()

    repack(copy, forge)
    content, origin = remove_marks(copy.read_bytes())
    assert origin.edited
    assert not any(b"3571010101859990" in part for part in parts(content).values())
    strip_file(copy, tmp_path / "s")  # nor does strip say that this is the original
    (back,) = (tmp_path / "s").iterdir()
    assert strip_file(copy, tmp_path / "s") == (back, "")
    assert not any(b"3571010101859990" in part for part in parts(back).values())


def test_what_a_finding_says_goes_with_the_marks(tmp_path):
    """A copy whose workbook had no table of texts gets one; taken out by its looks, nothing of it is left."""
    BOOKS["strings_inline"](tmp_path / "a.xlsx")
    copy = annotated(tmp_path / "a.xlsx", tmp_path / "hasil").written.annotated
    repack(copy, lambda name, data: data.replace(b"Contoh Tiga", b"Contoh Tujuh") if "sheet1" in name else data)
    back, original = strip_file(copy, tmp_path / "s")
    assert original == ""
    assert not any(b"HASIL PERIKSA" in part or b"RK210" in part for part in parts(back).values())
    assert load(back)["RT 01"]["B4"].value == "Contoh Tujuh"
    assert lint(back) == {}
