"""A run as the pages show it: its document (contract 1), and everybody who was read. Loaded in the worker's thread.

Both after a run and when a folder is opened again it is the same document, so that page and program never differ.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from rosterkit.desk.run_details import RunDetails, load_details
from rosterkit.records import dataclass

_LACKING = "RK206"  # who is incomplete is told with the numbers
_TOGETHER = ("combined", "incomplete", "recap", "duplicates")  # kinds of outputs of all files together
_OF_FILE = ("annotated", "reply", "uploads", "incomplete")  # likewise, of one file
_GRAVEST = ("failed", "error", "warning", "incomplete", "clean", "sent", "replaced")


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a run: ``state`` is one of ``_GRAVEST``; ready + incomplete + sent + held + set aside are all."""

    number: int
    name: str
    path: Path
    sender: str
    state: str
    rows: int
    ready: int
    incomplete: int
    sent: int
    held: int
    set_aside: int
    error: str
    findings: Sequence[Mapping[str, Any]]
    outputs: Mapping[str, Sequence[Path]]
    left_out: Sequence[tuple[str, int, int, str]] = ()  # sheet, first and last row (from 1), reason
    tables: Sequence[Mapping[str, Any]] = ()  # as the document has them under ``sheets``
    skipped: Sequence[tuple[str, str]] = ()  # sheets that hold no list, with the reason
    accepted: Sequence[Mapping[str, Any]] = ()  # findings that the office lets pass, with why and who
    sha256: str = ""  # of the file that was checked


@dataclass(frozen=True, slots=True)
class RunView:
    """A run.

    Args:
        totals: of the document; found = ready + incomplete + sent + held + set aside.
        files: trouble first.
        steps: what to do next, in sentences.
        persons: everybody who was read (see ``recap.people.PERSONS``).
        outputs: of all files together, by kind.
        lacking: field -> how many of those who are ready lack it.
        failure: why results of all files are not there.
        details: what there is beside.
        key: tells this run from the next, so that an old page does not fetch a new run's files.
    """

    folder: Path
    totals: Mapping[str, int]
    files: Sequence[FileView]
    steps: Sequence[str]
    persons: Sequence[Mapping[str, Any]]
    outputs: Mapping[str, Sequence[Path]]
    lacking: Mapping[str, int]
    failure: str = ""
    details: RunDetails = field(default_factory=RunDetails)
    key: str = field(default_factory=lambda: secrets.token_hex(4))

    def file(self, number: int) -> FileView | None:
        """The file with a number."""
        return next((file for file in self.files if file.number == number), None)


def view_of_report(report: Any, inbox: Path, out: Path) -> RunView:
    """Return a run that has just ended.

    Args:
        report: its ``model.report.Report``.
        inbox: the folder that was checked.
        out: its output folder.
    """
    from rosterkit.report.as_json import as_json
    from rosterkit.report.steps import next_steps
    from rosterkit.report.words import Words
    from rosterkit.run.memory import load_persons

    words = Words(report.labels)
    document = json.loads("".join(as_json(report, Words(report.labels, unmask=True))))  # lists are masked by the pages
    persons = [] if report.failure else load_persons(out).to_dicts()
    senders = {str(file.path): "; ".join(_senders(file.read.senders.values())) for file in report.files}
    return _view(document, inbox, out, senders, list(next_steps(report, words)), persons)


def load_view(inbox: Path, out: Path) -> RunView | None:
    """Return the last run of a folder that is opened again; None where none is remembered, or not all of it."""
    import polars as pl

    from rosterkit.errors import UsageError
    from rosterkit.run.memory import load_run
    from rosterkit.run.outputs import DOCUMENT

    try:
        recap = load_run(out)
        document = json.loads((out / DOCUMENT).read_text(encoding="utf-8"))
        senders = {str(inbox / line.key): line.sender for line in recap.files}
        for file, line in zip(document["files"], recap.files, strict=True):
            file["path"] = str(inbox / line.key)  # it may have been written in another working folder
        return _view(document, inbox, out, senders, recap.steps, recap.persons.to_dicts())
    except (OSError, ValueError, KeyError, TypeError, UsageError, pl.exceptions.PolarsError):
        return None


def _senders(senders: Any) -> list[str]:
    return list(dict.fromkeys(filter(None, map(str, senders))))[:3]


def _view(
    document: Mapping[str, Any],
    inbox: Path,
    out: Path,
    senders: Mapping[str, str],
    steps: Sequence[str],
    persons: Sequence[Mapping[str, Any]],
) -> RunView:
    files = [_file(number, file, inbox, out, senders) for number, file in enumerate(document["files"])]
    files.sort(key=lambda file: _GRAVEST.index(file.state))
    lacking: dict[str, int] = {}
    for file in document["files"]:
        for name, count in file.get("lacking", {}).items():
            lacking[name] = lacking.get(name, 0) + count
    outputs = {kind: _results(document.get("outputs", {}).get(kind), out) for kind in _TOGETHER}
    outputs["page"] = [out / "laporan.html"]
    failure = document.get("error", {}).get("message", "")
    return RunView(
        out, document["totals"], files, steps, persons, outputs, lacking, failure, load_details(document, inbox, out)
    )


def _results(given: object, out: Path) -> list[Path]:
    """Results as they lie in the output folder, wherever they were written from; never anything outside of it."""
    paths = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    found = []
    for path in map(Path, paths):
        parts = path.parts[::-1]
        tail = parts[: parts.index(out.name)] if out.name in parts else parts[:1]
        if ".." not in tail:
            found.append(out.joinpath(*tail[::-1]))
    return found


def _file(number: int, file: Mapping[str, Any], inbox: Path, out: Path, senders: Mapping[str, str]) -> FileView:
    path, sheets, aside = Path(file["path"]), file["sheets"], file.get("set_aside", 0)
    rows, clean, incomplete = (
        sum(sheet[name] for sheet in sheets) for name in ("rows", "clean_rows", "incomplete_rows")
    )
    sent = sum(sheet.get("sent_rows", 0) for sheet in sheets)
    left_out = [
        (sheet["name"], left["first"], left["last"], left["reason"])
        for sheet in sheets
        for left in sheet["left_out"]
        if left["reason"] != "blank"
    ]
    return FileView(
        number=number,
        name=path.relative_to(inbox).as_posix() if path.is_relative_to(inbox) else path.name,
        path=path,
        sender=senders.get(str(path), ""),
        state=_state(file, rows, clean, incomplete, sent, aside),
        rows=rows,
        ready=clean - incomplete - sent,
        incomplete=incomplete,
        sent=sent,
        held=rows - clean - aside,
        set_aside=aside,
        error=file["error"]["message"] if file["error"] else "",
        findings=file["findings"],
        outputs={kind: _results(file["outputs"].get(kind), out) for kind in _OF_FILE},
        left_out=left_out,
        tables=sheets,
        skipped=[(skipped["name"], skipped["reason"]) for skipped in file.get("skipped_sheets", ())],
        accepted=file.get("accepted", ()),
        sha256=file.get("sha256") or "",
    )


def _state(file: Mapping[str, Any], rows: int, clean: int, incomplete: int, sent: int, aside: int) -> str:
    """The state of a file in a word, as ``report.file_lines.verdict`` has it."""
    if file["error"]:
        return "failed"
    if 0 < rows == aside:
        return "replaced"
    found = {finding["severity"] for finding in file["findings"] if finding["code"] != _LACKING}
    gravest = next((severity for severity in ("error", "warning") if severity in found), "")
    if gravest or incomplete:
        return gravest or "incomplete"
    return "sent" if 0 < sent == clean else "clean"
