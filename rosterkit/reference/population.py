"""Reads Dukcapil's matching results: NIK, name and the result in words; there is no official layout."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.model.finding import Remark
from rosterkit.reference.answers import read_answers
from rosterkit.reference.reader import is_known, read_reference_list
from rosterkit.schema.load import load_population
from rosterkit.schema.spec import RosterSpec


def read_population(
    path: Path, spec: RosterSpec, today: dt.date, remarks: list[Remark] | None = None, keep_lost: bool = False
) -> pl.DataFrame:
    """Read the matching results.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        today: decides centuries.
        remarks: gets remarks about what cannot be read.
        keep_lost: see ``read_reference_list``.

    Returns:
        one row a NIK: ``nik``, ``name``, ``birth_date``, ``nik_stem``, ``doubtful``, ``_cell``, ``word`` (the result as
        written) and ``status``: matching, mismatching, missing, deceased, or null for an unknown word. A NIK with
        several results keeps the worst one; an unknown word is worse than a match.

    Raises:
        UsageError: the file cannot be read, has no readable NIK, or no column with results.
    """
    title = _("Hasil pemadanan")
    results = read_reference_list(path, spec, today, title, remarks, keep_lost)
    answers = read_answers(results, load_population(), spec.words.population)
    if answers is None:
        raise UsageError(
            _(
                "{what} {path}: tidak ada kolom hasil (misalnya Status: Padan, Tidak Padan, Meninggal). Berkas ini"
                " bukan hasil pemadanan Dukcapil; mungkin tertukar."
            ).format(what=title, path=path)
        )
    people = results.people.select("nik", "name", "birth_date", "nik_stem", "doubtful", "_cell").hstack(answers)
    return keep_worst(people.filter(is_known()))


def keep_worst(results: pl.DataFrame) -> pl.DataFrame:
    """Return one row a NIK, that with the worst result; rows without a NIK stay as they are."""
    order = {"deceased": 0, "missing": 1, "mismatching": 2, "matching": 4}
    unknown = pl.when(pl.col("word").is_not_null() | pl.col("doubtful")).then(3).otherwise(5)
    rank = pl.col("status").replace_strict(order, default=None, return_dtype=pl.Int32).fill_null(unknown)
    worst = results.sort(rank, maintain_order=True)
    return worst.filter(pl.col("nik").is_first_distinct() | pl.col("nik").is_null())
