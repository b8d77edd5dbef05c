"""Matches headers to fields: by the aliases of the schema, without regard to case, signs and typing errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from rosterkit.read.heading_words import HeadingWords
from rosterkit.read.owners import Owners
from rosterkit.records import dataclass
from rosterkit.schema.load import load_header_words
from rosterkit.schema.spec import RosterSpec, plain

Target = str  # a field, or two fields of a joined column with "+" between them
_MAX_LENGTH = 60  # characters: longer texts are sentences, not headers
_WEAK_SCORE = 0.6  # a lone TEMPAT or TANGGAL is a field only where no other field matches it better
_FORMER = 0.5  # what the score of a field keeps where its header says that it is that of an earlier time
_CHOSEN_SCORE = 3.0  # of a header that the office names for a field
_WEAK = ("TEMPAT", "TANGGAL", "TGL", "IBU", "KTP", "KK", "CATATAN", "KONTAK", "DUSUN", "LINGKUNGAN", "NOTES")


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """A field that a header may stand for; the score of its best alias is 1."""

    target: Target
    score: float


class Vocabulary:
    """The aliases of a schema and the words of headers, by which headers are matched."""

    def __init__(self, spec: RosterSpec) -> None:
        self.header_words = load_header_words()
        self.owners = Owners(self.header_words)
        words: dict[str, list[HeaderMatch]] = {}
        for field, column in spec.columns.items():
            self._add_aliases(words, field, column.aliases or (column.label,), 1)
        for joined in spec.joined:
            self._add_aliases(words, "+".join(joined.fields), joined.aliases, 1)
        self._own_words = frozenset(words)
        for field, aliases in self.header_words.aliases.items():
            if field in spec.columns:
                self._add_aliases(words, field, aliases, 0.9)
        for word, matches in list(words.items()):
            words.setdefault(self._respell(word), matches)
        chosen = {plain(column.header): field for field, column in spec.columns.items() if column.header}
        self.chosen = frozenset(chosen.values())
        for word, field in chosen.items():
            words[word] = [HeaderMatch(field, _CHOSEN_SCORE)]
        self._words = words
        self._fuzzy_words = [word for word in words if len(word) >= 6]
        self._phrases = sorted((word for word in words if word not in _WEAK), key=len, reverse=True)
        self._names = frozenset(map(plain, self.header_words.names))
        self._former, self._current = (
            self._at_end(words) for words in (self.header_words.former, self.header_words.current)
        )
        self._questions = frozenset(self.header_words.questions)
        self.categories = frozenset(
            plain(word) for item in spec.categories for word in (item.code, item.label, *item.synonyms)
        ).difference(words)  # RT is a column before it is a head of an RT
        self.headings = HeadingWords(spec, self.header_words, words)
        self.match = lru_cache(maxsize=50_000)(self._match)
        self.remembered: dict[object, Any] = {}  # what ``assign_columns`` made of labels: most lists are of one form

    @staticmethod
    def _at_end(words: Sequence[str]) -> re.Pattern[str]:
        """Return a pattern for some words at the end of a header."""
        return re.compile(rf" (?:{'|'.join(sorted(map(plain, words), key=len, reverse=True))})$")

    @staticmethod
    def _add_aliases(
        words: dict[str, list[HeaderMatch]], target: Target, aliases: Sequence[str], weight: float
    ) -> None:
        for rank, alias in enumerate(aliases):
            key = plain(alias)
            score = _WEAK_SCORE if key in _WEAK else (1 - rank * 0.005) * weight
            matches = words.setdefault(key, [])
            if not any(match.target == target for match in matches):
                matches.append(HeaderMatch(target, score))

    def is_alias(self, header: str) -> bool:
        """Whether a header is an alias of the schema as it stands, or NAMA with a word for a person of a list."""
        return plain(header) in self._own_words or self._respell(header).removeprefix("NAMA ") in self._names

    def _match(self, header: str) -> tuple[HeaderMatch, ...]:
        """Return the fields that a header may stand for, in no order; none for a text that is no header."""
        if not header or len(header) > _MAX_LENGTH * 3:
            return ()
        key = plain(header)
        former = next(filter(self._former.search, (key, plain(_without_brackets(header)))), None)
        if former is not None and key not in self._words:
            now = self._match(self._former.sub("", former))
            return tuple(HeaderMatch(match.target, match.score * _FORMER) for match in now)
        found: dict[Target, float] = {}
        for text, weight in self._variants(header):
            for match in self._words.get(text, ()):
                found[match.target] = max(found.get(match.target, 0), match.score * weight)
        if not found and len(key) >= 5:
            found = self._match_fuzzy(key)
        found = found or self._match_pattern(self._respell(header)) or self._match_question(header)
        return tuple(HeaderMatch(target, score) for target, score in found.items())

    def _match_fuzzy(self, text: str) -> dict[Target, float]:
        """Return field -> score for the alias that is at least 86 percent like a text."""
        if len(text) > _MAX_LENGTH or re.search(r"\d{4}", text):
            return {}
        from rapidfuzz import fuzz, process

        near = process.extractOne(text, self._fuzzy_words, scorer=fuzz.ratio, score_cutoff=86)
        return {match.target: match.score * near[1] / 100 * 0.85 for match in self._words[near[0]]} if near else {}

    def _match_pattern(self, text: str) -> dict[Target, float]:
        """Return field -> score for NAMA or NIK with a word behind it."""
        first, _space, rest = text.partition(" ")
        if first == "NAMA" and rest:
            return {"name": 0.85 if rest in self._names else 0.5}
        if first == "NIK" and rest:
            return {"nik": 0.7}
        return {"nik": 0.6} if re.fullmatch(r"NIK[A-Z]{3,}", text) else {}

    def _match_question(self, header: str) -> dict[Target, float]:
        """Return field -> score for the longest alias in a question."""
        text = plain(header)
        words = set(text.split())
        if "?" not in header and not words & self._questions:
            return {}
        phrase = next((phrase for phrase in self._phrases if f" {phrase} " in f" {text} "), None)
        return {match.target: match.score * 0.6 for match in self._words[phrase]} if phrase else {}

    def _respell(self, header: str) -> str:
        """Return a header with its words as aliases have them: no question number, NAMA for NM, camelCase parted."""
        parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header) if " " not in header.strip() else header
        text = re.sub(r"^\d{1,4} (?=[A-Z])", "", plain(parted))
        text = " ".join(self.header_words.words.get(word, word) for word in text.split())
        return re.sub(r"^NM(?=[A-Z]{3,}$)", "NAMA ", text)

    def _variants(self, header: str) -> list[tuple[str, float]]:
        """Return the texts that a header may mean, each with a weight: as it is, without brackets, each part of A/B."""
        variants = [(plain(header), 1.0)]
        bare = _without_brackets(header)
        for text in (bare, re.sub(r"\b(WAJIB|DIISI|LENGKAP SESUAI|SESUAI)\b.*", " ", plain(bare))):
            variants.append((plain(text), 0.97))
        if re.fullmatch(r"(?:[A-Z] )+[A-Z]", plain(bare)):
            variants.append((plain(bare).replace(" ", ""), 0.95))  # N I K
        if "/" in header:
            variants += [(plain(part), 0.85) for part in bare.split("/")]  # PEKERJAAN/PROFESI
            variants += [(self._respell(part), 0.84) for part in bare.split("/")]  # group/namaLengkap
        variants.append((self._respell(bare), 0.96))
        if self._current.search(plain(bare)):
            variants.append((self._current.sub("", plain(bare)), 0.99))  # PEKERJAAN SEKARANG
        for word in re.findall(r"\(([^)]*)\)", header):
            variants.append((plain(word), 0.8))
        return [(text, weight) for text, weight in variants if text]


def _without_brackets(header: str) -> str:
    return re.sub(r"\([^)]*\)", " ", header)


def cached_vocabulary(spec: RosterSpec) -> Vocabulary:
    """Return the vocabulary of a schema, made once in each process, as it caches its matches."""
    if not _cache or _cache[0][0] is not spec:
        _cache[:] = [(spec, Vocabulary(spec))]
    return _cache[0][1]


_cache: list[tuple[RosterSpec, Vocabulary]] = []  # of the last schema
Labels = Mapping[int, Sequence[str]]  # column (from 0) -> the text of the lowest row of its header, that of all rows
