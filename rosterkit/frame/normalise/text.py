"""Free text: names, places, addresses. Only what is certainly no part of the text is removed."""

from __future__ import annotations

import polars as pl

from rosterkit.model.cells import Kind

_INVISIBLE = r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]"
_SPACES = r"[\s\u00a0\u2000-\u200a\u202f\u3000]+"
_QUOTES = "'`´‘’\""
# Placeholders: what people write in a cell that should be empty.
_PLACEHOLDER = (
    r"(?i)^(?:[-–—_.,/?*]+|0+|n/?a|nihil|null|none|xx+|kosong|(?:nik|ktp|kk|no\.? ?hp)? ?(?:masih )?(?:menyusul|hilang"
    r"|(?:dalam )?proses|(?:tidak|tdk|belum|blm) (?:ada|punya|jadi|tahu|diketahui)))\.?$"
)
# A cell without any of these characters needs no cleaning.
_UNTIDY = r"[^ -~]|  |^[ '`\"]| $"


def clean_text(frame: pl.DataFrame, field: str) -> pl.Series:
    """Return ``F_text``: the cell without invisible characters, doubled and outer spaces and a leading apostrophe."""
    raw, kind = frame[f"{field}_raw"], frame[f"{field}_kind"]
    text = raw.set(kind.is_in([Kind.ERROR, Kind.UNCALCULATED]), None)
    is_untidy = text.str.contains(_UNTIDY).fill_null(False)
    if is_untidy.any():
        text = text.clone().scatter(is_untidy.arg_true(), _tidy(text.filter(is_untidy)))
    is_nothing = (text.str.contains(_PLACEHOLDER) | (text == "")).fill_null(False)
    return text.set(is_nothing, None).alias(f"{field}_text")


def _tidy(text: pl.Series) -> pl.Series:
    return (
        text.str.replace_all(_INVISIBLE, "")
        .str.replace_all(_SPACES, " ")
        .str.strip_chars_start(_QUOTES + " ")
        .str.strip_chars(" ")
    )


def make_columns(field: str) -> list[pl.Expr]:
    """Return ``F`` (the cleaned text) and ``F_fixed``."""
    value = pl.col(f"{field}_text")
    return [value.alias(field), make_fixed(field, value)]


def make_digit_columns(field: str) -> list[pl.Expr]:
    """Return ``F`` (the digits of the cell, null where it holds anything else) and ``F_fixed``."""
    value = pl.col(f"{field}_text").str.replace(r"\.0+$", "").str.replace_all(r"[ .\-]", "")
    value = pl.when(value.str.contains(r"^[0-9]+$")).then(value)
    return [value.alias(field), make_fixed(field, value)]


def make_fixed(field: str, value: pl.Expr) -> pl.Expr:
    """Return ``F_fixed``: the value where a text cell holds something else."""
    is_text = pl.col(f"{field}_kind") == Kind.TEXT
    return (
        pl.when(is_text & value.is_not_null() & (pl.col(f"{field}_raw") != value)).then(value).alias(f"{field}_fixed")
    )
