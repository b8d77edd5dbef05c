"""All tables of a run as one polars frame of raw cells, so that every later stage works on columns.

``frame/__init__`` says what the columns are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import Any

import polars as pl

from rosterkit.frame.ids import id_column
from rosterkit.model.cells import Kind, Row
from rosterkit.model.roster import Table
from rosterkit.schema.spec import FIELDS, TYPES


def stack(tables: Sequence[tuple[int, Table]]) -> pl.DataFrame:
    """Put the tables of a run (file number, table) under each other, a column at a time."""
    sizes = [len(table.people) for _file, table in tables]
    rows = [[table.sheet.rows[row] for row in table.people] for _file, table in tables]
    file = _repeated([file for file, _table in tables], sizes, pl.UInt32)
    number = _repeated([table.number for _file, table in tables], sizes, pl.UInt32)
    row = pl.Series([row for _file, table in tables for row in table.people], dtype=pl.UInt32)
    data = {"_id": id_column(file, number, row), "_file": file, "_table": number, "_row": row}
    for field in FIELDS:
        parts = [_Part(table, field, own) for (_file, table), own in zip(tables, rows, strict=True)]
        data |= _column(field, parts)
    joined = ["rw" in table.joined for _file, table in tables]
    return pl.DataFrame({**data, "_rt_rw_joined": _repeated(joined, sizes, pl.Boolean)})


def _repeated(values: Iterable[object], sizes: Sequence[int], dtype: Any) -> pl.Series:
    """Each value as often as its table has people."""
    return pl.Series(list(chain.from_iterable(map(repeat, values, sizes))), dtype=dtype)


def _column(field: str, parts: Sequence[_Part]) -> dict[str, pl.Series]:
    """The texts, kinds and marks of merged cells of a field in all tables."""
    sizes = [len(part.kinds) for part in parts]
    texts = pl.Series(list(chain.from_iterable(part.texts for part in parts)), dtype=pl.String)
    kinds = pl.Series(list(chain.from_iterable(part.kinds for part in parts)), dtype=pl.UInt8)
    if any(part.merged for part in parts):
        marks = chain.from_iterable(part.merged or repeat(False, size) for part, size in zip(parts, sizes, strict=True))
        merged = pl.Series(list(marks), dtype=pl.Boolean)
    else:
        merged = pl.repeat(False, len(texts), dtype=pl.Boolean, eager=True)
    absent = kinds == Kind.ABSENT
    blank = (texts.str.strip_chars() == "").fill_null(False)
    frame = pl.DataFrame({"t": texts, "k": kinds, "b": blank & ~absent}).select(
        pl.when("b").then(None).otherwise("t").alias("t"),
        pl.when("b").then(pl.lit(Kind.EMPTY, pl.UInt8)).otherwise("k").alias("k"),
    )
    return {f"{field}_raw": frame["t"], f"{field}_kind": frame["k"], f"{field}_merged": merged}


class _Part:
    """The cells of a field in one table: texts, kinds, and where values were filled down (empty: nowhere)."""

    def __init__(self, table: Table, field: str, rows: Sequence[Row]) -> None:
        column, size = table.columns.get(field), len(rows)
        self.merged: list[bool] = []
        self.texts: list[object]
        if column is None:
            given = table.given.get(field)
            self.texts, self.kinds = [given] * size, [Kind.ABSENT if given is None else Kind.TEXT] * size
            return
        values = [row[column] for row in rows]
        self.merged = _fill_down(table, column, values)
        self.texts, self.kinds = _cells(table, column, values, TYPES.get(field) == "nik")


def _fill_down(table: Table, column: int, values: list[object]) -> list[bool]:
    """Give each person under a merged cell that cell's value; true where that was done, empty where nowhere."""
    filled = [False] * len(values)
    areas = [a for a in table.sheet.merged if a[1] <= column <= a[3] and a[2] > a[0] and a[2] > table.last_header_row]
    if areas and table.people:
        place = {row: position for position, row in enumerate(table.people)}
        for top, left, bottom, _right in areas:
            value = table.sheet.value(top, left) if top > table.last_header_row else ""
            for row in range(top + 1, min(bottom, table.people[-1]) + 1):
                position = place.get(row)
                if position is not None and value != "" and values[position] == "":
                    values[position], filled[position] = value, True
    return filled if any(filled) else []


def _cells(table: Table, column: int, values: list[object], long: bool) -> tuple[list[object], list[int]]:
    """Text and kind of the cells of a column; cells are looked at one by one only where kinds mix."""
    marks = table.sheet.extras
    if set(map(type, values)) <= {str}:
        texts: list[object] = values
        kinds = [Kind.TEXT] * len(values)
    else:
        pairs = [_text_and_kind(value) for value in values]
        texts, kinds = [text for text, _ in pairs], [kind for _, kind in pairs]
    if marks.errors or marks.uncalculated or (long and marks.exact):
        for position, row in enumerate(table.people):
            cell = (row, column)
            if cell in marks.errors:
                texts[position], kinds[position] = marks.errors[cell], Kind.ERROR
            elif cell in marks.uncalculated and texts[position] == "":
                texts[position], kinds[position] = "=", Kind.UNCALCULATED
            elif long and cell in marks.exact and kinds[position] == Kind.NUMBER:
                texts[position] = marks.exact[cell]
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
