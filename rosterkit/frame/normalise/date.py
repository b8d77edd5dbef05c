"""Dates as people write them: real dates, serial numbers, ``17-AGS-85``, ``Kediri, 17 Agustus 1985``.

Adds for each date field F: ``F_state`` (null, ``unreadable``: no date in it, ``impossible``: no such day, ``future``,
or ``old``: before 1900), ``F_rest`` (the text without the date: the place in a joined column), ``F_open`` (a text in
which day and month could be swapped), ``F_swapped`` (a real date cell with day and month swapped, where that is
exactly the NIK's date).
Day comes before month; where that is impossible, or where only the other way gives the NIK's date, they are swapped.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterkit.dates import DATE_FORMAT, DAYS_OF_1904
from rosterkit.frame.normalise.date_patterns import (
    DRESSES,
    ISO,
    MONTH_FIRST,
    MONTH_OF,
    NUMERIC,
    OTHER_DIGITS,
    ROMAN,
    ROMANS,
    TIME,
    WORDED,
)
from rosterkit.frame.normalise.distinct import map_distinct
from rosterkit.model.cells import Kind

_SIGNS = " ,;:/-–—.="  # that are no part of a place at its ends
_OLDEST = dt.date(1900, 1, 1)
EPOCH = dt.date(1899, 12, 30)  # Excel's day 0 for all dates after February 1900


def add_columns(frame: pl.DataFrame, field: str, today: dt.date) -> pl.DataFrame:
    """Add the typed columns of a date field; ``nik`` decides between day and month.

    Args:
        frame: with ``F_text``, ``F_kind``, ``_date_1904`` and ``nik``.
        field: the field.
        today: decides centuries and which dates are in the future.
    """
    keys = [pl.col(f"{field}_text"), pl.col(f"{field}_kind"), pl.col("_date_1904")]
    nik_digits = pl.col("nik").str.slice(6, 6).alias("_nik_digits")
    return frame.with_columns(
        map_distinct(frame, [*keys, nik_digits], lambda distinct: _make_columns(distinct, field, today))
    )


def _make_columns(frame: pl.DataFrame, field: str, today: dt.date) -> pl.DataFrame:
    """Return the columns for texts, kinds and ``_nik_digits`` (the six digits of the date in the NIK).

    Each step is a column: an expression that stands in several others is computed for each of them.
    """
    patterns = {"_worded": WORDED, "_month_first": MONTH_FIRST, "_roman": ROMAN, "_numeric": NUMERIC, "_iso": ISO}
    plain = _undress(pl.col(f"{field}_text"))
    frame = frame.with_columns(plain.str.to_uppercase().str.replace_all(TIME, "").alias("_upper"))
    frame = frame.with_columns(
        *(pl.col("_upper").str.extract_groups(text).alias(name) for name, text in patterns.items()),
        _remove_date(plain).str.strip_chars(_SIGNS).alias(f"{field}_rest"),
        _parse_serial().alias("_serial"),
        _six=pl.col("_upper").str.extract(r"^(\d{6})$", 1),
        _eight=pl.col("_upper").str.extract(r"^(\d{7,8})$", 1).str.zfill(8),
    )
    return _decide(_with_parts(frame, today), field, today)


def _undress(text: pl.Expr) -> pl.Expr:
    """Return a text with the usual digits and signs of a date, without words and hours around them."""
    text = text.str.replace_many([*OTHER_DIGITS], [*OTHER_DIGITS.values()])
    for pattern, plain in DRESSES:
        text = text.str.replace_all(pattern, plain)
    return text


def make_place_columns(place: str, date: str) -> list[pl.Expr]:
    """Return the place and its ``_fixed``; in a joined column of place and date (the same cell) it is the rest."""
    joined = (pl.col(f"{place}_kind") != Kind.ABSENT) & (pl.col(f"{place}_raw") == pl.col(f"{date}_raw"))
    joined = joined & (pl.col(f"{date}_rest") != pl.col(f"{place}_text"))
    rest = pl.when(pl.col(f"{date}_rest") != "").then(pl.col(f"{date}_rest"))
    tidy = pl.col(place).str.strip_chars(_SIGNS)
    tidy = pl.when(tidy != "").then(tidy)
    value = pl.when(joined).then(rest).otherwise(tidy)
    repaired = pl.coalesce(pl.when(tidy != pl.col(place)).then(tidy), f"{place}_fixed")
    fixed = pl.when(~joined.fill_null(False)).then(repaired)
    return [value.alias(place), fixed.alias(f"{place}_fixed")]


def _with_parts(frame: pl.DataFrame, today: dt.date) -> pl.DataFrame:
    """Add ``_day``, ``_month`` and ``_year`` (numbers, null without a date), and ``_year_first``."""

    def part(*sources: tuple[str, str]) -> pl.Expr:
        return pl.coalesce(pl.col(column).struct.field(name) for column, name in sources)

    word, roman = part(("_worded", "2"), ("_worded", "5"), ("_month_first", "1")), part(("_roman", "2"))
    frame = frame.with_columns(
        _six=_six_digits(frame),
        _backwards=pl.col("_eight").str.contains(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$"),
        _day=part(
            ("_iso", "3"), ("_worded", "1"), ("_worded", "4"), ("_month_first", "2"), ("_roman", "1"), ("_numeric", "1")
        ),
        _month=pl.coalesce(
            part(("_iso", "2")),
            word.replace_strict(MONTH_OF, default=None, return_dtype=pl.Int32).cast(pl.String),
            roman.replace_strict(ROMANS, default=None, return_dtype=pl.Int32).cast(pl.String),
            part(("_numeric", "2")),
        ),
        _year=part(
            ("_iso", "1"), ("_worded", "3"), ("_worded", "6"), ("_month_first", "3"), ("_roman", "3"), ("_numeric", "3")
        ),
    )
    eight, backwards = pl.col("_eight").str, pl.when("_backwards")
    frame = frame.with_columns(
        _day=pl.coalesce(
            "_day", pl.col("_six").str.slice(0, 2), backwards.then(eight.slice(6)).otherwise(eight.slice(0, 2))
        ),
        _month=pl.coalesce(
            "_month", pl.col("_six").str.slice(2, 2), backwards.then(eight.slice(4, 2)).otherwise(eight.slice(2, 2))
        ),
        _year=pl.coalesce(
            "_year", pl.col("_six").str.slice(4, 2), backwards.then(eight.slice(0, 4)).otherwise(eight.slice(4))
        ),
        _year_first=part(("_iso", "1")).is_not_null() | pl.col("_backwards").fill_null(False),
    )
    numbers = frame.select("_year_first", pl.col("_day", "_month", "_year").cast(pl.Int32, strict=False))
    century = pl.when(pl.col("_year") <= today.year % 100).then(2000).otherwise(1900)
    is_short = frame["_year"].str.len_chars() == 2
    years = numbers.select(pl.when(is_short).then(pl.col("_year") + century).otherwise("_year").alias("_year"))
    return frame.with_columns(*numbers.get_columns()).with_columns(*years.get_columns())


def _six_digits(frame: pl.DataFrame) -> pl.Series:
    """Return the six digits of ddmmyy: where the NIK has them too, or no other order of the same digits is a date."""
    digits = pl.col("_six")
    pairs = [
        digits.str.slice(at, 2).cast(pl.Int32, strict=False).alias(name) for at, name in ((0, "a"), (2, "b"), (4, "c"))
    ]
    own_day = pl.col("_nik_digits").str.slice(0, 2).cast(pl.Int32, strict=False).alias("own")
    parts = frame.select("_six", "_nik_digits", own_day, *pairs)
    first, second, third = pl.col("a"), pl.col("b"), pl.col("c")
    is_own_day = (pl.col("own") == first) | (pl.col("own") == first + 40)
    agrees = is_own_day & (pl.col("_nik_digits").str.slice(2) == digits.str.slice(2))
    year_first = second.is_between(1, 12) & third.is_between(1, 31)
    month_first = (first != second) & first.is_between(1, 12) & second.is_between(1, 31)
    sound = first.is_between(1, 31) & second.is_between(1, 12)
    return parts.select(
        pl.when(sound & (agrees.fill_null(False) | ~(year_first | month_first))).then(digits)
    ).to_series()


def _parse_serial() -> pl.Expr:
    """Return the date of Excel's day number, in a number cell or as text (10,000 is in 1927)."""
    number = pl.col("_upper").str.extract(r"^(\d{4,5})(?:\.\d+)?$", 1).cast(pl.Int32, strict=False)
    is_day = (number >= 2101) & (number < 73_051)  # 2100 and below is a year
    days = number.cast(pl.Int64) + pl.when("_date_1904").then(DAYS_OF_1904).otherwise(0)
    return pl.when(is_day).then(pl.lit(EPOCH) + pl.duration(days=days))


def _decide(frame: pl.DataFrame, field: str, today: dt.date) -> pl.DataFrame:
    """Return the columns of the field, by the parts of a date and ``_serial``."""
    months = (("_worded", "2"), ("_worded", "5"), ("_month_first", "1"), ("_roman", "2"))
    worded = pl.coalesce(pl.col(column).struct.field(name) for column, name in months)
    is_text = pl.col(f"{field}_kind") == Kind.TEXT
    frame = frame.with_columns(
        _is_open=is_text & worded.is_null() & ~pl.col("_year_first"),
        _by_nik=_is_nik_date_swapped(),
        _two_ways=(pl.col("_day") <= 12) & (pl.col("_month") <= 12) & (pl.col("_day") != pl.col("_month")),
        _year_fits=pl.col("_nik_digits").str.slice(4, 2).cast(pl.Int32, strict=False) == pl.col("_year") % 100,
    )
    is_month_first = (pl.col("_month") > 12) & (pl.col("_day") <= 12)
    frame = frame.with_columns(_swap=(pl.col("_is_open") & (is_month_first | pl.col("_by_nik"))).fill_null(False))
    frame = frame.with_columns(
        _first=pl.when("_swap").then("_month").otherwise("_day"),
        _second=pl.when("_swap").then("_day").otherwise("_month"),
    )
    frame = _with_date(frame, today)
    state = (
        pl.when(pl.col(f"{field}_text").is_null() | pl.col("_is_sound").fill_null(False))
        .then(None)
        .when(pl.col("_found") > today)
        .then(pl.lit("future"))
        .when(pl.col("_found") < _OLDEST)
        .then(pl.lit("old"))
        .when(pl.col("_is_clear") | pl.col("_has_serial"))
        .then(pl.lit("impossible"))
        .otherwise(pl.lit("unreadable"))
    )
    is_date = pl.col(f"{field}_kind") == Kind.DATE
    is_swapped = is_date & pl.col("_two_ways") & pl.col("_by_nik") & pl.col("_year_fits")
    is_fixed = (pl.col("_swap") | pl.col("_has_serial")) & pl.col("_is_sound")
    return frame.select(
        pl.when("_is_sound").then("_found").alias(field),
        state.alias(f"{field}_state"),
        (pl.col("_is_open") & pl.col("_two_ways") & pl.col("_is_sound")).fill_null(False).alias(f"{field}_open"),
        pl.date(pl.when(is_swapped).then("_year"), pl.col("_day"), pl.col("_month")).alias(f"{field}_swapped"),
        f"{field}_rest",
        pl.when(is_fixed).then(pl.col("_found").dt.strftime(DATE_FORMAT)).alias(f"{field}_fixed"),
    )


def _with_date(frame: pl.DataFrame, today: dt.date) -> pl.DataFrame:
    """Add ``_found`` (the date, null where there is no such day), ``_is_clear``, ``_is_sound`` and ``_has_serial``."""
    frame = frame.with_columns(_is_clear=_is_clearly_a_date())
    text = pl.concat_str("_year", "_second", "_first", separator="-")
    made = pl.when("_is_clear").then(text.str.to_date("%Y-%m-%d", strict=False))
    frame = frame.with_columns(_found=pl.coalesce(made, "_serial"))
    found = pl.col("_found")
    is_sound = found.is_not_null() & (found >= _OLDEST) & (found <= today)
    return frame.with_columns(_is_sound=is_sound, _has_serial=pl.col("_serial").is_not_null())


def _is_nik_date_swapped() -> pl.Expr:
    """Whether day and month of the NIK are month and day of the date."""
    day = pl.col("_nik_digits").str.slice(0, 2).cast(pl.Int32, strict=False)
    day = pl.when(day > 40).then(day - 40).otherwise(day)
    month = pl.col("_nik_digits").str.slice(2, 2).cast(pl.Int32, strict=False)
    can_swap = (pl.col("_day") <= 12) & (pl.col("_day") != pl.col("_month"))
    return can_swap & (day == pl.col("_month")) & (month == pl.col("_day"))


def _is_clearly_a_date() -> pl.Expr:
    """Whether a text has day, month and year, and no other digits."""
    rest = pl.col("_upper")
    for pattern in (WORDED, MONTH_FIRST, ROMAN, ISO, NUMERIC):
        rest = rest.str.replace(pattern, "")
    has_parts = pl.col("_year").is_not_null() & (pl.col("_first") > 0) & (pl.col("_second") > 0)
    return has_parts & ~rest.str.replace(r"^\d{6,8}$", "").str.contains(r"\d")


def _remove_date(text: pl.Expr) -> pl.Expr:
    """Remove date and time from a text."""
    for pattern in (TIME, WORDED, MONTH_FIRST, ROMAN, ISO, NUMERIC):
        text = text.str.replace(f"(?i){pattern}", "")
    return text
