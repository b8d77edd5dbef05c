"""Recognises the texts of findings: what is left of a cell without them is the sender's."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from rosterkit.language import in_every_language
from rosterkit.rules import RULES

_START, _VALUE = r"[^\n]{1,80}?", r".{0,2000}?"  # what stands for a fact, before the cell and behind it
_CELL = r"[A-Z]{1,3}[0-9]{1,7}"


class OwnTexts:
    """The texts of findings: the messages that are known to be ours, and the sentences of the rules."""

    def __init__(self, messages: Collection[str] = ()) -> None:
        self._messages = frozenset(messages)
        self._lengths = sorted({len(message) for message in self._messages if message}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._lengths)

    def remove_from(self, text: str) -> str:
        """Return a text without the messages that it begins with."""
        rest = text
        while rest:
            length = self.measure_known(rest)
            found = None if length else _sentences().match(rest)
            length = found.end() if found else length
            if not length:
                break
            rest = rest[length:].lstrip()
        return rest

    def measure_known(self, text: str) -> int:
        """Return the length of the longest known message that a text begins with; 0 where it begins with none."""
        size = len(text)
        return next((length for length in self._lengths if length <= size and text[:length] in self._messages), 0)


@cache
def _sentences() -> re.Pattern[str]:
    """Return the pattern of all messages of all rules.

    Those with a common beginning up to the cell are one alternative, or a text of the sender takes far too long.
    """
    texts = {text for rule in RULES for text in (rule.message, *(rule.variants or {}).values())}
    every = {translated for text in texts for translated in in_every_language(text)}
    by_head: dict[str, list[str]] = {}
    for template in sorted(every, key=lambda template: (-len(template), template)):
        head, cell, tail = template.partition("{cell}")
        by_head.setdefault(_make_pattern(head, _START) + _CELL * bool(cell), []).append(_make_pattern(tail, _VALUE))
    return re.compile("|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in by_head.items()), re.S)


def _make_pattern(template: str, value: str) -> str:
    pieces = re.split(r"(\{\w+\})", template)
    pattern = "".join(value if piece.startswith("{") else re.escape(piece) for piece in pieces)
    return pattern + (r"(?=\s+\w|$)" if template.endswith("}") else "")
