"""What is done to one file of a run, in whichever process: read it, and later write its outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import polars as pl

from rosterkit.check.verdict import Verdict
from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model.cells import Origin
from rosterkit.model.report import CheckedFile, Failure, FileVerdict, ReadFile, Written
from rosterkit.read.limits import use_limits
from rosterkit.read.own_marks import is_copy
from rosterkit.read.properties import read_properties
from rosterkit.read.sender import find_level, find_sender
from rosterkit.read.tables import read_tables
from rosterkit.run.contain import failure_of
from rosterkit.run.inputs import Task
from rosterkit.run.workers import Workers
from rosterkit.write.uploads.ready import Ready, UploadRows

_PLACES = ("rt", "rw", "kelurahan", "kecamatan")


class Progress(Protocol):
    """Is called for each file with ``read`` or ``write`` and its path."""

    def __call__(self, stage: str, path: Path, /) -> None:
        """Take note of a file."""


def read_files(task: Task, team: Workers, progress: Progress) -> Sequence[ReadFile]:
    """Read the files of a run."""
    files = []
    for file in team.each(read_file, task, task.settings.paths):
        progress("read", file.path)
        files.append(file)
    return files


def write_files(
    task: Task,
    files: Sequence[ReadFile],
    verdicts: Sequence[FileVerdict],
    ready: Ready,
    team: Workers,
    progress: Progress,
) -> list[CheckedFile]:
    """Write what each file gives.

    Args:
        task: what to write.
        files: as read; their cells are not needed.
        verdicts: the verdict of each.
        ready: the people who are uploaded; a file has upload sheets of its own only where all together have none.
        team: the processes.
        progress: is called for each file.
    """

    rows = ready.split_by_file() if task.settings.upload_each else {}
    items = ((file, verdicts[number], rows.get(number)) for number, file in enumerate(files))
    checked = []
    for number, written in enumerate(team.each(write_file, task, items)):
        progress("write", files[number].path)
        checked.append(CheckedFile(files[number], verdicts[number], written))
    return checked


def give_names(task: Task, files: Sequence[ReadFile], verdict: Verdict) -> None:
    """Let the newest version of a list take the names of those that it replaces."""
    counted = set(verdict.frame["_file"].unique())
    pairs = verdict.set_aside.select("_file", pl.coalesce("replaced_by", "copy_of").alias("newer")).unique()
    for older, newer in pairs.sort("_file").iter_rows():
        if older not in counted:
            task.outputs.names.hand_over(files[older].path, files[newer].path)


def read_file(task: Task, path: Path) -> ReadFile:
    """Read and locate one file; a file that cannot be read is a result of its own, not the end of the run."""
    level = find_level(path, task.spec.chain)
    use_limits(task.settings.limits)
    try:
        file = replace(_read(task, path), level=level)
    except Exception as error:  # whatever it is, it is this file's failure
        return ReadFile(path, level=level, failure=failure_of(error))
    _latest[:] = [file]
    return file


_latest: list[ReadFile] = []  # the file that this process read last; a run of one file reads it once


def _read(task: Task, path: Path) -> ReadFile:
    workbook, tables, skipped = read_tables(path, task.spec, _unmark)
    form = read_properties(_bytes(path)) if workbook.kind == "xlsx" else {}
    given = {field: form[field] for field in _PLACES if form.get(field)}
    tables = tuple(replace(table, given={**table.given, **given}) for table in tables) if given else tables
    before = workbook.origin.before if workbook.origin else ()
    if before:
        tables = tuple(
            replace(table, before=tuple(one for one in before if one.sheet == table.sheet.name)) for table in tables
        )
    senders = {table.number: find_sender(path, table, form) for table in tables}
    return ReadFile(path, workbook.sha256, workbook.kind, workbook, tables, skipped, form, senders)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it was there a moment ago
        return b""


def _unmark(content: bytes, sees_marks: bool) -> tuple[bytes, Origin] | None:
    """The workbook without our marks where it is a copy that we marked; most are not, and need no patching."""
    if not sees_marks and not is_copy(content):
        return None
    from rosterkit.write.copies.unmark import remove_marks

    return remove_marks(content, sees_marks)


def _with_cells(task: Task, file: ReadFile) -> ReadFile:
    """The file with its cells again.

    Raises:
        FileError: it can no longer be read, or is another one by now.
    """
    latest = _latest[0] if _latest else None
    again = latest if latest and (latest.path, latest.sha256) == (file.path, file.sha256) else _read(task, file.path)
    if again.sha256 != file.sha256:
        raise FileError("changed", _("Berkas ini berubah selama diperiksa. Tutup di Excel, lalu periksa lagi."))
    return replace(file, workbook=again.workbook, tables=again.tables)


def write_file(task: Task, item: tuple[ReadFile, FileVerdict, UploadRows | None]) -> Written:
    """Write the annotated copy where there is something to mark, the upload sheets where it has its own, the reply.

    The item is the file (read again where its cells are needed), its verdict, and the rows of its upload sheets. What
    an earlier run has left under these names and this one does not write goes away.
    """
    file, verdict, rows = item
    replaced = CheckedFile(file, verdict).replaced
    written = Written() if file.failure or replaced else _write_results(task, file, verdict, rows)
    try:
        kept = [path for path in (written.annotated, *written.uploads, *written.incomplete) if path]
        task.outputs.names.clear(file.path, kept, task.template)
        answered = not written.failure  # what went wrong here is not the sender's business
        if task.settings.whole and answered and not replaced and not file.path.name.startswith("~$"):
            checked = CheckedFile(file, verdict, written)
            reply = task.outputs.reply(checked, task.spec, task.settings.today, task.settings.deadline)
            written = replace(written, reply=reply)
    except Exception as error:  # whatever it is, it is this file's failure
        return replace(written, failure=_first(written.failure, error))
    return written


def _write_results(task: Task, file: ReadFile, verdict: FileVerdict, rows: UploadRows | None) -> Written:
    """Write copy and upload sheets; where one cannot be written, the other is all the same."""
    settings, written = task.settings, Written()
    try:
        if verdict.findings and not verdict.set_aside:  # nobody is to go on working on an older version
            checked = CheckedFile(_with_cells(task, file), verdict)
            annotated = task.outputs.annotated(checked, task.spec, settings.today, settings.apply_fixes)
            written = replace(written, annotated=annotated)
    except Exception as error:  # whatever it is, it is this file's failure
        written = Written(failure=failure_of(error))
    try:
        if task.form and rows:
            uploads, incomplete = task.outputs.uploads(file.path, rows, task.form, task.template)
            written = replace(written, uploads=tuple(uploads), incomplete=tuple(incomplete))
    except Exception as error:  # likewise
        written = replace(written, failure=_first(written.failure, error))
    return written


def _first(failure: Failure | None, error: Exception) -> Failure:
    return failure or failure_of(error)
