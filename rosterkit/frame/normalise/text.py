"""Free text: names, places, addresses. Only what is certainly no part of the text is removed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from rosterkit.model.cells import Kind

_INVISIBLE = r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]"
_SPACES = r"[\s\u00a0\u2000-\u200a\u202f\u3000]+"
_QUOTES = "'`´‘’\""
# Placeholders: what people write in a cell that should be empty.
_PLACEHOLDER = (
    r"(?i)^(?:[-–—_.,/?*\"'“”〃 ]+|0+|n/?a|nihil|null|none|xx+|kosong|(?:nik|ktp|kk|no\.? ?hp)? ?(?:masih )?"
    r"(?:menyusul|hilang|(?:dalam )?proses|(?:tidak|tdk|belum|blm) (?:ada|punya|jadi|tahu|diketahui)))\.?$"
)
# In front of a name or behind it, and no part of it: the row's number, the sex.
_BESIDE_NAME = r"(?i)^[0-9]{1,4}\s*[.)]\s*(\p{L})|\s*\((?:L|P|LK|PR|laki[ -]?laki|perempuan)\)$"
# A cell without any of these characters needs no cleaning.
_UNTIDY = r"[^ -~]|  |^[ '`\"]| $"
# Signs of a word that is spelled with them; the class of all signs that Unicode has takes 50 ms to be compiled.
_SIGNS = r"[-–—_ .,:;/\\'\"“”‘’`´()=*+]"


def clean_texts(frame: pl.DataFrame, fields: Sequence[str], ditto: Collection[str] = ()) -> pl.DataFrame:
    """Return ``F_text`` of each field: the cell without invisible characters, doubled and outer spaces and a leading
    apostrophe.

    Args:
        frame: with ``F_raw`` and ``F_kind``.
        fields: the fields.
        ditto: words that say "as above": nobody else's value is taken for them.
    """
    kinds = frame.select(pl.col(f"{field}_kind").alias(field) for field in fields)
    unread = kinds.select(pl.all().is_in([Kind.ERROR, Kind.UNCALCULATED]))
    texts = _empty(frame.select(pl.col(f"{field}_raw").alias(field) for field in fields), unread)
    untidy = texts.select(pl.all().str.contains(_UNTIDY).fill_null(False))
    any_untidy = untidy.select(pl.all().any()).row(0, named=True)
    for field in (field for field in fields if any_untidy[field]):  # a column as a whole would cost ten times as much
        text, rows = texts[field], untidy[field]
        texts = texts.with_columns(text.clone().scatter(rows.arg_true(), _tidy(text.filter(rows))))
    nothing = f"{_PLACEHOLDER}|{ditto_pattern(ditto)}" if ditto else _PLACEHOLDER
    is_nothing = texts.select((pl.all().str.contains(nothing) | (pl.all() == "")).fill_null(False))
    return _empty(texts, is_nothing).select(pl.all().name.suffix("_text"))


def _empty(texts: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Return texts without some cells; a column that has none of them is not copied."""
    return texts.with_columns(
        pl.when(~cells[name]).then(name).alias(name) for name in texts.columns if cells[name].any()
    )


def ditto_pattern(words: Collection[str]) -> str:
    """Return a pattern for cells that say "as above": ditto marks, or one of some words with any signs in it."""
    spelled = (f"{_SIGNS}*".join(word.replace(" ", "")) for word in sorted(words))
    return rf"(?i)^[-–—_ ]*[\"“”〃][-–—_\"“”〃 ]*$|^{_SIGNS}*(?:{'|'.join(spelled)}){_SIGNS}*$"


def _tidy(text: pl.Series) -> pl.Series:
    return (
        text.str.replace_all(_INVISIBLE, "")
        .str.replace_all(_SPACES, " ")
        .str.strip_chars_start(_QUOTES + " ")
        .str.strip_chars(" ")
    )


def without_number_and_sex(field: str) -> pl.Expr:
    """Return ``F_text`` of a name without a number in front of it and a sex in brackets behind it."""
    text = pl.col(f"{field}_text")
    bare = text.str.replace_all(_BESIDE_NAME, "${1}")
    return pl.when(bare.str.contains(r"\p{L}")).then(bare).otherwise(text).alias(f"{field}_text")


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
