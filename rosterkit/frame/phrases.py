"""Finds phrases in texts, whatever their case and signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def plain_words(text: str) -> str:
    """Return the words of a text in lower case between single spaces, with a space at both ends."""
    return f" {' '.join(re.sub(r'[^0-9a-z]+', ' ', text.lower()).split())} "


def pattern_of(phrases: Iterable[str], suffix: str = "") -> re.Pattern[str] | None:
    """Return a pattern for phrases in plain texts, the longest first; * stands for any words."""
    parts = sorted({_phrase(phrase) for phrase in phrases} - {""}, key=lambda part: (-len(part), part))
    return re.compile(rf"(?<= )(?:{'|'.join(parts)}){suffix}(?= )") if parts else None


def _phrase(text: str) -> str:
    pieces = [plain_words(piece).strip() for piece in text.split("*")]
    return r" (?:[0-9a-z]+ )*?".join(filter(None, pieces))


def spans(pattern: re.Pattern[str] | None, text: str) -> Iterator[tuple[int, int]]:
    """Return where a pattern stands in a plain text."""
    return (match.span() for match in pattern.finditer(text)) if pattern else iter(())
