"""What changed between two annexes of a decree: who stayed, came, went, or stands there otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rosterkit.frame.name_keys import comparison_keys

_NEAR = 2  # digits by which the NIK of one person may have been corrected


@dataclass(frozen=True, slots=True)
class Changes:
    """People of two annexes, one row each: ``nik``, ``name``, ``birth_date``, ``category``.

    ``changed`` has each of those of the old annex with ``_old`` behind it, and ``what``: the fields that differ.
    """

    kept: pl.DataFrame
    added: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame


def compare(old: pl.DataFrame, new: pl.DataFrame) -> Changes:
    """Compare two annexes (see ``decree.read_annex``), in the order of the new one.

    Somebody under another NIK is the same person where the name is, by its comparison key, and the birth date too (or,
    where an annex has none, a NIK at most two digits away), and nobody else is like that.
    """
    old, new = (people.with_columns(key=comparison_keys(people["name"])) for people in (old, new))
    both = new.join(old, on="nik", how="inner", suffix="_old", maintain_order="left").with_columns(nik_old="nik")
    gone = old.join(new, on="nik", how="anti", maintain_order="left")
    come = new.join(old, on="nik", how="anti", maintain_order="left")
    moved = _same_people(gone, come)
    gone = gone.join(moved, left_on="nik", right_on="nik_old", how="anti", maintain_order="left")
    come = come.join(moved, on="nik", how="anti", maintain_order="left")
    everybody = pl.concat([both.select(sorted(both.columns)), moved.select(sorted(both.columns))])
    told = everybody.with_columns(what=_differences())
    fields = ["nik", "name", "birth_date", "category"]
    return Changes(
        kept=told.filter(pl.col("what") == "").select(fields),
        added=come.select(fields),
        removed=gone.select(fields),
        changed=told.filter(pl.col("what") != "").select(*fields, *(f"{field}_old" for field in fields), "what"),
    )


def _same_people(gone: pl.DataFrame, come: pl.DataFrame) -> pl.DataFrame:
    """The people of both who have another NIK now."""
    from rapidfuzz.distance import OSA

    pairs = come.join(gone, on="key", suffix="_old", maintain_order="left").with_columns(key_old="key")
    dates = pl.col("birth_date") == pl.col("birth_date_old")
    near = pl.Series(
        [
            OSA.distance(nik, other, score_cutoff=_NEAR) <= _NEAR
            for nik, other in pairs.select("nik", "nik_old").iter_rows()
        ],
        dtype=pl.Boolean,
    )
    pairs = pairs.filter(dates.fill_null(False) | (dates.is_null() & pl.lit(near)))
    return pairs.filter(~pl.col("nik").is_duplicated() & ~pl.col("nik_old").is_duplicated())


def _differences() -> pl.Expr:
    """The fields that differ, parted by commas; a field that one annex does not have says nothing."""
    parts = [pl.when(pl.col("nik") != pl.col("nik_old")).then(pl.lit("nik"))]
    for field in ("name", "birth_date", "category"):
        one, other = pl.col(field), pl.col(f"{field}_old")
        if field == "name":
            one, other = one.str.to_uppercase(), other.str.to_uppercase()
        parts.append(pl.when((one != other).fill_null(False)).then(pl.lit(field)))
    return pl.concat_str(parts, separator=", ", ignore_nulls=True)
