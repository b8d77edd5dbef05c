"""The columns that rules add to a frame before they judge."""

from __future__ import annotations

import polars as pl

from rosterkit.rules import RULES
from rosterkit.rules.context import Context


def derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """People of whole files with the columns of rules; those that other files tell are there (see ``check.across``)."""
    if frame.is_empty():
        return frame
    for rule in RULES:
        if rule.cells is not None and rule.cells.derive is not None and rule.scope != "total":
            frame = rule.cells.derive(frame, context)
    return frame
