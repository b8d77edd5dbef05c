"""Sheets that are ``.csv`` files of any encoding and separator. Every line of the file ends in a row.

A quote without a partner makes a reader of CSV swallow the lines behind it, and the people in them. Where a record
takes several lines it is therefore looked at twice: by its quotes, and line by line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from rosterkit.model.cells import Sheet, SheetMarks, Swallowed
from rosterkit.read.csv_layout import Layout, find_layout, has_long_number, is_note, share_number, split_line
from rosterkit.read.text import decode, square

_SEPARATOR_LINE = re.compile(r"""\ufeff?"?sep=([^\w\s"]|\t)"?[;, \t]*(?:\r\n|\r|\n|$)""", re.IGNORECASE)
_DRESSED = re.compile(r'="([^"]*)"')  # a text that a program dressed as a formula, so that Excel keeps its zeros
_LINES = re.compile(r"\r\n|\r|\n")
_LIMIT = 2**31 - 1  # letters of a cell: what every system takes
_SAMPLE = 200, 200_000  # lines and letters that show the layout


def read_csv(name: str, content: bytes) -> Sheet:
    """Return a CSV file as a sheet of rows of equal length, all text.

    ``marks.swallowed`` says where it cannot be decided whether quotes enclose whole lines or are stray; such lines are
    rows of their own.
    """
    csv.field_size_limit(_LIMIT)
    text = decode(content).replace("\0", "")
    head = _SEPARATOR_LINE.match(text)
    if head:
        text = text[head.end() :]
    layout = find_layout(_first_lines(text), head[1] if head else None)
    if '"' not in text:
        return Sheet(name, square(list(layout.reader(io.StringIO(text, newline="")))))
    rows, swallowed = _read_quoted(text, layout, 1 if head else 0)
    if '="' in text:
        rows = [[_undressed(cell) for cell in row] for row in rows]
    return Sheet(name, square(rows), marks=SheetMarks(swallowed=tuple(swallowed)))


def _first_lines(text: str) -> list[str]:
    lines, letters = _SAMPLE
    first = list(io.StringIO(text[:letters], newline=""))
    whole = first[:-1] if len(text) > letters and len(first) > 1 else first
    return [line for line in whole[:lines] if line.strip()]


def _undressed(cell: str) -> str:
    dressed = _DRESSED.fullmatch(cell) if cell.startswith('="') else None
    return dressed[1] if dressed else cell


class _Source:
    """The lines of a text, and the records that they hold from any of them on."""

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
        """Return the next record, and whether every quote of it that opens a cell also closes it."""
        start = self.position
        try:
            return next(self._strict), True
        except csv.Error:
            self.position = start
            return next(self._lenient), False


def _read_quoted(text: str, layout: Layout, before: int) -> tuple[list[list[str]], list[Swallowed]]:
    """The rows of a text with quotes, and the places where it cannot be decided what a quote encloses.

    ``before`` is the number of lines of the file above the text.
    """
    rows: list[list[str]] = []
    swallowed: list[Swallowed] = []
    source = _Source(text, layout)
    while (start := source.position) < len(source.lines):
        row, sound = source.read()
        if sound and source.position == start + 1 and len(row) == layout.width:
            rows.append(row)
            continue
        lines = source.lines[start : source.position]
        closed = sound or source.position < len(source.lines) or not _opens(lines, layout)
        if closed and not _holds_records(row, sound, lines, layout):
            row, decided = _choose(row, sound, lines, layout)
            alone = [row]
        else:
            alone = [split_line(line, layout.separator) for line in lines]
            again = closed and _opens(lines[-1:], layout)  # the last line may begin a cell of several lines itself
            source.position -= again
            decided = _are_stray(alone, source.read()[0] if again else alone[-1], layout, closed)
            source.position = start + len(lines) - again
            alone = alone[: len(alone) - again]
        if not decided:
            swallowed.append(_place(row, len(rows), before + start + 1, len(lines) - 1))
        rows += alone
    return rows, swallowed


def _opens(lines: Sequence[str], layout: Layout) -> bool:
    """Whether the last line of a record ends within quotes."""
    return len(list(layout.reader(iter([*lines, "x"])))) == 1


def _holds_records(row: Sequence[str], sound: bool, lines: Sequence[str], layout: Layout) -> bool:
    """Whether a record of several lines holds what looks like whole lines of the file."""
    if len(lines) == 1:
        return False
    mixed = [cell for cell in row if _is_mixed(cell, layout)]
    if sound and not mixed and not any(row[layout.width :]):
        return False
    first, *later = [split_line(line, layout.separator) for line in lines]
    if not sound and any(share_number(first, cells) for cells in later):
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


def _choose(row: list[str], sound: bool, lines: Sequence[str], layout: Layout) -> tuple[list[str], bool]:
    """The cells of one record, with or without its quotes, and whether it is certain that these are its cells."""
    if sound and not any(cell.count('"') % 2 for cell in row):
        return row, True
    if len(lines) == 1:
        alone = split_line(lines[0], layout.separator)
        if layout.has_width(alone) or [*map(str.strip, alone)] == [*map(str.strip, row)]:
            return alone, True
    mixed = any(_is_mixed(cell, layout) for cell in row)
    if layout.is_whole(row) and (sound or (len(lines) > 1 and layout.has_width(row) and not mixed)):
        return row, True
    return row, is_note(row) and not lines[-1].rstrip().endswith('"')  # the end of an address ends with its quote


def _are_stray(alone: Sequence[list[str]], last: list[str], layout: Layout, closed: bool) -> bool:
    """Whether the quotes around some lines are plainly stray: each line is a record of its own.

    ``alone`` holds the cells of each line by itself, ``last`` those of the record that begins at the last one,
    ``closed`` says whether a closing quote was found.
    """
    first, *later = alone
    if not layout.has_width(first) and not is_note(first):
        return False
    filled = [cells for cells in later if any(cells)]
    if not closed:  # what follows the last person may be a total or signatures
        people = [place for place, cells in enumerate(filled) if layout.has_number(cells) or layout.is_record(cells)]
        after = filled[people[-1] + 1 if people else 0 :]
        filled = filled[: len(filled) - len(after)]
        if not all(layout.has_width(cells) or is_note(cells) for cells in after):
            return False
    elif filled and not layout.is_whole(filled[-1]):
        filled[-1] = last
    return all(map(layout.is_whole, filled)) and (not filled or any(map(layout.has_number, filled)))


def _place(row: Sequence[str], number: int, line: int, count: int) -> Swallowed:
    """Where a record of ``count`` lines more than one begins: at the first cell with a line break, else the last."""
    column = next((column for column, cell in enumerate(row) if _LINES.search(cell)), len(row) - 1)
    return Swallowed(number, column, line, count)
