"""Reads ``.csv`` files of any encoding and separator. No line of the file is lost.

A quote without a partner makes a CSV reader swallow the lines after it, and the people in them. A record of several
lines is therefore read twice: by its quotes, and line by line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from rosterkit.model.cells import Sheet, SheetExtras, Swallowed
from rosterkit.read.csv_layout import Layout, find_layout, has_long_number, is_note, share_number_column, split_line
from rosterkit.read.text import decode, square

_SEPARATOR_LINE = re.compile(r"""\ufeff?"?sep=([^\w\s"]|\t)"?[;, \t]*(?:\r\n|\r|\n|$)""", re.IGNORECASE)
_TEXT_FORMULA = re.compile(r'="([^"]*)"')  # a text that a program wrote as a formula, so that Excel keeps its zeros
_LINES = re.compile(r"\r\n|\r|\n")
_MAX_CELL = 2**31 - 1  # characters: the largest limit that every system takes
_SAMPLE_LINES, _SAMPLE_SIZE = 200, 200_000  # so many lines and characters show the layout


def read_csv(name: str, content: bytes) -> Sheet:
    """Return a CSV file as a sheet of rows of equal length, all text.

    ``extras.swallowed`` holds the places where quotes may enclose whole lines or be stray; such lines are rows of their
    own.
    """
    csv.field_size_limit(_MAX_CELL)
    text = decode(content).replace("\0", "")
    head = _SEPARATOR_LINE.match(text)
    if head:
        text = text[head.end() :]
    layout = find_layout(_first_lines(text), head[1] if head else None)
    if '"' not in text:
        return Sheet(name, square(list(layout.reader(io.StringIO(text, newline="")))))
    rows, swallowed = _read_quoted(text, layout, 1 if head else 0)
    if '="' in text:
        rows = [[_unwrap_text_formula(cell) for cell in row] for row in rows]
    return Sheet(name, square(rows), extras=SheetExtras(swallowed=tuple(swallowed)))


def _first_lines(text: str) -> list[str]:
    """Return the lines that show the layout; a last line that is cut off is not among them."""
    first = list(io.StringIO(text[:_SAMPLE_SIZE], newline=""))
    whole = first[:-1] if len(text) > _SAMPLE_SIZE and len(first) > 1 else first
    return [line for line in whole[:_SAMPLE_LINES] if line.strip()]


def _unwrap_text_formula(cell: str) -> str:
    match = _TEXT_FORMULA.fullmatch(cell) if cell.startswith('="') else None
    return match[1] if match else cell


class _Source:
    """The lines of a text; reads a record from any of them on."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.lines = list(io.StringIO(text, newline=""))
        self.position = 0
        self._strict = layout.reader(self, strict=True)
        self._lenient = layout.reader(self)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.position == len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]

    def read(self) -> tuple[list[str], bool]:
        """Return the next record, and whether it is sound: every quote that opens a cell also closes it."""
        start = self.position
        try:
            return next(self._strict), True
        except csv.Error:
            self.position = start
            return next(self._lenient), False


def _read_quoted(text: str, layout: Layout, offset: int) -> tuple[list[list[str]], list[Swallowed]]:
    """Return the rows of a text with quotes, and the places where it cannot be decided what a quote encloses.

    ``offset`` is the number of lines of the file above the text.
    """
    rows: list[list[str]] = []
    swallowed: list[Swallowed] = []
    source = _Source(text, layout)
    while (start := source.position) < len(source.lines):
        row, is_sound = source.read()
        if is_sound and source.position == start + 1 and len(row) == layout.width:
            rows.append(row)
            continue
        lines = source.lines[start : source.position]
        is_closed = is_sound or source.position < len(source.lines) or not _ends_in_quotes(lines, layout)
        if is_closed and not _holds_records(row, is_sound, lines, layout):
            row, is_decided = _choose_cells(row, is_sound, lines, layout)
            new_rows = [row]
        else:
            new_rows = [split_line(line, layout.separator) for line in lines]
            # The last line may begin a cell of several lines itself: it is read again.
            is_reread = is_closed and _ends_in_quotes(lines[-1:], layout)
            source.position -= is_reread
            last = source.read()[0] if is_reread else new_rows[-1]
            is_decided = _are_stray(new_rows, last, layout, is_closed)
            source.position = start + len(lines) - is_reread
            new_rows = new_rows[: len(new_rows) - is_reread]
        if not is_decided:
            swallowed.append(_find_swallowed(row, len(rows), offset + start + 1, len(lines) - 1))
        rows += new_rows
    return rows, swallowed


def _ends_in_quotes(lines: Sequence[str], layout: Layout) -> bool:
    """Whether the last line of a record ends within quotes."""
    return len(list(layout.reader(iter([*lines, "x"])))) == 1


def _holds_records(row: Sequence[str], is_sound: bool, lines: Sequence[str], layout: Layout) -> bool:
    """Whether a record of several lines holds what looks like whole lines of the file."""
    if len(lines) == 1:
        return False
    mixed = [cell for cell in row if _is_mixed(cell, layout)]
    if is_sound and not mixed and not any(row[layout.width :]):
        return False
    first, *later = [split_line(line, layout.separator) for line in lines]
    if not is_sound and any(share_number_column(first, cells) for cells in later):
        return True
    parts = [part for cell in mixed for part in _LINES.split(cell)[1:]]
    return (
        any(map(has_long_number, parts))
        or any(layout.is_record(split_line(part, layout.separator)) for part in parts)
        or (bool(mixed) and any(map(layout.has_kinds, later)))
        or (any(row[layout.width :]) and any(map(layout.is_record, later)))
    )


def _is_mixed(cell: str, layout: Layout) -> bool:
    """Whether a cell holds a line break and a separator."""
    return layout.separator in cell and ("\n" in cell or "\r" in cell)


def _choose_cells(row: list[str], is_sound: bool, lines: Sequence[str], layout: Layout) -> tuple[list[str], bool]:
    """Return the cells of one record, by its quotes or without them, and whether these are certainly its cells."""
    if is_sound and not any(cell.count('"') % 2 for cell in row):
        return row, True
    if len(lines) == 1:
        cells = split_line(lines[0], layout.separator)
        if layout.has_width(cells) or [*map(str.strip, cells)] == [*map(str.strip, row)]:
            return cells, True
    mixed = any(_is_mixed(cell, layout) for cell in row)
    if layout.is_whole(row) and (is_sound or (len(lines) > 1 and layout.has_width(row) and not mixed)):
        return row, True
    return row, is_note(row) and not lines[-1].rstrip().endswith('"')  # the end of an address ends with its quote


def _are_stray(rows: Sequence[list[str]], last: list[str], layout: Layout, is_closed: bool) -> bool:
    """Whether the quotes around some lines are certainly stray: each line is a record of its own.

    Args:
        rows: the cells of each line, split by itself.
        last: the cells of the record that begins at the last line.
        layout: what a record looks like.
        is_closed: whether there is a closing quote.
    """
    first, *later = rows
    if not layout.has_width(first) and not is_note(first):
        return False
    filled = [cells for cells in later if any(cells)]
    if not is_closed:  # what follows the last person may be a total or signatures
        people = [index for index, cells in enumerate(filled) if layout.has_number(cells) or layout.is_record(cells)]
        after = filled[people[-1] + 1 if people else 0 :]
        filled = filled[: len(filled) - len(after)]
        if not all(layout.has_width(cells) or is_note(cells) for cells in after):
            return False
    elif filled and not layout.is_whole(filled[-1]):
        filled[-1] = last
    return all(map(layout.is_whole, filled)) and (not filled or any(map(layout.has_number, filled)))


def _find_swallowed(row: Sequence[str], number: int, line: int, count: int) -> Swallowed:
    """Return the cell where a record with ``count`` more lines begins: the first with a line break, else the last."""
    column = next((column for column, cell in enumerate(row) if _LINES.search(cell)), len(row) - 1)
    return Swallowed(number, column, line, count)
