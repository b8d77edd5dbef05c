"""Categories: the schema's labels, their codes and synonyms, and spellings at most a typing error away.

Adds ``F_near``: the label that an unknown category may stand for (a suggestion, never applied), and ``F_several``:
the labels of a cell that names more than one category.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from rosterkit.schema.spec import CategorySpec, plain

_SHORT = 5  # words below this length are too close to each other to allow a typing error
_SUGGEST = 70  # similarity from which a suggestion helps


def add_columns(frame: pl.DataFrame, field: str, categories: Sequence[CategorySpec], errors: int) -> pl.DataFrame:
    """``F`` is the label as the schema writes it; without categories it is the text itself.

    Up to so many typing ``errors`` in a word are tolerated.
    """
    text = pl.col(f"{field}_text")
    if not categories:
        nothing = pl.lit(None, pl.String)
        added = [nothing.alias(f"{field}_{part}") for part in ("fixed", "near", "several")]
        return frame.with_columns(text.alias(field), *added)
    words = {plain(word): item.label for item in categories for word in (item.code, item.label, *item.synonyms)}
    labels = {plain(item.label): item.label for item in categories}
    found: dict[str, str] = {}
    fixed: dict[str, str] = {}
    near: dict[str, str] = {}
    several: dict[str, str] = {}
    for value in frame[f"{field}_text"].drop_nulls().unique().to_list():
        key = plain(value)
        label = words.get(key) or _typing_error(key, words, errors)
        if label is None:
            parts = [words.get(plain(part)) or _typing_error(plain(part), words, errors) for part in _parts(value)]
            named = list(dict.fromkeys(part for part in parts if part))
            if len(named) > 1:
                several[value] = " + ".join(named)
                continue
            label = named[0] if named and None not in parts else None
        if label is None:
            suggestion = _nearest(key, words)
            if suggestion:
                near[value] = suggestion
            continue
        found[value] = label
        if labels.get(key) != label:
            fixed[value] = label

    def look_up(table: dict[str, str]) -> pl.Expr:
        return text.replace_strict(table, default=None, return_dtype=pl.String) if table else pl.lit(None, pl.String)

    return frame.with_columns(
        look_up(found).alias(field),
        look_up(fixed).alias(f"{field}_fixed"),
        look_up(near).alias(f"{field}_near"),
        look_up(several).alias(f"{field}_several"),
    )


def _parts(text: str) -> list[str]:
    """What a cell lists, parted by signs or words that join."""
    return [
        part
        for part in re.split(r"[/,;&+\n]|\b(?:dan|atau|serta|sekaligus)\b", text, flags=re.IGNORECASE)
        if part.strip()
    ]


def _typing_error(key: str, words: dict[str, str], errors: int) -> str | None:
    """The one label whose word is at most so many typing errors (letter wrong, missing, extra, swapped) away."""
    from rapidfuzz.distance import OSA

    if len(key) < _SHORT or errors == 0:
        return None
    labels = {
        label
        for word, label in words.items()
        if len(word) >= _SHORT and OSA.distance(key, word, score_cutoff=errors) <= errors
    }
    return labels.pop() if len(labels) == 1 else None


def _nearest(key: str, words: dict[str, str]) -> str | None:
    from rapidfuzz import fuzz, process

    best = process.extractOne(key, list(words), scorer=fuzz.token_sort_ratio, score_cutoff=_SUGGEST)
    return words[best[0]] if best else None
