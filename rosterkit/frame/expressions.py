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
