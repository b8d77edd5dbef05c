"""Finds names and addresses that go on in the cell beside or below, where no header says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from rosterkit.frame.remark_words import OTHER, remark_reader
from rosterkit.model.roster import Table
from rosterkit.schema.remarks import RemarkWords

_FIELDS = ("name", "mother_name", "address")
_WORD = re.compile(r"[^\W\d_]{3}")


def join_below_one_header(table: Table) -> Table:
    """Read names and addresses that stand in several columns below one merged header."""
    for field in _FIELDS:
        columns = _columns_of_header(table, field)
        if not columns:
            continue
        lines = [[table.sheet.value(row, column) for column in columns] for row in table.people]
        more = [cell for line in lines for cell in line[1:] if cell != ""]
        if not more or not all(_may_go_on(cell, field) for line in lines for cell in line if cell != ""):
            continue
        joined = (" ".join(" ".join(map(str, line)).split()) for line in lines)
        texts = {row: text for row, text in zip(table.people, joined, strict=True) if text}
        duplicates = tuple(pair for pair in table.duplicates if pair[2] not in columns)
        table = replace(table, derived={**table.derived, field: texts}, duplicates=duplicates)
    return table


def _columns_of_header(table: Table, field: str) -> range:
    """Return the columns below the merged header of a field, where the field's own is the first of several."""
    first = table.columns.get(field)
    if first is None or field in table.derived or field in table.joined:
        return range(0)
    ends = [
        right
        for top, left, bottom, right in table.sheet.merged
        if left == first < right and any(top <= row <= bottom for row in table.header_rows)
    ]
    columns = range(first, max(ends, default=first) + 1)
    taken = {*table.columns.values()} - {first}
    labels = {table.labels.get(column, table.labels.get(first)) for column in columns}
    return columns if ends and len(labels) == 1 and taken.isdisjoint(columns) else range(0)


def _may_go_on(cell: object, field: str) -> TypeGuard[str]:
    return isinstance(cell, str) and (field == "address" or not re.search(r"\d", cell))


def find_what_goes_on(table: Table, unsure: Sequence[int]) -> Table:
    """Return a table that knows whose name or address may go on beside or below: ``beside`` and ``below``.

    Beside: in a column without a header, where a text stands that says nothing of the person (see ``remark_words``).
    Below: in a row that has nothing else; ``unsure`` as in ``people.find_people``.
    """
    people = set(table.people)
    notes = {row for part in table.left_out if part.reason == "note" for row in range(part.first, part.last + 1)}
    may_be = notes | people.intersection(unsure)
    beside, below = set[tuple[str, int]](), set[tuple[str, int]]()
    for field in _FIELDS:
        column = table.columns.get(field)
        if column is None or field in table.derived or field in table.joined:
            continue
        beside.update((field, row) for row in _rows_going_on_beside(table, field, column))
        below.update((field, row) for row in _rows_with_one_cell(table, field, column, may_be) if row in people)
    return replace(table, beside=frozenset(beside), below=frozenset(below)) if beside or below else table


def _rows_going_on_beside(table: Table, field: str, column: int) -> Iterator[int]:
    """Yield the people beside whose cell a text stands below no header."""
    beside = column + 1
    if (
        beside in table.sheet.extras.answers
        or not table.header_rows
        or beside in table.labels
        or beside in (*table.columns.values(), table.counter)
    ):
        return
    for row in table.people:
        cell = table.sheet.value(row, beside)
        if table.sheet.value(row, column) == "" or cell == "":
            continue
        if _may_go_on(cell, field) and (field == "address" or _WORD.search(cell)) and not _is_remark(cell):
            yield row


def _is_remark(cell: str) -> bool:
    return cell.lstrip().startswith("(") or remark_reader(RemarkWords()).read_remark(cell) not in (None, OTHER)


def _rows_with_one_cell(table: Table, field: str, column: int, may_be: set[int]) -> Iterator[int]:
    """Yield the rows above those that hold a text in a column and nothing else, with a person further down."""
    last = max(table.people, default=0)
    for row in sorted(may_be):
        cell = table.sheet.value(row, column)
        is_alone = sum(other != "" for other in table.sheet.rows[row]) == 1
        if row < last and is_alone and _may_go_on(cell, field) and _WORD.search(cell):
            yield row - 1


def drop_headings(table: Table) -> Table:
    """Return a table in which a row that was found to be a heading is no rest of the value above it."""
    if not table.below:
        return table
    reasons = ("heading", "family")
    rows = {row for part in table.left_out if part.reason in reasons for row in range(part.first, part.last + 1)}
    return replace(table, below=frozenset(pair for pair in table.below if pair[1] + 1 not in rows))
