"""Who of one list is who of another: the surest sign first."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

_NEAR = 2  # digits by which the NIK of one person may have been corrected
_CROWD = 30  # people of one name from which comparing all their NIKs would take too long

Match = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


def match(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The rows (``old``, ``new``: their ``_at``) of the same people: by the surest sign, who is left by the next one.

    A NIK that several people of a file have (a placeholder, a copied one) decides only when names do not.
    """
    signs: tuple[Match, ...] = (
        lambda one, other: _in_order(one, other, "_all"),
        lambda one, other: _in_order(one, other, "_key", "_name"),
        lambda one, other: _one_to_one(one.filter("_once"), other.filter("_once"), "_key"),
        lambda one, other: _one_to_one(one, other, "_name", "birth_date"),
        _near_nik,
        lambda one, other: _in_order(one, other, "_key"),
        _name_alone,
    )
    found = []
    for sign in signs:
        pairs = sign(old, new).select(old="_at", new="_at_new")
        old = old.join(pairs, left_on="_at", right_on="old", how="anti", maintain_order="left")
        new = new.join(pairs, left_on="_at", right_on="new", how="anti", maintain_order="left")
        found.append(pairs)
    return pl.concat(found)


def _in_order(old: pl.DataFrame, new: pl.DataFrame, *on: str) -> pl.DataFrame:
    """Who has the same keys; the first with the first where several have them."""
    one, other = (people.drop_nulls(on).with_columns(_nth=pl.int_range(pl.len()).over(on)) for people in (old, new))
    return one.join(other, on=[*on, "_nth"], suffix="_new")


def _one_to_one(old: pl.DataFrame, new: pl.DataFrame, *on: str) -> pl.DataFrame:
    """Who has the same keys as only one other."""
    one, other = (people.drop_nulls(on).filter(pl.struct(on).is_unique()) for people in (old, new))
    return one.join(other, on=on, suffix="_new")


def _near_nik(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Who has the same name and nearly the same NIK as only one other."""
    from rapidfuzz.distance import OSA

    one, other = (
        people.drop_nulls(["_name", "_digits"]).filter(pl.len().over("_name") <= _CROWD) for people in (old, new)
    )
    pairs = one.join(other, on="_name", suffix="_new")
    near = [
        OSA.distance(nik, further, score_cutoff=_NEAR) <= _NEAR
        for nik, further in pairs.select("_digits", "_digits_new").iter_rows()
    ]
    pairs = pairs.filter(pl.Series(near, dtype=pl.Boolean))
    return pairs.filter(pl.col("_at").is_unique() & pl.col("_at_new").is_unique())


def _name_alone(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Who has a name that nobody else has in either file, where a NIK is unreadable and the birth dates agree."""
    pairs = old.filter("_only").drop_nulls("_name").join(new.filter("_only"), on="_name", suffix="_new")
    dates = pl.col("birth_date") == pl.col("birth_date_new")
    return pairs.filter(~(pl.col("_read") & pl.col("_read_new")) & dates.fill_null(True))
