"""A roster found in a sheet, who sent it, and who should send one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Literal

from rosterkit.model.cells import Before, Row, Sheet
from rosterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of a sheet that are no people, and why."""

    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A region of cells that look like NIKs and belong to no person that was read, each with its number."""

    cells: tuple[tuple[int, int], ...]
    niks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """A column that could be a field as well as the one that was taken, with other values."""

    field: str
    column: int
    other: int


NoteSource = Literal["column", "beside", "number", "comment", "line", "legend"]


@dataclass(frozen=True, slots=True)
class SideNote:
    """What is written about a person where no field is read.

    Args:
        row: her row; of a line that names nobody, and of a legend, its own.
        column: where it stands; of a line that names her the column of her name.
        text: as written.
        says: what it says of her: one of ``schema.remarks.MEANINGS``, or ``other``.
        source: a column that no field has, a column without a header, the column NO, a comment at one of her cells, a
            line below the table, or a legend of colours.
        header: that of the column, empty for none.
    """

    row: int
    column: int
    text: str
    says: str
    source: NoteSource
    header: str = ""


CategorySource = Literal["title", "sheet", "file"]


@dataclass(frozen=True, slots=True)
class NamedCategory:
    """The categories (labels) that a title or the name of a sheet or file names, and the first such text."""

    source: CategorySource
    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """People of a table of whom a heading, title or name says that they are not proposed.

    Args:
        first, last: the rows of the people.
        source: what says it: a ``heading`` or title above them, or the name of the ``sheet`` or ``file``.
        text: it, as written.
        says: ``deceased``, ``withdrawn``, ``older`` (a list of an earlier year) or ``others`` (heirs, officers).
        holds: whether it is sure enough to hold them back.
    """

    first: int
    last: int
    source: Literal["heading", "sheet", "file"]
    text: str
    says: Literal["deceased", "withdrawn", "older", "others"]
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A roster found in a sheet.

    Args:
        sheet: where it stands; several tables may stand in one sheet.
        header_rows: its header's rows; none for a table that goes on without a header of its own.
        columns: field -> column.
        labels: column -> its header as written.
        joined: the fields that share a column with another one.
        duplicates: columns that repeat a header: field, first column, column that repeats it.
        people: the rows of the persons, in order.
        left_out: the other rows, and why.
        width: columns that the header has, from A on.
        counter: the column NO.
        given: fields that the mark of a form gives all its people, or (the category) a title or name.
        number: tells it from the other tables of its file.
        top: the first row of its part of the sheet.
        derived: field -> row -> text, where the value of a person is not what her cell in the field's column holds:
            a date from three columns, a check mark, half of a cell. Rows without one have no value.
        filled: fields and rows whose value was filled down from the person above.
        beside, below: fields and rows whose value may go on in the cell beside or below.
        rivals: columns that could be NIK or name as well: nobody can tell which.
        apart: columns behind an empty one that could be another table's: the rows that they fill are not the people's.
        unread: columns called NIK of a person that were not read, as of another list beside this one.
        named: the categories that a title or name names, where no column and no heading does.
        aside: people of whom a heading, title or name says that they are not proposed.
        split: the separator at which the lines of a list in one column were split; empty elsewhere.
        outside: cells in its sheet that look like NIKs of people in no table.
        halves: the other rows of its column NO in which somebody of a table beside it stands (a husband without wife).
        calls: cells outside of the tables of its sheet whose text may speak of people.
        before: what an earlier check found in its sheet, where the file is a marked copy that came back.
        notes: what is written about its people where no field is read.
        unlabelled: columns without a header in which texts stand beside its people.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    columns: Mapping[str, int]
    labels: Mapping[int, str]
    joined: frozenset[str]
    duplicates: tuple[tuple[str, int, int], ...]
    people: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    width: int
    counter: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    number: int = 0
    top: int = 0
    derived: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    filled: frozenset[tuple[str, int]] = frozenset()
    beside: frozenset[tuple[str, int]] = frozenset()
    below: frozenset[tuple[str, int]] = frozenset()
    rivals: tuple[Rival, ...] = ()
    apart: tuple[int, ...] = ()
    unread: frozenset[int] = frozenset()
    named: NamedCategory | None = None
    aside: tuple[Aside, ...] = ()
    split: str = ""
    outside: tuple[Outside, ...] = ()
    halves: frozenset[int] = frozenset()
    calls: tuple[tuple[int, int], ...] = ()
    before: tuple[Before, ...] = ()
    notes: tuple[SideNote, ...] = ()
    unlabelled: tuple[int, ...] = ()

    @property
    def header_row(self) -> int | None:
        """The lowest row of its header, where a finding about a whole column stands; None without a header."""
        return self.header_rows[-1] if self.header_rows else None

    @property
    def last_header_row(self) -> int:
        """The row below which its people stand; -1 where it has no header."""
        return max(self.header_rows, default=-1)

    def rows_of_people(self) -> Iterable[Row]:
        """The rows of the persons, in order; most stand one below the other, and are taken at once."""
        rows, people = self.sheet.rows, self.people
        if people and people == tuple(range(people[0], people[0] + len(people))):
            return rows[people[0] : people[0] + len(people)]
        return (rows[row] for row in people)


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
    outside: tuple[Outside, ...] = ()


@dataclass(frozen=True, slots=True)
class Awaited:
    """A sender who should send a list, and the lists (file names) that came."""

    name: str
    sender: Sender
    files: tuple[str, ...] = ()
