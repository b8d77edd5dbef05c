"""The layout of a CSV file: its separator, its number of cells, and what the cells of a whole line look like."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rosterkit.records import dataclass

SEPARATORS = ";,\t|"
_LONG_NUMBER = re.compile(r"""['="\s]*\d(?:[ .\-]?\d){13,17}["\s]*""")  # a NIK or KK number as people type it
_LONG_NUMBER_INSIDE = re.compile(r"(?<!\d)\d{14,18}(?!\d)")
_MIN_WIDTH = 5  # from so many cells on, their number and kinds show that a line is a record


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of the lines of a file.

    Args:
        separator: the character between two cells.
        width: the number of cells of most records; 0 where no line has two cells.
        blank_before_quote: whether there may be a blank between a separator and an opening quote.
        numeric: the columns (from 0) of digits and dates.
        numbers: the columns (from 0) with numbers as long as a NIK.
    """

    separator: str
    width: int = 0
    blank_before_quote: bool = False
    numeric: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()

    def reader(self, lines: Iterable[str], strict: bool = False) -> Iterator[list[str]]:
        """Return a CSV reader of the lines; a strict one raises ``csv.Error`` at a stray quote."""
        return csv.reader(lines, delimiter=self.separator, skipinitialspace=self.blank_before_quote, strict=strict)

    def is_record(self, cells: Sequence[str]) -> bool:
        """Whether the cells of one line look like a person's: a cell is a long number, or all have the usual kinds."""
        return (len(cells) > 1 and any(map(is_long_number, cells))) or self.has_kinds(cells)

    def has_kinds(self, cells: Sequence[str]) -> bool:
        """Whether there are as many cells as in most records, without letters where those have digits and dates."""
        if (
            len(cells) != self.width
            or self.width < _MIN_WIDTH
            or len(self.numeric) < 2
            or not any(map(str.strip, cells))
        ):
            return False
        return 2 * sum(not _has_letter(cells[column]) for column in self.numeric) > len(self.numeric)

    def has_number(self, cells: Sequence[str]) -> bool:
        """Whether there is a long number in a column of long numbers."""
        return any(column < len(cells) and is_long_number(cells[column]) for column in self.numbers)

    def is_whole(self, cells: Sequence[str]) -> bool:
        """Whether one line is a whole record; empty cells at its end may be missing, or be too many."""
        return self.has_width(cells) or (1 < len(cells) < self.width and self.has_number(cells))

    def has_width(self, cells: Sequence[str]) -> bool:
        """Whether there are as many cells as in most records, and only empty ones after them."""
        return len(cells) >= self.width > 1 and not any(cells[self.width :])


def is_long_number(cell: str) -> bool:
    """Whether a cell is a number as long as a NIK (14 to 18 digits) and nothing else."""
    return _LONG_NUMBER.fullmatch(cell) is not None


def has_long_number(text: str) -> bool:
    """Whether a text contains a number as long as a NIK."""
    return _LONG_NUMBER_INSIDE.search(text) is not None


def share_number_column(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the cells of two lines have long numbers in the same column."""
    return any(is_long_number(a) and is_long_number(b) for a, b in zip(first, second, strict=False))


def is_note(cells: Sequence[str]) -> bool:
    """Whether the cells of one line hold one text and no number as long as a NIK."""
    return sum(map(bool, cells)) <= 1 and not any(map(has_long_number, cells))


def split_line(line: str, separator: str) -> list[str]:
    """Split one line, without regard to the lines around it; stray quotes at the edges of cells are removed."""
    line = line.rstrip("\r\n")
    if '"' not in line:
        return line.split(separator)
    cells = []
    at = 0
    while at <= len(line):
        cell, at = _next_cell(line, at, separator)
        cells.append(cell)
        at += 1
    return cells


def find_layout(lines: Sequence[str], separator: str | None = None) -> Layout:
    """Return the layout that fits the first lines of a file best.

    A separator fits where it puts long numbers in cells of their own, then where many lines have the same number of
    cells, then where these are many. The lines are read with quotes that may enclose some of them, and each by itself:
    a stray quote spoils the former, line breaks in addresses the latter.
    """
    readings: dict[str, list[list[Record]]] = {}
    blanks: dict[str, bool] = {}
    quotes = any('"' in line for line in lines)
    for sep in separator or SEPARATORS:
        blanks[sep] = quotes and any(re.search(f'{re.escape(sep)} +"', line) for line in lines)
        readings[sep] = [[(split_line(line, sep), 1) for line in lines]]
        if quotes:
            readings[sep].insert(0, _read_quoted(lines, Layout(sep, blank_before_quote=blanks[sep])))
    best = max(readings, key=lambda sep: max(map(_score, readings[sep])))
    tables = [[cells for cells, _lines in records] for records in readings[best]]
    rows = max(tables, key=_count_regular)
    width = _common_width(rows)[0]
    return Layout(best, width, blanks[best], *_classify_columns([row for row in rows if len(row) == width], width))


Record = tuple[list[str], int]  # cells, number of lines


def _read_quoted(lines: Sequence[str], layout: Layout) -> list[Record]:
    """Return the records of some lines by their quotes, without those with a stray quote."""
    reader = csv.reader(lines, delimiter=layout.separator, skipinitialspace=layout.blank_before_quote, strict=True)
    records: list[Record] = []
    while True:
        before = reader.line_num
        try:
            records.append((next(reader), reader.line_num - before))
        except StopIteration:
            return records
        except csv.Error:
            continue


def _score(records: Sequence[Record]) -> tuple[int, int, int]:
    """Return the number of long numbers in cells of their own, of lines with the most common width, and that width."""
    numbers = sum(is_long_number(cell) for cells, _lines in records for cell in cells if len(cells) > 1)
    width, lines = _common_width([cells for cells, count in records for _line in range(count)])
    return numbers, lines, width


def _common_width(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return the most common width (number of cells, from 2 on, the largest of equals) and the number of such rows."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    return max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))


def _count_regular(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return the number of separators in rows of the most common width, and the number of these rows."""
    width, count = _common_width(rows)
    return count * (width - 1), count


def _classify_columns(rows: Sequence[Sequence[str]], width: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the columns of digits and dates, and those of long numbers; rows without a digit are headers."""
    numeric, numbers = set(), set()
    rows = [row for row in rows if any(cell[:1].isdecimal() or is_long_number(cell) for cell in row)]
    for column in range(width):
        cells = [row[column] for row in rows if row[column].strip()]
        if cells and sum(not _has_letter(cell) for cell in cells) >= 0.8 * len(cells):
            numeric.add(column)
        if cells and sum(map(is_long_number, cells)) >= 0.5 * len(cells):
            numbers.add(column)
    return frozenset(numeric), frozenset(numbers)


def _next_cell(line: str, at: int, separator: str) -> tuple[str, int]:
    """Return the cell that begins at a position, and the position of its end."""
    start = at
    while start < len(line) and line[start] == " ":
        start += 1
    if line[start : start + 1] == '"':
        close = _closing_quote(line, start + 1)
        end = close + 1
        while end < len(line) and line[end] == " ":
            end += 1
        if close >= 0 and line[end : end + 1] in ("", separator):
            return line[start + 1 : close].replace('""', '"'), end
    end = line.find(separator, at)
    end = len(line) if end < 0 else end
    return _without_stray_quote(line[at:end]), end


def _closing_quote(line: str, at: int) -> int:
    """Return the position of the next quote that is not doubled; -1 where there is none."""
    while (found := line.find('"', at)) >= 0 and line[found + 1 : found + 2] == '"':
        at = found + 2
    return found


def _without_stray_quote(cell: str) -> str:
    """Return a cell without quotes at its edges that enclose no part of it."""
    plain = cell.strip()
    inner = plain.strip('"')
    if '"' not in inner:
        return inner if inner != plain and not inner.startswith("=") else cell
    if cell.count('"') % 2 == 0:
        return cell
    return plain[1:] if plain.startswith('"') else plain.removesuffix('"')


def _has_letter(cell: str) -> bool:
    return any(map(str.isalpha, cell))
