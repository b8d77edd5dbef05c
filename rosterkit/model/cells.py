"""A file as read: workbooks, sheets, cells. Rows and columns count from 0 here and from 1 in what a clerk sees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from rosterkit.records import dataclass

Row = Sequence[Any]


class Kind:
    """What a cell was in the file; kept beside its text so that a number never passes for a text."""

    ABSENT = 0  # the sheet has no such column
    EMPTY = 1
    TEXT = 2
    NUMBER = 3
    DATE = 4
    BOOL = 5
    ERROR = 6  # #N/A and its kind
    UNCALCULATED = 7  # a formula without a value


def column_letters(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, from 0: A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """The address of a cell: (0, 2) is C1."""
    return f"{column_letters(column)}{row + 1}"


def cell_position(name: str) -> tuple[int, int]:
    """Row and column of an address: C1 is (0, 2)."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", name)
    if match is None:
        raise ValueError(name)
    return int(match[2]) - 1, column_number(match[1])


@dataclass(frozen=True, slots=True)
class Swallowed:
    """A cell of a CSV file at whose quote ``count`` more lines may begin to be part of it; ``line`` counts from 1."""

    row: int
    column: int
    line: int
    count: int


@dataclass(frozen=True, slots=True)
class SheetExtras:
    """What a file says about a sheet beside the values of cells: XML and records of workbooks, the quotes of csv.

    Args:
        errors: cell (row, column) -> its error, such as #N/A.
        uncalculated: cells with a formula that was never calculated; an empty text is a value.
        exact: cell -> all digits of a number with 16 digits or more, of which a float keeps only 15.
        hidden_rows: hidden or filtered rows.
        hidden_columns: hidden columns.
        formulas: all cells with a formula.
        struck: cells with text that is struck through from end to end.
        partly_struck: cells with text of which only a part is struck through.
        comments: cell -> the comments at it.
        answers: columns without a header that were ours in a marked copy that came back.
        date_1904: its workbook counts days from 1904, as old Macs do.
        swallowed: cells of a CSV file that may hold whole lines.
        unread: the format tells hidden rows and errors, but they could not be read.
    """

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    exact: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    partly_struck: frozenset[tuple[int, int]] = frozenset()
    swallowed: tuple[Swallowed, ...] = ()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    answers: frozenset[int] = frozenset()
    date_1904: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read: ``rows`` begins at A1; empty cells are ``""``."""

    name: str
    rows: Sequence[Row]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    extras: SheetExtras = SheetExtras()

    def without_cells(self) -> Sheet:
        """The sheet with no more than its name, and whether something of it could not be read."""
        return Sheet(self.name, (), extras=SheetExtras(unread=self.extras.unread))

    def value(self, row: int, column: int) -> object:
        """What a cell holds; a merged area may begin beyond the last filled row or column, where nothing is."""
        inside = row < len(self.rows) and column < len(self.rows[row])
        return self.rows[row][column] if inside else ""


@dataclass(frozen=True, slots=True)
class Before:
    """A finding as the sheet of results of an earlier check lists it."""

    code: str
    sheet: str
    cell: str
    person: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a copy of ours tells of the file that it was made from.

    Args:
        name: its name, and ``sha256`` the hash of its bytes; empty where the copy no longer tells.
        edited: somebody worked on the copy.
        before: the findings that an edited copy lists.
        own: the columns of its sheets that were ours: what still stands there are answers.
    """

    name: str
    sha256: str
    edited: bool = False
    before: tuple[Before, ...] = ()
    own: Mapping[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read. ``kind`` says how: xlsx, xls, xlsb, ods, csv or html.

    ``origin`` is there for a copy that we marked; ``content`` of an xlsx is then the workbook without the marks.
    """

    path: Path
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    content: bytes | None = None
    origin: Origin | None = None
