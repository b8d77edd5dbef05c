"""Reads lists whose rows stand in one cell each, with separators: everything in column A."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Table
from rosterkit.read.outside import looks_like_nik

CERTAIN = (";", "|", "\t")  # a comma also stands in addresses, in names with degrees, between place and date
_SHARE = 0.9  # of the rows must have one cell only
_MIN_PARTS = 3
_NUMBER = re.compile(r"^\s*\d{1,4}\s*[.)]\s+(?=\d)")  # 1. 3571..., where the header has no column for the number


def find_column(sheet: Sheet) -> int | None:
    """Return the column that holds whole people, each in one cell with several parts; None where there is none."""
    rows = [[column for column, cell in enumerate(row) if cell != ""] for row in sheet.rows]
    people = [
        filled[0]
        for row, filled in zip(sheet.rows, rows, strict=True)
        if len(filled) == 1 and isinstance(row[filled[0]], str) and _is_line(row[filled[0]])
    ]
    alone = sum(len(filled) == 1 for filled in rows)
    column, count = Counter(people).most_common(1)[0] if people else (0, 0)
    return column if count and alone >= _SHARE * sum(bool(filled) for filled in rows) else None


def _is_line(text: str) -> bool:
    """Whether a text has a NIK, a word, and separators."""
    has_word = re.search(r"[^\W\d_]{3}", text) is not None
    return has_word and sum(map(text.count, (*CERTAIN, ","))) >= _MIN_PARTS - 1 and looks_like_nik(text)


def split_column(sheet: Sheet, column: int) -> tuple[Sheet, str] | None:
    """Return the sheet with the parts of its lines as cells, and their separator; None where it is not certain.

    It is certain where one separator gives all lines from the header on the same number of parts, but for lines that
    are nobody's (signatures, a total).
    """
    lines = [str(row[column]) if row[column] != "" else "" for row in sheet.rows]
    first = next(number for number, line in enumerate(lines) if looks_like_nik(line))
    for separator in CERTAIN:
        parts = [line.split(separator) for line in lines]
        size = len(parts[first])
        header = next((number for number in range(first - 1, -1, -1) if len(parts[number]) == size), None)
        if size < _MIN_PARTS or header is None:
            continue
        if all(len(part) in (1, size) and (len(part) > 1 or not looks_like_nik(part[0])) for part in parts[header:]):
            rows = [[*part, *[""] * (size - len(part))] for part in parts]
            cells = [[_NUMBER.sub("", row[0]).strip(), *map(str.strip, row[1:])] for row in rows]
            return replace(sheet, rows=cells), separator
    return None


def join_column(table: Table, sheet: Sheet, column: int, separator: str) -> Table:
    """Return a table of a sheet that was split, with its values where they stand: all in one column of the sheet."""
    derived = {
        field: table.derived.get(field) or {row: str(table.sheet.rows[row][place]) for row in table.people}
        for field, place in table.columns.items()
    }
    return replace(
        table,
        sheet=sheet,
        columns=dict.fromkeys(table.columns, column),
        labels={column: str(sheet.rows[table.last_header_row][column])},
        derived=derived,
        width=column + 1,
        counter=None,
        unread=frozenset(),
        split=separator,
    )
