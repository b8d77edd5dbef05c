"""Reads from an ``.xls`` (BIFF8) what calamine leaves out: hidden rows and columns, errors, struck cells,
and from which day its numbers count.

Only the records that say so are read; what runs of a text within a cell look like is not.
Layout: [MS-XLS] and [MS-CFB] of Microsoft.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from rosterkit.model.cells import Sheet, SheetExtras

_FREE = 0xFFFFFFFA  # from here on a sector number is a mark
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FORMULA, _EOF, _FONT, _COLUMNS, _SHEET, _CELLS, _XF = 0x06, 0x0A, 0x31, 0x7D, 0x85, 0xBD, 0xE0
_DATE_MODE = 0x22  # 1: days count from 1904
_FILEPASS, _FIRST = 0x2F, 20  # a record, and how many are looked at for it
_TEXT, _NUMBER, _OLD_TEXT, _ERROR, _ROW, _RK, _BOF = 0xFD, 0x203, 0x204, 0x205, 0x208, 0x27E, 0x809


@dataclass(slots=True)
class _Found:
    """What was found in a sheet."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_1904: bool = False


def add_xls_extras(content: bytes, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Return the sheets of an ``.xls`` with what its records say beside the values.

    Raises:
        ValueError, IndexError, struct.error: it is damaged, or older than BIFF8.
    """
    found = _read_book(_read_stream(content))
    return tuple(_add(sheet, found[sheet.name]) if sheet.name in found else sheet for sheet in sheets)


def is_xls_encrypted(content: bytes) -> bool:
    """Whether an ``.xls`` has a password: one of its first records is ``FILEPASS``; False where it cannot be told."""
    try:
        return any(kind == _FILEPASS for kind, _data in islice(_records(_read_stream(content), 0), _FIRST))
    except (ArithmeticError, ValueError, LookupError, struct.error):
        return False


def _add(sheet: Sheet, found: _Found) -> Sheet:
    extras = SheetExtras(
        errors=found.errors,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=frozenset(found.hidden_columns),
        struck=frozenset(found.struck),
        date_1904=found.is_1904,
    )
    return Sheet(sheet.name, sheet.rows, sheet.hidden, sheet.merged, extras)


def _read_stream(content: bytes) -> bytes:
    """Return the stream ``Workbook`` of an OLE container."""
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        return content  # the records alone
    size = {9: 512, 12: 4096}[struct.unpack_from("<H", content, 30)[0]]
    _tables, directory, _u, cutoff, mini, _m, more, _n = struct.unpack_from("<8I", content, 44)
    tables = list(struct.unpack_from("<109I", content, 76))
    seen = 0
    while more < _FREE and seen <= len(content) // size:
        *numbers, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        tables += numbers
        seen += 1
    next_sector: list[int] = []
    for number in tables:
        if number < _FREE and len(next_sector) * size <= len(content):
            next_sector += struct.unpack_from(f"<{size // 4}I", content, (number + 1) * size)
    chain = _join(content, next_sector, directory, size, size)
    entries = {name: (start, length) for name, start, length in _entries(chain)}
    root = entries["Root Entry"]
    start, length = entries.get("Workbook") or entries["Book"]
    if length >= cutoff:
        return _join(content, next_sector, start, size, size)[:length]
    small = _join(content, next_sector, root[0], size, size)
    table = _join(content, next_sector, mini, size, size)
    return _join(small, list(struct.unpack(f"<{len(table) // 4}I", table)), start, 64, 0)[:length]


def _join(content: bytes, next_sector: list[int], start: int, size: int, offset: int) -> bytes:
    """Return the sectors of a chain in their order; a chain longer than the file is a loop."""
    parts = []
    while start < _FREE:
        parts.append(content[start * size + offset : (start + 1) * size + offset])
        if len(parts) > len(next_sector):
            raise ValueError("a chain of sectors has no end")
        start = next_sector[start]
    return b"".join(parts)


def _entries(directory: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield name, first sector and length of each stream."""
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        if length:
            name = directory[at : at + length - 2].decode("utf-16-le")
            yield name, *struct.unpack_from("<2I", directory, at + 116)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of the records from a place to the end of the substream; charts within are left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1 and kind != _BOF:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if depth <= 0:
            return


def _read_book(stream: bytes) -> dict[str, _Found]:
    """Return sheet -> what was found in it."""
    if struct.unpack_from("<3H", stream)[::2] != (_BOF, 0x0600):
        raise ValueError("not BIFF8")
    fonts: list[bool] = []
    styles: list[int] = []
    starts: list[tuple[str, int]] = []
    is_1904 = False
    for kind, data in _records(stream, 0):
        if kind == _FONT:
            if len(fonts) == 4:
                fonts.append(False)  # there is no font 4
            fonts.append(bool(data[2] & 8))
        elif kind == _DATE_MODE:
            is_1904 = data[:1] == b"\x01"
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", data)[0])
        elif kind == _SHEET:
            wide = data[7] & 1
            name = data[8 : 8 + data[6] * (1 + wide)].decode("utf-16-le" if wide else "latin-1")
            starts.append((name, struct.unpack_from("<I", data)[0]))
    struck = {number for number, font in enumerate(styles) if font < len(fonts) and fonts[font]}
    return {name: replace(_read_sheet(stream, start, struck), is_1904=is_1904) for name, start in starts}


def _read_sheet(stream: bytes, start: int, struck: set[int]) -> _Found:
    found = _Found()
    for kind, data in _records(stream, start):
        if kind == _ROW:
            if data[12] & 0x20:
                found.hidden_rows.add(struct.unpack_from("<H", data)[0])
        elif kind == _COLUMNS:
            first, last, _width, _style, options = struct.unpack_from("<5H", data)
            if options & 1:
                found.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind in (_FORMULA, _TEXT, _NUMBER, _OLD_TEXT, _ERROR, _RK):
            row, column, style = struct.unpack_from("<3H", data)
            if style in struck:
                found.struck.add((row, column))
            code = _error_code(kind, data)
            if code is not None:
                found.errors[row, column] = _ERRORS.get(code, "#N/A")
        elif kind == _CELLS and struck:
            row, first = struct.unpack_from("<2H", data)
            count = (len(data) - 6) // 6
            places = (struct.unpack_from("<H", data, 4 + 6 * number)[0] for number in range(count))
            found.struck.update((row, first + number) for number, style in enumerate(places) if style in struck)
    return found


def _error_code(kind: int, data: bytes) -> int | None:
    """Return the number of a cell's error; None where it has none."""
    if kind == _ERROR and data[7]:
        return data[6]
    if kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
        return data[8]
    return None
