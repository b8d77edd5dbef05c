"""NIK and KK numbers: 16 digits, trusted only where they were typed as text.

Adds for each field F: ``F_digits`` (the text without spaces, quotes and separators, which the rules judge),
``F_scientific`` (typed as a number, or as ``3,57E+15``: the last digit is lost).
For the NIK also ``nik_date`` (its birth date, null where no such date exists), ``nik_day``, ``nik_month`` and
``nik_female``, and ``nik_beside_numbers`` (other cells of its column were typed as numbers). Source of the layout:
PP 37/2007 art. 37.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

import polars as pl

from rosterkit.frame.normalise.distinct import map_distinct
from rosterkit.frame.normalise.text import make_fixed
from rosterkit.model.cells import Kind

_AROUND = r"[\s\u00a0\u2000-\u200f\u202a-\u202f\u2060\ufeff'`´‘’\"]"
_SEPARATORS = r".\-_/\\,:;|‐‑‒–—−"
_SCIENTIFIC = r"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{2}$"


def add_columns(frame: pl.DataFrame, field: str, labels: Collection[str] = ()) -> pl.DataFrame:
    """Add the typed columns of a number of 16 digits; only texts that are not exactly 16 digits are computed.

    Args:
        frame: with ``F_raw``, ``F_kind`` and ``F_text``.
        field: the field.
        labels: words that may stand before or behind the number.
    """
    text, kind = frame[f"{field}_text"], frame[f"{field}_kind"]
    is_plain = (text.str.contains(r"^[0-9]{16}$") & (kind == Kind.TEXT)).fill_null(False)
    columns = {
        f"{field}_digits": text,
        f"{field}_scientific": text.is_null().replace_strict(True, None, default=False, return_dtype=pl.Boolean),
        field: text,
        f"{field}_fixed": text.set(frame[f"{field}_raw"] == text, None),
    }
    rest = (~is_plain & text.is_not_null()).arg_true()
    if rest.is_empty():
        return frame.with_columns(values.alias(name) for name, values in columns.items())
    inputs = [f"{field}_raw", f"{field}_kind", f"{field}_text"]
    computed = frame[rest].select(inputs).select(_make_columns(field, labels))
    return frame.with_columns(
        values.clone().scatter(rest, computed[name]).alias(name) for name, values in columns.items()
    )


def _make_columns(field: str, labels: Collection[str]) -> list[pl.Expr]:
    bare = _without_labels(pl.col(f"{field}_text").str.replace_all(_AROUND, ""), labels)
    whole = bare.str.replace(r"^([0-9]{16})[.,]0+$", "$1")
    digits = whole.str.replace_all(rf"[{_SEPARATORS}]", "")
    numeric = pl.col(f"{field}_kind") == Kind.NUMBER
    scientific = (numeric & (digits.str.len_chars() >= 16)) | whole.str.contains(_SCIENTIFIC)
    value = pl.when(digits.str.contains(r"^[0-9]{16}$") & ~scientific & ~numeric).then(digits)
    return [
        digits.alias(f"{field}_digits"),
        scientific.alias(f"{field}_scientific"),
        value.alias(field),
        make_fixed(field, value),
    ]


def _without_labels(text: pl.Expr, labels: Collection[str]) -> pl.Expr:
    """The number of a cell without the words and signs around it; the cell where anything else stands there."""
    words = "|".join(re.escape(label.replace(" ", "")) for label in sorted(labels, key=len, reverse=True))
    words = rf"(?:(?:{words})[^A-Z0-9]*)*" if words else ""
    number = text.str.extract(rf"(?i)^[^A-Z0-9]*{words}([0-9][0-9{_SEPARATORS}]*)[^A-Z0-9]*{words}$", 1)
    return pl.coalesce(number, text)


def add_birth_columns(frame: pl.DataFrame, today: dt.date) -> pl.DataFrame:
    """Add birth date and sex by the NIK; the century comes from the birth date where there is one."""
    is_lost = pl.col("nik_scientific").fill_null(False)
    keys = [pl.col("nik").str.slice(6, 6).alias("birth_digits"), pl.col("birth_date").dt.year().alias("year")]
    birth = map_distinct(frame, keys, lambda distinct: _make_birth_columns(distinct, today))
    return frame.with_columns(birth).with_columns(
        nik_beside_numbers=is_lost.any().over("_file", "_table") & ~is_lost,
    )


def _make_birth_columns(frame: pl.DataFrame, today: dt.date) -> pl.DataFrame:
    """Return the columns for ``birth_digits`` (the date in a NIK, six digits) and ``year`` (of the birth date)."""
    digits = pl.col("birth_digits")
    day = digits.str.slice(0, 2).cast(pl.Int32, strict=False)
    female = day > 40
    month = digits.str.slice(2, 2)
    short = digits.str.slice(4, 2).cast(pl.Int32, strict=False)
    real_day = pl.when(female).then(day - 40).otherwise(day)
    written = pl.col("year")
    guess = pl.when(short <= today.year % 100).then(short + 2000).otherwise(short + 1900)
    year = pl.when((written % 100) == short).then(written).otherwise(guess)
    frame = frame.with_columns(
        in_year=_date(year, month, real_day),
        other=_date(pl.when(year >= 2000).then(year - 100).otherwise(year + 100), month, real_day),
    )
    in_year, other = pl.col("in_year"), pl.col("other")
    possible = pl.coalesce(
        pl.when(in_year <= today).then(in_year),
        pl.when((other <= today) & ((short % 4 == 0) | (in_year > today))).then(other),
    )
    return frame.select(
        possible.alias("nik_date"),
        real_day.alias("nik_day"),
        month.cast(pl.Int32, strict=False).alias("nik_month"),
        female.alias("nik_female"),
    )


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Return the date; null where there is no such date."""
    text = pl.concat_str([year.cast(pl.String), month, day.cast(pl.String).str.zfill(2)], separator="-")
    return text.str.to_date("%Y-%m-%d", strict=False)
