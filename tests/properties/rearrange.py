"""Sheets with their rows and columns in other places: merged areas, errors, hidden rows and so on move along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from rosterkit.model.cells import Sheet, SheetExtras

Order = Sequence[int | None]  # the old number at each new place; None for something new, which is empty
Value = TypeVar("Value")
_TALL = 4  # rows: a merged area as tall as that covers many people


def rearrange(sheet: Sheet, rows: Order | None = None, columns: Order | None = None) -> Sheet:
    """Return a sheet with its rows and columns in another order, or with empty ones between them."""
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    rows, columns = rows or range(height), columns or range(width)
    cells = [
        [
            "" if row is None or column is None or column >= len(sheet.rows[row]) else sheet.rows[row][column]
            for column in columns
        ]
        for row in rows
    ]
    to_row = {old: new for new, old in enumerate(rows) if old is not None}
    to_column = {old: new for new, old in enumerate(columns) if old is not None}
    merged = []
    for top, left, bottom, right in sheet.merged:
        down = [to_row[row] for row in range(top, bottom + 1) if row in to_row]
        across = [to_column[column] for column in range(left, right + 1) if column in to_column]
        if down and across:
            merged.append((min(down), min(across), max(down), max(across)))
    extras = _move_extras(sheet.extras, to_row, to_column)
    return replace(sheet, rows=cells, merged=tuple(merged), extras=extras)


def _move_extras(extras: SheetExtras, rows: Mapping[int, int], columns: Mapping[int, int]) -> SheetExtras:
    def place(cell: tuple[int, int]) -> tuple[int, int]:
        return rows.get(cell[0], cell[0]), columns.get(cell[1], cell[1])

    def keys(cells: Mapping[tuple[int, int], Value]) -> dict[tuple[int, int], Value]:
        return {place(cell): value for cell, value in cells.items()}

    def places(cells: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset(map(place, cells))

    return replace(
        extras,
        errors=keys(extras.errors),
        uncalculated=places(extras.uncalculated),
        exact=keys(extras.exact),
        hidden_rows=frozenset(rows.get(row, row) for row in extras.hidden_rows),
        hidden_columns=frozenset(columns.get(column, column) for column in extras.hidden_columns),
        formulas=places(extras.formulas),
        struck=places(extras.struck),
        partly_struck=places(extras.partly_struck),
    )


def add_right(sheet: Sheet, rows: Sequence[Sequence[Any]], gap: int, top: int = 0) -> Sheet:
    """Return a sheet with more cells to its right, from a row on."""
    width = max(map(len, sheet.rows), default=0)
    more = max(map(len, rows))
    height = max(len(sheet.rows), top + len(rows))
    cells = []
    for number in range(height):
        own = list(sheet.rows[number]) if number < len(sheet.rows) else []
        beside = list(rows[number - top]) if 0 <= number - top < len(rows) else []
        cells.append([*own, *[""] * (width - len(own) + gap), *beside, *[""] * (more - len(beside))])
    return replace(sheet, rows=cells)


def add_below(sheet: Sheet, rows: Sequence[Sequence[Any]], gap: int) -> Sheet:
    """Return a sheet with more rows below it."""
    cells = [*sheet.rows, *([[]] * gap), *rows]
    width = max(map(len, cells))
    return replace(sheet, rows=[[*row, *[""] * (width - len(row))] for row in cells])


def places_between_rows(sheet: Sheet, header: Sequence[int]) -> list[int]:
    """Return the rows before which a blank one may come: not inside a header or a person over merged rows."""
    inside = {*header[1:]}
    for top, _left, bottom, _right in sheet.merged:
        inside |= {*range(top + 1, bottom + 1)} if bottom - top < _TALL else set()
    return [row for row in range(len(sheet.rows) + 1) if row not in inside]


def insert_rows(sheet: Sheet, places: Sequence[int]) -> Sheet:
    """Return a sheet with an empty row before each of some places."""
    return rearrange(sheet, rows=_with_gaps(len(sheet.rows), Counter(places)))


def insert_columns(sheet: Sheet, places: Mapping[int, int] | None) -> Sheet:
    """Return a sheet with some empty columns before each of some places; None: one before every column."""
    width = max(map(len, sheet.rows))
    if places is None:
        places = dict.fromkeys((unit[0] for unit in _units(sheet)), 1)
    return rearrange(sheet, columns=_with_gaps(width, places))


def _with_gaps(count: int, places: Mapping[int, int]) -> list[int | None]:
    order: list[int | None] = []
    for number in range(count + 1):
        order += [None] * places.get(number, 0)
        order += [number] if number < count else []
    return order


def add_titles(sheet: Sheet, titles: Sequence[Sequence[Any]]) -> Sheet:
    """Return a sheet with rows above its first one."""
    moved = rearrange(sheet, rows=[*[None] * len(titles), *range(len(sheet.rows))])
    cells = [*titles, *moved.rows[len(titles) :]]
    width = max(map(len, cells))
    return replace(moved, rows=[[*row, *[""] * (width - len(row))] for row in cells])


def order_columns(sheet: Sheet, order: Callable[[list[list[int]]], list[list[int]]]) -> Sheet:
    """Return a sheet with its columns in another order; columns below a merged heading stay together.

    Titles over the whole width are merged no more, and rows that number the columns are left out: they would be wrong.
    """
    width = max(map(len, sheet.rows))
    merged = tuple(area for area in sheet.merged if area[3] - area[1] < width - 2)
    rows = [["" if row[:2] == [1.0, 2.0] else cell for cell in row] for row in map(list, sheet.rows)]
    loose = replace(sheet, rows=rows, merged=merged)
    return rearrange(loose, columns=[column for unit in order(_units(loose)) for column in unit])


def _units(sheet: Sheet) -> list[list[int]]:
    """Return the columns, those below a merged heading together; titles over the whole width do not count."""
    width = max(map(len, sheet.rows))
    inside: set[int] = set()
    for _top, left, _bottom, right in sheet.merged:
        inside |= {*range(left + 1, right + 1)} if right - left < width - 2 else set()
    starts = [column for column in range(width) if column not in inside]
    return [[*range(start, end)] for start, end in zip(starts, [*starts[1:], width], strict=True)]
