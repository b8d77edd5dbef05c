"""What is done to one file of a run, in whichever process: read it, and later write its outputs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit.errors import FileError
from rosterkit.gc_pause import paused
from rosterkit.model.cells import Origin, Workbook
from rosterkit.model.report import FileReport
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.form_mark import form_mark
from rosterkit.read.headers import Vocabulary
from rosterkit.read.locate import locate
from rosterkit.read.package import is_copy
from rosterkit.read.sender import find_level, find_sender
from rosterkit.read.workbook import read_workbook
from rosterkit.run.outputs import Outputs
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.settings import Settings
from rosterkit.write.uploads.sheets import Cells

if TYPE_CHECKING:
    from rosterkit.write.uploads.fill import Template


@dataclass(frozen=True, slots=True)
class Task:
    """What the work on every file of a run needs to know."""

    settings: Settings
    spec: RosterSpec
    form: UploadSpec | None
    template: Template | None
    outputs: Outputs


def read_file(task: Task, path: Path) -> FileReport:
    """Read and locate one file; a file that cannot be read is a report of its own, not the end of the run."""
    report = FileReport(path)
    report.level = find_level(path, task.spec.chain)
    try:
        with paused():
            workbook: Workbook = read_workbook(path, _unmark)
            vocabulary = _vocabulary(task.spec)
            located = [locate(sheet, task.spec, vocabulary) for sheet in workbook.sheets]
            report.mark = form_mark(_bytes(path)) if workbook.kind == "xlsx" else {}
    except FileError as error:
        report.failure = (error.code, error.message)
        return report
    given = {field: report.mark[field] for field in ("rt", "rw", "kelurahan", "kecamatan") if report.mark.get(field)}
    tables = [sheet for sheet in located if isinstance(sheet, Table)]
    report.workbook, report.sha256 = workbook, workbook.sha256
    report.tables = tuple(replace(table, given=given) for table in tables) if given else tuple(tables)
    report.skipped = tuple(sheet for sheet in located if isinstance(sheet, Skipped))
    report.senders = {table.sheet.name: find_sender(path, table, report.mark) for table in tables}
    return report


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it was there a moment ago
        return b""


def _vocabulary(spec: RosterSpec) -> Vocabulary:
    """The vocabulary of a run's schema, made once in each process."""
    if not _last or _last[0][0] is not spec:
        _last[:] = [(spec, Vocabulary(spec))]
    return _last[0][1]


_last: list[tuple[RosterSpec, Vocabulary]] = []


def _unmark(content: bytes) -> tuple[bytes, Origin] | None:
    """The workbook without our marks where it is a copy that we marked; most are not, and need no patching."""
    if not is_copy(content):
        return None
    from rosterkit.write.copies.unmark import unmark

    return unmark(content)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for a file, or why it could not be."""

    annotated: Path | None = None
    uploads: tuple[Path, ...] = ()
    reply: Path | None = None
    failure: tuple[str, str] | None = None


def write_file(task: Task, item: tuple[FileReport, list[Cells] | None]) -> Written:
    """Write the annotated copy where there is something to mark, the upload sheets where somebody is clean, the reply.

    The item is the file and the cells of the form for those who are clean, None for nobody.
    What an earlier run has left under these names and this one does not write goes away.
    """
    file, cells = item
    outputs, settings, spec = task.outputs, task.settings, task.spec
    written = Written(failure=file.failure)
    try:
        if file.failure is None and file.findings:
            annotated = outputs.annotated(file, spec, settings.today, settings.apply_fixes)
            written = replace(written, annotated=annotated)
        if file.failure is None and task.form and cells is not None:
            uploads = outputs.uploads(file.path, cells, task.form, task.template)
            written = replace(written, uploads=tuple(uploads))
    except FileError as error:
        written = Written(failure=(error.code, error.message))
    try:
        outputs.clear(file.path, [path for path in (written.annotated, *written.uploads) if path], task.template)
    except FileError as error:
        written = replace(written, failure=written.failure or (error.code, error.message))
    answered = file.failure or not written.failure  # what went wrong here is not the sender's business
    if settings.whole and answered and not file.path.name.startswith("~$"):
        file.annotated = written.annotated
        try:
            written = replace(written, reply=outputs.reply(file, spec, settings.today, settings.deadline))
        except FileError as error:
            written = replace(written, failure=written.failure or (error.code, error.message))
    return written
