"""RT and RW: three digits. ``3``, ``RT 006``, ``003/005`` in either or in a joined column, or turned into a date."""

from __future__ import annotations

import polars as pl

from rosterkit.dates import DAYS_OF_1904
from rosterkit.frame.normalise.date import EPOCH
from rosterkit.frame.normalise.distinct import map_distinct
from rosterkit.model.cells import Kind

_PAIR = (
    r"^(?:RT\.?\s*)?0*(\d{1,3})\s*(?:[/\\,;.\-]\s*|\s+)(?:RW\.?\s*)?0*(\d{1,3})$"
    r"|^RT\.?\s*0*(\d{1,3})\s*RW\.?\s*0*(\d{1,3})$"
)
_DECIMALS = r"^(\d{1,3})\.0{1,2}$"  # 5.0 is the number 5, not a pair of RT and RW


def add_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the columns of both fields; where one cell holds both, each field gets its half."""
    keys = [f"{field}_{part}" for field in ("rt", "rw") for part in ("raw", "kind", "text")]
    columns = [pl.col(key) for key in (*keys, "_rt_rw_joined", "_date_1904")]
    return frame.with_columns(map_distinct(frame, columns, _compute))


def _compute(distinct: pl.DataFrame) -> pl.DataFrame:
    """Return ``F_text``, ``F`` and ``F_fixed`` of both fields."""
    both = [_make_columns(distinct, "rt", 0), _make_columns(distinct, "rw", 1)]
    return pl.concat(both, how="horizontal")


def _make_columns(frame: pl.DataFrame, field: str, half: int) -> pl.DataFrame:
    """Return ``F_text``, ``F`` and ``F_fixed`` of RT (half 0) or RW (half 1), step by step."""
    if (frame[f"{field}_kind"] == Kind.ABSENT).all() and (frame["rt_kind"] == Kind.ABSENT).all():
        nothing = pl.lit(None, pl.String)
        return frame.select(f"{field}_text", nothing.alias(field), nothing.alias(f"{field}_fixed"))
    cell = pl.col(f"{field}_text")
    fallback = pl.when(pl.col(f"{field}_kind") == Kind.ABSENT).then(pl.col("rt_text"))  # 003/005 under RT alone
    own_kind = pl.when(pl.col(f"{field}_kind") > Kind.EMPTY).then(pl.col(f"{field}_kind"))
    text = pl.coalesce(cell, fallback if field == "rw" else cell).str.to_uppercase().str.replace(_DECIMALS, "$1")
    frame = frame.with_columns(
        _text=text,
        _kind=pl.coalesce(own_kind, "rt_kind"),
        _single=cell.str.to_uppercase().str.extract(rf"^(?:{field.upper()}|NO)?\.?\s*0*(\d{{1,3}})(?:\.0+)?$", 1),
    )
    is_number, is_date = pl.col("_kind") == Kind.NUMBER, pl.col("_kind") == Kind.DATE
    groups = frame["_text"].str.extract_groups(_PAIR).struct
    days = pl.when(is_number & pl.col("_text").str.contains(r"^[3-6]\d{4}$")).then(
        pl.col("_text").cast(pl.Int32, strict=False)
    )
    frame = frame.with_columns(
        _paired=groups.field(str(half + 1)).zip_with(
            groups.field(str(half + 1)).is_not_null(), groups.field(str(half + 3))
        ),
        _dated=pl.when(is_date).then(pl.col("_text").str.extract(r"^(\d{4})-(\d{2})-(\d{2})$", 3 - half)),
        _days=days + pl.when("_date_1904").then(DAYS_OF_1904).otherwise(0),
    )
    day = (pl.lit(EPOCH) + pl.duration(days="_days")).dt  # a date again, in a cell that shows it as a number
    only_rt = pl.lit(False) if half == 0 else pl.col("_rt_rw_joined") & pl.col("_paired").is_null() & ~is_date
    frame = frame.with_columns(
        _only_rt=only_rt,  # 003 in a column for both is the RT
        _from_date=pl.coalesce("_dated", (day.day() if half == 0 else day.month()).cast(pl.String)),
    )
    return _finish(frame, field)


def _finish(frame: pl.DataFrame, field: str) -> pl.DataFrame:
    """Return ``F_text``, ``F`` and ``F_fixed`` of what was found in the cells."""
    cell, is_date = pl.col(f"{field}_text"), pl.col("_kind") == Kind.DATE
    single = pl.when(~pl.col("_only_rt")).then("_single")
    value = pl.coalesce("_from_date", "_paired", single).str.zfill(3).alias("_value")
    frame = frame.with_columns(value).with_columns(_value=pl.when(pl.col("_value") != "000").then("_value"))
    raw, value = pl.col(f"{field}_raw"), pl.col("_value")
    both = pl.col("_text").str.contains(r"\d\D+\d") & ~is_date
    is_tidy = (raw == value) | (both & (pl.col("rt_raw") == pl.col("rw_raw")).fill_null(False))
    return frame.select(
        pl.when(~(pl.col("_only_rt") & value.is_null())).then(cell).alias(f"{field}_text"),
        value.alias(field),
        pl.when(cell.is_not_null() & ~is_tidy).then(value).alias(f"{field}_fixed"),
    )
