"""Recognises the texts of findings: what is left of a cell without them is the sender's."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from rosterkit.language import in_every_language
from rosterkit.rules import RULES

_VALUE = r".{0,2000}?"
_CELL = r"[A-Z]{1,3}\d{1,7}"


def remove_own_texts(text: str, messages: Collection[str] = ()) -> str:
    """Return a text without the messages that it begins with.

    Args:
        text: of a cell.
        messages: messages that are known to be ours; others are recognised by the sentences of the rules.
    """
    rest = text
    while rest:
        known = max((message for message in messages if rest.startswith(message)), key=len, default="")
        found = None if known else _sentences().match(rest)
        length = len(known) or (found.end() if found else 0)
        if not length:
            break
        rest = rest[length:].lstrip()
    return rest


@cache
def _sentences() -> re.Pattern[str]:
    """Return the pattern of all messages of all rules, the long ones first."""
    texts = {text for rule in RULES for text in (rule.message, *(rule.variants or {}).values())}
    every = {translated for text in texts for translated in in_every_language(text)}
    return re.compile("|".join(map(_make_pattern, sorted(every, key=len, reverse=True))), re.S)


def _make_pattern(template: str) -> str:
    pieces = re.split(r"\{(\w+)\}", template)
    return "".join(
        re.escape(piece) if number % 2 == 0 else _CELL if piece == "cell" else _VALUE
        for number, piece in enumerate(pieces)
    ) + (r"(?=\s\S|$)" if template.endswith("}") else "")
