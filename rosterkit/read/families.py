"""Reads the heading rows of families (NO. KK: 3571..., KEPALA KELUARGA: ...): KK number and address of those below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rosterkit.model.roster import Table
from rosterkit.read.guide_rows import count_digits
from rosterkit.read.headers import Vocabulary
from rosterkit.records import dataclass
from rosterkit.schema.spec import plain

_KK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_NEAR = 3  # rows: a title so near above the header may be the heading of the first family


@dataclass(frozen=True, slots=True)
class _Family:
    """What a heading says: KK number and address, empty where it says none, and the column where it stands."""

    values: Mapping[str, str]
    column: int
    is_person: bool


def read_family_headings(table: Table, vocabulary: Vocabulary, unsure: Sequence[int]) -> tuple[Table, set[int]]:
    """Fill the KK number and the address of a heading down to the members of its family.

    Nobody's NIK or name is filled down, and what stands in a cell of her own stays.

    Args:
        table: the roster.
        vocabulary: the words that begin such a heading.
        unsure: see ``people.find_people``.

    Returns:
        the table, and the rows of headings, which are no people.
    """
    words = "|".join(map(re.escape, sorted(map(plain, vocabulary.header_words.families), key=len, reverse=True)))
    pattern = re.compile(rf"(?:{words})\b")
    found = {row: _read_family(table, row, pattern) for row in _rows_to_ask(table, unsure)}
    families = {row: family for row, family in found.items() if family is not None}
    if not families or not table.people:
        return table, set()
    for field in ("kk", "address"):
        table = _fill_down(table, field, families)
    return table, {row for row, family in families.items() if not family.is_person}


def _rows_to_ask(table: Table, unsure: Sequence[int]) -> Iterator[int]:
    """Yield the rows that may be a heading."""
    yield from unsure
    for part in table.left_out:
        for row in range(part.first, part.last + 1) if part.reason in ("note", "title") else ():
            if part.reason == "note" or row >= min(table.header_rows, default=0) - _NEAR:
                yield row


def _read_family(table: Table, row: int, pattern: re.Pattern[str]) -> _Family | None:
    """Return the family whose heading a row is; None where it is none.

    A heading with a number more than that of the family, or a date of birth, is the row of its head as well.
    """
    cells = [(column, cell) for column, cell in enumerate(table.sheet.rows[row]) if cell != ""]
    texts = [(column, " ".join(cell.split())) for column, cell in cells if isinstance(cell, str)]
    first = next(((column, text) for column, text in texts if re.search("[A-Za-z]", text)), None)
    if first is None or not pattern.match(plain(first[1])):
        return None
    whole = " ".join(text for _column, text in texts)
    numbers = _KK.findall(whole)
    date = table.columns.get("birth_date")
    is_person = len(numbers) > 1 or any(column == date and _may_be_date(cell) for column, cell in cells[1:])
    address = re.search(r"\bALAMAT\b[\s:=]*([^|;]+?)\s*(?:$|[|;])", whole, re.IGNORECASE)
    values = {"kk": numbers[0] if numbers else "", "address": address[1].strip(" ,") if address else ""}
    return _Family(values, first[0], is_person)


def _may_be_date(cell: object) -> bool:
    return not isinstance(cell, str) or count_digits(cell) in range(4, 9)


def _fill_down(table: Table, field: str, families: Mapping[int, _Family]) -> Table:
    """Return a table with a field of the families given to the members who have no value of their own."""
    column = table.columns.get(field)
    if not any(family.values[field] for family in families.values()) or field in table.derived:
        return table
    values: dict[int, str] = {}
    filled: set[tuple[str, int]] = set()
    current = ""
    headings = {row for row, family in families.items() if not family.is_person}
    for row in sorted({*families, *table.people}):
        current = families[row].values[field] if row in families else current
        own = "" if column is None or row in headings else table.sheet.rows[row][column]
        if not isinstance(own, str):
            return table  # a number or a date: as a text it would pass for what it is not
        if own or current:
            values[row] = own or current
        if current and not own:
            filled.add((field, row))
    place = next(family.column for family in families.values()) if column is None else column
    derived = {**table.derived, field: values}
    return replace(table, columns={**table.columns, field: place}, derived=derived, filled=table.filled | filled)
