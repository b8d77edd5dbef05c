"""A large worksheet in slices of whole rows, each in a small package, so that its cells are never in memory at once.

A slice begins with a row and ends before one. A reader that gets through it has begun and ended it between two rows,
as it would have in the whole sheet; that its cells stand in their rows is looked at (``_has_all_cells``). A sheet of
which this is not certain is read as a whole.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import repeat
from typing import IO, BinaryIO

from rosterkit.errors import FileError
from rosterkit.model.cells import Row
from rosterkit.read.package import PackageSheet
from rosterkit.read.packed_rows import PackedRows, Packer
from rosterkit.read.zip_errors import ZIP_ERRORS, open_package
from rosterkit.records import dataclass

_LARGE = 100_000_000  # bytes of a sheet from which on it is read in slices
_SLICE = 16_000_000  # bytes of a slice; its cells take ten times as much
_BLANK = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
_BEGIN, _ROW, _END, _FOOT = b"<sheetData>", b'<row r="', b"</sheetData>", b"</sheetData></worksheet>"
_BETWEEN, _GAP = (b"</row>", b"/>"), 16  # how a row ends, and bytes before the next one that may hold that
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNREAD = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin")  # parts that no reader of cells asks for
_CELL, _PREFIXED, _PLACE = (
    re.compile(pattern) for pattern in (rb"<c[\s/>]", rb":c[\s/>]", rb'<c r="[A-Z]{1,3}([0-9]+)"')
)
# Where the first cell of a sheet is, None where it has none, and its rows; without a name the package is only opened.
ReadRows = Callable[[BinaryIO, str | None], tuple[tuple[int, int] | None, Sequence[Row]]]


class _UncertainError(Exception):
    """The sheet is written in a way that cannot be cut."""


def read_large_sheets(
    content: bytes, sheets: Mapping[str, PackageSheet], read_rows: ReadRows
) -> tuple[BinaryIO, dict[str, PackedRows]]:
    """Read the large sheets of a package.

    Args:
        content: the package.
        sheets: its worksheets.
        read_rows: the reader.

    Returns:
        the package without the rows that were read, and these rows by the name of their sheet.
    """
    large = [sheet for sheet in sheets.values() if sheet.size > _LARGE]
    if not large:
        return io.BytesIO(content), {}
    try:
        read_rows(io.BytesIO(content), None)  # what it cannot open as a whole is refused
        cut = _Cut(content, frozenset(sheet.part for sheet in sheets.values()))
        rows = {sheet.name: _read_sheet(cut, sheet, read_rows) for sheet in large}
        return cut.without_rows(), rows
    except (_UncertainError, FileError, *ZIP_ERRORS):  # whatever is wrong with it shows where it is read as a whole
        return io.BytesIO(content), {}


def _read_sheet(cut: _Cut, sheet: PackageSheet, read_rows: ReadRows) -> PackedRows:
    packer, width = Packer(), 0
    for package, xml in cut.slices(sheet.part):
        start, rows = read_rows(package, sheet.name)
        package.close()  # it may be large
        if start is None:
            continue
        top, left = start
        if top < len(packer) or not _has_all_cells(rows, xml):
            raise _UncertainError
        packer.add(repeat([], top - len(packer)))
        packer.add([[""] * left + [*row] for row in rows] if left else rows)
        width = max(width, left + len(rows[0]))
    packer.drop_blank_end()
    return packer.rows(width)


def _has_all_cells(rows: Sequence[Row], xml: bytes) -> bool:
    """Whether every cell of a slice is in its rows: a reader drops those that stand above or below all others.

    Either there are as many values as cells with something in them, or all cells come row by row.
    """
    if _PREFIXED.search(xml):
        return False
    if sum(len(row) - row.count("") for row in rows) == xml.count(b"</c"):
        return True
    places = [*map(int, _PLACE.findall(xml))]
    return len(places) == len(_CELL.findall(xml)) and places == sorted(places)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A package whose sheets are cut.

    Args:
        content: the package.
        sheets: the parts of its worksheets.
        frames: those that were cut, without their rows.
    """

    content: bytes
    sheets: frozenset[str]
    frames: dict[str, bytes] = field(default_factory=dict)

    def slices(self, part: str) -> Iterator[tuple[BinaryIO, bytes]]:
        """Yield a package for each slice of a sheet, with the XML of its rows."""
        with open_package(self.content) as package, package.open(part) as source:
            if any(info.compress_type not in _METHODS for info in package.infolist()):
                raise _UncertainError  # the reader knows no other
            names = [name for name in package.namelist() if not name.lower().endswith(_UNREAD)]
            others = {name: _BLANK if name in self.sheets else package.read(name) for name in names if name != part}
            texts = max((len(data) for data in others.values()), default=0)
            size = max(_SLICE, texts)  # the shared strings are read again with each slice
            head, begin, first = source.read(size).partition(_BEGIN)
            if not begin:
                raise _UncertainError
            for xml, is_last in _cut_rows(source, first, size):
                rows, _end, tail = xml.partition(_END) if is_last else (xml, b"", b"")
                yield _make_package(others, {part: (head, begin, rows, _FOOT)}), rows
            self.frames[part] = b"".join((head, begin, _END, tail))

    def without_rows(self) -> BinaryIO:
        """Return the package without the rows of the sheets that were cut."""
        with open_package(self.content) as package:
            names = package.namelist()
            return _make_package({name: self.frames.get(name) or package.read(name) for name in names}, {})


def _cut_rows(source: IO[bytes], rest: bytes, size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield whole rows of a sheet, about so many bytes at once, and at last the others with all that comes behind."""
    while _END not in rest:
        cut = rest.rfind(_ROW)
        if cut > 0 and rest[max(0, cut - _GAP) : cut].rstrip().endswith(_BETWEEN):
            rows, rest = rest[:cut], rest[cut:]
            yield rows, False
        elif len(rest) >= size:
            raise _UncertainError
        before = len(rest)
        rest += source.read(size)
        if len(rest) == before:
            raise _UncertainError
    yield rest + source.read(), True


def _make_package(parts: Mapping[str, bytes], in_pieces: Mapping[str, Sequence[bytes]]) -> BinaryIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
        for name, pieces in in_pieces.items():
            with package.open(name, "w") as part:
                part.writelines(pieces)
    target.seek(0)
    return target
