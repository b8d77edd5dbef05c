"""Birth date and sex from the NIK, where the list has none and the schema allows it (``from_nik``)."""

from __future__ import annotations

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.model.cells import Kind

FIELDS = ("birth_date", "sex")


def add_columns(frame: pl.DataFrame, is_allowed: bool) -> pl.DataFrame:
    """Fill ``birth_date`` and ``sex`` where the cell is empty or there is no column, and say where in ``F_from_nik``.

    A value that is there and cannot be read is never replaced; the text and the kind of a filled cell are those of a
    cell that holds it.
    """
    known = pl.col("nik_date").is_not_null()
    by_nik = {
        "birth_date": (pl.col("nik_date"), pl.col("nik_date").dt.strftime(DATE_FORMAT)),
        "sex": (sex := pl.when("nik_female").then(pl.lit("P")).otherwise(pl.lit("L")), sex),
    }
    added = []
    for field, (value, text) in by_nik.items():
        is_empty = pl.col(f"{field}_kind").is_in([Kind.ABSENT, Kind.EMPTY, Kind.TEXT, Kind.NUMBER])
        taken = pl.lit(is_allowed) & known & is_empty & pl.col(f"{field}_text").is_null()
        added += [
            taken.alias(f"{field}_from_nik"),
            pl.when(taken).then(value).otherwise(field).alias(field),
            pl.when(taken).then(text).otherwise(f"{field}_text").alias(f"{field}_text"),
            pl.when(taken).then(pl.lit(Kind.TEXT, pl.UInt8)).otherwise(f"{field}_kind").alias(f"{field}_kind"),
        ]
    return frame.with_columns(added)
