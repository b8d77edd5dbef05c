"""Reads Dukcapil's matching results: NIK, name and the result in words; there is no official layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.model.finding import Remark
from rosterkit.reference.reader import read_reference_list, read_texts
from rosterkit.schema.load import load_population
from rosterkit.schema.spec import RosterSpec, plain


def read_population(path: Path, spec: RosterSpec, today: dt.date, remarks: list[Remark] | None = None) -> pl.DataFrame:
    """Read the matching results.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        today: decides centuries.
        remarks: gets a remark about NIKs that cannot be read.

    Returns:
        one row a NIK: ``nik``, ``name``, ``birth_date``, ``word`` (the result as written) and ``status``: matching,
        mismatching, missing, deceased, or null for an unknown word. A NIK with several results keeps the worst one.

    Raises:
        UsageError: the file cannot be read, has no readable NIK, or no column with results.
    """
    title = _("Hasil pemadanan")
    results = read_reference_list(path, spec, today, title, remarks)
    population = load_population()
    statuses = population.words()
    texts = _find_results(results.people, read_texts(results, population.columns), statuses)
    if texts is None:
        raise UsageError(
            _(
                "{what} {path}: tidak ada kolom hasil (misalnya Status: Padan, Tidak Padan, Meninggal). Berkas ini"
                " bukan hasil pemadanan Dukcapil; mungkin tertukar."
            ).format(what=title, path=path)
        )
    status = pl.Series([statuses.get(plain(text or "")) for text in texts], dtype=pl.String)
    order = {"deceased": 0, "missing": 1, "mismatching": 2}
    people = results.people.select("nik", "name", "birth_date").with_columns(word=texts, status=status)
    worst = people.drop_nulls("nik").sort(
        pl.col("status").replace_strict(order, default=3, return_dtype=pl.Int8), maintain_order=True
    )
    return worst.unique("nik", keep="first", maintain_order=True)


def _find_results(people: pl.DataFrame, column: pl.Series | None, statuses: Mapping[str, str]) -> pl.Series | None:
    """Return the texts of the column of results, or of the field ``remark`` where that holds them; None for neither."""
    for texts in (column, people["remark"]):
        if texts is not None and any(plain(text) in statuses for text in texts.drop_nulls()):
            return texts.alias("word")
    return None
