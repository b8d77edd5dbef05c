"""Finds cells that look like NIKs and belong to no person that was read: nobody may disappear."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Outside, Skipped, Table
from rosterkit.schema.header_words import HeaderWords
from rosterkit.schema.spec import plain

_RUN = re.compile(r"(?<!\d)\d(?:[ .\-'\u00a0\u2013]?\d){15}(?!\d)")
_MAX_GAP = 3  # rows: cells nearer than that are one region
_ABOVE = 8  # rows above a NIK that may say whose it is: Ketua RT, a gap for the signature, the name, the number
_BESIDE = 3  # cells before a NIK that may say so
_NO_CALL = ("title", "heading", "total")  # rows whose texts say what people below or above are
_LEFT_OUT = ("example", "repeated-header", "family")  # rows whose NIKs are nobody's


def looks_like_nik(cell: object) -> bool:
    """Whether a cell holds 16 digits with a possible date inside, in whatever dress."""
    return next(find_niks(cell), None) is not None


def find_niks(cell: object) -> Iterator[str]:
    """Yield the numbers in a cell that may be NIKs."""
    if isinstance(cell, str):
        if len(cell) >= 16:
            for match in _RUN.finditer(cell):
                digits = re.sub(r"\D", "", match[0])
                if _has_date(digits):
                    yield digits
    elif isinstance(cell, int | float) and 1.1e15 <= cell < 9.8e15 and _has_date(str(int(cell))):
        yield str(int(cell))


def _has_date(digits: str) -> bool:
    """Whether a number has a province in front and a day and a month inside, as a NIK has."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return digits[0] in "1-35679" and digits[:2] > "10" and 1 <= day % 40 <= 31 and day < 72 and 1 <= month <= 12


def find_outside(sheet: Sheet, tables: Sequence[Table], words: HeaderWords, width: int) -> tuple[Outside, ...]:
    """Return the regions of cells that look like NIKs outside of the tables of a sheet.

    A NIK beside a word that says whose it is (Ketua RT, Mengetahui) is accounted for.

    Args:
        sheet: as read.
        tables: its tables.
        words: those that say whose a NIK is.
        width: the columns of the sheet.
    """
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, map(plain, words.signatures))) + r")\b")
    cells = []
    for number, known in _rows_to_search(sheet, tables, width):
        for column, cell in enumerate(sheet.rows[number]):
            if cell == "" or column in known or not looks_like_nik(cell):
                continue
            if _is_in_list(sheet, number, column) or not _is_accounted_for(sheet, number, column, pattern):
                cells.append((number, column, next(find_niks(cell))))
    return tuple(_make_regions(cells))


def find_calls(sheet: Sheet, tables: Sequence[Table], words: HeaderWords, width: int) -> tuple[tuple[int, int], ...]:
    """Return the cells outside of the tables of a sheet whose text may speak of people (tambahan: ..., no 2 meninggal).

    Args:
        sheet: as read.
        tables: its tables.
        words: those by which such texts are known, and those of instructions.
        width: the columns of the sheet.
    """
    calls, instructions = (
        re.compile(r"\b(?:" + "|".join(map(re.escape, map(plain, some))) + r")\b")
        for some in (words.calls, words.instructions)
    )
    no_call = {row for table in tables for row in _rows_left_out(table, _NO_CALL)}
    last = max((table.people[-1] for table in tables if table.people), default=0)
    found = []
    for number, known in _rows_to_search(sheet, tables, width):
        for column, cell in enumerate(sheet.rows[number] if number not in no_call else ()):
            if cell == "" or column in known or not isinstance(cell, str):
                continue
            text = plain(cell)
            is_beside = bool(known) or number > last
            if is_beside and len(text.split()) > 1 and calls.search(text) and not instructions.search(text):
                found.append((number, column))
    return tuple(found)


def _rows_to_search(sheet: Sheet, tables: Sequence[Table], width: int) -> Iterator[tuple[int, Collection[int]]]:
    """Yield rows with the columns that belong to a table there; none of the people of a table that fills the sheet."""
    if len(tables) == 1 and len(_columns_of(tables[0])) >= width:
        for part in tables[0].left_out:
            if part.reason not in _LEFT_OUT and part.reason != "blank":
                yield from ((row, ()) for row in range(part.first, part.last + 1))
        return
    covered: dict[int, set[int]] = {}
    for table in tables:
        columns = _columns_of(table)
        for row in (*table.people, *table.header_rows, *_rows_left_out(table)):
            covered.setdefault(row, set()).update(columns)
    for number in range(len(sheet.rows)):
        yield number, covered.get(number, ())


def _columns_of(table: Table) -> set[int]:
    """Return the columns of a table: those with a header, and those of its fields; no NIK that nobody was given."""
    return {*table.labels, *table.columns.values()}.difference(table.unread)


def _rows_left_out(table: Table, reasons: Collection[str] = _LEFT_OUT) -> set[int]:
    return {row for part in table.left_out if part.reason in reasons for row in range(part.first, part.last + 1)}


def _is_in_list(sheet: Sheet, row: int, column: int) -> bool:
    """Whether another NIK stands right above or below a NIK: then a letterhead's "Ketua RT" says nothing of it."""
    rows = [sheet.rows[number] for number in (row - 1, row + 1) if 0 <= number < len(sheet.rows)]
    return any(column < len(other) and looks_like_nik(other[column]) for other in rows)


def _is_accounted_for(sheet: Sheet, row: int, column: int, pattern: re.Pattern[str]) -> bool:
    """Whether a word in the cell or before it, or in the rows above the cell, says whose number it is."""
    for cell in sheet.rows[row][max(0, column - _BESIDE) : column + 1]:
        if isinstance(cell, str) and pattern.search(plain(cell)):
            return True
    for above in range(max(0, row - _ABOVE), row):
        for cell in sheet.rows[above][max(0, column - 1) : column + 2]:
            if isinstance(cell, str) and cell and pattern.search(plain(cell)):
                return not any(looks_like_nik(other) for other in sheet.rows[above])
    return False


def _make_regions(cells: Sequence[tuple[int, int, str]]) -> Iterator[Outside]:
    """Yield the cells as regions: those in rows near each other are one."""
    start = 0
    for position in range(1, len(cells) + 1):
        if position == len(cells) or cells[position][0] - cells[position - 1][0] > _MAX_GAP:
            region = cells[start:position]
            yield Outside(tuple((row, column) for row, column, _ in region), tuple(nik for *_, nik in region))
            start = position


def drop_read_people(tables: Sequence[Table], skipped: Sequence[Skipped]) -> tuple[list[Table], list[Skipped]]:
    """Return tables and sheets without the regions whose people were all read elsewhere in the file."""
    if not any(table.outside for table in tables) and not any(sheet.outside for sheet in skipped):
        return list(tables), list(skipped)
    read = {nik for table in tables if "nik" in table.columns for nik in _niks_of(table)}
    return [_without(table, read) for table in tables], [_without(sheet, read) for sheet in skipped]


def _niks_of(table: Table) -> Iterator[str]:
    for row in table.people:
        yield from find_niks(table.sheet.rows[row][table.columns["nik"]])


Sheetlike = TypeVar("Sheetlike", Table, Skipped)


def _without(sheet: Sheetlike, read: set[str]) -> Sheetlike:
    left = [
        [(row, column, nik) for (row, column), nik in zip(region.cells, region.niks, strict=True) if nik not in read]
        for region in sheet.outside
    ]
    return replace(sheet, outside=tuple(region for cells in left for region in _make_regions(cells)))
