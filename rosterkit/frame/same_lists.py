"""Which files of a run hold the same people."""

from __future__ import annotations

import polars as pl

from rosterkit.schema.spec import FIELDS

PEOPLE = 3  # fewer are no list of which there could be versions, unless a marked copy says so
_MOST = 400  # files with one NIK, from which it is a placeholder
SHARE = 0.8  # of the people of the smaller list, from which two files may be versions of one list


def value_hashes(people: pl.DataFrame) -> pl.Series:
    """Return one number for all values of each person; equal people have equal numbers.

    What could not be read counts as it is written: two numbers of 15 digits are not one because neither is a NIK.
    """
    written = [
        pl.when(pl.col(field).is_null()).then(f"{field}_text") for field in FIELDS if f"{field}_text" in people.columns
    ]
    return people.select(_values=pl.struct(*FIELDS, "_struck", "_aside_says", *written).hash()).to_series()


def describe_files(people: pl.DataFrame, given: None = None) -> pl.DataFrame:
    """The files, in their order: ``_file``, ``_level``, ``size``, ``niks`` (how many), and what tells people apart.

    Args:
        people: of whole files: ``_file``, ``_level``, ``nik`` and ``_values`` (see ``value_hashes``).
        given: nothing.
    """
    files = people.group_by("_file", "_level").agg(
        size=pl.len(),
        niks=pl.col("nik").drop_nulls().n_unique(),
        sum=pl.col("_values").sum(),
        most=pl.col("_values").max(),
    )
    return files.sort("_file")


def find_copies(files: pl.DataFrame) -> pl.DataFrame:
    """Return ``_file`` and ``copy_of``: the files with the same people and values as an earlier one, and which.

    Args:
        files: of a run, see ``describe_files``.
    """
    large = files.filter(pl.col("size") >= PEOPLE).sort("_file")
    first = pl.col("_file").first().over("_level", "size", "sum", "most")
    return large.select("_file", copy_of=pl.when(first < pl.col("_file")).then(first)).drop_nulls()


def count_shared(people: pl.DataFrame) -> pl.DataFrame:
    """The pairs of files with a NIK in common (``_file`` > ``_file_right``), and how many of these they have.

    Lists of different levels of verification are one list on its way, and no pair. A NIK of very many files is no
    person's.

    Args:
        people: ``_file``, ``_level`` and ``nik``, with all rows of each of their NIKs.
    """
    people = people.filter(pl.col("nik").is_not_null()).select("_file", "_level", "nik").unique()
    several = people.filter(pl.len().over("nik", "_level").is_between(2, _MOST))
    pairs = several.join(several, on=["nik", "_level"], nulls_equal=True)
    return pairs.filter(pl.col("_file") > pl.col("_file_right")).group_by("_file", "_file_right").agg(shared=pl.len())


def most_shared(counts: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of files that share most of their NIKs: ``_file`` > ``_file_right``, ``shared``.

    Args:
        counts: see ``count_shared``; the counts of a pair may be there in several parts.
        files: see ``describe_files``.
    """
    sizes = files.select("_file", "niks")
    return (
        counts.group_by("_file", "_file_right")
        .agg(pl.col("shared").sum())
        .join(sizes, on="_file")
        .join(sizes, left_on="_file_right", right_on="_file", suffix="_right")
        .with_columns(least=pl.min_horizontal("niks", "niks_right"))
        .filter((pl.col("least") >= PEOPLE) & (pl.col("shared") >= SHARE * pl.col("least")))
        .sort("_file", "_file_right")
        .select("_file", "_file_right", "shared")
    )
