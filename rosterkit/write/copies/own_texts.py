"""What a copy holds in columns of ours, remarks and states, and how it is recognised when the copy comes back.

What is left of a remark without our sentences is the sender's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from rosterkit.language import N_, _, in_every_language
from rosterkit.model.report import ReadyState
from rosterkit.read.own_marks import OWN_STATUS
from rosterkit.report.held import AT_OFFICE, SEE_SUMMARY
from rosterkit.report.words import FOR_OFFICE
from rosterkit.rules import RULES

_HELD = N_("Ditunda")
_STATES: dict[ReadyState, str] = {
    "clean": N_("Siap"),
    "incomplete": N_("Belum lengkap"),
    "sent": N_("Sudah diunggah"),
}
_START, _VALUE = r"[^\n]{1,80}?", r".{0,2000}?"  # what stands for a fact at the beginning, and behind it
_PERSON = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(?: [^\n:]{1,80})?: ")  # whose remark it is, where people share a row


def state_words() -> dict[ReadyState | None, str]:
    """Return what a person's state is called; None: something holds her back."""
    return {None: _(_HELD), **{state: _(word) for state, word in _STATES.items()}}


@cache
def states_in_every_language() -> frozenset[str]:
    """Return the states as a copy of any language holds them."""
    return frozenset(text for word in (_HELD, *_STATES.values()) for text in in_every_language(word))


class OwnTexts:
    """The texts of remarks: the messages that are known to be ours, and the sentences of the rules."""

    def __init__(self, messages: Collection[str] = ()) -> None:
        self._messages = frozenset(messages)
        self._lengths = sorted({len(message) for message in self._messages if message}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._lengths)

    def remove_from(self, text: str) -> str:
        """Return a text without the sentences of ours that it begins with."""
        rest = text
        person = _PERSON.match(text)
        if person and (self._measure(text[person.end() :]) > 0):
            rest = text[person.end() :]
        while rest and (length := self._measure(rest)):
            rest = rest[length:].lstrip()
        return rest

    def begins(self, text: str) -> bool:
        """Whether the first line of a text, which may be of several people, begins with a sentence of ours."""
        return self._measure(text.partition("\n")[0]) > 0

    def _measure(self, text: str) -> int:
        """Return the length of the sentence of ours that a text begins with; 0 where it begins with none."""
        length = self.measure_known(text)
        if length:
            return length
        found = _sentences().match(text)
        return found.end() if found else 0

    def measure_known(self, text: str) -> int:
        """Return the length of the longest known message that a text begins with; 0 where it begins with none."""
        size = len(text)
        return next((length for length in self._lengths if length <= size and text[:length] in self._messages), 0)


RULES_ALONE = OwnTexts()  # without messages that are known besides


def is_own_text(header: str, value: object) -> bool:
    """Whether a cell of a column of ours holds what an earlier check wrote, and nothing of the sender."""
    if not isinstance(value, str) or not value:
        return False
    if header == OWN_STATUS:
        return value in states_in_every_language()
    return RULES_ALONE.remove_from(value) == ""


@cache
def _sentences() -> re.Pattern[str]:
    """Return the pattern of all that rules say to a sender, and ask of her.

    Texts with a common beginning up to their first fact are one alternative, or a text of the sender takes far too
    long.
    """
    every = {translated for text in _texts() for translated in in_every_language(text)}
    by_head: dict[str, list[str]] = {}
    for template in sorted(every, key=lambda template: (-len(template), template)):
        head, fact, tail = re.match(r"([^{]*)(\{\w+\})?(.*)", template, re.S).groups()  # type: ignore[union-attr] # it matches every text
        start = re.escape(head) + (_VALUE if head and fact else _START if fact else "")
        by_head.setdefault(start, []).append(_make_pattern(tail, ends_in_fact=template.endswith("}")))
    return re.compile("|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in by_head.items()), re.S)


def _texts() -> Iterator[str]:
    yield from (*FOR_OFFICE, AT_OFFICE, SEE_SUMMARY)
    for rule in RULES:
        # in the copy of a decree; what begins with a fact could be anybody's, and is known from its sheet of results
        yield from (text for text in rule.office_texts() if not text.startswith("{"))
        if rule.sender is not None:
            yield from rule.sender.texts()


def _make_pattern(template: str, ends_in_fact: bool) -> str:
    pieces = re.split(r"(\{\w+\})", template)
    pattern = "".join(_VALUE if piece.startswith("{") else re.escape(piece) for piece in pieces)
    return pattern + (r"(?=\s+\w|$)" if ends_in_fact else "")
