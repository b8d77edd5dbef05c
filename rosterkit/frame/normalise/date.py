"""Dates as people write them: real dates, serial numbers, ``17-AGS-85``, ``Kediri, 17 Agustus 1985``.

Adds for each date field F: ``F_state`` (null, ``unreadable``: no date in it, or ``impossible``: a day that the
calendar does not have, the future, before 1900), ``F_rest`` (the text beside the date: the place in a joined column),
``F_open`` (a text in which day and month could be swapped), ``F_swapped`` (what a real date cell would be with day
and month swapped, where that is exactly the NIK's date).
Day comes before month; where that is impossible, or where only the other way gives the NIK's date, they are swapped.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterkit.frame.normalise.distinct import on_distinct
from rosterkit.model.cells import Kind

_MONTHS = {
    1: "JANUARI JANUARY JAN",
    2: "FEBRUARI PEBRUARI FEBRUARY FEB PEB FEBUARI PEBUARI",
    3: "MARET MARCH MAR MRT",
    4: "APRIL APR",
    5: "MEI MAY",
    6: "JUNI JUNE JUN",
    7: "JULI JULY JUL",
    8: "AGUSTUS AUGUST AGT AGS AGUST AUG AGU AGTS AGSTS",
    9: "SEPTEMBER SEP SEPT",
    10: "OKTOBER OCTOBER OKT OCT",
    11: "NOVEMBER NOPEMBER NOV NOP",
    12: "DESEMBER DECEMBER DES DEC",
}
_MONTH_OF = {word: month for month, words in _MONTHS.items() for word in words.split()}
_NAMES = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_SEP = r"[\s./,\\\-'’]*"
_WORDED = rf"\b(\d{{1,2}}){_SEP}({_NAMES})\b{_SEP}(\d{{4}}|\d{{2}})\b|\b(\d{{1,2}}){_SEP}({_NAMES})(\d{{4}}|\d{{2}})\b"
_NUMERIC = r"\b(\d{1,2})\s*[./,\\\- ]\s*(\d{1,2})\s*[./,\\\- ]\s*(\d{4}|\d{2})\b"
_ISO = r"\b(\d{4})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{1,2})\b"
_TIME = r"(?:\s*T|\s*\b)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?\b"
_AGE = r"\(?\s*\b\d{1,3}\s*(?:TH|THN|TAHUN)\b\.?\s*\)?$"
EPOCH = dt.date(1899, 12, 30)  # Excel's day 0 for all dates after February 1900


def add_columns(frame: pl.DataFrame, field: str, today: dt.date) -> pl.DataFrame:
    """Type a date field; needs ``nik`` beside it to decide between day and month."""
    keys = [pl.col(f"{field}_{part}") for part in ("text", "kind")]
    told = pl.col("nik").str.slice(6, 6).alias("_told")
    return frame.with_columns(on_distinct(frame, [*keys, told], lambda distinct: _columns(distinct, field, today)))


def _columns(frame: pl.DataFrame, field: str, today: dt.date) -> pl.DataFrame:
    """The columns of the field for texts, kinds and ``_told``, the six digits of the date in the NIK."""
    upper = pl.col(f"{field}_text").str.to_uppercase().str.replace_all(_TIME, "").str.replace(_AGE, "")
    worded, numeric, iso = (upper.str.extract_groups(pattern) for pattern in (_WORDED, _NUMERIC, _ISO))
    frame = frame.with_columns(upper.alias("_u"), worded.alias("_w"), numeric.alias("_n"), iso.alias("_i"))
    frame = frame.with_columns(*_parts(today), _serial().alias("_serial"))
    return _typed(frame, field, today)


def place_columns(place: str, date: str) -> list[pl.Expr]:
    """The place from a joined column of place and date (both fields then hold the same cell)."""
    joined = (pl.col(f"{place}_kind") != Kind.ABSENT) & (pl.col(f"{place}_raw") == pl.col(f"{date}_raw"))
    joined = joined & (pl.col(f"{date}_rest") != pl.col(f"{place}_text"))
    rest = pl.when(pl.col(f"{date}_rest") != "").then(pl.col(f"{date}_rest"))
    value = pl.when(joined).then(rest).otherwise(pl.col(place))
    fixed = pl.when(~joined.fill_null(False)).then(pl.col(f"{place}_fixed"))
    return [value.alias(place), fixed.alias(f"{place}_fixed")]


def _parts(today: dt.date) -> list[pl.Expr]:
    """Day, month and year as numbers, however they are written; null where no date is found."""

    def part(*sources: tuple[str, str]) -> pl.Expr:
        return pl.coalesce(pl.col(column).struct.field(name) for column, name in sources)

    word = part(("_w", "2"), ("_w", "5"))
    day = part(("_i", "3"), ("_w", "1"), ("_w", "4"), ("_n", "1"))
    month = pl.coalesce(
        pl.col("_i").struct.field("2"),
        word.replace_strict(_MONTH_OF, default=None, return_dtype=pl.Int32).cast(pl.String),
        pl.col("_n").struct.field("2"),
    )
    year = part(("_i", "1"), ("_w", "3"), ("_w", "6"), ("_n", "3"))
    compact = pl.col("_u").str.extract(r"^(\d{7,8})$", 1).str.zfill(8)
    backwards = compact.str.contains(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
    day = pl.coalesce(day, pl.when(backwards).then(compact.str.slice(6, 2)).otherwise(compact.str.slice(0, 2)))
    month = pl.coalesce(month, pl.when(backwards).then(compact.str.slice(4, 2)).otherwise(compact.str.slice(2, 2)))
    year = pl.coalesce(year, pl.when(backwards).then(compact.str.slice(0, 4)).otherwise(compact.str.slice(4, 4)))
    number = year.cast(pl.Int32, strict=False)
    short = year.str.len_chars() == 2
    full = (
        pl.when(short).then(number + pl.when(number <= today.year % 100).then(2000).otherwise(1900)).otherwise(number)
    )
    return [
        (pl.col("_i").struct.field("1").is_not_null() | backwards.fill_null(False)).alias("_year_first"),
        day.cast(pl.Int32, strict=False).alias("_d"),
        month.cast(pl.Int32, strict=False).alias("_m"),
        full.alias("_y"),
    ]


def _serial() -> pl.Expr:
    """Excel's day number, as a number cell or as text (10,000 is in 1927)."""
    number = pl.col("_u").str.extract(r"^(\d{4,5})(?:\.\d+)?$", 1).cast(pl.Int32, strict=False)
    is_day = (number >= 2101) & (number < 73_051)  # 2100 and below is a year
    return pl.when(is_day).then(pl.lit(EPOCH) + pl.duration(days=number.cast(pl.Int64)))


def _typed(frame: pl.DataFrame, field: str, today: dt.date) -> pl.DataFrame:
    nik_day = pl.col("_told").str.slice(0, 2).cast(pl.Int32, strict=False)
    nik_day = pl.when(nik_day > 40).then(nik_day - 40).otherwise(nik_day)
    nik_month = pl.col("_told").str.slice(2, 2).cast(pl.Int32, strict=False)
    worded = pl.coalesce(pl.col("_w").struct.field("2"), pl.col("_w").struct.field("5")).is_not_null()
    is_text = pl.col(f"{field}_kind") == Kind.TEXT
    open_order = is_text & ~worded & ~pl.col("_year_first")
    by_nik = (
        (pl.col("_d") <= 12) & (pl.col("_d") != pl.col("_m")) & (nik_day == pl.col("_m")) & (nik_month == pl.col("_d"))
    )
    swap = (open_order & (((pl.col("_m") > 12) & (pl.col("_d") <= 12)) | by_nik)).fill_null(False)
    day = pl.when(swap).then("_m").otherwise("_d")
    month = pl.when(swap).then("_d").otherwise("_m")
    rest = pl.col("_u").str.replace(_WORDED, "").str.replace(_ISO, "").str.replace(_NUMERIC, "")
    has_parts = pl.col("_y").is_not_null() & (day > 0) & (month > 0)
    clear = has_parts & ~rest.str.replace(r"^\d{7,8}$", "").str.contains(r"\d")
    text = pl.concat_str([pl.col("_y").cast(pl.String), month.cast(pl.String), day.cast(pl.String)], separator="-")
    found = pl.coalesce(pl.when(clear).then(text.str.to_date("%Y-%m-%d", strict=False)), pl.col("_serial"))
    sound = found.is_not_null() & (found >= dt.date(1900, 1, 1)) & (found <= today)
    said = pl.col(f"{field}_text").is_not_null()
    state = (
        pl.when(~said)
        .then(None)
        .when(sound)
        .then(None)
        .when(clear | pl.col("_serial").is_not_null())
        .then(pl.lit("impossible"))
        .otherwise(pl.lit("unreadable"))
    )
    two_ways = (pl.col("_d") <= 12) & (pl.col("_m") <= 12) & (pl.col("_d") != pl.col("_m"))
    year_fits = pl.col("_told").str.slice(4, 2).cast(pl.Int32, strict=False) == pl.col("_y") % 100
    is_swapped = (pl.col(f"{field}_kind") == Kind.DATE) & two_ways & by_nik & year_fits
    other_way = pl.date(pl.when(is_swapped).then("_y"), pl.col("_d"), pl.col("_m"))
    place = pl.col(f"{field}_text").str.replace(f"(?i){_TIME}", "")
    for pattern in (_WORDED, _ISO, _NUMERIC):
        place = place.str.replace(f"(?i){pattern}", "")
    swapped = (swap & sound) | (pl.col("_serial").is_not_null() & sound)
    return frame.select(
        pl.when(sound).then(found).alias(field),
        state.alias(f"{field}_state"),
        (open_order & two_ways & sound).fill_null(False).alias(f"{field}_open"),
        other_way.alias(f"{field}_swapped"),
        place.str.strip_chars(" ,./-:").alias(f"{field}_rest"),
        pl.when(swapped).then(found.dt.strftime("%d-%m-%Y")).alias(f"{field}_fixed"),
    )
