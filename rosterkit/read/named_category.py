"""Takes the category of people from headings, a title, or the name of their sheet or file, where no column tells it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rosterkit.model.roster import CategorySource, NamedCategory, Table
from rosterkit.read.heading_words import HeadingWords
from rosterkit.read.headings import Section, find_sections, find_titles

Named = dict[str, tuple[CategorySource, str]]  # label -> what names it


def name_categories(tables: Sequence[Table], path: Path, words: HeadingWords) -> list[Table]:
    """Return the tables with the categories that are named for their people.

    A heading gives its category to the people below it, up to the next one; one that the schema does not know gives its
    text, which is no category. What a title or a name says counts above the first heading: where exactly one category
    is named, by whole words, it is given; where there are several, ``named`` only holds them. Beside a list with a
    category of its own nothing is taken from names: the title may be that list's.

    Args:
        tables: those of one file.
        path: the file.
        words: those of headings.
    """
    if not words.has_categories:
        return [*tables]
    titles = [find_titles(table, tables) for table in tables]
    sections = [
        [] if _has_category(table) else find_sections(table, above, words)
        for table, above in zip(tables, titles, strict=True)
    ]
    sheets = {  # whose title or name may be that list's
        table.sheet.name
        for table, found in zip(tables, sections, strict=True)
        if _has_category(table) or any(_read(section, words)[1] for section in found)
    }
    return [
        _give(table, _find_named(table, path, above if _is_own(table, found, sheets, words) else (), words, sheets),
              found, words)
        for table, above, found in zip(tables, titles, sections, strict=True)
    ]  # fmt: skip


def _is_own(table: Table, sections: Sequence[Section], sheets: set[str], words: HeadingWords) -> bool:
    """Whether a title may name a table's category: no other list of the sheet has one, or this one has headings."""
    return table.sheet.name not in sheets or any(_read(section, words)[1] for section in sections)


def _has_category(table: Table) -> bool:
    """Whether a table has a column for the category, with something in it."""
    if "category" not in table.columns:
        return "occupation" in table.columns
    if "category" in table.derived:
        return True
    return any(table.sheet.value(row, table.columns["category"]) != "" for row in table.people)


def _find_named(table: Table, path: Path, titles: Sequence[str], words: HeadingWords, sheets: set[str]) -> Named:
    """Return the categories that are named for a table."""
    found: Named = {}
    for source, text in _source_texts(table, path, titles, sheets):
        for label in words.find_categories(text):
            found.setdefault(label, (source, text))
    return found


def _source_texts(
    table: Table, path: Path, titles: Sequence[str], sheets: set[str]
) -> Iterator[tuple[CategorySource, str]]:
    """Yield the texts that may name a category; no names beside a list that has one of its own."""
    yield from (("title", title) for title in titles)
    if table.sheet.name != path.stem and table.sheet.name not in sheets:
        yield "sheet", table.sheet.name
    if not sheets:
        yield "file", path.stem


def _read(section: Section, words: HeadingWords) -> tuple[str, bool]:
    """Return the category that a section's headings give its people, or what they say instead; whether it is one."""
    titles = [text for text in section.texts if section.begins_table or words.is_list_title(text)]
    labels = list(dict.fromkeys(label for text in titles for label in words.find_categories(text)))
    last = section.texts[-1]
    category = words.read_category(last)
    if category and not section.begins_table:
        return category, True
    if labels:
        return " / ".join(labels), True
    return words.drop_label(next((text for text in titles if words.is_list_title(text)), last)), False


def _give(table: Table, named: Named, sections: Sequence[Section], words: HeadingWords) -> Table:
    """Return a table with the category that headings, or what is named, give to its people."""
    if not table.people or _has_category(table):
        return table
    title = next(iter(named)) if len(named) == 1 else ""
    read = [
        (section, *_read(section, words))
        for section in sections
        if words.read_gone(section.texts[-1], strict=True) is None  # see ``set_aside``
    ]
    if not any(is_known for *_section, is_known in read):  # a place or a remark ends no title
        read = [one for one in read if (title and one[0].begins_table) or words.names_occupation(one[1])]
    is_covered = bool(read) and (bool(title) or table.people[0] >= read[0][0].first)
    if not is_covered:
        return _give_named(table, named)
    return _give_sections(table, named if table.people[0] < read[0][0].first else {}, title, read)


def _give_named(table: Table, named: Named) -> Table:
    if not named or "category" in table.columns:
        return table
    given = {**table.given, "category": next(iter(named))} if len(named) == 1 else table.given
    return replace(table, given=given, named=_as_named(named))


def _as_named(named: Named) -> NamedCategory | None:
    if not named:
        return None
    source, text = next(iter(named.values()))
    return NamedCategory(source, " ".join(text.split()), tuple(named))


def _give_sections(table: Table, named: Named, title: str, read: Sequence[tuple[Section, str, bool]]) -> Table:
    """Return a table whose people have the category of their section; above the first one, that of the title."""
    starts = [section.first for section, *_read in read]
    values = [title, *(value for _section, value, _known in read)]
    derived = {row: values[bisect_right(starts, row)] for row in table.people}
    column = table.columns.get("category", min(table.labels, default=0))
    rows = {row for section, *_read in read for row in section.rows}
    return replace(
        table,
        columns={**table.columns, "category": column},
        derived={**table.derived, "category": derived},
        named=_as_named(named),
        left_out=tuple(
            replace(part, reason="heading") if rows & {*range(part.first, part.last + 1)} else part
            for part in table.left_out
        ),
    )
