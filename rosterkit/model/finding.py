"""What is found in a file: findings, what the office accepts, notes and remarks."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from rosterkit.model.cells import cell_name
from rosterkit.records import dataclass


class Severity(StrEnum):
    """How much a finding weighs: an error holds the row back from the upload."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Return its place in the order of severity: 0 for an error."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair: ``certain`` is applied to the upload, ``likely`` is only suggested, ``ask`` needs the sender."""

    repair: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; row and column from 0, None where it has none.

    ``person``: whose row it is; ``table``: the number of its table; ``number``: the number of the person in the list,
    as its column NO says; ``sender``: who sent the list, in words.
    """

    path: Path
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    person: str | None = dataclasses.field(default=None, compare=False)
    table: int | None = None
    number: str | None = dataclasses.field(default=None, compare=False)
    sender: str | None = dataclasses.field(default=None, compare=False)

    @property
    def cell(self) -> str | None:
        """The address, such as C12."""
        return None if self.row is None or self.column is None else cell_name(self.row, self.column)

    def is_elsewhere(self, other: Place) -> bool:
        """Whether it is in another file than another place is."""
        return self.path is not other.path and self.path != other.path


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake at one place. ``facts`` fill the rule's message, which is rendered when it is shown."""

    code: str
    severity: Severity
    place: Place
    field: str | None = None
    value: str | None = None
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
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
class DecidedRow:
    """A row of a duplicate as it stood when it was decided: file (its path within the run), NIK as typed, name."""

    file: str
    nik: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the office decides of rows that may be one person (``ganda.xlsx``).

    Args:
        code: of the rule that found them (RK401 to RK404).
        rows: all of them, in the order of the run.
        chosen: the position of the row that is used; None: they are different people.
        who, when: who decided, and on which day; without ``who`` it is not applied.
    """

    code: str
    rows: tuple[DecidedRow, ...]
    chosen: int | None
    who: str
    when: dt.date

    @property
    def key(self) -> tuple[bool, tuple[DecidedRow, ...]]:
        """What two decisions about the same rows share."""
        return self.is_one_nik, tuple(sorted(self.rows, key=lambda row: (row.file, row.nik, row.name)))

    @property
    def is_one_nik(self) -> bool:
        """Whether the rows share a NIK: of these one at most is ever uploaded."""
        return self.code in ONE_NIK


ONE_NIK = ("RK401", "RK402")  # duplicates that share a NIK
OTHER_NIK = ("RK403", "RK404")  # people who are alike
SENT_UNDER_OTHER_NIK = "RK410"  # alike somebody who was uploaded already


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say of a line of ``pengecualian.xlsx``; the text is translated and filled when it is shown."""

    line: int
    text: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say of a whole run; the text is translated and filled when it is shown."""

    text: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
