"""Compares two annexes of a decree: who is kept, added, removed or changed."""

from __future__ import annotations

import polars as pl

from rosterkit.frame.name_keys import comparison_keys
from rosterkit.records import dataclass

_MAX_DISTANCE = 2  # digits in which the NIK of one person may have been corrected


@dataclass(frozen=True, slots=True)
class AnnexChanges:
    """The changes between two annexes; one row a person: ``nik``, ``name``, ``birth_date``, ``category``.

    Args:
        kept: people of both annexes with the same values.
        added: people of the new annex only.
        removed: people of the old annex only.
        changed: people of both annexes; also the old values (``nik_old`` and so on), and ``what``: the fields that
            differ, with commas between them.
    """

    kept: pl.DataFrame
    added: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame


def compare_annexes(old: pl.DataFrame, new: pl.DataFrame) -> AnnexChanges:
    """Compare two annexes (see ``decree.read_annex``), in the order of the new one.

    A person may have another NIK now: the keys of the names and the birth dates are equal (where an annex has no birth
    date, the NIKs differ in at most two digits), and nobody else matches.
    """
    old, new = (people.with_columns(key=comparison_keys(people["name"])) for people in (old, new))
    both = new.join(old, on="nik", how="inner", suffix="_old", maintain_order="left").with_columns(nik_old="nik")
    removed = old.join(new, on="nik", how="anti", maintain_order="left")
    added = new.join(old, on="nik", how="anti", maintain_order="left")
    renumbered = _match_other_nik(removed, added)
    removed = removed.join(renumbered, left_on="nik", right_on="nik_old", how="anti", maintain_order="left")
    added = added.join(renumbered, on="nik", how="anti", maintain_order="left")
    columns = sorted(both.columns)
    pairs = pl.concat([both.select(columns), renumbered.select(columns)]).with_columns(what=_list_differences())
    fields = ["nik", "name", "birth_date", "category"]
    return AnnexChanges(
        kept=pairs.filter(pl.col("what") == "").select(fields),
        added=added.select(fields),
        removed=removed.select(fields),
        changed=pairs.filter(pl.col("what") != "").select(*fields, *(f"{field}_old" for field in fields), "what"),
    )


def _match_other_nik(removed: pl.DataFrame, added: pl.DataFrame) -> pl.DataFrame:
    """Return the people who have another NIK in the new annex, with the old values."""
    from rapidfuzz.distance import OSA

    pairs = added.join(removed, on="key", suffix="_old", maintain_order="left").with_columns(key_old="key")
    has_same_date = pl.col("birth_date") == pl.col("birth_date_old")
    is_near = pl.Series(
        [
            OSA.distance(new_nik, old_nik, score_cutoff=_MAX_DISTANCE) <= _MAX_DISTANCE
            for new_nik, old_nik in pairs.select("nik", "nik_old").iter_rows()
        ],
        dtype=pl.Boolean,
    )
    pairs = pairs.filter(has_same_date.fill_null(False) | (has_same_date.is_null() & pl.lit(is_near)))
    return pairs.filter(~pl.col("nik").is_duplicated() & ~pl.col("nik_old").is_duplicated())


def _list_differences() -> pl.Expr:
    """Return the fields that differ, with commas between them; a value that only one annex has does not count."""
    parts = [pl.when(pl.col("nik") != pl.col("nik_old")).then(pl.lit("nik"))]
    for field in ("name", "birth_date", "category"):
        new_value, old_value = pl.col(field), pl.col(f"{field}_old")
        if field == "name":
            new_value, old_value = new_value.str.to_uppercase(), old_value.str.to_uppercase()
        parts.append(pl.when((new_value != old_value).fill_null(False)).then(pl.lit(field)))
    return pl.concat_str(parts, separator=", ", ignore_nulls=True)
