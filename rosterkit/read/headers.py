"""Which header is which field: the words of the field, compared without regard to case, signs and typing errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rosterkit.schema.spec import RosterSpec, plain

Target = str  # a field, or two joined by "+"
_LONGEST = 60  # characters: longer texts are sentences, not headers
_WEAK = 0.6  # a lone TEMPAT or TANGGAL is a field only where nothing claims it better


@dataclass(frozen=True, slots=True)
class Match:
    """A header that may be a field: 1 is the field's own best word."""

    target: Target
    score: float


class Vocabulary:
    """The headers that a schema knows."""

    def __init__(self, spec: RosterSpec) -> None:
        words: dict[str, list[Match]] = {}
        for field, column in spec.columns.items():
            self._learn(words, field, column.aliases or (column.label,))
        for joined in spec.joined:
            self._learn(words, "+".join(joined.fields), joined.aliases)
        self._words = words
        self._long = [word for word in words if len(word) >= 6]
        self.match = lru_cache(maxsize=50_000)(self._match)

    @staticmethod
    def _learn(words: dict[str, list[Match]], target: Target, aliases: Sequence[str]) -> None:
        for rank, alias in enumerate(aliases):
            key = plain(alias)
            weak = key in ("TEMPAT", "TANGGAL", "TGL", "IBU", "KTP", "KK", "CATATAN")
            words.setdefault(key, []).append(Match(target, _WEAK if weak else 1 - rank * 0.005))

    def _match(self, header: str) -> tuple[Match, ...]:
        """The fields that a header may stand for, in no order; none for anything that is no header."""
        if not header or len(header) > _LONGEST * 2:
            return ()
        found: dict[Target, float] = {}
        for text, weight in _readings(header):
            for match in self._words.get(text, ()):
                found[match.target] = max(found.get(match.target, 0), match.score * weight)
        if not found and len(plain(header)) >= 5:
            found = self._near(plain(header))
        return tuple(Match(target, score) for target, score in found.items())

    def _near(self, text: str) -> dict[Target, float]:
        from rapidfuzz import fuzz, process

        if len(text) > _LONGEST or re.search(r"\d{4}", text):
            return {}
        near = process.extractOne(text, self._long, scorer=fuzz.ratio, score_cutoff=86)
        return {match.target: match.score * near[1] / 100 * 0.85 for match in self._words[near[0]]} if near else {}


def vocabulary_of(spec: RosterSpec) -> Vocabulary:
    """The vocabulary of a schema, made once in each process: it remembers what it has matched."""
    if not _latest or _latest[0][0] is not spec:
        _latest[:] = [(spec, Vocabulary(spec))]
    return _latest[0][1]


_latest: list[tuple[RosterSpec, Vocabulary]] = []


def _readings(header: str) -> list[tuple[str, float]]:
    """The ways in which a header can be read: as it is, without brackets, without star and number."""
    readings = [(plain(header), 1.0)]
    bare = re.sub(r"\([^)]*\)", " ", header)
    for text in (bare, re.sub(r"\b(WAJIB|DIISI|LENGKAP SESUAI|SESUAI)\b.*", " ", plain(bare))):
        readings.append((plain(text), 0.97))
    if re.fullmatch(r"(?:[A-Z] )+[A-Z]", plain(bare)):
        readings.append((plain(bare).replace(" ", ""), 0.95))  # N I K
    if "/" in header:
        readings += [(plain(part), 0.85) for part in bare.split("/")]  # PEKERJAAN/PROFESI
    for word in re.findall(r"\(([^)]*)\)", header):
        readings.append((plain(word), 0.8))
    return [(text, weight) for text, weight in readings if text]


def assign(
    labels: Mapping[int, Sequence[str]], vocabulary: Vocabulary
) -> tuple[dict[int, Target], list[tuple[Target, int, int]], float]:
    """Give each column to at most one field and each field to at most one column, the best match first.

    Args:
        labels: column number -> the texts that may be its header (lower row, both rows).

    Returns:
        column -> field; the columns that repeat a header (field, first, again); the sum of the scores.
    """
    options = []
    for column, texts in labels.items():
        for weight, text in zip((1.0, 0.98), texts, strict=False):
            options += [(match.score * weight, column, match.target) for match in vocabulary.match(text)]
    options.sort(key=lambda option: (-option[0], option[1]))
    given: dict[int, Target] = {}
    owner: dict[str, int] = {}
    duplicates: list[tuple[Target, int, int]] = []
    total = 0.0
    for score, column, target in options:
        parts = target.split("+")
        if column in given or column in {again for _, _, again in duplicates}:
            continue
        if not any(part in owner for part in parts):
            given[column] = target
            owner.update(dict.fromkeys(parts, column))
            total += score * (1 + 0.5 * (len(parts) - 1))
        elif parts[0] in owner and _same(labels[column], labels[owner[parts[0]]]):
            duplicates.append((parts[0], owner[parts[0]], column))
    return given, duplicates, total


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two columns have the same header, not only headers of the same field."""
    full = [plain(texts[1] if len(texts) > 1 else texts[0]) for texts in (one, other)]
    return full[0] == full[1]
