"""Expressions about the cells of a field that several rules share."""

from __future__ import annotations

import polars as pl

from rosterkit.model.cells import Kind


def is_empty_cell(field: str) -> pl.Expr:
    """Whether the sheet has the column and the cell is empty, or holds only a placeholder such as ``-`` or ``0``.

    False where the sheet has no such column (a finding of its own), and for dates, errors and formulas without a value.
    """
    is_readable = pl.col(f"{field}_kind").is_in([Kind.EMPTY, Kind.TEXT, Kind.NUMBER])
    return is_readable & pl.col(f"{field}_text").is_null()


def is_nik_in_kk() -> pl.Expr:
    """Whether the KK column holds the NIK: its date is the person's birth date, and the NIK's is not."""
    kk, born = pl.col("kk"), pl.col("birth_date")
    male = kk.str.slice(6, 6) == born.dt.strftime("%d%m%y")
    female = (kk.str.slice(6, 2).cast(pl.Int32, strict=False) == born.dt.day().cast(pl.Int32) + 40) & (
        kk.str.slice(8, 4) == born.dt.strftime("%m%y")
    )
    elsewhere = pl.col("nik_date").is_null() | (pl.col("nik_date") != born)
    return (male | female) & elsewhere & (kk != pl.col("nik")).fill_null(True)
