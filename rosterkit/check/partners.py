"""The rows that a finding is also about: the first ones with their persons, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterkit.rules.base import Cells, Rule

_RELATED = 20  # rows named in one finding


def add_partners(
    frame: pl.DataFrame, rows: pl.DataFrame, found: pl.DataFrame, cells: Cells, rule: Rule
) -> pl.DataFrame:
    """Add to findings the rows that each is also about: ``partners``, ``people``, ``numbers`` and ``others``.

    Args:
        frame: the people among whom they are.
        rows: the rows at which the rule failed.
        found: their findings, row by row, with ``holds``.
        cells: how the rule judges.
        rule: whose scope decides where equal rows are looked for.
    """
    if cells.partners:
        partners = rows.select(partners=cells.partners)["partners"]
        found = found.with_columns(partners=partners.list.head(_RELATED), others=partners.list.len())
    elif cells.together:
        found = found.with_columns(partners=pl.col("holds").list.head(_RELATED), others=pl.col("holds").list.len())
    elif cells.same:
        found = _with_equal_rows(frame, rows, found, cells.same, elsewhere=rule.scope == "key")
    else:
        nothing = {"partners": pl.lit(None, pl.List(pl.UInt64)), "others": pl.lit(None, pl.UInt32)}
        return found.with_columns(
            pl.lit(None, pl.List(pl.String)).alias(name) for name in ("people", "numbers")
        ).with_columns(**nothing)
    return found.with_columns(_people_of(frame, found["partners"]))


def _with_equal_rows(
    frame: pl.DataFrame, rows: pl.DataFrame, found: pl.DataFrame, same: tuple[str, ...], elsewhere: bool
) -> pl.DataFrame:
    """The rows with the same values in some columns: those of the file, or (``elsewhere``) those of other files.

    Never all with all: at most so many rows of a value are taken as are named.
    """
    group = [*same, "_level" if elsewhere else "_file"]
    in_file = list(dict.fromkeys((*group, "_file")))
    near = frame.select("_id", *in_file).join(
        rows.select(group).unique(), on=group, how="semi", nulls_equal=True, maintain_order="left"
    )
    first = near.filter(pl.int_range(pl.len()).over(in_file) <= _RELATED)  # of each file, so that others remain
    most = 2 * (_RELATED + 1)
    listed = first.group_by(group, maintain_order=True).agg(
        ids=pl.col("_id").head(most), _files=pl.col("_file").head(most)
    )
    sizes, own = near.group_by(group).len("all"), near.group_by(in_file).len("own")
    joined = rows.select("_id", *in_file)
    for on, more in ((group, sizes), (in_file, own), (group, listed)):
        joined = joined.join(more, on=on, how="left", nulls_equal=True, maintain_order="left")
    others = joined.select(pl.col("all") - (pl.col("own") if elsewhere else 1)).to_series()
    lists = joined.select("_id", "_file", "ids", "_files").iter_rows()
    partners = [_others(own, file if elsewhere else None, ids, files)[:_RELATED] for own, file, ids, files in lists]
    return found.with_columns(partners=pl.Series(partners, dtype=pl.List(pl.UInt64)), others=others)


def _others(own: int, file: int | None, ids: Sequence[int], files: Sequence[int]) -> list[int]:
    """The rows of other files than one, or (no file) all but the row itself."""
    if file is None:
        return [other for other in ids if other != own]
    return [other for other, at in zip(ids, files, strict=True) if at != file]


def _people_of(frame: pl.DataFrame, partners: pl.Series) -> list[pl.Series]:
    """The persons of lists of rows (``people``), and their numbers (``numbers``)."""
    lists = pl.DataFrame({"partners": partners}).with_row_index("at")
    long = lists.explode("partners").join(
        frame.select(partners="_id", people="name", numbers="_number"), on="partners", how="left", maintain_order="left"
    )
    return long.group_by("at", maintain_order=True).agg("people", "numbers").select("people", "numbers").get_columns()
