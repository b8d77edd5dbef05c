"""Raw cells to typed columns, one file per type.

For each field F of type T the frame gains ``F`` (the typed value, null where there is none or it could not be
read), ``F_text`` (the cell's text without stray characters, null where the cell says nothing) and ``F_fixed``
(what a certain repair made of it, null where nothing had to be repaired). Some types add columns of their own;
their files say which.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterkit.frame.normalise import category, date, money, nik, phone, rt_rw, sex, text
from rosterkit.schema.spec import FIELDS, RosterSpec, field_type


def normalise(raw: pl.DataFrame, spec: RosterSpec, today: dt.date) -> pl.DataFrame:
    """Type the columns of a stacked frame (see ``stack``); ``today`` decides centuries and what is in the future."""
    frame = raw.with_columns(text.cleaned(raw, field) for field in FIELDS)
    frame = frame.with_columns(e for field in FIELDS if field_type(field) == "text" for e in text.columns(field))
    frame = frame.with_columns(text.digit_columns("postal_code"))
    for field in ("nik", "kk"):
        frame = nik.add_columns(frame, field)
    frame = date.add_columns(frame, "birth_date", today)
    frame = nik.add_birth_columns(frame, today)
    frame = rt_rw.add_columns(frame)
    frame = frame.with_columns(
        *sex.columns("sex"),
        *phone.columns("phone"),
        *money.columns("income"),
        *date.place_columns("birth_place", "birth_date"),
    )
    return category.add_columns(frame, "category", spec.categories, spec.tolerance.category)
