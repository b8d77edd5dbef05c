"""Everybody of a run, as what is asked across its files sees them, wherever they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

import polars as pl

from rosterkit.rules.base import Across
from rosterkit.rules.context import Context

Given = TypeVar("Given")


class Rows(Protocol):
    """Everybody of a run, or some of them, with the columns of ``check.across.READS``; never all at once at hand."""

    def without(self, column: str, values: pl.Series) -> Rows:
        """Those who have none of some values in ``_id`` or ``_file``."""

    def pick(
        self, work: Callable[[pl.DataFrame, Given], pl.DataFrame], given: Given, columns: Sequence[str]
    ) -> pl.DataFrame:
        """What is told by the rows of whole files, in the order of the files.

        Args:
            work: a function of a module, from the rows of some files to a frame.
            given: what else it takes.
            columns: that it reads.
        """

    def by_key(self, across: Across, context: Context) -> list[pl.DataFrame]:
        """What ``across`` finds, each time among all rows of some of its keys (``check.across`` brings it together)."""


class AtHand:
    """Rows that are at hand.

    Args:
        frame: they, in the order of the files.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def without(self, column: str, values: pl.Series) -> Rows:
        """See ``Rows``."""
        return AtHand(leave_out(self._frame, column, values))

    def pick(
        self, work: Callable[[pl.DataFrame, Given], pl.DataFrame], given: Given, columns: Sequence[str]
    ) -> pl.DataFrame:
        """See ``Rows``."""
        return work(self._frame.select(columns), given)

    def by_key(self, across: Across, context: Context) -> list[pl.DataFrame]:
        """See ``Rows``."""
        return [across.find(self._frame, across.keys(context), context)]


def leave_out(rows: pl.DataFrame, column: str, values: pl.Series) -> pl.DataFrame:
    """The rows that have none of some values."""
    return rows.filter(~pl.col(column).is_in(values.implode())) if len(values) else rows


def with_values(rows: pl.DataFrame, given: tuple[str, pl.Series]) -> pl.DataFrame:
    """The rows with one of some values in a column (for ``Rows.pick``)."""
    column, values = given
    return rows.filter(pl.col(column).is_in(values.implode()))


def by_nik(context: Context) -> Sequence[pl.Expr]:
    """The key (see ``Across``) of what is asked of the rows of a NIK."""
    return (pl.col("nik"),)
