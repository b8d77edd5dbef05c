"""Money in rupiah: ``Rp 1.000.000``, ``1,000,000.00``, ``1000000``, ``1,5 juta``."""

from __future__ import annotations

import polars as pl


def make_columns(field: str) -> list[pl.Expr]:
    """Return ``F`` (whole rupiah, Int64, null where the cell holds no amount) and ``F_fixed``, which is null."""
    bare = pl.col(f"{field}_text").str.to_uppercase().str.replace_all(r"\s", "")
    text = bare.str.replace(r"^RP\.?", "").str.replace(r"(?:[.,]-)?(?:/BLN|/BULAN)?$", "")
    whole = text.str.replace(r"[.,]\d{1,2}$", "").str.replace_all(r"[.,]", "")
    plain = pl.when(text.str.contains(r"^\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?$|^\d+(?:[.,]\d{1,2})?$")).then(
        whole.cast(pl.Int64, strict=False)
    )
    millions = text.str.extract(r"^(\d{1,3}(?:[.,]\d{1,3})?)(?:JUTA|JT)$", 1).str.replace(",", ".", literal=True)
    thousands = text.str.extract(r"^(\d{1,4})(?:RIBU|RB)$", 1)
    value = pl.coalesce(
        plain,
        (millions.cast(pl.Float64, strict=False) * 1_000_000).round().cast(pl.Int64),
        thousands.cast(pl.Int64, strict=False) * 1000,
    )
    return [value.alias(field), pl.lit(None, pl.String).alias(f"{field}_fixed")]
