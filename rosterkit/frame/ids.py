"""The number of a row in a run: ``_id`` (UInt64) = file (24 bits), table of the file (16), row of its sheet (24).

It tells rows apart wherever they are taken to; nothing is found again by a path, a sheet's name or a position.
"""

from __future__ import annotations

import polars as pl

TABLE_BITS, ROW_BITS = 16, 24
MOST_FILES, MOST_TABLES, MOST_ROWS = 1 << 24, 1 << TABLE_BITS, 1 << ROW_BITS


def row_id(file: int, table: int, row: int) -> int:
    """The id of a row (from 0) of a table of a file.

    Raises:
        OverflowError: one of the numbers does not fit.
    """
    if not (0 <= file < MOST_FILES and 0 <= table < MOST_TABLES and 0 <= row < MOST_ROWS):
        raise OverflowError(f"no id for file {file}, table {table}, row {row}")
    return (file << (TABLE_BITS + ROW_BITS)) | (table << ROW_BITS) | row


def parts_of(number: int) -> tuple[int, int, int]:
    """File, table and row of an id."""
    return number >> (TABLE_BITS + ROW_BITS), (number >> ROW_BITS) % MOST_TABLES, number % MOST_ROWS


def id_column(file: pl.Series, table: pl.Series, row: pl.Series) -> pl.Series:
    """The ids of rows, as a series called ``_id``; the numbers must be in range (see ``read.tables``)."""
    one, two, three = (series.cast(pl.UInt64) for series in (file, table, row))
    return (one * (MOST_TABLES * MOST_ROWS) + two * MOST_ROWS + three).alias("_id")
