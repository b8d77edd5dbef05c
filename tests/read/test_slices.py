"""A sheet that is read in slices is the sheet that is read as a whole, however it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rosterkit.errors import FileError
from rosterkit.read import slices, workbook
from rosterkit.read.packed_rows import PackedRows, Packer, pack_like
from tests.corpus.packages import FAR, WAYS, in_sheet, no_folder, other_case
from tests.golden.books import BOOKS

Read = list[tuple[object, ...]] | str


def read(content: bytes) -> tuple[Read, bool]:
    """What is read of a file, and whether something was read in slices."""
    try:
        sheets = workbook.read_xlsx(content)
    except FileError as error:
        return error.code, False
    cells = [[[(type(cell), repr(cell)) for cell in row] for row in sheet.rows] for sheet in sheets]
    found: Read = [
        (sheet.name, sheet.hidden, sheet.merged, sheet.extras, rows) for sheet, rows in zip(sheets, cells, strict=True)
    ]
    return found, any(isinstance(sheet.rows, PackedRows) for sheet in sheets)


def in_slices(path: Path, size: int, patch: pytest.MonkeyPatch) -> bool:
    """Insist that a file is the same in slices of so many bytes; whether it was read in slices."""
    content = path.read_bytes()
    whole, _sliced = read(content)
    patch.setattr(slices, "_LARGE", -1)
    patch.setattr(slices, "_SLICE", size)
    found, is_sliced = read(content)
    assert found == whole
    return is_sliced


WHOLE = {
    "without_cell_names",
    "prefixed",
    "single_quotes_and_spaces",
    "several_sheets",
}  # no <row r=" in one of their sheets


@pytest.mark.parametrize("size", [150, 2000])
@pytest.mark.parametrize("name", BOOKS)
def test_every_book_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: int) -> None:
    BOOKS[name](tmp_path / "a.xlsx")
    is_sliced = in_slices(tmp_path / "a.xlsx", size, monkeypatch)
    assert is_sliced or size == 150 or name in WHOLE


@pytest.mark.parametrize("change", [*FAR.values(), *WAYS.values()], ids=[*FAR, *WAYS])
def test_cells_that_are_written_oddly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[bytes], bytes]
) -> None:
    in_slices(in_sheet(tmp_path / "a.xlsx", change), 300, monkeypatch)


@pytest.mark.parametrize("change", [no_folder, other_case])
def test_packages_that_are_written_oddly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    BOOKS["plain"](tmp_path / "a.xlsx")
    change(tmp_path / "a.xlsx")
    in_slices(tmp_path / "a.xlsx", 300, monkeypatch)


def test_what_the_reader_cannot_open_as_a_whole_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    BOOKS["plain"](tmp_path / "a.xlsx")
    content = (tmp_path / "a.xlsx").read_bytes()
    asked = []

    def refuse(source: object, name: str | None) -> None:
        asked.append(name)
        raise FileError("damaged", "")

    monkeypatch.setattr(slices, "_LARGE", -1)
    monkeypatch.setattr(workbook, "_read_rows", refuse)
    assert not read(content)[1]  # it is read as a whole, which says what is wrong
    assert asked == [None]


def rows(*numbers: str) -> bytes:
    """Rows and the rows that their one cell says, where it says another (3:7)."""
    parts = (number.partition(":") for number in numbers)
    return b"".join(
        b'<row r="%s"><c r="B%s"><v>%s</v></c></row>' % (row.encode(), (cell or row).encode(), row.encode())
        for row, _colon, cell in parts
    )


DISORDER = {
    "rows back": rows("20", "25", "22", "30"),
    "rows far back": rows(*map(str, range(20, 40)), "12"),
    "a row twice": rows("20", "21", "21", "22"),
    "a cell above all": rows("20", "21:3", "22"),
    "a cell far below": rows("20", "21:60", "22", "23", "24", "25", "30"),
    "a cell between": rows("20", "24:22", "24", "25"),
    "a gap": rows("30", "31", "39"),
    "empty texts": rows("20") + b'<row r="21"><c r="C21" t="str"><v></v></c></row>' * 2 + rows("22"),
    "empty texts back": rows("20") + b'<row r="24"><c r="C22" t="str"><v></v></c><c r="D21"><v>1</v></c></row>',
    "a comment": rows("20") + b"<!-- " + rows("21", "22", "23", "24") + b" -->" + rows("25", "26"),
    "a comment that ends it": b"<!-- </sheetData> " + rows("22", "23") + b" -->" + rows("25", "26"),
    "a text with a row": b'<row r="20"><c r="A20" t="inlineStr"><is><t><![CDATA['
    + rows("7") * 9
    + b"]]></t></is></c></row>",
    "blank rows below": rows("20") + b'<row r="50"><c r="F50" t="str"><v></v></c></row>',
    "narrow, then wide": rows("20", "21") + b'<row r="50"><c r="AB50"><v>1</v></c></row>',
}


@pytest.mark.parametrize("size", [120, 260, 900])
@pytest.mark.parametrize("kind", DISORDER)
def test_cells_in_disorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, size: int) -> None:
    def more(data: bytes) -> bytes:
        return data.replace(b"</sheetData>", DISORDER[kind] + b"</sheetData>")

    in_slices(in_sheet(tmp_path / "a.xlsx", more), size, monkeypatch)


@pytest.mark.parametrize("kind", ["blank above", "blank on the left", "no rows"])
def test_where_a_sheet_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    changes: dict[str, Callable[[bytes], bytes]] = {
        "blank above": lambda data: re.sub(rb"<row .*</row>", rows(*map(str, range(9, 40))), data, flags=re.S),
        "blank on the left": lambda data: re.sub(rb'(<c r=")A', rb"\1ZZ", data),
        "no rows": lambda data: re.sub(rb"<row .*</row>", b"", data, flags=re.S),
    }
    in_slices(in_sheet(tmp_path / "a.xlsx", changes[kind]), 200, monkeypatch)


def packed(cells: list[list[object]], width: int = 0) -> PackedRows:
    packer = Packer()
    packer.add(cells)
    return packer.rows(width)


def test_packed_rows_are_read_like_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rosterkit.read.packed_rows._ROWS", 7)
    values: list[object] = [
        "",
        "ä\U0001f600",
        1.5,
        -0.0,
        True,
        10**20,
        dt.date(1985, 1, 1),
        dt.time(1),
        dt.timedelta(1),
    ]
    cells = [[values[(row + column) % 9] if row > 20 else str(row) for column in range(row % 3)] for row in range(40)]
    found = packed(cells)
    assert len(found) == 40
    assert repr([*found]) == repr(cells) == repr([found[at] for at in range(-40, 0)])
    for some in (slice(3, 5), slice(None, None), slice(5, 38), slice(30, 2, -3), slice(8, None, 2), slice(-3, None)):
        assert repr([*found[some]]) == repr(cells[some])
        assert repr([*found[2:][some]]) == repr(cells[2:][some])
    assert repr([*pack_like(found, cells)]) == repr(pack_like([], cells)) == repr(cells)
    assert {len(row) for row in packed(cells, 3)} == {3}
    with pytest.raises(IndexError):
        found[40]


def test_blank_rows_at_the_end_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rosterkit.read.packed_rows._ROWS", 4)
    for blank in range(10):
        packer = Packer()
        packer.add([["a"]] * 6)
        packer.add([["", ""]] * blank)
        packer.drop_blank_end()
        assert [*packer.rows()] == [["a"]] * 6
