"""What a table says of each of its people beside the values of her cells, as columns of the raw frame."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import polars as pl

from rosterkit.model.roster import Aside, Table


def columns_beside(tables: Sequence[tuple[int, Table]]) -> dict[str, pl.Series]:
    """Return the columns of strokes, filled cells, notes and headings (see ``frame``), one row a person.

    Args:
        tables: file number (from 0) and table.
    """
    data: dict[str, pl.Series] = {}
    for name in ("struck", "partly_struck"):
        fields = chain.from_iterable(_fields_in(getattr(table.sheet.extras, name), table) for _file, table in tables)
        data[f"_{name}"] = pl.Series(list(fields), dtype=pl.List(pl.String))
    for name, attribute in (("_family", "filled"), ("_beside", "beside"), ("_below", "below")):
        fields = chain.from_iterable(_fields_of(getattr(table, attribute), table) for _file, table in tables)
        data[name] = pl.Series(list(fields), dtype=pl.List(pl.String))
    noted = chain.from_iterable(map(_are_withdrawn, (table for _file, table in tables)))
    data["_noted"] = pl.Series(list(noted), dtype=pl.Boolean)
    aside = [one for _file, table in tables for one in _find_aside(table)]
    for name in ("says", "source", "text"):
        data[f"_aside_{name}"] = pl.Series([getattr(one, name, None) for one in aside], dtype=pl.String)
    return data


def _fields_in(cells: frozenset[tuple[int, int]], table: Table) -> Sequence[list[str] | None]:
    """Return for each person the fields whose cells are among some cells; None for none."""
    if not cells:
        return [None] * len(table.people)
    columns = table.columns.items()
    return [[field for field, column in columns if (row, column) in cells] or None for row in table.people]


def _are_withdrawn(table: Table) -> Sequence[bool]:
    """Return for each person whether a note where no field is read says that she is not proposed any more."""
    rows = {note.row for note in table.notes if note.says in ("withdrawn", "insured")}
    return [row in rows for row in table.people] if rows else [False] * len(table.people)


def _fields_of(pairs: frozenset[tuple[str, int]], table: Table) -> Sequence[list[str] | None]:
    """Return for each person the fields that stand beside her row in some pairs; None for none."""
    if not pairs:
        return [None] * len(table.people)
    return [[field for field in table.columns if (field, row) in pairs] or None for row in table.people]


def _find_aside(table: Table) -> Sequence[Aside | None]:
    """Return for each person what says that she is not proposed; None for nothing."""
    sure = [one for one in table.aside if one.holds]
    if not sure:
        return [None] * len(table.people)
    return [next((one for one in sure if one.first <= row <= one.last), None) for row in table.people]
