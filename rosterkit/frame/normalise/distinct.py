"""Work on each different value once: a column of 100,000 rows often holds a few hundred of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl


def on_distinct(
    frame: pl.DataFrame, keys: Sequence[pl.Expr], compute: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """The columns that ``compute`` makes of the distinct keys, one row for each row of the frame.

    ``compute`` gets the keys under their names and must depend on nothing else.
    """
    keyed = frame.select(keys)
    distinct = keyed.unique(maintain_order=True)
    made = compute(distinct)
    if len(distinct) == len(frame):
        return made
    named = {column: f"key {column}" for column in keyed.columns}
    wide = pl.concat([distinct.rename(named), made], how="horizontal")
    joined = keyed.rename(named).join(
        wide, on=list(named.values()), how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.select(made.columns)
