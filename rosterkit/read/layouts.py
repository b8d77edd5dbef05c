"""Reads values that stand in several columns, or in half of a cell."""

from __future__ import annotations

from rosterkit.model.roster import Table
from rosterkit.read.headers import Labels, Vocabulary
from rosterkit.schema.spec import RosterSpec


def derive_values(table: Table, labels: Labels, spec: RosterSpec, vocabulary: Vocabulary) -> Table:
    """Return a table with the values that its cells do not hold as they stand."""
    return table
