"""Stacks all tables of a run into one polars frame of raw cells, so that every later stage works on columns.

``frame/__init__`` documents the columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import Any

import polars as pl

from rosterkit.frame.beside import columns_beside
from rosterkit.frame.ids import make_ids
from rosterkit.model.cells import Kind, Row
from rosterkit.model.roster import Table
from rosterkit.schema.spec import FIELDS, TYPES

_PERSONAL = ("nik", "name", "birth_date")  # a merged cell over several people holds these of one of them
_AT_ONCE = 50_000  # people of a table whose cells are in memory as objects


def stack(tables: Sequence[tuple[int, Table]]) -> pl.DataFrame:
    """Stack tables into one frame of raw cells, one row a person, in the order of the tables.

    Args:
        tables: file number (from 0) and table.
    """
    parts = [*_cut_large(tables)]
    return _stack(tables) if len(parts) == len(tables) else _join([_stack([part]) for part in parts])


def _join(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return frames one below the other; their columns go one by one, so that not all are there twice."""
    return pl.DataFrame(
        [pl.concat([part.drop_in_place(name) for part in parts]) for name in parts[0].columns]
    ).rechunk()


def _cut_large(tables: Sequence[tuple[int, Table]]) -> Iterator[tuple[int, Table]]:
    """Yield the tables, of large ones some people at a time: only their cells are in memory as objects."""
    for file, table in tables:
        for first in range(0, max(1, len(table.people)), _AT_ONCE):
            people = table.people[first : first + _AT_ONCE]
            yield file, table if len(people) == len(table.people) else replace(table, people=people)


def _stack(tables: Sequence[tuple[int, Table]]) -> pl.DataFrame:
    sizes = [len(table.people) for _file, table in tables]
    people = [[*table.rows_of_people()] for _file, table in tables]
    file = _repeat_per_person([file for file, _table in tables], sizes, pl.UInt32)
    number = _repeat_per_person([table.number for _file, table in tables], sizes, pl.UInt32)
    row = pl.Series([row for _file, table in tables for row in table.people], dtype=pl.UInt32)
    data = {"_id": make_ids(file, number, row), "_file": file, "_table": number, "_row": row}
    present = []
    for field in FIELDS:
        if any(field in table.columns or field in table.given for _file, table in tables):
            parts = [_FieldCells(table, field, rows) for (_file, table), rows in zip(tables, people, strict=True)]
            data |= _make_columns(field, parts)
            present.append(field)
        else:
            data |= _make_absent_columns(field, len(row))
    joined = ["rw" in table.joined for _file, table in tables]
    old_macs = [table.sheet.extras.date_1904 for _file, table in tables]
    data["_rt_rw_joined"] = _repeat_per_person(joined, sizes, pl.Boolean)
    data["_date_1904"] = _repeat_per_person(old_macs, sizes, pl.Boolean)
    numbers = (one for (_file, table), rows in zip(tables, people, strict=True) for one in _numbers(table, rows))
    data["_number"] = pl.Series(list(numbers), dtype=pl.String)
    data |= columns_beside(tables)
    return _empty_blanks(pl.DataFrame(data), present)


def _numbers(table: Table, rows: Sequence[Row]) -> Iterable[str | None]:
    """Return what the rows of the people say in the column NO."""
    column = table.counter
    if column is None:
        return [None] * len(rows)
    return (read_number(row[column] if column < len(row) else "") for row in rows)


def read_number(value: object) -> str | None:
    """Return a number of the column NO as people name it (7, 7., 07); None for anything else."""
    text = value if isinstance(value, str) else _text_and_kind(value)[0]
    if not text.isdigit():
        text = text.strip().rstrip(".")
    return text if text.isdigit() and len(text) <= 6 else None


def _repeat_per_person(values: Iterable[object], sizes: Sequence[int], dtype: Any) -> pl.Series:
    """Return each value as often as its table has people."""
    return pl.Series(list(chain.from_iterable(map(repeat, values, sizes))), dtype=dtype)


def _chain(lists: Sequence[list[Any]]) -> list[Any]:
    return lists[0] if len(lists) == 1 else list(chain.from_iterable(lists))


def _make_columns(field: str, parts: Sequence[_FieldCells]) -> dict[str, pl.Series]:
    """Return the raw texts, the kinds and the column ``_merged`` of a field in all tables."""
    sizes = [len(part.kinds) for part in parts]
    texts = pl.Series(_chain([part.texts for part in parts]), dtype=pl.String)
    kinds = pl.Series(_chain([part.kinds for part in parts]), dtype=pl.UInt8)
    if any(part.merged for part in parts):
        flags = chain.from_iterable(part.merged or repeat(False, size) for part, size in zip(parts, sizes, strict=True))
        merged = pl.Series(list(flags), dtype=pl.Boolean)
    else:
        merged = pl.repeat(False, len(texts), dtype=pl.Boolean, eager=True)
    return {f"{field}_raw": texts, f"{field}_kind": kinds, f"{field}_merged": merged}


def _empty_blanks(frame: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """Return the raw texts and the kinds of some fields, those cells empty that hold nothing but spaces."""
    blank = frame.select(
        (
            (pl.col(f"{field}_raw").str.strip_chars() == "").fill_null(False) & (pl.col(f"{field}_kind") != Kind.ABSENT)
        ).alias(field)
        for field in fields
    )
    found = [column for column in blank if column.any()]  # a column without any is not copied
    empty = pl.lit(Kind.EMPTY, pl.UInt8)
    return frame.with_columns(
        expression
        for column in found
        for expression in (
            pl.when(~column).then(f"{column.name}_raw").alias(f"{column.name}_raw"),
            pl.when(column).then(empty).otherwise(f"{column.name}_kind").alias(f"{column.name}_kind"),
        )
    )


def _make_absent_columns(field: str, size: int) -> dict[str, pl.Series]:
    """Return what ``_make_columns`` does for a field that no table has."""
    return {
        f"{field}_raw": pl.Series([None], dtype=pl.String).new_from_index(0, size),
        f"{field}_kind": pl.Series([Kind.ABSENT], dtype=pl.UInt8).new_from_index(0, size),
        f"{field}_merged": pl.Series([False], dtype=pl.Boolean).new_from_index(0, size),
    }


class _FieldCells:
    """The cells of a field in one table: texts, kinds, and whether each was filled down (empty list: none was)."""

    def __init__(self, table: Table, field: str, rows: Sequence[Row]) -> None:
        column, size = table.columns.get(field), len(rows)
        self.merged: list[bool] = []
        self.texts: list[object]
        if column is None:
            given = table.given.get(field)
            self.texts, self.kinds = [given] * size, [Kind.ABSENT if given is None else Kind.TEXT] * size
            return
        if field in table.derived:
            derived = table.derived[field]
            self.texts = [derived.get(row, "") for row in table.people]
            self.kinds = [Kind.TEXT] * size
            self.merged = [(field, row) in table.filled for row in table.people] if table.filled else []
            return
        values = [row[column] for row in rows]
        personal = {table.columns.get(name) for name in _PERSONAL}
        self.merged = [] if column in personal else _fill_down(table, column, values)
        self.texts, self.kinds = _read_cells(table, column, values, TYPES.get(field) == "nik")


def _fill_down(table: Table, column: int, values: list[object]) -> list[bool]:
    """Give each person under a merged cell that cell's value, in place.

    Returns:
        whether each value was filled down; an empty list where none was.
    """
    filled = [False] * len(values)
    areas = [a for a in table.sheet.merged if a[1] <= column <= a[3] and a[2] > a[0] and a[2] > table.last_header_row]
    if areas and table.people:
        positions = {row: position for position, row in enumerate(table.people)}
        for top, left, bottom, _right in areas:
            value = table.sheet.value(top, left) if top > table.last_header_row else ""
            for row in range(top + 1, min(bottom, table.people[-1]) + 1):
                position = positions.get(row)
                if position is not None and value != "" and values[position] == "":
                    values[position], filled[position] = value, True
    return filled if any(filled) else []


def _read_cells(table: Table, column: int, values: list[object], is_nik: bool) -> tuple[list[object], list[int]]:
    """Return texts and kinds of the cells of a column; cells are read one by one only where types mix."""
    extras = table.sheet.extras
    if set(map(type, values)) <= {str}:
        texts: list[object] = values
        kinds = [Kind.TEXT] * len(values)
    else:
        pairs = [_text_and_kind(value) for value in values]
        texts, kinds = [text for text, _ in pairs], [kind for _, kind in pairs]
    if extras.errors or extras.uncalculated or (is_nik and extras.exact):
        for position, row in enumerate(table.people):
            cell = (row, column)
            if cell in extras.errors:
                texts[position], kinds[position] = extras.errors[cell], Kind.ERROR
            elif cell in extras.uncalculated and texts[position] == "":
                texts[position], kinds[position] = "=", Kind.UNCALCULATED
            elif is_nik and cell in extras.exact and kinds[position] == Kind.NUMBER:
                texts[position] = extras.exact[cell]
    return texts, kinds


def _text_and_kind(value: object) -> tuple[str, int]:
    if isinstance(value, str):
        return value, Kind.TEXT
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), Kind.BOOL
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        return (str(int(value)) if whole else repr(value)), Kind.NUMBER
    if isinstance(value, dt.datetime):
        return value.date().isoformat(), Kind.DATE
    if isinstance(value, dt.date):
        return value.isoformat(), Kind.DATE
    return str(value), Kind.TEXT
