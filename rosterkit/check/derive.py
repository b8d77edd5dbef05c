"""The columns that rules add to a frame before they judge."""

from __future__ import annotations

import polars as pl

from rosterkit.frame.name_keys import comparison_keys, initials
from rosterkit.rules import RULES
from rosterkit.rules.context import Context


def derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """A normalised frame with keys of names and the columns of rules; what is known of files comes first."""
    keys = comparison_keys(frame["name"])
    frame = frame.with_columns(name_key=keys, name_initials=initials(keys))
    if "_level" not in frame.columns:
        frame = frame.with_columns(_level=pl.lit(None, pl.UInt8))
    if frame.is_empty():
        return frame.with_columns(copy_of=pl.lit(None, pl.UInt32))
    for rule in RULES:
        if rule.files is not None and rule.files.derive is not None:
            frame = rule.files.derive(frame, context)
    for rule in RULES:
        if rule.cells is not None and rule.cells.derive is not None and rule.scope != "total":
            frame = rule.cells.derive(frame, context)
    return frame
