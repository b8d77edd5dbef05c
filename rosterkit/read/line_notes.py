"""Reads the lines above and below a table that take people off it: "no 2 sudah meninggal", "merah = keluar"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rosterkit.frame.remark_words import OTHER, RemarkReader
from rosterkit.frame.stack import read_number
from rosterkit.model.roster import SideNote, Table
from rosterkit.schema.remarks import MEANINGS
from rosterkit.schema.spec import plain

_LINES = ("note", "signature")  # reasons of rows below a table that may say something of its people
_NUMBERS = re.compile(
    r"\b(?:no|nomor|nomer|nmr)\b\.? *(?:urut\b\.? *)?(\d{1,4}(?: *(?:,|&|\bdan\b|-|s/d|\bsd\b) *\d{1,4})*)(?![\d/])",
    re.I,
)
_RANGE = re.compile(r"(\d+) *(?:-|s/d|sd) *(\d+)", re.I)


def read_lines(table: Table, reader: RemarkReader) -> Iterator[SideNote]:
    """Yield what lines say: of a person where they name her, by her number or her name, else of the table."""
    for part in table.left_out if table.people else ():
        for row in range(part.first, part.last + 1):
            for column, cell in enumerate(table.sheet.rows[row]):
                if isinstance(cell, str) and reader.anything.search(cell):
                    yield from _read_line(table, part.reason, row, column, " ".join(cell.split()), reader)


def _read_line(table: Table, reason: str, row: int, column: int, text: str, reader: RemarkReader) -> Iterator[SideNote]:
    if reader.is_legend(text):
        yield SideNote(row, column, text, OTHER, "legend")
        return
    says = reader.read_remark(text)
    if reason not in _LINES or "=" in text or says not in MEANINGS or reader.is_condition(text):
        return
    people = _find_people(table, text)
    for person in people:
        yield SideNote(person, table.columns.get("name", column), text, says, "line")
    if not people:
        yield SideNote(row, column, text, OTHER, "line")


def _find_people(table: Table, text: str) -> list[int]:
    """Return the rows of the people whom a line names; nobody where it is not certain."""
    found = _NUMBERS.findall(text)
    if len(found) == 1 and table.counter is not None:
        numbers = {int(number) for number in re.findall(r"\d+", found[0])}
        for first, last in _RANGE.findall(found[0]):
            numbers.update(range(int(first), int(last) + 1))
        rows = [(read_number(table.sheet.value(row, table.counter)), row) for row in table.people]
        numbered = [row for number, row in rows if number is not None and int(number) in numbers]
        return numbered if len(numbered) == len(numbers) else []
    column, words = table.columns.get("name"), f" {plain(text)} "
    if found or column is None:
        return []
    names = [(plain(str(table.sheet.value(row, column))), row) for row in table.people]
    named = [(name, row) for name, row in names if " " in name and f" {name} " in words]
    return [row for _name, row in named] if len({name for name, _row in named}) == len(named) == 1 else []
