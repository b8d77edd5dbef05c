"""Reads what a remark, a status or the words in a name say of the person, by the words of ``schemas/remarks.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any

from rosterkit.schema.load import load_remarks
from rosterkit.schema.remarks import MEANINGS, MeaningSpec, RemarkWords

OTHER = "other"  # a remark that decides nothing
_CLAUSE = re.compile(r"[,;|\n]| / | [-–—] |(?<=[a-z]{5})[.]\s", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)(?:[)\]}]|$)")
_BEHIND_DASH = re.compile(r"(?:\s[-–—]+|[-–—]+\s|[–—])\s*([^-–—()\[\]{}]+)$")
_TITLES = r"(?:(?:h|hj|dr|drs|dra|ir|kh|ust|prof|sdr|sdri|bpk|bapak|ibu) )*"
_NOT_BEFORE = 3  # words before another one in which "not" is looked for


class _Pattern:
    """A pattern that is compiled when a text is there to be read: most lists have no remarks."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self._text)


def _plain(text: str) -> str:
    """Return the words of a text in lower case between single spaces, with a space at both ends."""
    return f" {' '.join(re.sub(r'[^0-9a-z]+', ' ', text.lower()).split())} "


def _pattern(phrases: Iterable[str], suffix: str = "") -> _Pattern | None:
    """Return a pattern for phrases in plain texts, the longest first; * stands for any words."""
    parts = sorted({_phrase(phrase) for phrase in phrases} - {""}, key=lambda part: (-len(part), part))
    return _Pattern(rf"(?<= )(?:{'|'.join(parts)}){suffix}(?= )") if parts else None


def _phrase(text: str) -> str:
    pieces = [_plain(piece).strip() for piece in text.split("*")]
    return r" (?:[0-9a-z]+ )*?".join(filter(None, pieces))


def _spans(pattern: _Pattern | None, text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.compiled.finditer(text)) if pattern else iter(())


class _Meaning:
    """The compiled words of one meaning."""

    def __init__(self, name: str, parts: Sequence[MeaningSpec]) -> None:
        def of(key: str) -> list[str]:
            return [word for part in parts for word in getattr(part, key)]

        self.name = name
        self.signs = tuple(of("signs"))
        self.words, self.beside, self.unless = (_pattern(of(key)) for key in ("words", "beside", "unless"))
        self.alone = frozenset(_plain(word) for word in (*of("alone"), *of("words")) if "*" not in word)
        self.last = [_plain(word) for word in of("last")]
        self.titles = [_plain(word) for word in of("titles")]

    def fits(self, clause: str) -> bool:
        """Whether the words that must or must not stand beside it are as they should be."""
        return not (self.beside and not self.beside.compiled.search(clause)) and not (
            self.unless and self.unless.compiled.search(clause)
        )


class RemarkReader:
    """Says of a remark or a name what it means: one of ``MEANINGS``, ``other``, or None for nothing.

    Args:
        more: the words that a programme adds to those of ``schemas/remarks.yaml``.
    """

    def __init__(self, more: RemarkWords) -> None:
        parts: tuple[RemarkWords, ...] = (load_remarks(), more)

        def of(key: str) -> list[str]:
            return [word for part in parts for word in getattr(part, key)]

        self._meanings = [_Meaning(name, [getattr(part, name) for part in parts]) for name in MEANINGS]
        self._unrelated, self._not = _pattern(of("unrelated")), _pattern(of("negations"))
        self._else = _pattern(of("somebody_else"), "(?:nya|ku)?")
        self._fillers = _pattern([*of("fillers")])
        self._name_of_other = _pattern(of("name_of_other"))
        self._nothing = frozenset(map(_plain, of("nothing")))
        self.in_a_name = self._make_hint()

    def _make_hint(self) -> str:
        """Return a pattern (of polars) for the names in which anything can stand."""
        last = "|".join(word.strip().replace(" ", "[^a-z0-9]+") for one in self._meanings for word in one.last)
        first = "|".join(word.strip() for one in self._meanings for word in one.titles)
        signs = "|".join(re.escape(sign) for one in self._meanings for sign in one.signs)
        ends = [rf"(?:^|[^a-z])(?:{last})[^a-z]*$", rf"(?:^|[^a-z])(?:{first})[^a-z]"]
        parts = [r"[(\[{]", r"\s[-–—]|[-–—]\s|[–—]", *ends]
        return f"(?i){'|'.join(filter(None, (*parts, signs)))}"

    def read_remark(self, text: str) -> str | None:
        """Return what a remark or a status says of the person."""
        clauses = [clause for part in _CLAUSE.split(text) if (clause := _plain(part)).strip()]
        for meaning in self._meanings:
            if any(sign in text for sign in meaning.signs) or any(self._says(meaning, clause) for clause in clauses):
                return meaning.name
        return OTHER if any(self._is_remark(clause) for clause in clauses) else None

    def read_bare(self, text: str, whole: str) -> str | None:
        """Return what a text says where it is nothing but the words of one meaning; None for any other text.

        Args:
            text: the text.
            whole: the one that it was cut from, which may say that these words are about something else.
        """
        if self._unrelated and self._unrelated.search(_plain(whole)):
            return None
        bare = self._without_fillers(_plain(text))
        return next((meaning.name for meaning in self._meanings if bare in meaning.alone), None)

    def read_occupation(self, text: str) -> str | None:
        """Return ``excluded`` for an occupation that is none of a vulnerable worker, else None."""
        excluded = next(one for one in self._meanings if one.name == "excluded")
        clauses = [_plain(part) for part in _CLAUSE.split(text.replace("/", ","))]
        return excluded.name if any(self._says(excluded, clause) for clause in clauses) else None

    def read_name(self, name: str) -> str | None:
        """Return what the words in brackets, behind a dash, at the end or at the beginning of a name say.

        ``other``: they may be about somebody else, whom the name mentions before them (bin, istri).
        """
        best: tuple[int, str] | None = None
        for start, meaning in self._name_parts(name):
            links = _spans(self._name_of_other, self._without_unrelated(_plain(name[:start])))
            found = (len(MEANINGS), OTHER) if any(links) else (MEANINGS.index(meaning), meaning)
            best = min(best, found) if best else found
        return best[1] if best else None

    def _name_parts(self, name: str) -> Iterator[tuple[int, Any]]:
        """Yield where in a name something is said of the person, and what."""
        for pattern in (_IN_BRACKETS, _BEHIND_DASH):
            for match in pattern.finditer(name):
                said = self.read_remark(match[1])
                if said in MEANINGS:
                    yield match.start(), said
        words = _plain(name)
        for meaning in self._meanings:
            yield from ((0, meaning.name) for sign in meaning.signs if sign in name)
            if any(words.endswith(word) and words != word for word in meaning.last):
                yield len(name), meaning.name
            if any(re.match(f" {_TITLES}{word[1:]}", words) for word in meaning.titles):
                yield 0, meaning.name

    def _says(self, meaning: _Meaning, clause: str) -> bool:
        """Whether a clause says it of the person: not of somebody else, and without a "not"."""
        if not meaning.fits(clause):
            return False
        if not meaning.beside and self._without_fillers(clause) in meaning.alone:
            return True
        unrelated = list(_spans(self._unrelated, clause))
        others = list(_spans(self._else, self._without_unrelated(clause)))
        for start, end in _spans(meaning.words, clause):
            if any(first <= start and end <= last and last - first > end - start for first, last in unrelated):
                continue
            if any(first < start or first == end + 1 for first, _last in others):
                continue
            before = " ".join(["", *clause[:start].split()[-_NOT_BEFORE:], ""])
            if not (self._not and self._not.compiled.search(before)):
                return True
        return False

    def _is_remark(self, clause: str) -> bool:
        bare = self._without_fillers(clause)
        return bool(bare.strip()) and clause not in self._nothing and bare not in self._nothing

    def _without_fillers(self, clause: str) -> str:
        bare = self._fillers.compiled.sub("", clause) if self._fillers else clause
        return f" {' '.join(word for word in bare.split() if not word.isdecimal())} "

    def _without_unrelated(self, clause: str) -> str:
        """Return a clause with the same length, the unrelated phrases replaced by digits."""
        return self._unrelated.compiled.sub(lambda match: "0" * len(match[0]), clause) if self._unrelated else clause


@lru_cache(maxsize=4)
def remark_reader(more: RemarkWords) -> RemarkReader:
    """Return the reader for the words that a programme adds."""
    return RemarkReader(more)
