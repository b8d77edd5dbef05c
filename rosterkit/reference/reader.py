"""Reads reference lists of people, as tolerantly as rosters: the same readers find header, columns and people."""

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

UNREADABLE_NIKS = N_("{what}: {count} NIK tidak terbaca ({cells}), jadi orangnya tidak dikenali. Perbaiki dulu.")
_MAX_AHEAD = dt.timedelta(days=3650)  # dates of a membership may be so far in the future


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A reference list as read.

    Args:
        path: the file.
        tables: its tables that have a column of NIKs.
        people: one row a person of these tables, in their order: typed fields (see ``frame``), ``_cell`` (the address
            of the NIK) and ``_sheet``.
    """

    path: Path
    tables: tuple[Table, ...]
    people: pl.DataFrame


def read_reference_list(
    path: Path, spec: RosterSpec, today: dt.date, title: str, remarks: list[Remark] | None = None
) -> ReferenceList:
    """Read a reference list of people.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        today: decides centuries.
        title: the name of the list in messages, such as SK.
        remarks: gets a remark about people whose NIK cannot be read.

    Raises:
        UsageError: it cannot be read, has no column of NIKs, or not one readable NIK.
    """
    try:
        _workbook, found, _skipped = read_tables(path, spec)
    except FileError as error:
        raise UsageError(f"{title} {path}: {error.message}") from error
    tables = tuple(table for table in found if "nik" in table.columns)
    if not tables:
        text = _(
            '{what} {path}: tidak ada kolom NIK. Daftar ini harus punya baris judul dengan kolom "NIK" dan "Nama";'
            " periksa apakah berkasnya benar."
        )
        raise UsageError(text.format(what=title, path=path))
    people = normalise(stack([(0, table) for table in tables]), spec, today)
    if people["nik"].drop_nulls().is_empty():
        text = _(
            "{what} {path}: tidak satu pun NIK terbaca (mungkin tersimpan sebagai angka). Ubah kolom NIK menjadi"
            " Text dan isi dari dokumen aslinya."
        )
        raise UsageError(text.format(what=title, path=path))
    people = _add_cells(people, tables)
    unreadable = people.filter(pl.col("nik").is_null())
    if remarks is not None and len(unreadable):
        remarks.append(
            Remark(UNREADABLE_NIKS, {"what": title, "count": len(unreadable), "cells": format_cells(unreadable)})
        )
    return ReferenceList(path, tables, people)


def _add_cells(people: pl.DataFrame, tables: Sequence[Table]) -> pl.DataFrame:
    """Add ``_cell`` (the address of the NIK) and ``_sheet``."""
    cells = [cell_name(row, table.columns["nik"]) for table in tables for row in table.people]
    sheets = [table.sheet.name for table in tables for _row in table.people]
    return people.with_columns(_cell=pl.Series(cells), _sheet=pl.Series(sheets))


def format_cells(people: pl.DataFrame) -> str:
    """Return the addresses of the first five people as a text."""
    return ", ".join(people["_cell"].head(5)) + (", …" if len(people) > 5 else "")


def read_texts(reference: ReferenceList, headers: Sequence[str]) -> pl.Series | None:
    """Return the texts of a column that is no field of a roster, one for each person.

    Args:
        reference: the list.
        headers: how the header may be written, the best first.

    Returns:
        the texts, null for empty cells and placeholders; None where no table has the column.
    """
    texts: list[str | None] = []
    has_column = False
    for table in reference.tables:
        column = find_column(table, headers)
        has_column = has_column or column is not None
        rows = table.sheet.rows
        texts += [None if column is None else str(rows[row][column]).strip() or None for row in table.people]
    series = pl.Series(texts, dtype=pl.String)
    return series.set(series.is_in(["-", "--", "–", "0"]), None) if has_column else None  # placeholders


def read_dates(reference: ReferenceList, headers: Sequence[str], spec: RosterSpec, today: dt.date) -> pl.Series | None:
    """Return the dates of a column that is no field of a roster (see ``read_texts``), null where it cannot be read."""
    columns = [find_column(table, headers) for table in reference.tables]
    if not any(column is not None for column in columns):
        return None
    tables = [
        replace(table, columns={} if column is None else {"birth_date": column})
        for table, column in zip(reference.tables, columns, strict=True)
    ]
    return normalise(stack([(0, table) for table in tables]), spec, today + _MAX_AHEAD)["birth_date"]


def find_column(table: Table, headers: Sequence[str]) -> int | None:
    """Return the column (from 0) with one of some headers, the best header first; None where there is none."""
    columns: dict[str, int] = {}
    for column, text in table.labels.items():
        columns.setdefault(plain(text), column)
    for header in map(plain, headers):
        for label, column in columns.items():
            if label == header or label.endswith(" " + header):
                return column
    for header in map(plain, headers):
        for label, column in columns.items():
            if label.startswith(header + " "):
                return column
    return None
