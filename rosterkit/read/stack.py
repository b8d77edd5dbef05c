"""All tables of a run as one polars frame of raw cells, so that every later stage works on columns.

Columns: ``_table`` (position of the table in the run), ``_file``, ``_row`` (row in the sheet, from 0), and for each
field F ``F_raw`` (the cell's text, null when empty), ``F_kind`` (see ``model.Kind``) and ``F_merged`` (true where
the value was filled down from a merged cell). ``_rt_rw_joined`` is true where one column holds both RT and RW.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import get_args

import polars as pl

from rosterkit.model import Kind, Table
from rosterkit.schema.spec import TYPES, FieldName

FIELDS: tuple[str, ...] = get_args(FieldName)


def stack(tables: Sequence[tuple[int, Table]]) -> pl.DataFrame:
    """Put the tables of a run (file number, table) under each other."""
    frames = [_frame(number, file, table) for number, (file, table) in enumerate(tables)]
    return pl.concat(frames) if frames else _frame(0, 0, None)


def _frame(number: int, file: int, table: Table | None) -> pl.DataFrame:
    people = table.people if table else ()
    size = len(people)
    data: dict[str, pl.Series] = {
        "_table": pl.repeat(number, size, dtype=pl.UInt32, eager=True),
        "_file": pl.repeat(file, size, dtype=pl.UInt32, eager=True),
        "_row": pl.Series(people, dtype=pl.UInt32),
    }
    rows = [table.sheet.rows[row] for row in people] if table else []
    for field in FIELDS:
        column = table.columns.get(field) if table else None
        if table is not None and column is None and field in table.given:
            data[f"{field}_raw"] = pl.repeat(table.given[field], size, dtype=pl.String, eager=True)
            data[f"{field}_kind"] = pl.repeat(Kind.TEXT, size, dtype=pl.UInt8, eager=True)
            data[f"{field}_merged"] = pl.repeat(False, size, dtype=pl.Boolean, eager=True)
            continue
        if table is None or column is None:
            data[f"{field}_raw"] = pl.repeat(None, size, dtype=pl.String, eager=True)
            data[f"{field}_kind"] = pl.repeat(Kind.ABSENT, size, dtype=pl.UInt8, eager=True)
            data[f"{field}_merged"] = pl.repeat(False, size, dtype=pl.Boolean, eager=True)
            continue
        values = [row[column] for row in rows]
        merged = _fill_down(table, column, values)
        texts, kinds = _cells(table, column, values, _is_long(field))
        data[f"{field}_raw"], data[f"{field}_kind"], data[f"{field}_merged"] = texts, kinds, merged
    data["_rt_rw_joined"] = pl.repeat(table is not None and "rw" in table.joined, size, dtype=pl.Boolean, eager=True)
    return pl.DataFrame(data)


def _is_long(field: str) -> bool:
    return TYPES.get(field) == "nik"


def _fill_down(table: Table, column: int, values: list[object]) -> pl.Series:
    """Give each person under a merged cell that cell's value; true where that was done."""
    filled = [False] * len(values)
    areas = [a for a in table.sheet.merged if a[1] <= column <= a[3] and a[2] > a[0] and a[2] > table.header_rows[-1]]
    if areas and table.people:
        place = {row: position for position, row in enumerate(table.people)}
        for top, left, bottom, _right in areas:
            value = table.sheet.rows[top][left] if top > table.header_rows[-1] else ""
            for row in range(top + 1, min(bottom, table.people[-1]) + 1):
                position = place.get(row)
                if position is not None and value != "" and values[position] == "":
                    values[position], filled[position] = value, True
    return pl.Series(filled, dtype=pl.Boolean)


def _cells(table: Table, column: int, values: list[object], long: bool) -> tuple[pl.Series, pl.Series]:
    """Text and kind of the cells of a column; cells are looked at one by one only where kinds mix."""
    marks = table.sheet.marks
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
    series = pl.Series(texts, dtype=pl.String)
    blank = series.str.strip_chars() == ""
    frame = pl.DataFrame({"t": series, "k": pl.Series(kinds, dtype=pl.UInt8), "b": blank}).select(
        pl.when("b").then(None).otherwise("t").alias("t"),
        pl.when("b").then(pl.lit(Kind.EMPTY, pl.UInt8)).otherwise("k").alias("k"),
    )
    return frame["t"], frame["k"]


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
