"""Reads the annex of a decree: a list with NIK and name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Remark
from rosterkit.reference.reader import format_cells, is_known, read_reference_list
from rosterkit.schema.spec import RosterSpec


def read_annex(
    path: Path, spec: RosterSpec, today: dt.date, remarks: list[Remark] | None = None, keep_lost: bool = False
) -> pl.DataFrame:
    """Read the people of an annex.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        today: decides centuries.
        remarks: gets remarks about what cannot be read, and NIKs that are there twice.
        keep_lost: see ``read_reference_list``.

    Returns:
        one row a NIK, the first of equal ones: the typed fields (see ``frame``), ``_sheet`` and ``_cell`` (the address
        of the NIK), ``nik_stem`` and ``doubtful``.

    Raises:
        UsageError: the file cannot be read, or holds no column of NIKs, or not one readable NIK.
    """
    people = read_reference_list(path, spec, today, "SK", remarks, keep_lost).people.filter(is_known())
    is_repeated = pl.col("nik").is_not_null() & ~pl.col("nik").is_first_distinct()
    repeated = people.filter(is_repeated)
    if remarks is not None and len(repeated):
        text = N_("SK: {count} baris memuat NIK yang sudah ada di atasnya ({cells}); hanya yang pertama dihitung.")
        remarks.append(Remark(text, {"count": len(repeated), "cells": format_cells(repeated)}))
    return people.filter(~is_repeated)
