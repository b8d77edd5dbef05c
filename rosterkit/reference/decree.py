"""The annex of a decree: a list with NIK and name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.reference.listing import read_listing
from rosterkit.schema.spec import RosterSpec


def read_annex(path: Path, spec: RosterSpec, today: dt.date) -> pl.DataFrame:
    """The people of a decree's list, one row a NIK: the typed fields, ``_sheet`` and the ``_cell`` of the NIK.

    Raises:
        UsageError: the file cannot be read, or holds no column of NIKs, or not one readable NIK.
    """
    people = read_listing(path, spec, today, "SK").people
    return people.drop_nulls("nik").unique("nik", keep="first", maintain_order=True)
