"""Matches the people of two files: by the most certain keys first."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

_MAX_DISTANCE = 2  # digits in which the NIK of one person may have been corrected
_MAX_NAMESAKES = 30  # comparing the NIKs of more people with one name would take too long

Matcher = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


def match_people(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Match the people of two versions: by the most certain key, the rest by the next one.

    A NIK that several people of a file have (a placeholder, a copied one) decides only when names do not.

    Args:
        old: people of the old version (see ``rosters.make_people``), with ``_all``: all compared values.
        new: likewise, of the new version.

    Returns:
        one row a pair: ``old`` and ``new``, their ``_position``; nobody is in two pairs.
    """
    matchers: tuple[Matcher, ...] = (
        lambda old, new: _match_in_order(old, new, "_all"),
        lambda old, new: _match_in_order(old, new, "_key", "_name"),
        lambda old, new: _match_unique(old.filter("_is_key_unique"), new.filter("_is_key_unique"), "_key"),
        lambda old, new: _match_unique(old, new, "_name", "birth_date"),
        _match_near_nik,
        lambda old, new: _match_in_order(old, new, "_key"),
        _match_unique_name,
    )
    found = []
    for matcher in matchers:
        pairs = matcher(old, new).select(old="_position", new="_position_new")
        old = old.join(pairs, left_on="_position", right_on="old", how="anti", maintain_order="left")
        new = new.join(pairs, left_on="_position", right_on="new", how="anti", maintain_order="left")
        found.append(pairs)
    return pl.concat(found)


def _match_in_order(old: pl.DataFrame, new: pl.DataFrame, *on: str) -> pl.DataFrame:
    """Match people with the same keys; where several have them, the first with the first."""
    old, new = (people.drop_nulls(on).with_columns(_nth=pl.int_range(pl.len()).over(on)) for people in (old, new))
    return old.join(new, on=[*on, "_nth"], suffix="_new")


def _match_unique(old: pl.DataFrame, new: pl.DataFrame, *on: str) -> pl.DataFrame:
    """Match people with the same keys, where nobody else in their file has these."""
    old, new = (people.drop_nulls(on).filter(pl.struct(on).is_unique()) for people in (old, new))
    return old.join(new, on=on, suffix="_new")


def _match_near_nik(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Match people with the same name and nearly the same NIK, where that is only one of the other file."""
    from rapidfuzz.distance import OSA

    old, new = (
        people.drop_nulls(["_name", "_digits"]).filter(pl.len().over("_name") <= _MAX_NAMESAKES)
        for people in (old, new)
    )
    pairs = old.join(new, on="_name", suffix="_new")
    is_near = [
        OSA.distance(first, second, score_cutoff=_MAX_DISTANCE) <= _MAX_DISTANCE
        for first, second in pairs.select("_digits", "_digits_new").iter_rows()
    ]
    pairs = pairs.filter(pl.Series(is_near, dtype=pl.Boolean))
    return pairs.filter(pl.col("_position").is_unique() & pl.col("_position_new").is_unique())


def _match_unique_name(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Match people by a name that nobody else has in either file, where a NIK is unreadable and birth dates agree."""
    old = old.filter("_is_name_unique").drop_nulls("_name")
    pairs = old.join(new.filter("_is_name_unique"), on="_name", suffix="_new")
    has_same_date = pl.col("birth_date") == pl.col("birth_date_new")
    return pairs.filter(~(pl.col("_has_nik") & pl.col("_has_nik_new")) & has_same_date.fill_null(True))
