"""Copies that went on living: saved by other programs, sorted, cut up, moved into other workbooks, and checked again.

Whatever happened to a copy, it is checked as the sender's own workbook would be after the same: the same findings, the
same marks, nothing of ours doubled and nothing of hers taken for ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter

from rosterkit.model.report import CheckedFile
from tests.golden.books import HEAD, related, repack, typed
from tests.golden.test_fidelity import annotated, parts
from tests.helpers import load
from tests.test_libreoffice import convert

pytestmark = pytest.mark.slow
Edit = Callable[[Any], None]

OWN, SHEET = "CATATAN ROSTERKIT", "RT 01"
THREADS = "xl/threadedComments/threadedComment1.xml"
FILLS = {"FFFFB4A8", "FFFFE79A", "FFCFE4F8"}
HEADERS = [*HEAD, "Keterangan"]
PEOPLE = [
    ["3571010101859901", "Contoh Satu", "01-01-1985", "Pemulung", "Kediri", "L", "Contoh Ibu", "Jl. Contoh 1", ""],
    ["357101020185990", "Contoh Dua", "02-01-1985", "Pemulung", "Kediri", "L", "Contoh Ibu", "Jl. Contoh 2", "cek A9"],
    ["3571010301859903", "Contoh Tiga", "03-01-1985", "Pemulng", "Kediri", "L", "Contoh Ibu", "Jl. Contoh 3", ""],
    ["3571010401859904", "Contoh Empat", "31-02-1985", "Pemulung", "Kediri", "L", "Contoh Ibu", "Jl. Contoh 4", ""],
    ["3571010501859905", "Contoh Lima", "05-01-1985", "kuli batu", "Kediri", "X", "Contoh Ibu", "Jl. Contoh 5", ""],
    ["3571010601859906", "Contoh Enam", "06-01-1985", "Pemulung", "Kediri", "L", "Contoh Ibu", "Jl. Contoh 6", "rajin"],
]  # fmt: skip


def write_roster(path: Path) -> Path:
    """A roster with notes and a remark of the sender's own, one of them where we mark."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        for number, row in enumerate([HEADERS, *PEOPLE]):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value)
        sheet.write_comment("A3", "NIK dari fotokopi", {"author": "Ketua RT"})
        sheet.write_comment("B2", "Sudah pindah?", {"author": "Ketua RT"})
    return path


def own_column(page: Any) -> int:
    """The number of our column; 0 in the sender's own workbook."""
    return next((cell.column for row in page for cell in row if cell.value == OWN), 0)


def in_roster(edit: Callable[[Any, int], None]) -> Edit:
    def change(book: Any) -> None:
        edit(book[SHEET], own_column(book[SHEET]))

    return change


def nothing(book: Any) -> None:
    """Opened and saved."""


def rename_column(page: Any, own: int) -> None:
    if own:
        page.cell(1, own).value = "Catatan"


def name_column_away(page: Any, own: int) -> None:
    if own:
        page.cell(1, own).value = None


def delete_column(page: Any, own: int) -> None:
    if own:
        page.delete_cols(own)


def write_into_column(page: Any, own: int) -> None:
    page.cell(4, own or 12).value = "sudah ditanya, lihat KTP"


def move_column_away(page: Any, own: int) -> None:
    for row in range(1, 8) if own else ():
        page.cell(row, own + 3).value = page.cell(row, own).value
        page.cell(row, own).value = None


def move_column_in(page: Any, own: int) -> None:
    """A column is inserted before the names, and ours is cut and pasted into it."""
    move(page, {(row, column): (row, column + 1) for row in range(1, 8) for column in range(2, 14)})
    for row in range(1, 8) if own else ():
        page.cell(row, 2).value, page.cell(row, own + 1).value = page.cell(row, own + 1).value, None


def move(page: Any, places: dict[tuple[int, int], tuple[int, int]]) -> None:
    """Move cells with all that they have, as Excel does; openpyxl leaves the notes where they were."""
    cells = {
        place: (cell.value, copy(cell._style), cell.comment)
        for place in places
        if (cell := page.cell(*place)) is not None
    }
    for place in cells:
        page.cell(*place).value, page.cell(*place).comment = None, None
        page.cell(*place)._style = copy(page["XA500"]._style)
    for place, (value, style, comment) in cells.items():
        cell = page.cell(*places[place])
        cell.value, cell._style = value, style
        cell.comment = openpyxl.comments.Comment(comment.text, comment.author) if comment else None


def move_rows(page: Any, rows: dict[int, int]) -> None:
    move(page, {(row, column): (new, column) for row, new in rows.items() for column in range(1, 14)})


def sort_rows(page: Any, _own: int) -> None:
    move_rows(page, {row: 9 - row for row in range(2, 8)})


def delete_row(page: Any, _own: int) -> None:
    for column in range(1, 14):
        page.cell(2, column).value = page.cell(2, column).comment = None
    move_rows(page, {row: row - 1 for row in range(3, 8)})


def insert_rows(page: Any, _own: int) -> None:
    """A person comes first, and a title above all."""
    move_rows(page, {row: row + 3 for row in range(2, 8)})
    move_rows(page, {1: 3})
    page["A1"] = "DAFTAR USULAN RT 01"
    for column, value in enumerate(["3571010701859907", "Contoh Tujuh", "07-01-1985", *PEOPLE[0][3:]], 1):
        page.cell(4, column).value = value


def hide_rows(page: Any, _own: int) -> None:
    for row in (3, 5):
        page.row_dimensions[row].hidden = True


def delete_summary(book: Any) -> None:
    for name in book.sheetnames:
        if name != SHEET:
            del book[name]


def rename_summary(book: Any) -> None:
    for name in book.sheetnames:
        if name != SHEET:
            book[name].title = "Hasil lama"


def forget_name(book: Any) -> None:
    book.defined_names.clear()


def to_another_workbook(book: Any) -> None:
    """The sheet alone is copied into a new workbook; its cells and notes come along."""
    delete_summary(book)
    forget_name(book)
    book[SHEET].title = "Gabungan"


def without_notes(book: Any) -> None:
    for row in book[SHEET]:
        for cell in row:
            cell.comment = None


def mend(page: Any, _own: int) -> None:
    page["A3"], page["D4"], page["C5"] = "3571010201859902", "Pemulung", "04-01-1985"


def append_to_remark(page: Any, own: int) -> None:
    cell = page.cell(3, own or 12)
    cell.value = f"{cell.value} Sudah saya tanyakan." if own else "Sudah saya tanyakan."


EDITS = {
    edit.__name__: edit if edit.__code__.co_argcount == 1 else in_roster(edit)
    for edit in (
        nothing, rename_column, name_column_away, delete_column, write_into_column, append_to_remark, move_column_away,
        move_column_in, sort_rows, delete_row, insert_rows, hide_rows, delete_summary, rename_summary, forget_name,
        to_another_workbook, without_notes, mend,
    )
}  # fmt: skip
USUAL = (
    "append_to_remark delete_summary", "delete_column mend to_another_workbook", "insert_rows to_another_workbook",
    "mend rename_summary", "rename_column sort_rows",
)  # fmt: skip
LIVES = (
    *EDITS, "append_to_remark to_another_workbook",
    "delete_column to_another_workbook", "delete_row to_another_workbook", "insert_rows delete_summary",
    "mend delete_summary", "mend forget_name", "mend rename_column", "mend to_another_workbook", "mend without_notes",
    "mend without_notes to_another_workbook", "move_column_in sort_rows", "move_column_away to_another_workbook",
    "name_column_away mend to_another_workbook", "name_column_away sort_rows", "rename_column delete_summary",
    "rename_column to_another_workbook", "sort_rows to_another_workbook", "without_notes to_another_workbook",
    "sort_rows delete_summary", "write_into_column sort_rows", "write_into_column to_another_workbook",
)  # fmt: skip


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("first")
    path = write_roster(folder / "a.xlsx")
    return path, annotated(path, folder / "hasil").written.annotated


def lived(path: Path, target: Path, names: str) -> Path:
    """A workbook that was opened, edited and saved by openpyxl."""
    book = load(path)
    for name in names.split():
        EDITS[name](book)
    book.save(target)
    return target


STATES = ("STATUS ROSTERKIT", "Siap", "Belum lengkap", "Ditunda")


def seen(file: CheckedFile) -> dict[str, Any]:
    """What a clerk sees of a checked file: findings, people, and the marks of its copy."""
    found = Counter(
        (finding.code, finding.place.cell, finding.value)
        for finding in file.findings
        if finding.facts.get("variant") != "unlabelled"  # in our column of a copy a text is an answer
    )
    rows: list[tuple[object, ...]] = []
    path = file.written.annotated
    book = load(path) if path else openpyxl.Workbook()
    marks: dict[str, Any] = {}
    remarks: Counter[str] = Counter()
    for page in book.worksheets:
        if page["A1"].value == "HASIL PERIKSA" or not path:
            continue
        own = own_column(page)
        for row in page:
            values = (cell.value for cell in row if cell.column != own and cell.value not in (None, *STATES))
            rows.append(tuple(values))
            for cell in row:
                note = re.findall(r"RK\d{3}|fotokopi|pindah", cell.comment.text) if cell.comment else []
                fill = cell.fill.fgColor.rgb if cell.fill.fgColor.rgb in FILLS else None
                if note or fill:
                    marks[cell.coordinate] = (fill, note)
                if cell.column == own or OWN in str(cell.value):
                    remarks[str(cell.value)] += cell.value is not None
    sheets = Counter(page["A1"].value == "HASIL PERIKSA" for page in book.worksheets)
    return {
        "findings": found,
        "rows": [row for row in rows if row],
        "marks": marks,
        "remarks": +remarks,
        "sheets": sheets,
    }


def both(first: tuple[Path, Path], folder: Path, live: Callable[[Path, Path], object]) -> list[dict[str, Any]]:
    """What is seen of the sender's own workbook after something happened to it, and of the copy after the same."""
    results = []
    for name, path in zip(("own", "copy"), first, strict=True):
        (folder / name).mkdir(parents=True)
        live(path, folder / name / "a.xlsx")
        results.append(seen(annotated(folder / name / "a.xlsx", folder / f"hasil {name}")))
    return results


@pytest.mark.parametrize("names", [*USUAL, *(pytest.param(names, marks=pytest.mark.bench) for names in LIVES)])
def test_a_copy_is_checked_as_the_senders_own_workbook(first: tuple[Path, Path], tmp_path: Path, names: str) -> None:
    plain, again = both(first, tmp_path, lambda path, target: lived(path, target, names))
    assert again == plain


def by_another_writer(path: Path, target: Path, author: str = "", notes: bool = True) -> None:
    """Written anew as WPS and Google do: shared texts, styles of its own, no properties, no names, no authors."""
    with xlsxwriter.Workbook(target) as book:
        for page in load(path).worksheets:
            sheet = book.add_worksheet(page.title)
            for row in page:
                for cell in row:
                    color = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
                    style = book.add_format({"bg_color": f"#{color[2:]}"} if isinstance(color, str) else {})
                    if cell.value is not None or style:
                        sheet.write(cell.row - 1, cell.column - 1, cell.value, style)
                    if cell.comment and notes:
                        sheet.write_comment(cell.coordinate, cell.comment.text, {"author": author})


def with_threads(path: Path, target: Path) -> None:
    """Saved by a program that makes every note a threaded comment."""
    lived(path, target, "nothing")
    cells = [cell for row in load(target)[SHEET] for cell in row if cell.comment]
    threads = "".join(
        f'<threadedComment ref="{cell.coordinate}" id="{{{number}}}" personId="{{0}}"><text>'
        f"{escape(cell.comment.text)}</text></threadedComment>"
        for number, cell in enumerate(cells)
    )
    sheet = next(page.title for page in load(target).worksheets if page.title == SHEET)
    number = load(target).sheetnames.index(sheet) + 1

    def change(name: str, data: bytes) -> bytes:
        if name == f"xl/worksheets/_rels/sheet{number}.xml.rels":
            kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
            return related(data, kind, f"/{THREADS}", "rId99")
        if name == "[Content_Types].xml":
            return typed(data, THREADS, "application/vnd.ms-excel.threadedcomments+xml")
        if "comments/comment" in name or "comments1" in name:
            return re.sub(
                rb"<t( [^>]*)?>(?=(?:NIK|Jenis kelamin|Kategori|Tanggal lahir) )",
                rb"<t xml:space='preserve'>[Threaded comment]\n\nComment:\n    ",
                data,
            )
        return data

    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    repack(target, change, {THREADS: f'<ThreadedComments xmlns="{space}">{threads}</ThreadedComments>'})


def test_a_copy_that_another_program_wrote_anew(first: tuple[Path, Path], tmp_path: Path) -> None:
    plain, again = both(first, tmp_path, by_another_writer)
    assert again == plain


@pytest.mark.bench
def test_a_copy_that_another_program_wrote_without_notes(first: tuple[Path, Path], tmp_path: Path) -> None:
    plain, again = both(first, tmp_path, lambda path, target: by_another_writer(path, target, notes=False))
    assert again == plain


def test_notes_that_became_threaded_comments(first: tuple[Path, Path], tmp_path: Path) -> None:
    """Ours go; the sender's own stay, and get no note of ours beside them."""
    plain, again = both(first, tmp_path, with_threads)
    assert again == plain
    assert b"NIK hanya" in parts(tmp_path / "copy" / "a.xlsx")[THREADS]
    assert b"NIK hanya" not in (left := parts(tmp_path / "hasil copy" / "a.periksa.xlsx")[THREADS])
    assert left.count(b"<text>") == 2


@pytest.mark.libreoffice
def test_a_copy_that_libreoffice_saved(first: tuple[Path, Path], tmp_path: Path) -> None:
    """As ``.xlsx`` after edits, and as ``.ods`` and ``.xls``, which know nothing of packages."""
    edits = ("nothing", *USUAL)
    sources = [
        lived(path, tmp_path / f"{number}-{name}.xlsx", names)
        for number, names in enumerate(edits)
        for name, path in zip(("own", "copy"), first, strict=True)
    ]
    for kind, some in (("xlsx", sources), ("ods", sources[:2]), ("xls", sources[:2])):
        convert(some, kind, tmp_path / kind)
    lives = [(f"{number}-{{}}.xlsx", names) for number, names in enumerate(edits)]
    for life, names in (*lives, ("0-{}.ods", "nothing"), ("0-{}.xls", "nothing")):
        kind = life.rpartition(".")[2]
        results = [
            seen(annotated(tmp_path / kind / life.format(name), tmp_path / f"hasil {kind}")) for name in ("own", "copy")
        ]
        assert results[1] == results[0], (life, names)
