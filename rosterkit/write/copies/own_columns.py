"""Where the columns of ours stand in a sheet, and what an earlier check left there."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from rosterkit.model.roster import Table
from rosterkit.read.own_marks import OWN_COLUMN, OWN_COLUMNS, OWN_STATUS
from rosterkit.write.copies.own_texts import is_own_text

_MAX_CHOICE = 40  # columns to choose from


def find_free_columns(table: Table, marked: Collection[int] = ()) -> tuple[int, ...]:
    """Return where the columns of remarks and of states can stand, the best of each first.

    They are those of an earlier check, else columns without value, formula, merged or marked cell from the header down.

    Args:
        table: with its sheet.
        marked: columns in which a cell gets a mark, an empty one too (what is wrong may be where a line ends).
    """
    known = {label: column for column, label in table.labels.items() if label in OWN_COLUMNS}
    free = [column for column in _find_empty_columns(table) if column not in (*known.values(), *marked)]
    remark = known.get(OWN_COLUMN)
    first = free.pop(0) if remark is None and free else remark
    status = known.get(OWN_STATUS)
    return (*(() if first is None else (first,)), *(() if status is None else (status,)), *free)


def _find_empty_columns(table: Table) -> list[int]:
    top, sheet = min(table.header_rows, default=0), table.sheet
    rows = sheet.rows[top:]
    end = max(len(rows[0]) if rows else 0, table.width)
    taken = {column for row, column in sheet.extras.formulas if row >= top}
    for first_row, left, last_row, right in sheet.merged:
        if last_row >= top and (first_row, left) != (last_row, right):
            taken |= set(range(left, min(right, end + _MAX_CHOICE) + 1))
    taken |= {c for c in range(table.width, end) if any(c < len(row) and row[c] != "" for row in rows)}
    return list(
        islice((column for column in range(table.width, end + 2 * _MAX_CHOICE) if column not in taken), _MAX_CHOICE)
    )


def find_old_texts(table: Table, header: str) -> frozenset[int]:
    """Return the rows in which an earlier check has written into a column of ours."""
    column = next((column for column, label in table.labels.items() if label == header), None)
    if column is None:
        return frozenset()
    start = table.last_header_row + 1
    rows = enumerate(table.sheet.rows[start:], start)
    return frozenset(number for number, row in rows if column < len(row) and is_own_text(header, row[column]))
