"""The rows that a finding is also about: the first ones with their persons, and how many there are."""

from __future__ import annotations

import polars as pl

from rosterkit.rules.alike import RELATED, equal_rows
from rosterkit.rules.base import Cells

_NAMES = ("people", "numbers")


def add_partners(
    frame: pl.DataFrame, rows: pl.DataFrame, found: pl.DataFrame, cells: Cells, persons: pl.DataFrame
) -> pl.DataFrame:
    """Add to findings the rows that each is also about: ``partners``, ``people``, ``numbers`` and ``others``.

    Args:
        frame: the people of whole files.
        rows: the rows at which a rule failed.
        found: their findings, row by row, with ``holds``.
        cells: how the rule judges.
        persons: ``_id``, ``name`` and ``_number`` of the rows of other files that may be named.
    """
    if cells.partners:
        partners, count = rows[cells.partners], f"{cells.partners}_count"
        others = rows[count] if count in rows.columns else partners.list.len()
        found = found.with_columns(partners=partners.list.head(RELATED), others=others)
        return found.with_columns(_people_of(persons, found["partners"]))
    if cells.together:
        found = found.with_columns(partners=pl.col("holds").list.head(RELATED), others=pl.col("holds").list.len())
    elif cells.same:
        equal = equal_rows(frame, rows, cells.same, False, "partners")
        found = found.with_columns(partners=equal["partners"], others=equal["partners_count"])
    else:
        nothing = {"partners": pl.lit(None, pl.List(pl.UInt64)), "others": pl.lit(None, pl.UInt32)}
        return found.with_columns(pl.lit(None, pl.List(pl.String)).alias(name) for name in _NAMES).with_columns(
            **nothing
        )
    return found.with_columns(_people_of(frame, found["partners"]))


def _people_of(persons: pl.DataFrame, partners: pl.Series) -> list[pl.Series]:
    """The persons of lists of rows (``people``), and their numbers (``numbers``)."""
    lists = pl.DataFrame({"partners": partners}).with_row_index("at")
    known = persons.select(partners="_id", people="name", numbers="_number")
    long = lists.explode("partners").join(known, on="partners", how="left", maintain_order="left")
    return long.group_by("at", maintain_order=True).agg(*_NAMES).select(_NAMES).get_columns()
