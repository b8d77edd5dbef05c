"""Categories: the schema's labels, their codes and synonyms, and spellings at most a typing error away.

Adds ``F_near``: the label that an unknown category may mean (a suggestion, never applied), and ``F_several``:
the labels of a cell with more than one category.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from rosterkit.schema.spec import CategorySpec, plain

_MIN_LENGTH = 5  # shorter words are too close to each other to allow a typing error
_LETTERS_AN_ERROR = 4  # of a suggestion: longer words may have more typing errors


def add_columns(frame: pl.DataFrame, field: str, categories: Sequence[CategorySpec], errors: int) -> pl.DataFrame:
    """Add ``F`` (the label as the schema writes it), ``F_fixed``, ``F_near`` and ``F_several``.

    Args:
        frame: with ``F_text``.
        field: the field.
        categories: those of the schema; without any, ``F`` is the text itself.
        errors: how many typing errors in a word are tolerated.
    """
    text = pl.col(f"{field}_text")
    if not categories:
        nothing = pl.lit(None, pl.String)
        added = [nothing.alias(f"{field}_{part}") for part in ("fixed", "near", "several")]
        return frame.with_columns(text.alias(field), *added)
    matcher = _Matcher(categories, errors)
    for value in frame[f"{field}_text"].drop_nulls().unique().to_list():
        matcher.add(value)

    def look_up(table: dict[str, str]) -> pl.Expr:
        return text.replace_strict(table, default=None, return_dtype=pl.String) if table else pl.lit(None, pl.String)

    return frame.with_columns(
        look_up(matcher.labels).alias(field),
        look_up(matcher.fixed).alias(f"{field}_fixed"),
        look_up(matcher.near).alias(f"{field}_near"),
        look_up(matcher.several).alias(f"{field}_several"),
    )


class _Matcher:
    """Matches texts to categories: text -> label, in ``labels``, ``fixed``, ``near`` and ``several``."""

    def __init__(self, categories: Sequence[CategorySpec], errors: int) -> None:
        self._words = {
            plain(word): item.label for item in categories for word in (item.code, item.label, *item.synonyms)
        }
        self._label_of = {plain(item.label): item.label for item in categories}
        self._errors = errors
        self.labels: dict[str, str] = {}
        self.fixed: dict[str, str] = {}
        self.near: dict[str, str] = {}
        self.several: dict[str, str] = {}

    def add(self, text: str) -> None:
        """Match one text."""
        key = plain(text)
        label = self._find(key)
        if label is None:
            parts = [self._find(plain(part)) for part in _split(text)]
            named = list(dict.fromkeys(part for part in parts if part))
            if len(named) > 1:
                self.several[text] = " + ".join(named)
                return
            label = named[0] if named and None not in parts else None
        if label is None:
            suggestion = _suggest(key, self._words)
            if suggestion:
                self.near[text] = suggestion
            return
        self.labels[text] = label
        if self._label_of.get(key) != label:
            self.fixed[text] = label

    def _find(self, key: str) -> str | None:
        return self._words.get(key) or _correct_typing(key, self._words, self._errors)


def _split(text: str) -> list[str]:
    """Split a cell at signs and words between categories."""
    return [
        part
        for part in re.split(r"[/,;&+\n]|\b(?:dan|atau|serta|sekaligus)\b", text, flags=re.IGNORECASE)
        if part.strip()
    ]


def _correct_typing(key: str, words: dict[str, str], errors: int) -> str | None:
    """Return the label whose word is at most so many typing errors (letter wrong, missing, extra, swapped) away.

    None where there is none, or several.
    """
    from rapidfuzz.distance import OSA

    if len(key) < _MIN_LENGTH or errors == 0:
        return None
    labels = {
        label
        for word, label in words.items()
        if len(word) >= _MIN_LENGTH and OSA.distance(key, word, score_cutoff=errors) <= errors
    }
    return labels.pop() if len(labels) == 1 else None


def _suggest(key: str, words: dict[str, str]) -> str | None:
    """Return the label of the word that is a typing error away, in any order of its parts; None where there is none.

    Words that are merely alike are no suggestion: a seller of bakso does not ride a becak.
    """
    from rapidfuzz.distance import OSA

    def sort_parts(word: str) -> str:
        return " ".join(sorted(word.split()))

    wanted = sort_parts(key)
    most = max(1, len(wanted) // _LETTERS_AN_ERROR)
    if len(wanted) < _MIN_LENGTH:
        return None
    distances = [(OSA.distance(wanted, sort_parts(word), score_cutoff=most), word) for word in words]
    best = min(distances, default=(most + 1, ""))
    return words[best[1]] if best[0] <= most else None
