"""Row ids: ``_id`` (UInt64) = file (24 bits), table of the file (16 bits), row of its sheet (24 bits).

An id is unique in a run; no row is ever found again by a path, a sheet's name or a position in a frame.
"""

from __future__ import annotations

import polars as pl

TABLE_BITS, ROW_BITS = 16, 24
MAX_FILES, MAX_TABLES, MAX_ROWS = 1 << 24, 1 << TABLE_BITS, 1 << ROW_BITS


def row_id(file: int, table: int, row: int) -> int:
    """Return the id of a row; file, table and row count from 0.

    Raises:
        OverflowError: one of the numbers does not fit.
    """
    if not (0 <= file < MAX_FILES and 0 <= table < MAX_TABLES and 0 <= row < MAX_ROWS):
        raise OverflowError(f"no id for file {file}, table {table}, row {row}")
    return (file << (TABLE_BITS + ROW_BITS)) | (table << ROW_BITS) | row


def split_id(id_: int) -> tuple[int, int, int]:
    """Return file, table and row (from 0) of an id."""
    return id_ >> (TABLE_BITS + ROW_BITS), (id_ >> ROW_BITS) % MAX_TABLES, id_ % MAX_ROWS


def make_ids(file: pl.Series, table: pl.Series, row: pl.Series) -> pl.Series:
    """Return the ids of rows, as a series called ``_id``; the numbers must be in range (see ``read.tables``)."""
    file, table, row = (series.cast(pl.UInt64) for series in (file, table, row))
    return (file * (MAX_TABLES * MAX_ROWS) + table * MAX_ROWS + row).alias("_id")
