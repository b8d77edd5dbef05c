"""What a file's name says of its version: "RT 03 rev 2 (1)" is a revision of "RT 03"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from rosterkit.records import dataclass
from rosterkit.schema.spec import plain
from rosterkit.schema.words import VersionMeaning

_DOUBLE = re.compile(r"\(\d+\)")  # added by browsers, WhatsApp and Windows to a name that is in use
_WORD = re.compile(r"([A-Z]+)(\d{0,2})")
_NEEDS_NUMBER = frozenset("V")


@dataclass(frozen=True, slots=True)
class VersionName:
    """A file's name, taken apart.

    Args:
        stem: the name without the words of versions.
        older: it says that it is the old version.
        newer: the words that say it is a newer one, each with its number (1 where it has none).
        added: it says that it adds to another list.
    """

    stem: str
    older: bool = False
    newer: frozenset[tuple[str, int]] = frozenset()
    added: bool = False

    def is_newer_than(self, other: VersionName) -> bool:
        """Whether the words say so: any word against none or "lama", or the same words with higher numbers."""
        if self.older or (other.older and not other.newer):
            return not self.older
        mine, theirs = dict(self.newer), dict(other.newer)
        if not theirs:
            return bool(mine)
        pairs = [(mine[word], theirs[word]) for word in mine if word in theirs]
        rising = all(one >= two for one, two in pairs) and any(one > two for one, two in pairs)
        return mine.keys() == theirs.keys() and rising


def read_version_name(path: str, words: Mapping[str, VersionMeaning]) -> VersionName:
    """Return what a file's name says of its version.

    Args:
        path: the file; the names of folders do not count.
        words: the words of versions (``schemas/words.yaml``).
    """
    tokens = plain(re.sub(r"[^\w()]|_", " ", _DOUBLE.sub(" ", PurePath(path).stem))).split()
    stem, meanings, newer = [], set(), {}
    at = 0
    while at < len(tokens):
        token, at = tokens[at], at + 1
        match = _WORD.fullmatch(token)
        word, number = match.groups() if match else (token, "")
        meaning = words.get(word)
        if meaning == "newer" and not number and at < len(tokens) and re.fullmatch(r"\d{1,2}", tokens[at]):
            number, at = tokens[at], at + 1
        if meaning is None or (number and meaning != "newer") or (word in _NEEDS_NUMBER and not number):
            stem.append(token)
        elif meaning == "newer":
            newer[word] = int(number or 1)
        else:
            meanings.add(meaning)
    return VersionName(" ".join(stem), "older" in meanings, frozenset(newer.items()), "added" in meanings)
