"""What each stage gives of a file (``ReadFile``, ``FileVerdict``, ``Written``), and what a whole run comes to."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from rosterkit.model.cells import Workbook
from rosterkit.model.finding import Accepted, Finding, Note, Remark
from rosterkit.model.roster import Awaited, Sender, Skipped, Table
from rosterkit.records import dataclass

ReadyState = Literal["clean", "incomplete", "sent"]  # of somebody whom no error holds back
Failure = tuple[str, str]  # a short word for programs, what is wrong and what to do


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
class ListSource:
    """Where the lists of a file come from: its hash, its senders, and name and hash of what it is a marked copy of."""

    sha256: str = ""
    senders: tuple[Sender, ...] = ()
    made_from: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as the reading stage found it.

    Args:
        path: where it is.
        sha256: the hash of its bytes; empty where they could not be read.
        kind: how it was read: xlsx, xls, xlsb, ods, csv or html.
        workbook: its cells; None after ``without_cells``, and where it could not be read.
        tables: the rosters in it, each with its number.
        skipped: the sheets without one.
        form: what a form of ours says of itself (see ``read.properties``).
        senders: table number -> where its list comes from.
        made_from: name and hash of what it is a marked copy of; empty where it is none.
        level: how far it has come in the chain of verification, from 0; None outside of its folders.
        failure: why it could not be read or judged.
    """

    path: Path
    sha256: str = ""
    kind: str = ""
    workbook: Workbook | None = None
    tables: tuple[Table, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    form: Mapping[str, str] = dataclasses.field(default_factory=dict)
    senders: Mapping[int, Sender] = dataclasses.field(default_factory=dict)
    made_from: tuple[str, str] = ("", "")
    level: int | None = None
    failure: Failure | None = None

    @property
    def rows(self) -> int:
        """People found, hidden ones too."""
        return sum(len(table.people) for table in self.tables)

    @property
    def source(self) -> ListSource:
        """Where its lists come from."""
        return ListSource(self.sha256, tuple(dict.fromkeys(self.senders.values())) or (Sender(),), self.made_from)

    def failed(self, failure: Failure) -> ReadFile:
        """The file without what was read of it, because it cannot be used."""
        return replace(self, workbook=None, tables=(), skipped=(), senders={}, failure=failure)

    def without_cells(self) -> ReadFile:
        """The file without its cells: where its tables and their people are stays."""
        tables = tuple(replace(table, sheet=table.sheet.without_cells()) for table in self.tables)
        return replace(self, workbook=None, tables=tables)


@dataclass(frozen=True, slots=True)
class Ready:
    """Of the people of a table: how many no error holds back.

    Of these: how many lack a field of the form, how many were uploaded already, and how many of those have changed
    since.
    """

    people: int = 0
    incomplete: int = 0
    sent: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What the checking stage says of one file.

    Args:
        findings: what is wrong.
        accepted: what the office accepts.
        ready: table number -> people that no error holds back (and who have come through all levels of verification).
        lacking: field that the upload form requires -> how many of them lack it, the most first.
        set_aside: how many of its people stand in a newer version of the list, and count there.
        states: table number -> row -> the state of the person, of those whom no error holds back.
    """

    findings: tuple[Finding, ...] = ()
    accepted: tuple[tuple[Finding, Accepted], ...] = ()
    ready: Mapping[int, Ready] = dataclasses.field(default_factory=dict)
    lacking: Mapping[str, int] = dataclasses.field(default_factory=dict)
    set_aside: int = 0
    states: Mapping[int, Mapping[int, ReadyState]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for a file, and why something could not be.

    ``uploads`` are of the people who are complete, ``incomplete`` of those who lack a field that the form requires.
    """

    annotated: Path | None = None
    uploads: tuple[Path, ...] = ()
    incomplete: tuple[Path, ...] = ()
    reply: Path | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file after the run: what each stage gave."""

    read: ReadFile
    verdict: FileVerdict = FileVerdict()
    written: Written = Written()

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.read.path

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, without what the office accepts."""
        return self.verdict.findings

    @property
    def failure(self) -> Failure | None:
        """Why it could not be read, judged, or its results be written."""
        return self.read.failure or self.written.failure

    @property
    def rows(self) -> int:
        """People found, hidden ones too."""
        return self.read.rows

    @property
    def clean_rows(self) -> int:
        """People without an error: those who are ready, lack a field of the upload form, or were uploaded already."""
        return sum(table.people for table in self.verdict.ready.values())

    @property
    def incomplete(self) -> int:
        """People without an error who lack a field that the upload form requires."""
        return sum(table.incomplete for table in self.verdict.ready.values())

    @property
    def sent(self) -> int:
        """People without an error who were uploaded already."""
        return sum(table.sent for table in self.verdict.ready.values())

    @property
    def changed(self) -> int:
        """Of those who were uploaded already: whose values are no longer those that were sent."""
        return sum(table.changed for table in self.verdict.ready.values())

    @property
    def ready(self) -> int:
        """People who are uploaded now: without an error, complete, and not uploaded yet."""
        return self.clean_rows - self.incomplete - self.sent

    @property
    def held(self) -> int:
        """People whom something holds back."""
        return self.rows - self.clean_rows - self.verdict.set_aside

    @property
    def replaced(self) -> bool:
        """Whether all its people stand in a newer version of the list: nothing is written for it."""
        return 0 < self.rows == self.verdict.set_aside

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
    files: tuple[CheckedFile, ...]
    ignored: tuple[tuple[str, tuple[str, ...], str], ...] = ()  # code, fields (none: all), reason
    not_run: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)  # list missing -> codes
    exceptions: tuple[Note, ...] = ()
    uploads: tuple[Path, ...] = ()  # of all files together
    incomplete: tuple[Path, ...] = ()  # likewise, of those who lack a field that the form requires
    remarks: tuple[Remark, ...] = ()
    decree: Path | None = None
    missing: tuple[Finding, ...] = ()  # people of the decree who are in no roster
    awaited: tuple[Awaited, ...] = ()  # who should send a list
    recap: Path | None = None
    failure: Failure | None = None  # of the outputs of all files together
    title: str = ""  # of the programme
    general: bool = False  # no programme was chosen
    listed: int | None = None  # people of the decree
    written: bool = True  # else nothing was to be written
    per_file: bool = False  # each file has upload sheets of its own
    duplicates: Path | None = None  # rows that may be one person, for the office to decide
    undecided: int = 0  # of their blocks,
    uploaded_alike: int = 0  # and of these those whose people are in the upload all the same
    others: tuple[Path, ...] = ()  # files in the folder that are no lists
    is_decree: bool = False  # the list is the annex of a decree, which nobody sends and nobody uploads

    @property
    def lacking(self) -> Mapping[str, int]:
        """Field that the upload form requires -> how many of those who are ready lack it, the most first."""
        counts: Counter[str] = Counter()
        for file in self.files:
            counts.update(file.verdict.lacking)
        return dict(counts.most_common())
