"""Finds people of whom a heading, a title, or the name of their sheet or file says that they are not proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rosterkit.model.roster import Aside, Table
from rosterkit.read.heading_words import HeadingWords
from rosterkit.read.headings import Section, find_sections, find_titles
from rosterkit.schema.spec import plain

_MAX_WORDS = 12  # of a title; more are a sentence, which may be about anything


def set_aside(tables: Sequence[Table], path: Path, words: HeadingWords) -> list[Table]:
    """Return the tables with what is said of people who died, left, or are in the list of somebody else.

    What a sheet's name says holds for everybody in it; what a title says, up to the next title; what a heading says, up
    to one that names a category or says that its people are proposed. A file's name may be a sentence: it only warns.

    Args:
        tables: those of one file.
        path: the file.
        words: those of headings.
    """
    sheets = {table.sheet.name for table in tables if table.people}
    older = {name for name in sheets if words.names_older(name)}
    others = {name for name in sheets if words.names_others(name)}
    plainly = sheets - older - others
    return [
        replace(table, aside=tuple(_find(table, tables, path, words, (older, others) if plainly else (set(), set()))))
        if table.people
        else table
        for table in tables
    ]


def _find(
    table: Table, tables: Sequence[Table], path: Path, words: HeadingWords, sheets: tuple[set[str], set[str]]
) -> Iterator[Aside]:
    first, last, name = table.people[0], table.people[-1], table.sheet.name
    older, others = sheets
    is_of_file = name == path.stem  # of a text file
    gone = words.read_gone(name.replace("_", " "))
    if gone and not is_of_file:
        yield Aside(first, last, "sheet", name, gone)
    elif name in older:
        yield Aside(first, last, "sheet", name, "older")
    elif name in others:
        yield Aside(first, last, "sheet", name, "others")
    else:
        found = [*_find_by_headings(table, find_titles(table, tables), words)]
        yield from found
        by_file = words.read_gone(path.stem.replace("_", " "))
        if by_file and not found:
            yield Aside(first, last, "file", path.name, by_file, holds=False)


def _find_by_headings(table: Table, titles: Sequence[str], words: HeadingWords) -> Iterator[Aside]:
    """Yield the people below titles and headings that say it."""
    said, title = {plain(text) for text in titles}, next((text for text in titles if _says_gone(text, words)), "")
    current, is_title, is_nested = title, True, False
    start = table.people[0]
    for section in find_sections(table, titles, words):
        if all(plain(text) in said for text in section.texts):
            continue
        found = _find_heading(table, section, words)
        if found or (current and _ends(section, is_title, is_nested, words)):
            if current and start < section.first:
                yield _as_aside(start, section.first - 1, current, words)
            current, start, is_title = found, section.first, section.begins_table
            is_nested = any(words.read_category(text) for text in section.texts)
    if current:
        yield _as_aside(start, table.people[-1], current, words)


def _as_aside(first: int, last: int, text: str, words: HeadingWords) -> Aside:
    return Aside(first, last, "heading", " ".join(text.split()), words.read_gone(text) or "others")


def _says_gone(text: str, words: HeadingWords) -> bool:
    is_title = words.is_list_title(text) and len(plain(text).split()) <= _MAX_WORDS
    return words.read_gone(text, strict=not is_title) is not None


def _find_heading(table: Table, section: Section, words: HeadingWords) -> str:
    """Return the heading of a section that says it, or whose title is that of others below the list; empty for none.

    A remark in a column on the right is no heading.
    """
    for row, text in zip(section.rows, section.texts, strict=True):
        column = next(column for column, cell in enumerate(table.sheet.rows[row]) if cell == text)
        if column <= table.columns.get("name", column) and (
            _says_gone(text, words) or (section.begins_table and words.names_others(text))
        ):
            return text
    return ""


def _ends(section: Section, is_title: bool, is_nested: bool, words: HeadingWords) -> bool:
    """Whether a section ends what an earlier heading says.

    A category does not where a title says it, or where the heading has categories below it.
    """
    if section.begins_table or any(words.is_proposed(text) for text in section.texts):
        return True
    last = section.texts[-1]
    return not (is_title or is_nested) and bool(words.read_category(last) or words.names_occupation(last))
