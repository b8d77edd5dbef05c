"""RT and RW: three digits. ``3``, ``RT 006``, ``003/005`` in either or in a joined column, or turned into a date."""

from __future__ import annotations

import polars as pl

from rosterkit.frame.normalise.date import DAYS_OF_1904, EPOCH
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

    def compute(distinct: pl.DataFrame) -> pl.DataFrame:
        return distinct.select(*_make_columns("rt", 0), *_make_columns("rw", 1))

    return frame.with_columns(
        map_distinct(frame, [pl.col(key) for key in (*keys, "_rt_rw_joined", "_date_1904")], compute)
    )


def _make_columns(field: str, half: int) -> list[pl.Expr]:
    """Return ``F_text``, ``F`` and ``F_fixed`` of RT (half 0) or RW (half 1)."""
    cell = pl.col(f"{field}_text")
    fallback = pl.when(pl.col(f"{field}_kind") == Kind.ABSENT).then(pl.col("rt_text"))  # 003/005 under RT alone
    text = pl.coalesce(cell, fallback if field == "rw" else cell).str.to_uppercase().str.replace(_DECIMALS, "$1")
    groups = text.str.extract_groups(_PAIR)
    paired = pl.coalesce(groups.struct.field(str(half + 1)), groups.struct.field(str(half + 3)))
    single = cell.str.to_uppercase().str.extract(rf"^(?:{field.upper()}|NO)?\.?\s*0*(\d{{1,3}})(?:\.0+)?$", 1)
    kind = pl.coalesce(
        pl.when(pl.col(f"{field}_kind") > Kind.EMPTY).then(pl.col(f"{field}_kind")),
        pl.col("rt_kind"),
    )
    iso = text.str.extract_groups(r"^(\d{4})-(\d{2})-(\d{2})$")
    dated = pl.when(kind == Kind.DATE).then(iso.struct.field("3" if half == 0 else "2"))
    serial = pl.when((kind == Kind.NUMBER) & text.str.contains(r"^[3-6]\d{4}$")).then(text.cast(pl.Int32, strict=False))
    day = pl.lit(EPOCH) + pl.duration(
        days=serial + pl.when("_date_1904").then(DAYS_OF_1904).otherwise(0)
    )  # a date again, in a cell that shows it as a number
    from_date = pl.coalesce(dated, (day.dt.day() if half == 0 else day.dt.month()).cast(pl.String))
    only_rt = pl.lit(False) if half == 0 else pl.col("_rt_rw_joined") & paired.is_null() & (kind != Kind.DATE)
    single = pl.when(~only_rt).then(single)  # 003 in a column for both is the RT
    value = pl.coalesce(from_date, paired, single).str.zfill(3)
    value = pl.when(value != "000").then(value)
    raw = pl.col(f"{field}_raw")
    both = text.str.contains(r"\d\D+\d") & (kind != Kind.DATE)
    is_tidy = (raw == value) | (both & (pl.col("rt_raw") == pl.col("rw_raw")).fill_null(False))
    cell_text = pl.when(~(only_rt & value.is_null())).then(cell).alias(f"{field}_text")
    return [cell_text, value.alias(field), pl.when(cell.is_not_null() & ~is_tidy).then(value).alias(f"{field}_fixed")]
