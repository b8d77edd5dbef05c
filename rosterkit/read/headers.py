"""Matches headers to fields: by the aliases of the schema, without regard to case, signs and typing errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rosterkit.schema.spec import RosterSpec, plain

Target = str  # a field, or two fields of a joined column with "+" between them
_MAX_LENGTH = 60  # characters: longer texts are sentences, not headers
_WEAK_SCORE = 0.6  # a lone TEMPAT or TANGGAL is a field only where no other field matches it better


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """A field that a header may stand for; the score of its best alias is 1."""

    target: Target
    score: float


class Vocabulary:
    """The aliases of a schema, by which headers are matched."""

    def __init__(self, spec: RosterSpec) -> None:
        words: dict[str, list[HeaderMatch]] = {}
        for field, column in spec.columns.items():
            self._add_aliases(words, field, column.aliases or (column.label,))
        for joined in spec.joined:
            self._add_aliases(words, "+".join(joined.fields), joined.aliases)
        self._words = words
        self._fuzzy_words = [word for word in words if len(word) >= 6]
        self.match = lru_cache(maxsize=50_000)(self._match)

    @staticmethod
    def _add_aliases(words: dict[str, list[HeaderMatch]], target: Target, aliases: Sequence[str]) -> None:
        for rank, alias in enumerate(aliases):
            key = plain(alias)
            is_weak = key in ("TEMPAT", "TANGGAL", "TGL", "IBU", "KTP", "KK", "CATATAN")
            words.setdefault(key, []).append(HeaderMatch(target, _WEAK_SCORE if is_weak else 1 - rank * 0.005))

    def _match(self, header: str) -> tuple[HeaderMatch, ...]:
        """Return the fields that a header may stand for, in no order; none for a text that is no header."""
        if not header or len(header) > _MAX_LENGTH * 2:
            return ()
        found: dict[Target, float] = {}
        for text, weight in _variants(header):
            for match in self._words.get(text, ()):
                found[match.target] = max(found.get(match.target, 0), match.score * weight)
        if not found and len(plain(header)) >= 5:
            found = self._match_fuzzy(plain(header))
        return tuple(HeaderMatch(target, score) for target, score in found.items())

    def _match_fuzzy(self, text: str) -> dict[Target, float]:
        """Return field -> score for the alias that is at least 86 percent like a text."""
        from rapidfuzz import fuzz, process

        if len(text) > _MAX_LENGTH or re.search(r"\d{4}", text):
            return {}
        near = process.extractOne(text, self._fuzzy_words, scorer=fuzz.ratio, score_cutoff=86)
        return {match.target: match.score * near[1] / 100 * 0.85 for match in self._words[near[0]]} if near else {}


def cached_vocabulary(spec: RosterSpec) -> Vocabulary:
    """Return the vocabulary of a schema, made once in each process, as it caches its matches."""
    if not _cache or _cache[0][0] is not spec:
        _cache[:] = [(spec, Vocabulary(spec))]
    return _cache[0][1]


_cache: list[tuple[RosterSpec, Vocabulary]] = []  # of the last schema


def _variants(header: str) -> list[tuple[str, float]]:
    """Return the texts that a header may mean, each with a weight: as it is, without brackets, each part of A/B."""
    variants = [(plain(header), 1.0)]
    bare = re.sub(r"\([^)]*\)", " ", header)
    for text in (bare, re.sub(r"\b(WAJIB|DIISI|LENGKAP SESUAI|SESUAI)\b.*", " ", plain(bare))):
        variants.append((plain(text), 0.97))
    if re.fullmatch(r"(?:[A-Z] )+[A-Z]", plain(bare)):
        variants.append((plain(bare).replace(" ", ""), 0.95))  # N I K
    if "/" in header:
        variants += [(plain(part), 0.85) for part in bare.split("/")]  # PEKERJAAN/PROFESI
    for word in re.findall(r"\(([^)]*)\)", header):
        variants.append((plain(word), 0.8))
    return [(text, weight) for text, weight in variants if text]


def assign_columns(
    labels: Mapping[int, Sequence[str]], vocabulary: Vocabulary
) -> tuple[dict[int, Target], list[tuple[Target, int, int]], float]:
    """Assign each column to at most one field and each field to at most one column, the best match first.

    Args:
        labels: column (from 0) -> the texts that may be its header (lower row, both rows).
        vocabulary: the aliases of the schema.

    Returns:
        column -> field; the columns that repeat a header (field, first column, repeated column); the sum of the scores.
    """
    options = []
    for column, texts in labels.items():
        for weight, text in zip((1.0, 0.98), texts, strict=False):
            options += [(match.score * weight, column, match.target) for match in vocabulary.match(text)]
    options.sort(key=lambda option: (-option[0], option[1]))
    assigned: dict[int, Target] = {}
    owner: dict[str, int] = {}
    duplicates: list[tuple[Target, int, int]] = []
    total = 0.0
    for score, column, target in options:
        parts = target.split("+")
        if column in assigned or column in {repeated for _, _, repeated in duplicates}:
            continue
        if not any(part in owner for part in parts):
            assigned[column] = target
            owner.update(dict.fromkeys(parts, column))
            total += score * (1 + 0.5 * (len(parts) - 1))
        elif parts[0] in owner and _has_same_header(labels[column], labels[owner[parts[0]]]):
            duplicates.append((parts[0], owner[parts[0]], column))
    return assigned, duplicates, total


def _has_same_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two columns have the same header, not only headers of the same field."""
    full = [plain(texts[1] if len(texts) > 1 else texts[0]) for texts in (first, second)]
    return full[0] == full[1]
