"""Which files of a run hold the same people."""

from __future__ import annotations

import polars as pl

from rosterkit.schema.spec import FIELDS

PEOPLE = 3  # fewer are no list of which there could be versions, unless a marked copy says so
SHARE = 0.8  # of the people of the smaller list, from which two files may be versions of one list


def value_hashes(people: pl.DataFrame) -> pl.Series:
    """Return one number for all values of each person; equal people have equal numbers.

    What could not be read counts as it is written: two numbers of 15 digits are not one because neither is a NIK.
    """
    written = [
        pl.when(pl.col(field).is_null()).then(f"{field}_text") for field in FIELDS if f"{field}_text" in people.columns
    ]
    return people.select(_values=pl.struct(*FIELDS, "_struck", *written).hash()).to_series()


def find_copies(people: pl.DataFrame) -> pl.DataFrame:
    """Return ``_file`` and ``copy_of``: the files with the same people and values as an earlier one, and which.

    Args:
        people: ``_file``, ``_level`` and ``_values`` (see ``value_hashes``).
    """
    files = people.group_by("_file", "_level").agg(
        size=pl.len(), sum=pl.col("_values").sum(), most=pl.col("_values").max()
    )
    large = files.filter(pl.col("size") >= PEOPLE).sort("_file")
    first = pl.col("_file").first().over("_level", "size", "sum", "most")
    return large.select("_file", copy_of=pl.when(first < pl.col("_file")).then(first)).drop_nulls()


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
