"""Which files of a run hold the same people."""

from __future__ import annotations

import polars as pl

from rosterkit.schema.spec import FIELDS

PEOPLE = 3  # fewer are no list of which there could be versions, unless a marked copy says so
SHARE = 0.8  # of the people of the smaller list, from which two files may be versions of one list


def with_copies(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``copy_of``: the earlier file with the same people and values, null for all other rows."""
    if frame["_file"].n_unique() < 2:
        return frame.with_columns(copy_of=pl.lit(None, pl.UInt32))
    rows = frame.select("_file", _hash=pl.struct("_level", *FIELDS, "_struck").hash())
    files = rows.group_by("_file").agg(size=pl.len(), sum=pl.col("_hash").sum(), most=pl.col("_hash").max())
    large = files.filter(pl.col("size") >= PEOPLE).sort("_file")
    first = pl.col("_file").first().over("size", "sum", "most")
    copies = large.select("_file", copy_of=pl.when(first < pl.col("_file")).then(first)).drop_nulls()
    return frame.join(copies, on="_file", how="left", maintain_order="left")


def shared_people(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of files that share most of their NIKs: ``_file`` > ``_file_right``, ``shared``, ``size``.

    Lists of different levels of verification are one list on its way, and no pair.
    """
    people = frame.filter(pl.col("copy_of").is_null() & pl.col("nik").is_not_null())
    people = people.select("_file", "_level", "nik").unique()
    sizes = people.group_by("_file").agg(size=pl.len())
    return (
        people.filter(pl.col("nik").is_duplicated())
        .join(people, on=["nik", "_level"], nulls_equal=True)
        .filter(pl.col("_file") > pl.col("_file_right"))
        .group_by("_file", "_file_right")
        .agg(shared=pl.len())
        .join(sizes, on="_file")
        .join(sizes, left_on="_file_right", right_on="_file", suffix="_right")
        .with_columns(least=pl.min_horizontal("size", "size_right"))
        .filter((pl.col("least") >= PEOPLE) & (pl.col("shared") >= SHARE * pl.col("least")))
        .sort("_file", "_file_right")
    )
