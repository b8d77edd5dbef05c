"""Lists that rosters are held against, read with the reader and the tolerance of rosters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from rosterkit.errors import FileError, UsageError
from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import stack
from rosterkit.language import N_, _
from rosterkit.model.cells import cell_name
from rosterkit.model.finding import Remark
from rosterkit.model.roster import Table
from rosterkit.read.tables import read_tables
from rosterkit.schema.spec import RosterSpec, plain

UNREAD = N_("{what}: {count} NIK tidak terbaca ({cells}), jadi orangnya tidak dikenali. Perbaiki dulu.")
AHEAD = dt.timedelta(days=3650)  # days of a membership may lie in the future


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of people as read: its tables, and one row a person with typed fields, ``_cell`` and ``_sheet``."""

    path: Path
    tables: tuple[Table, ...]
    people: pl.DataFrame


def read_listing(path: Path, spec: RosterSpec, today: dt.date, what: str, told: list[Remark] | None = None) -> Listing:
    """Read a list of people.

    Args:
        path: the file.
        spec: how its headers may be written.
        today: decides centuries.
        what: what the list is called in messages, such as SK.
        told: takes what there is to say of people whose NIK cannot be read.

    Raises:
        UsageError: it cannot be read, has no column of NIKs, or not one readable NIK.
    """
    try:
        _workbook, found, _skipped = read_tables(path, spec)
    except FileError as error:
        raise UsageError(f"{what} {path}: {error.message}") from error
    tables = tuple(table for table in found if "nik" in table.columns)
    if not tables:
        raise UsageError(
            _(
                '{what} {path}: tidak ada kolom NIK. Daftar ini harus punya baris judul dengan kolom "NIK" dan "Nama";'
                " periksa apakah berkasnya benar."
            ).format(what=what, path=path)
        )
    people = normalise(stack([(0, table) for table in tables]), spec, today)
    if people["nik"].drop_nulls().is_empty():
        raise UsageError(
            _(
                "{what} {path}: tidak satu pun NIK terbaca (mungkin tersimpan sebagai angka). Ubah kolom NIK menjadi"
                " Text dan isi dari dokumen aslinya."
            ).format(what=what, path=path)
        )
    cells = [cell_name(row, table.columns["nik"]) for table in tables for row in table.people]
    sheets = [table.sheet.name for table in tables for _row in table.people]
    people = people.with_columns(_cell=pl.Series(cells), _sheet=pl.Series(sheets))
    unread = people.filter(pl.col("nik").is_null())
    if told is not None and len(unread):
        told.append(Remark(UNREAD, {"what": what, "count": len(unread), "cells": some_cells(unread)}))
    return Listing(path, tables, people)


def some_cells(people: pl.DataFrame) -> str:
    """The first cells of some rows."""
    return ", ".join(people["_cell"].head(5)) + (", …" if len(people) > 5 else "")


def further_texts(listing: Listing, names: Sequence[str]) -> pl.Series | None:
    """The texts of a column that is no field of a roster, by the best of its names; None where no table has it."""
    texts: list[str | None] = []
    found = False
    for table in listing.tables:
        column = find_column(table, names)
        found = found or column is not None
        rows = table.sheet.rows
        texts += [None if column is None else str(rows[row][column]).strip() or None for row in table.people]
    series = pl.Series(texts, dtype=pl.String)
    return series.set(series.is_in(["-", "--", "–", "0"]), None) if found else None  # what people write for nothing


def further_dates(listing: Listing, names: Sequence[str], spec: RosterSpec, today: dt.date) -> pl.Series | None:
    """The days of a column that is no field of a roster, however they are written; None where no table has it."""
    columns = [find_column(table, names) for table in listing.tables]
    if not any(column is not None for column in columns):
        return None
    tables = [
        replace(table, columns={} if column is None else {"birth_date": column})
        for table, column in zip(listing.tables, columns, strict=True)
    ]
    return normalise(stack([(0, table) for table in tables]), spec, today + AHEAD)["birth_date"]


def find_column(table: Table, names: Sequence[str]) -> int | None:
    """The column whose header is one of some names, the best name first."""
    labels: dict[str, int] = {}
    for at, text in table.labels.items():
        labels.setdefault(plain(text), at)
    for name in names:
        for label, column in labels.items():
            if label == plain(name) or label.endswith(" " + plain(name)):
                return column
    for name in names:
        for label, column in labels.items():
            if label.startswith(plain(name) + " "):
                return column
    return None
