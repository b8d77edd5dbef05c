"""Finds the answers in words of a list (Padan, Non Aktif) and what they mean."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterkit.reference.reader import ReferenceList, read_texts
from rosterkit.schema.population import MembershipSpec, PopulationSpec
from rosterkit.schema.spec import plain


def read_answers(
    reference: ReferenceList, spec: PopulationSpec | MembershipSpec, added: Mapping[str, str]
) -> pl.DataFrame | None:
    """Return ``word`` (the answer as written) and ``status`` (null for an unknown word), one row a person.

    Args:
        reference: the list.
        spec: where answers stand, and the words that come with rosterkit.
        added: word -> status, those of the office; they come first.

    Returns:
        None where no column holds answers: none with a header of its own, and no other with a known word.
    """
    statuses = {**spec.words(), **{plain(word): status for word, status in added.items()}}
    texts = read_texts(reference, spec.columns)
    if texts is None or texts.is_null().all():
        others = (texts, read_texts(reference, spec.maybe), reference.people["remark"])
        texts = next((other for other in others if other is not None and _has_known_word(other, statuses)), None)
    if texts is None:
        return None
    known = [statuses.get(plain(text or "")) for text in texts]
    return pl.DataFrame({"word": texts.alias("word"), "status": pl.Series(known, dtype=pl.String)})


def _has_known_word(texts: pl.Series, statuses: Mapping[str, str]) -> bool:
    return any(plain(text) in statuses for text in texts.drop_nulls())
