"""The annex of a decree: a list with NIK and name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Remark
from rosterkit.reference.listing import read_listing, some_cells
from rosterkit.schema.spec import RosterSpec


def read_annex(path: Path, spec: RosterSpec, today: dt.date, told: list[Remark] | None = None) -> pl.DataFrame:
    """The people of a decree's list, one row a NIK: the typed fields, ``_sheet`` and the ``_cell`` of the NIK.

    ``told`` takes what there is to say of NIKs that cannot be read or stand there twice.

    Raises:
        UsageError: the file cannot be read, or holds no column of NIKs, or not one readable NIK.
    """
    people = read_listing(path, spec, today, "SK", told).people.drop_nulls("nik")
    again = people.filter(~pl.col("nik").is_first_distinct())
    if told is not None and len(again):
        text = N_("SK: {count} baris memuat NIK yang sudah ada di atasnya ({cells}); hanya yang pertama dihitung.")
        told.append(Remark(text, {"count": len(again), "cells": some_cells(again)}))
    return people.unique("nik", keep="first", maintain_order=True)
