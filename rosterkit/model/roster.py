"""A roster found in a sheet, who sent it, and who should send one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rosterkit.model.cells import Sheet


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
    given: Mapping[str, str] = field(default_factory=dict)  # fields that the mark of a form gives all its people


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
class Awaited:
    """A sender who should send a list, and the lists (file names) that came."""

    name: str
    sender: Sender
    files: tuple[str, ...] = ()
