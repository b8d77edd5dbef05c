"""The values that travel between the stages. Rows and columns count from 0 here and from 1 in what a clerk sees."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum
from pathlib import Path
from typing import Any

Row = Sequence[Any]


class Severity(StrEnum):
    """How much a finding weighs: an error holds the row back from the upload."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


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
class SheetMarks:
    """What a file tells of a sheet beside its cells: the XML of xlsx and xlsm, the quotes of csv."""

    errors: Mapping[tuple[int, int], str] = made(default_factory=dict)
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    exact: Mapping[tuple[int, int], str] = made(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    swallowed: tuple[Swallowed, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read: ``rows`` begins at A1; empty cells are ``""``."""

    name: str
    rows: Sequence[Row]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    marks: SheetMarks = SheetMarks()


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
    """What a copy of ours tells of the file that it was made from; name and hash are empty for an edited copy."""

    name: str
    sha256: str
    before: tuple[Before, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether somebody worked on the copy."""
        return not self.sha256


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read. ``kind`` says how: xlsx, xls, xlsb, ods, csv or html.

    ``origin`` is there for a copy that we marked, and ``content`` is then the workbook without the marks.
    """

    path: Path
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    content: bytes | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of a sheet that are no people, and why."""

    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A roster found in a sheet.

    ``columns`` maps field names to column numbers, ``parts`` the fields that share a joined column;
    ``people`` holds the row numbers of the persons in order.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    columns: Mapping[str, int]
    labels: Mapping[int, str]
    joined: frozenset[str]
    duplicates: tuple[tuple[str, int, int], ...]  # field, first column, column that repeats it
    people: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    width: int
    counter: int | None = None  # the column NO
    given: Mapping[str, str] = made(default_factory=dict)  # fields that the mark of a form gives all its people


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a list comes from, as far as its form, its letterhead, its sheet's name or its path tells."""

    rt: str | None = None
    rw: str | None = None
    kelurahan: str | None = None
    kecamatan: str | None = None
    office: str | None = None

    def __str__(self) -> str:
        parts = (("RT ", self.rt), ("RW ", self.rw), ("Kel. ", self.kelurahan), ("Kec. ", self.kecamatan))
        named = [word + value for word, value in parts if value]
        return ", ".join(filter(None, [self.office if not self.rt else None, " ".join(named)]))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sheet without a roster, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair: ``certain`` is applied to the upload, ``likely`` is only suggested, ``ask`` needs the sender."""

    repair: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; row and column from 0, None where it has none."""

    path: Path
    sheet: str | None = None
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str | None:
        """The address, such as C12."""
        return None if self.row is None or self.column is None else cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake at one place. ``facts`` fill the rule's message, which is rendered when it is shown."""

    code: str
    severity: Severity
    place: Place
    field: str | None = None
    value: str | None = None
    facts: Mapping[str, object] = made(default_factory=dict)
    fix: Fix | None = None
    related: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that an office accepts, from one line (from 1) of ``pengecualian.xlsx``.

    It is for the person with a NIK, or for a row (from 1) of a file.
    """

    line: int
    code: str
    nik: str | None
    file: str | None
    row: int | None
    reason: str
    who: str
    when: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say of a line of ``pengecualian.xlsx``; the text is translated and filled when it is shown."""

    line: int
    text: str
    facts: Mapping[str, object] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say of a whole run; the text is translated and filled when it is shown."""

    text: str
    facts: Mapping[str, object] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as an earlier run found it: its name, the digest of its people, the day, and what was found."""

    name: str
    digest: str
    when: dt.date
    rows: int = 0
    clean: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Awaited:
    """A sender who should send a list, and the lists (file names) that came."""

    name: str
    sender: Sender
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class FileReport:
    """All that is known of one file after the run."""

    path: Path
    sha256: str = ""
    workbook: Workbook | None = None
    tables: tuple[Table, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    mark: Mapping[str, str] = made(default_factory=dict)  # what a form of ours says of itself
    senders: Mapping[str, Sender] = made(default_factory=dict)  # sheet name -> where its list comes from
    level: int | None = None  # how far it has come in the chain of verification, from 0
    findings: list[Finding] = made(default_factory=list)
    accepted: list[tuple[Finding, Accepted]] = made(default_factory=list)
    clean: dict[str, int] = made(default_factory=dict)  # sheet name -> rows without an error
    failure: tuple[str, str] | None = None  # code, message
    annotated: Path | None = None
    uploads: list[Path] = made(default_factory=list)
    uploaded: int = 0
    reply: Path | None = None  # the text for its sender

    @property
    def rows(self) -> int:
        """People found, hidden ones too."""
        return sum(len(table.people) for table in self.tables)

    @property
    def clean_rows(self) -> int:
        """People without an error."""
        return sum(self.clean.values())

    @property
    def status(self) -> str:
        """clean, findings or failed."""
        if self.failure:
            return "failed"
        return "findings" if self.findings else "clean"


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run."""

    schema: str
    labels: Mapping[str, str]  # what the schema calls its fields
    form: str | None
    files: tuple[FileReport, ...]
    ignored: tuple[tuple[str, tuple[str, ...], str], ...] = ()  # code, fields (none: all), reason
    exceptions: tuple[Note, ...] = ()
    uploads: tuple[Path, ...] = ()  # of all files together
    remarks: tuple[Remark, ...] = ()
    decree: Path | None = None
    missing: tuple[Finding, ...] = ()  # people of the decree who are in no roster
    awaited: tuple[Awaited, ...] = ()  # who should send a list
    recap: Path | None = None
    failure: tuple[str, str] | None = None  # of the outputs of all files together: code, message

    def count(self, severity: Severity) -> int:
        """How many findings of a severity there are."""
        return sum(finding.severity is severity for file in self.files for finding in file.findings)
