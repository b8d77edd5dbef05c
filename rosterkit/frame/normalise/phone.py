"""Phone numbers: Indonesian, digits only, with 0 at the start. Of two in one cell the first counts."""

from __future__ import annotations

import polars as pl

_AMONG_WORDS = (
    r"^(?:[A-Za-z. ]*[\s:.\-]+)?(\+?\(?[0-9][0-9 .()\-_]*[0-9])(?:[\s(:;,\-–—][^0-9+xX*#•]*)?$"  # 0812... (anak)
)


def make_columns(field: str) -> list[pl.Expr]:
    """Return ``F`` (9 to 14 digits with 0 at the start, null where there is no such number) and ``F_fixed``."""
    first = pl.col(f"{field}_text").str.replace(r"\s*(?:[/;,&|]|\bDAN\b|\bATAU\b|\bdan\b|\batau\b)\s*[+0(68].*$", "")
    alone = first.str.extract(_AMONG_WORDS, 1)
    whole = (
        pl.when(first.str.contains("[A-Za-z]")).then(alone).otherwise(first).str.replace(r"^([1-9][0-9]+)\.0$", "$1")
    )  # a number cell that a program wrote as text
    digits = whole.str.replace_all(r"[\s.()\-_]", "").str.replace(r"^\+", "")
    local = (
        pl.when(digits.str.contains(r"^62[1-9][0-9]{7,12}$"))
        .then(digits.str.replace(r"^62", "0"))
        .when(digits.str.contains(r"^620[1-9][0-9]{7,12}$"))
        .then(digits.str.replace(r"^62", ""))
        .when(digits.str.contains(r"^8[0-9]{7,12}$"))
        .then(pl.concat_str(pl.lit("0"), digits))
        .otherwise(digits)
    )
    value = pl.when(local.str.contains(r"^0[1-9][0-9]{7,12}$")).then(local)
    fixed = pl.when(pl.col(f"{field}_raw") != value).then(value)
    return [value.alias(field), fixed.alias(f"{field}_fixed")]
