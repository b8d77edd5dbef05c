"""The columns that rules add to a frame before they judge."""

from __future__ import annotations

import polars as pl

from rosterkit.frame.name_keys import comparison_keys, initials
from rosterkit.rules import RULES
from rosterkit.rules.context import Context


def derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """A normalised frame with keys of names and the columns of rules."""
    keys = frame["name_key"] if "name_key" in frame.columns else comparison_keys(frame["name"])
    frame = frame.with_columns(name_key=keys, name_initials=initials(keys))
    if "_level" not in frame.columns:  # people who come from no file of a run
        frame = frame.with_columns(_level=pl.lit(None, pl.UInt8), replaced_by=pl.lit(None, pl.UInt32))
    if frame.is_empty():
        return frame
    for rule in RULES:
        if rule.cells is not None and rule.cells.derive is not None and rule.scope != "total":
            frame = rule.cells.derive(frame, context)
    return frame
