"""Raw cells to typed columns, one file per type.

Each field F gets ``F`` (the typed value, null where there is none or it could not be read), ``F_text`` (the cell's
text without stray characters, null where it holds nothing but a placeholder) and ``F_fixed`` (the value after a
certain repair, null where nothing had to be repaired). Some types add further columns; their files say which.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl

from rosterkit.frame.normalise import category, date, from_nik, money, nik, phone, remarks, rt_rw, sex, text
from rosterkit.model.cells import Kind
from rosterkit.schema.spec import FIELDS, RosterSpec, field_type


def normalise(raw: pl.DataFrame, spec: RosterSpec, today: dt.date) -> pl.DataFrame:
    """Add the typed columns to a frame of raw cells; rows and their order stay.

    Args:
        raw: raw cells (see ``stack``).
        spec: its categories and the typing errors that are tolerated in them.
        today: decides centuries and which dates are in the future.
    """
    ditto = [word for word, where in spec.words.ditto.items() if where == "ditto"]
    frame = raw.hstack(text.clean_texts(raw, FIELDS, ditto))
    frame = frame.with_columns(text.without_number_and_sex("name"))
    frame = frame.with_columns(e for field in FIELDS if field_type(field) == "text" for e in text.make_columns(field))
    frame = frame.with_columns(text.make_digit_columns("postal_code"))
    for field in ("nik", "kk"):
        labels = [word for word, number in spec.words.labels.items() if number in (field, "number")]
        frame = nik.add_columns(frame, field, labels)
    frame = date.add_columns(frame, "birth_date", today)
    frame = nik.add_birth_columns(frame, today)
    frame = rt_rw.add_columns(frame)
    frame = sex.add_columns(frame, "sex", spec.words.sex)
    frame = frame.with_columns(
        *_make_columns(frame, "phone", phone.make_columns, pl.String),
        *_make_columns(frame, "income", money.make_columns, pl.Int64),
        *date.make_place_columns("birth_place", "birth_date"),
    )
    frame = from_nik.add_columns(frame, spec.from_nik)
    frame = remarks.repeat_above(frame, spec.words.ditto)
    frame = remarks.add_columns(frame, spec.remarks, bool(spec.categories))
    return category.add_columns(frame, "category", spec.categories, spec.tolerance.category)


def _make_columns(
    frame: pl.DataFrame, field: str, make: Callable[[str], list[pl.Expr]], dtype: type[pl.DataType]
) -> list[pl.Expr]:
    """Return ``F`` and ``F_fixed``; a field that no table has costs nothing."""
    if (frame[f"{field}_kind"] == Kind.ABSENT).all():
        return [pl.lit(None, dtype).alias(field), pl.lit(None, pl.String).alias(f"{field}_fixed")]
    return make(field)
