"""Finds phrases in texts, whatever their case and signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property


def plain_words(text: str) -> str:
    """Return the words of a text in lower case between single spaces, with a space at both ends."""
    return f" {' '.join(re.sub(r'[^0-9a-z]+', ' ', text.lower()).split())} "


class Phrases:
    """A pattern that is compiled when a text is there to be read: most lists have no remarks."""

    def __init__(self, pattern: str) -> None:
        """Take the pattern."""
        self._pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first phrase in a text."""
        return self._compiled.search(text)

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Return the phrase that stands at a place of a text."""
        return self._compiled.match(text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the phrases in a text."""
        return self._compiled.finditer(text)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return a text with something else in the place of each phrase."""
        return self._compiled.sub(new, text)


def pattern_of(phrases: Iterable[str], suffix: str = "") -> Phrases | None:
    """Return a pattern for phrases in plain texts, the longest first; * stands for any words."""
    parts = sorted({_phrase(phrase) for phrase in phrases} - {""}, key=lambda part: (-len(part), part))
    return Phrases(rf"(?<= )(?:{'|'.join(parts)}){suffix}(?= )") if parts else None


def _phrase(text: str) -> str:
    pieces = [plain_words(piece).strip() for piece in text.split("*")]
    return r" (?:[0-9a-z]+ )*?".join(filter(None, pieces))


def spans(pattern: Phrases | None, text: str) -> Iterator[tuple[int, int]]:
    """Return where a pattern stands in a plain text."""
    return (match.span() for match in pattern.finditer(text)) if pattern else iter(())
