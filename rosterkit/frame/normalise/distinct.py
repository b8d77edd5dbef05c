"""Computes each distinct value once: a column of 100,000 rows often holds a few hundred of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl


def map_distinct(
    frame: pl.DataFrame, keys: Sequence[pl.Expr], compute: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Apply a function to the distinct keys of a frame.

    Args:
        frame: the rows.
        keys: what ``compute`` reads; it must depend on nothing else.
        compute: gets one row for each distinct combination of keys, and returns one row for each of these.

    Returns:
        the columns of ``compute``, one row for each row of the frame, in its order.
    """
    keyed = frame.select(keys)
    distinct = keyed.unique(maintain_order=True)
    computed = compute(distinct)
    if len(distinct) == len(frame):
        return computed
    renamed = {column: f"key {column}" for column in keyed.columns}
    wide = pl.concat([distinct.rename(renamed), computed], how="horizontal")
    joined = keyed.rename(renamed).join(
        wide, on=list(renamed.values()), how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.select(computed.columns)
