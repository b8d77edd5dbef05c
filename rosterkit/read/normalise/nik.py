"""NIK and KK numbers: 16 digits, only ever trusted when they were typed as text.

Adds for each field F: ``F_digits`` (the text without spaces, quotes and separators; what it is judged by),
``F_scientific`` (typed as a number, or as ``3,57E+15``: the last digit is gone).
For the NIK also ``nik_date`` (the birth date it holds, null when no such date exists), ``nik_day``,
``nik_month`` and ``nik_female``,
and ``nik_beside_numbers`` (others of its column were typed as numbers). Source of the layout: PP 37/2007 art. 37.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterkit.model import Kind
from rosterkit.read.normalise.text import changed

_AROUND = r"[\s\u00a0\u2000-\u200f\u202a-\u202f\u2060\ufeff'`´‘’\"]"
_SCIENTIFIC = r"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{2}$"


def columns(field: str) -> list[pl.Expr]:
    """The typed columns of a number of 16 digits."""
    bare = pl.col(f"{field}_text").str.replace_all(_AROUND, "")
    whole = bare.str.replace(r"^([0-9]{16})[.,]0+$", "$1")
    digits = whole.str.replace_all(r"[.\-_/\\,:;|]", "")
    numeric = pl.col(f"{field}_kind") == Kind.NUMBER
    scientific = (numeric & (digits.str.len_chars() >= 16)) | whole.str.contains(_SCIENTIFIC)
    value = pl.when(digits.str.contains(r"^[0-9]{16}$") & ~scientific & ~numeric).then(digits)
    return [
        digits.alias(f"{field}_digits"),
        scientific.alias(f"{field}_scientific"),
        value.alias(field),
        changed(field, value),
    ]


def birth_columns(today: dt.date) -> list[pl.Expr]:
    """What the NIK says of birth and sex; the century comes from the birth date where there is one."""
    nik = pl.col("nik")
    day = nik.str.slice(6, 2).cast(pl.Int32, strict=False)
    female = day > 40
    month = nik.str.slice(8, 2)
    short = nik.str.slice(10, 2).cast(pl.Int32, strict=False)
    real_day = pl.when(female).then(day - 40).otherwise(day)
    told = pl.col("birth_date").dt.year()
    guess = pl.when(short <= today.year % 100).then(short + 2000).otherwise(short + 1900)
    year = pl.when((told % 100) == short).then(told).otherwise(guess)
    in_year = _date(year, month, real_day)
    other = _date(pl.when(year >= 2000).then(year - 100).otherwise(year + 100), month, real_day)
    possible = pl.coalesce(
        pl.when(in_year <= today).then(in_year),
        pl.when((other <= today) & ((short % 4 == 0) | (in_year > today))).then(other),
    )
    lost = pl.col("nik_scientific").fill_null(False)
    return [
        possible.alias("nik_date"),
        (lost.any().over("_table") & ~lost).alias("nik_beside_numbers"),
        real_day.alias("nik_day"),
        month.cast(pl.Int32, strict=False).alias("nik_month"),
        female.alias("nik_female"),
    ]


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The date, or null where the calendar has none."""
    text = pl.concat_str([year.cast(pl.String), month, day.cast(pl.String).str.zfill(2)], separator="-")
    return text.str.to_date("%Y-%m-%d", strict=False)
