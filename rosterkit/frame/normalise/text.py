"""Free text: names, places, addresses. Only what is certainly no part of the text is taken away."""

from __future__ import annotations

import polars as pl

from rosterkit.model.cells import Kind

INVISIBLE = r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]"
SPACES = r"[\s\u00a0\u2000-\u200a\u202f\u3000]+"
_QUOTES = "'`´‘’\""
# What people write when there is nothing to write.
NOTHING = (
    r"(?i)^(?:[-–—_.,/?*]+|0+|n/?a|nihil|null|none|xx+|kosong|(?:nik|ktp|kk|no\.? ?hp)? ?(?:masih )?(?:menyusul|hilang"
    r"|(?:dalam )?proses|(?:tidak|tdk|belum|blm) (?:ada|punya|jadi|tahu|diketahui)))\.?$"
)
# A cell without any of this needs no cleaning; only what holds some is looked at closely.
_UNTIDY = r"[^ -~]|  |^[ '`\"]| $"


def cleaned(frame: pl.DataFrame, field: str) -> pl.Series:
    """``F_text``: the cell without invisible characters, doubled and outer spaces and a leading apostrophe."""
    raw, kind = frame[f"{field}_raw"], frame[f"{field}_kind"]
    text = raw.set(kind.is_in([Kind.ERROR, Kind.UNCALCULATED]), None)
    untidy = text.str.contains(_UNTIDY).fill_null(False)
    if untidy.any():
        text = text.clone().scatter(untidy.arg_true(), _tidied(text.filter(untidy)))
    says_nothing = (text.str.contains(NOTHING) | (text == "")).fill_null(False)
    return text.set(says_nothing, None).alias(f"{field}_text")


def _tidied(text: pl.Series) -> pl.Series:
    return (
        text.str.replace_all(INVISIBLE, "")
        .str.replace_all(SPACES, " ")
        .str.strip_chars_start(_QUOTES + " ")
        .str.strip_chars(" ")
    )


def columns(field: str) -> list[pl.Expr]:
    """``F`` is the cleaned text."""
    value = pl.col(f"{field}_text")
    return [value.alias(field), changed(field, value)]


def digit_columns(field: str) -> list[pl.Expr]:
    """``F`` is the cell's digits, such as a postal code; null where anything else is in it."""
    value = pl.col(f"{field}_text").str.replace(r"\.0+$", "").str.replace_all(r"[ .\-]", "")
    value = pl.when(value.str.contains(r"^[0-9]+$")).then(value)
    return [value.alias(field), changed(field, value)]


def changed(field: str, value: pl.Expr) -> pl.Expr:
    """``F_fixed``: the value where a text cell does not already say exactly that."""
    is_text = pl.col(f"{field}_kind") == Kind.TEXT
    return (
        pl.when(is_text & value.is_not_null() & (pl.col(f"{field}_raw") != value)).then(value).alias(f"{field}_fixed")
    )
