"""Takes the category of a list from its title or the name of its sheet or file, where no column or heading tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rosterkit.model.roster import CategorySource, NamedCategory, Table
from rosterkit.read.headers import Vocabulary
from rosterkit.schema.spec import RosterSpec, plain


def name_categories(tables: Sequence[Table], path: Path, spec: RosterSpec, vocabulary: Vocabulary) -> list[Table]:
    """Return the tables with the category that is named for all people of a table.

    Where exactly one is named, by whole words, it is given to them; where there are several, ``named`` only holds them.
    Beside a list with a category of its own nothing is taken: the title may be that list's.

    Args:
        tables: those of one file.
        path: the file.
        spec: the schema with the categories.
        vocabulary: the words of categories, and those of titles that name none.
    """
    if not vocabulary.categories:
        return [*tables]
    finder = _find_by(spec, vocabulary)
    sheets = {table.sheet.name for table in tables if _has_category(table)}  # whose title or name may be that list's
    return [
        table if table.sheet.name in sheets or not table.people else finder.name_category(table, path, not sheets)
        for table in tables
    ]


def _has_category(table: Table) -> bool:
    return "category" in table.columns or "occupation" in table.columns


_latest: list[tuple[Vocabulary, _Finder]] = []


def _find_by(spec: RosterSpec, vocabulary: Vocabulary) -> _Finder:
    """Return the finder of a vocabulary, which is that of one schema and the same for all files of a run."""
    if not _latest or _latest[0][0] is not vocabulary:
        _latest[:] = [(vocabulary, _Finder(spec, vocabulary))]
    return _latest[0][1]


class _Finder:
    """Finds the categories of a schema in texts, the longest words first."""

    def __init__(self, spec: RosterSpec, vocabulary: Vocabulary) -> None:
        self._labels = {
            word: item.label
            for item in reversed(spec.categories)
            for word in map(plain, (item.code, item.label, *item.synonyms))
            if word in vocabulary.categories
        }
        words = sorted(self._labels, key=len, reverse=True)
        self._pattern = re.compile(
            r"\b(?:" + "|".join(map(re.escape, words)) + r")\b(?! \d)"
        )  # KETUA RT 03 is a sender
        no_titles = "|".join(map(re.escape, map(plain, vocabulary.header_words.no_category)))
        self._no_title = re.compile(rf"\b(?:{no_titles})\b" if no_titles else r"(?!)")

    def name_category(self, table: Table, path: Path, by_file: bool) -> Table:
        """Return a table with the category that is named; by the file's name where ``by_file``."""
        found: dict[str, tuple[CategorySource, str]] = {}
        for source, text in _source_texts(table, path, by_file):
            for match in self._pattern.finditer(plain(text)) if not self._no_title.search(plain(text)) else ():
                found.setdefault(self._labels[match[0]], (source, text))
        if not found:
            return table
        source, text = next(iter(found.values()))
        given = {**table.given, "category": next(iter(found))} if len(found) == 1 else table.given
        return replace(table, given=given, named=NamedCategory(source, " ".join(text.split()), tuple(found)))


def _source_texts(table: Table, path: Path, by_file: bool) -> Iterator[tuple[CategorySource, str]]:
    """Yield the texts that may name a category; a row with two cells is no title but a label and its value."""
    for row in table.sheet.rows[table.top : min(table.header_rows, default=0)]:
        texts = [cell for cell in row if cell != ""]
        if len(texts) == 1 and isinstance(texts[0], str):
            yield "title", texts[0]
    if table.sheet.name != path.stem:
        yield "sheet", table.sheet.name
    if by_file:
        yield "file", path.stem
