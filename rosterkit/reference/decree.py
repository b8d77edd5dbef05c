"""Reads the annex of a decree: a list with NIK and name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Remark
from rosterkit.reference.reader import format_cells, read_reference_list
from rosterkit.schema.spec import RosterSpec


def read_annex(path: Path, spec: RosterSpec, today: dt.date, remarks: list[Remark] | None = None) -> pl.DataFrame:
    """Read the people of an annex.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        today: decides centuries.
        remarks: gets remarks about NIKs that cannot be read or are there twice.

    Returns:
        one row a NIK, the first of equal ones: the typed fields (see ``frame``), ``_sheet`` and ``_cell`` (the address
        of the NIK).

    Raises:
        UsageError: the file cannot be read, or holds no column of NIKs, or not one readable NIK.
    """
    people = read_reference_list(path, spec, today, "SK", remarks).people.drop_nulls("nik")
    repeated = people.filter(~pl.col("nik").is_first_distinct())
    if remarks is not None and len(repeated):
        text = N_("SK: {count} baris memuat NIK yang sudah ada di atasnya ({cells}); hanya yang pertama dihitung.")
        remarks.append(Remark(text, {"count": len(repeated), "cells": format_cells(repeated)}))
    return people.unique("nik", keep="first", maintain_order=True)
