"""Reads reference lists of people, as tolerantly as rosters: the same readers find header, columns and people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from rosterkit.errors import FileError, UsageError
from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import stack
from rosterkit.language import N_, _
from rosterkit.model.cells import cell_name
from rosterkit.model.finding import Remark
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.tables import read_tables
from rosterkit.records import dataclass
from rosterkit.schema.spec import RosterSpec, plain

UNREADABLE_NIKS = N_("{what}: {count} NIK tidak terbaca ({cells}), jadi orangnya tidak dikenali. Perbaiki dulu.")
_NO_NIKS = N_(
    '{what} {path}: tidak ada kolom NIK. Daftar ini harus punya baris judul dengan kolom "NIK" dan "Nama";'
    " cek apakah berkasnya benar."
)
_NOBODY = N_(
    "{what} {path}: tidak satu pun NIK terbaca (mungkin tersimpan sebagai angka). Ubah kolom NIK menjadi"
    " Text dan isi dari daftar aslinya."
)
_MAX_AHEAD = dt.timedelta(days=3650)  # dates of a membership may be so far in the future


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A reference list as read.

    Args:
        path: the file.
        tables: its tables that have a column of NIKs.
        people: one row a person of these tables, in their order: typed fields (see ``frame``), ``_cell`` (the address
            of the NIK), ``_sheet``, ``nik_stem`` (the first 15 digits of a NIK that has lost its last one, where such
            rows are kept) and ``doubtful`` (false: see ``check.lost_digits``).
    """

    path: Path
    tables: tuple[Table, ...]
    people: pl.DataFrame


def read_reference_list(
    path: Path,
    spec: RosterSpec,
    today: dt.date,
    title: str,
    remarks: list[Remark] | None = None,
    keep_lost: bool = False,
) -> ReferenceList:
    """Read a reference list of people.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        today: decides centuries.
        title: the name of the list in messages, such as SK.
        remarks: gets remarks about people whose NIK cannot be read, and sheets that are not understood.
        keep_lost: NIKs that Excel has cut to 15 digits count as readable; whose they are is found later.

    Raises:
        UsageError: it cannot be read, has no column of NIKs, or not one readable NIK.
    """
    try:
        _workbook, found, skipped = read_tables(path, spec)
    except FileError as error:
        raise UsageError(f"{title} {path}: {error.message}") from error
    tables = tuple(table for table in found if "nik" in table.columns)
    if not tables:
        raise UsageError(_(_NO_NIKS).format(what=title, path=path))
    people = normalise(stack([(0, table) for table in tables]), spec, today)
    stem = pl.when(pl.lit(keep_lost) & has_lost_digit()).then(pl.col("nik_digits").str.slice(0, 15))
    people = _add_cells(people, tables).with_columns(nik_stem=stem, doubtful=pl.lit(False))
    unreadable = people.filter(~is_known())
    if len(unreadable) == len(people):
        raise UsageError(_(_NOBODY).format(what=title, path=path))
    if remarks is not None:
        if len(unreadable):
            facts = {"what": title, "count": len(unreadable), "cells": format_cells(unreadable)}
            remarks.append(Remark(UNREADABLE_NIKS, facts))
        remarks += _describe_unread(title, found, skipped)
    return ReferenceList(path, tables, people)


def is_known() -> pl.Expr:
    """Whether a row of a list has a NIK, or the first 15 digits of one."""
    return pl.any_horizontal(pl.col("nik", "nik_stem").is_not_null())


def has_lost_digit() -> pl.Expr:
    """Whether a NIK has 16 digits of which the last one is not to be trusted: it was typed as a number."""
    lost = pl.col("nik").is_null() & pl.col("nik_scientific") & pl.col("nik_digits").str.contains(r"^[0-9]{16}$")
    return lost.fill_null(False)


def _describe_unread(title: str, tables: Sequence[Table], skipped: Sequence[Skipped]) -> Iterator[Remark]:
    """Yield a remark for each part of a list that was not read: nobody there is known to the rules."""
    for sheet in skipped:
        if sheet.reason == "no-header":
            niks = sum(len(region.niks) for region in sheet.outside)
            text = N_('{what}: lembar "{sheet}" tidak dibaca: tidak ada baris judul (NIK, Nama).')
            if niks:
                text = N_(
                    '{what}: lembar "{sheet}" tidak dibaca: tidak ada baris judul (NIK, Nama), padahal ada {count} NIK'
                    " di dalamnya. Beri baris judul, lalu periksa lagi."
                )
            yield Remark(text, {"what": title, "sheet": sheet.name, "count": niks})
    for table in tables:
        if "nik" not in table.columns and table.people:
            text = N_(
                '{what}: lembar "{sheet}" tidak dibaca: tidak ada kolom NIK, jadi {count} orang di dalamnya tidak'
                " dikenali."
            )
            yield Remark(text, {"what": title, "sheet": table.sheet.name, "count": len(table.people)})
        niks = sum(len(region.niks) for region in table.outside)
        if niks:
            cells = ", ".join(cell_name(*region.cells[0]) for region in table.outside[:5])
            text = N_('{what}: {count} NIK di lembar "{sheet}" ada di luar daftarnya ({cells}) dan tidak dibaca.')
            yield Remark(text, {"what": title, "sheet": table.sheet.name, "count": niks, "cells": cells})


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
