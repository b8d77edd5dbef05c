"""Reads what a title, a heading, or the name of a sheet or file says of the people below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from rosterkit.frame.remark_words import RemarkReader, remark_reader
from rosterkit.schema.header_words import HeaderWords
from rosterkit.schema.spec import RosterSpec, plain

Gone = Literal["deceased", "withdrawn"]
_GONE: Mapping[str | None, Gone] = {"deceased": "deceased", "withdrawn": "withdrawn"}
_NUMBERED = re.compile(r"^\s*(?:\(?(?:[A-Za-z]|[IVXivx]{1,5}|\d{1,2})[.)]|[A-Za-z\d]\s*[-–:]|[IVX]{2,4}\s)\s*")
_COUNT = re.compile(
    r"\s*(?:\([^()]*\d[^()]*\)|[:=]\s*\d+(?:\s*\w+)?|\b\d+\s*(?:orang|org|jiwa|peserta))\s*$", re.IGNORECASE
)
_LABELLED = re.compile(r"^([^:=]+?)\s*[:=]\s*(.*\S)\s*$", re.DOTALL)
_SOME = re.compile(r"\d+\s*(?:orang|org|jiwa|peserta)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)?")
_BEGINNING = 3  # words
_PIECES = re.compile(r"[/,;&+]|\bDAN\b|\bATAU\b", re.IGNORECASE)
_SENDER = re.compile(r"^(?:RT|RW)\s*\d+(?:\s*/\s*\d+)?\s*[-–:,]?\s*", re.IGNORECASE)


class HeadingWords:
    """The words of a schema and of ``schemas/headers.yaml`` by which headings are read.

    Args:
        spec: names the categories.
        words: those of headings.
        columns: the aliases of columns in plain form: RT is a column before it is a head of an RT.
    """

    def __init__(self, spec: RosterSpec, words: HeaderWords, columns: Iterable[str]) -> None:
        known = {
            word: item.label
            for item in reversed(spec.categories)
            for word in map(plain, (item.code, item.label, *item.synonyms))
        }
        taken = {*columns}
        self._labels = {word: label for word, label in known.items() if word not in taken}
        self.has_categories = bool(self._labels)
        self._category = re.compile(rf"{_any_of(self._labels)}(?! \d)")  # KETUA RT 03 is a sender
        self._no_title, self._relatives = _any(words.no_category), _any(words.relatives)
        self._of_people = _any((*words.signatures, *words.others))
        self._list, self._occupation = _any(words.list_words), re.compile("^" + _any_of(words.occupations))
        self._neutral = re.compile(rf"^{_any_of(words.neutral_headings)}")
        self._not_gone, self._proposed = _any(words.not_gone), _any(words.proposed)
        self._older, self._not_older = _any(words.older_sheets), _any(words.not_older)
        self._others = frozenset(map(plain, words.sheets_of_others))
        self._reader: RemarkReader = remark_reader(spec.remarks)

    def find_categories(self, text: str) -> list[str]:
        """Return the labels of the categories that a title names; none where it is about somebody else.

        Of a label and its value (KATEGORI : PEMULUNG) the value counts; where the label names somebody (KETUA RT :
        ...), nothing.
        """
        text = _COUNT.sub("", text)
        labelled = _LABELLED.match(text)
        if labelled:
            label, value = labelled[1], labelled[2]
            names = self._category.search(plain(label))
            if not (names and (self.is_list_title(label) or self.is_neutral(value))):
                if names or self._of_people.search(plain(label)):
                    return []
                text = value
        words = plain(text)
        if self._no_title.search(words) or self._relatives.search(self._category.sub(" ", words)):
            return []
        return [*dict.fromkeys(self._labels[match[0]] for match in self._category.finditer(words))]

    def is_category(self, text: str) -> bool:
        """Whether a text is a category as it stands."""
        return plain(text) in self._labels

    def read_category(self, text: str) -> str | None:
        """Return the category that a heading is, without the letter or number before it; None for another text."""
        if plain(text) in self._labels:
            return text
        bare = self.drop_label(_COUNT.sub("", _SENDER.sub("", _NUMBERED.sub("", text))))
        return self._labels.get(plain(bare)) or self._labels.get(self._without_list_words(bare, "^"))

    def drop_label(self, text: str) -> str:
        """Return the value of a label such as KATEGORI; any other text as it is."""
        labelled = _LABELLED.match(text)
        return labelled[2] if labelled and not self._without_list_words(labelled[1]) else text

    def read_gone(self, text: str, strict: bool = False) -> Gone | None:
        """Return what a text says of people who died or left: ``deceased`` or ``withdrawn``; None for nothing.

        ``strict``: nothing else may stand there, as in a row between people, which may be about one of them, or the
        words begin it in capitals (TIDAK DIUSULKAN LAGI KARENA ...).
        """
        bare = _NUMBERED.sub("", _COUNT.sub("", text))
        if self._not_gone.search(plain(text)) or "=" in text or _SOME.search(bare):
            return None
        bare = " ".join(re.sub(r"\d", " ", bare).split())
        pieces = [piece for piece in _PIECES.split(_BRACKETS.sub(" ", bare) if strict else bare) if piece.strip()]
        says = [_GONE.get(self._reader.read_bare(self._without_list_words(piece), piece)) for piece in pieces]
        if strict:
            return says[0] if says and all(says) else self._read_beginning(bare) if text.isupper() else None
        return _GONE.get(self._reader.read_remark(bare)) or next(filter(None, says), None)

    def _read_beginning(self, text: str) -> Gone | None:
        """Return what the first words of a text say of people who died or left."""
        words = self._without_list_words(text).split()
        begins = (" ".join(words[:count]) for count in range(_BEGINNING, 0, -1))
        return next(filter(None, (_GONE.get(self._reader.read_bare(words, text)) for words in begins)), None)

    def is_list_title(self, text: str) -> bool:
        """Whether a text begins as the title of a list does."""
        return self._list.match(plain(text)) is not None

    def names_others(self, text: str) -> bool:
        """Whether the name of a sheet is that of a list of others (AHLI WARIS), and of no category."""
        bare = self._without_list_words(re.sub(r"\d", " ", text))
        return bare in self._others and bare not in self._labels

    def names_older(self, text: str) -> bool:
        """Whether the name of a sheet is that of an earlier list: 2024 (lama)."""
        words = plain(text)
        return self._older.search(words) is not None and self._not_older.search(words) is None

    def names_occupation(self, text: str) -> bool:
        """Whether a heading begins with an occupation, known or not."""
        bare = plain(_NUMBERED.sub("", text))
        return self._occupation.match(self._without_list_words(bare, "^") or bare) is not None

    def is_neutral(self, text: str) -> bool:
        """Whether a heading says nothing of what its people are: a place, a page."""
        words = plain(_NUMBERED.sub("", text))
        if words.strip("0123456789 ") and self._neutral.match(words) is None:
            return False
        return self.read_category(text) is None

    def is_proposed(self, text: str) -> bool:
        """Whether a heading says that the people below it are proposed, whatever an earlier one says."""
        return self._proposed.search(plain(text)) is not None

    def _without_list_words(self, text: str, only: str = "") -> str:
        """Return a text in plain form without the words of lists; ``only`` those at its beginning for ``^``."""
        words = plain(text)
        if not only:
            return " ".join(self._list.sub(" ", words).split())
        while match := self._list.match(words):
            words = words[match.end() :].strip()
        return words


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for whole words in plain texts, the longest first; for nothing where there are none."""
    found = sorted(set(map(plain, words)), key=len, reverse=True)
    return rf"\b(?:{'|'.join(map(re.escape, found))})\b" if found else r"(?!)"


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_any_of(words))
