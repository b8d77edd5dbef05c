"""Reads values that stand in other rows than the person's: headings, the head of a family, a second row of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from operator import itemgetter

from rosterkit.model.roster import LeftOut, Table
from rosterkit.read.families import read_family_headings
from rosterkit.read.guide_rows import count_digits
from rosterkit.read.headers import Vocabulary
from rosterkit.read.heading_words import HeadingWords

_OF_A_FAMILY = ("kk", "address", "rt", "rw", "kelurahan", "kecamatan", "postal_code")


def derive_from_rows(table: Table, vocabulary: Vocabulary, unsure: Sequence[int]) -> Table:
    """Return a table with the values that stand in other rows; ``unsure`` as in ``people.find_people``."""
    table, headings = read_family_headings(table, vocabulary, unsure)
    if headings:
        table = _without_people(table, headings, "family")
        unsure = [row for row in unsure if row not in headings]
    table = _take_headings(table, vocabulary.headings, unsure)
    return _fill_families(_join_merged_rows(table))


def _without_people(table: Table, rows: set[int], reason: str) -> Table:
    """Return a table in which some rows are no people, for a reason."""
    kept = [
        LeftOut(row, row, part.reason)
        for part in table.left_out
        for row in range(part.first, part.last + 1)
        if row not in rows and (part.first in rows or part.last in rows or rows & {*range(part.first, part.last)})
    ]
    whole = [part for part in table.left_out if not rows & {*range(part.first, part.last + 1)}]
    left_out = sorted([*whole, *kept, *(LeftOut(row, row, reason) for row in rows)], key=lambda part: part.first)
    return replace(table, people=tuple(row for row in table.people if row not in rows), left_out=tuple(left_out))


def _take_headings(table: Table, words: HeadingWords, unsure: Sequence[int]) -> Table:
    """Take rows with nothing but a category, or what says that people died or left, for headings."""
    outside = (
        row
        for part in table.left_out
        if part.reason in ("note", "signature")
        for row in range(part.first, part.last + 1)
    )
    headings = {
        row
        for rows, is_person in ((unsure, True), (outside, False))
        for row in rows
        if _is_heading(table, row, words, is_person)
    }
    return _without_people(table, headings, "heading") if headings else table


def _is_heading(table: Table, row: int, words: HeadingWords, is_person: bool) -> bool:
    filled = [(column, cell) for column, cell in enumerate(table.sheet.rows[row]) if cell != ""]
    if len(filled) > 2 or any(count_digits(cell) >= 6 for _, cell in filled):
        return False
    exact = [column for column, cell in filled if words.is_category(str(cell))]
    if exact or len(filled) == 2 or not isinstance(filled[0][1], str):
        return len(exact) == 1 and exact[0] != table.columns.get("category")
    (column, text), *_others = filled
    if column == table.columns.get("category"):
        return False
    if words.read_gone(text, strict=True):
        return column <= table.columns.get("name", column) and not text.startswith(
            "("
        )  # else a remark about one of them
    is_category = words.read_category(text) is not None
    if not is_person:
        return is_category
    return (is_category and text == text.upper()) or words.names_occupation(text)


def _join_merged_rows(table: Table) -> Table:
    """Read people over several rows: NIK and name are merged there, and the other cells belong together."""
    columns = [table.columns[field] for field in ("nik", "name") if field in table.columns]
    if len(columns) < 2 or not table.sheet.merged:
        return table
    spans = {(top, left): bottom for top, left, bottom, right in table.sheet.merged if bottom > top and left == right}
    tall = {
        row: spans[row, columns[0]]
        for row in table.people
        if (row, columns[0]) in spans and spans.get((row, columns[1])) == spans[row, columns[0]]
    }
    below = {row for top, bottom in tall.items() for row in range(top + 1, bottom + 1)}
    if not tall or any(row not in tall and row not in below for row in table.people):
        return table
    table = _without_people(table, below, "continuation")
    derived = {field: dict(texts) for field, texts in table.derived.items()}
    for field, column in table.columns.items():
        if field in derived:
            continue
        texts = {
            top: " ".join(filter(None, (str(table.sheet.value(row, column)).strip() for row in range(top, bottom + 1))))
            for top, bottom in tall.items()
        }
        if any(table.sheet.value(row, column) != "" for row in below):
            derived[field] = {row: text for row, text in texts.items() if text}
    return replace(table, derived=derived)


def _fill_families(table: Table) -> Table:
    """Give the members of a family, who have no number of their own, what stands only at the first of them."""
    if "kk" not in table.columns or table.counter is None:
        return table
    fields = [field for field in _OF_A_FAMILY if field in table.columns and field not in table.derived]
    if len(fields) < 2 or "kk" not in fields:
        return table
    if not table.people:
        return table
    kk, between = table.columns["kk"], islice(table.sheet.rows, table.people[0], table.people[-1] + 1)
    if "" not in map(itemgetter(kk), between):
        return table
    head: int | None = None
    filled: dict[int, int] = {}
    for row in table.people:
        cells = {field: table.sheet.value(row, table.columns[field]) for field in fields}
        if cells["kk"] != "":
            head = row
        elif (
            head is not None
            and table.sheet.value(row, table.counter) == ""
            and not any(cell != "" for cell in cells.values())
        ):
            filled[row] = head
        else:
            head = None
    texts = {
        field: {row: table.sheet.value(filled.get(row, row), table.columns[field]) for row in table.people}
        for field in fields
    }
    if not filled or not all(isinstance(text, str) for of_field in texts.values() for text in of_field.values()):
        return table
    derived = {
        field: {row: text for row, text in of_field.items() if isinstance(text, str) and text}
        for field, of_field in texts.items()
    }
    marks = frozenset((field, row) for field in fields for row in filled if row in derived[field])
    return replace(table, derived={**table.derived, **derived}, filled=table.filled | marks)
