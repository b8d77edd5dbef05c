"""Dukcapil's matching results: NIK, name and what was found, in words that have no official layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.model.finding import Remark
from rosterkit.reference.listing import further_texts, read_listing
from rosterkit.schema.load import load_population
from rosterkit.schema.spec import RosterSpec, plain


def read_population(path: Path, spec: RosterSpec, today: dt.date, told: list[Remark] | None = None) -> pl.DataFrame:
    """The results, one row a NIK: ``nik``, ``name``, ``birth_date``, ``word`` (as written) and ``status``.

    ``status`` is matching, mismatching, missing, deceased, or null for a word that nobody knows. A NIK with several
    results keeps the worst one.

    Raises:
        UsageError: the file cannot be read, has no readable NIK, or no column with results.
    """
    what = _("Hasil pemadanan")
    listing = read_listing(path, spec, today, what, told)
    words = load_population()
    known = words.words()
    texts = _results(listing.people, further_texts(listing, words.columns), known)
    if texts is None:
        raise UsageError(
            _(
                "{what} {path}: tidak ada kolom hasil (misalnya Status: Padan, Tidak Padan, Meninggal). Berkas ini"
                " bukan hasil pemadanan Dukcapil; mungkin tertukar."
            ).format(what=what, path=path)
        )
    status = pl.Series([known.get(plain(text or "")) for text in texts], dtype=pl.String)
    order = {"deceased": 0, "missing": 1, "mismatching": 2}
    people = listing.people.select("nik", "name", "birth_date").with_columns(word=texts, status=status)
    worst = people.drop_nulls("nik").sort(
        pl.col("status").replace_strict(order, default=3, return_dtype=pl.Int8), maintain_order=True
    )
    return worst.unique("nik", keep="first", maintain_order=True)


def _results(people: pl.DataFrame, own: pl.Series | None, known: Mapping[str, str]) -> pl.Series | None:
    """The column of results; the roster's own remark where that holds them."""
    for texts in (own, people["remark"]):
        if texts is not None and any(plain(text) in known for text in texts.drop_nulls()):
            return texts.alias("word")
    return None
