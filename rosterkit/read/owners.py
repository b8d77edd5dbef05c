"""Says whose a column is: the person's of the list, her mother's, or somebody else's (heir, proposer, spouse, ...)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rosterkit.schema.header_words import HeaderWords
from rosterkit.schema.spec import plain

PERSON, MOTHER, THING = "", "mother", "thing"
_OF_THINGS = ("name", "nik", "kk", "phone", "address")  # the fields that a thing may have as well


class Owners:
    """The words that say whose a column is."""

    def __init__(self, words: HeaderWords) -> None:
        self._others = _any_of(words.others)
        self._beside = _any_of(words.others_beside_a_person)
        self._things = _any_of(words.things)
        self._mothers = frozenset(map(plain, words.mothers))
        self._persons = frozenset(map(plain, words.persons))

    def find_owner(self, texts: Sequence[str], is_alias: bool, alone: bool = False) -> str:
        """Return the owner of a column: ``PERSON``, ``MOTHER``, ``THING``, or the word for somebody else.

        Args:
            texts: the text of the lowest row of its header, the texts of all rows.
            is_alias: the lowest text is an alias of a field as it stands.
            alone: nobody else has a NIK and a name, so that those who mostly stand beside a person are the people.
        """
        lower, full = plain(texts[0]), plain(texts[-1])
        group = full[: -len(lower)].strip() if lower and full.endswith(lower) else ""
        if group in self._mothers:
            return MOTHER
        text = group if is_alias else full
        if group in self._persons and not is_alias:
            text = lower
        match = self._others.search(text) or (None if alone else self._beside.search(text))
        if match:
            return match[0]
        return THING if self._things.search(text) else PERSON

    def find_pair(self, texts: Sequence[str]) -> str:
        """Return the word for somebody who mostly stands beside a person, in the header of a column."""
        match = self._beside.search(plain(texts[-1]))
        return match[0] if match else ""

    def drop_pair(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return the texts of a header without the words that ``find_pair`` finds."""
        return tuple(" ".join(self._beside.sub(" ", plain(text)).split()) or text for text in texts)


def concerns(owner: str, target: str) -> bool:
    """Whether a column of an owner cannot be a field of the person."""
    if owner == THING:
        return any(part in _OF_THINGS for part in target.split("+"))
    return owner != PERSON


def groups_with_people(pairs: Mapping[int, str], targets: Mapping[int, Iterable[str]]) -> list[str]:
    """Return the words whose columns hold both a NIK and a name, in the order of the columns.

    Args:
        pairs: column -> the word in its header (see ``find_pair``), empty for none.
        targets: column -> the fields that its header may stand for.
    """
    fields: dict[str, set[str]] = {}
    for column, word in sorted(pairs.items()):
        if word:
            fields.setdefault(word, set()).update(targets.get(column, ()))
    return [word for word, found in fields.items() if {"nik", "name"} <= found]


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of some whole words, the longest first."""
    ordered = sorted(map(plain, words), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b") if ordered else re.compile(r"(?!)")
