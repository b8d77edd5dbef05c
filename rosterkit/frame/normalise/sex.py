"""Sex: L (laki-laki) or P (perempuan)."""

from __future__ import annotations

import polars as pl

from rosterkit.schema.spec import plain

_WORDS = {
    "L": (
        "L",
        "LK",
        "LL",
        "LAKI",
        "LAKI LAKI",
        "LAKI2",
        "LAKILAKI",
        "PRIA",
        "LELAKI",
        "1 LAKI LAKI",
        "M",
        "MALE",
    ),
    "P": ("P", "PR", "PP", "PEREMPUAN", "WANITA", "PRP", "2 PEREMPUAN", "W", "F", "FEMALE"),
}
_SEX_OF = {plain(word): sex for sex, words in _WORDS.items() for word in words}


def make_columns(field: str) -> list[pl.Expr]:
    """Return ``F`` (L or P) and ``F_fixed``, which is null: a sex written in full is no mistake."""
    word = pl.col(f"{field}_text").str.to_uppercase().str.replace_all(r"[^0-9A-Z]+", " ").str.strip_chars(" ")
    value = word.replace_strict(_SEX_OF, default=None, return_dtype=pl.String)
    return [value.alias(field), pl.lit(None, pl.String).alias(f"{field}_fixed")]
