"""What a whole run comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rosterkit.model.cells import Workbook
from rosterkit.model.finding import Accepted, Finding, Note, Remark, Severity
from rosterkit.model.roster import Awaited, Sender, Skipped, Table


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as an earlier run found it: its name, the digest of its people, the day, and what was found."""

    name: str
    digest: str
    when: dt.date
    rows: int = 0
    clean: int = 0
    errors: int = 0


@dataclass(slots=True)
class FileReport:
    """All that is known of one file after the run."""

    path: Path
    sha256: str = ""
    workbook: Workbook | None = None
    tables: tuple[Table, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    mark: Mapping[str, str] = field(default_factory=dict)  # what a form of ours says of itself
    senders: Mapping[str, Sender] = field(default_factory=dict)  # sheet name -> where its list comes from
    level: int | None = None  # how far it has come in the chain of verification, from 0
    findings: list[Finding] = field(default_factory=list)
    accepted: list[tuple[Finding, Accepted]] = field(default_factory=list)
    clean: dict[str, int] = field(default_factory=dict)  # sheet name -> rows without an error
    failure: tuple[str, str] | None = None  # code, message
    annotated: Path | None = None
    uploads: list[Path] = field(default_factory=list)
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
