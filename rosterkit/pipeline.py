"""The tool on one page: read, locate, normalise, check, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from rosterkit.accept import accept
from rosterkit.collector import paused
from rosterkit.errors import FileError
from rosterkit.findings import clean_rows, file_findings, ignored, row_findings, sheet_findings
from rosterkit.model import FileReport, Note, Origin, Report, Skipped, Table, Workbook
from rosterkit.read.headers import Vocabulary
from rosterkit.read.locate import locate
from rosterkit.read.normalise import normalise
from rosterkit.read.package import is_copy
from rosterkit.read.stack import stack
from rosterkit.read.workbook import read_workbook
from rosterkit.reference.decree import read_annex
from rosterkit.reference.exceptions import Exceptions, read_exceptions
from rosterkit.rules import BY_CODE, derive, find_rule
from rosterkit.rules.base import Context
from rosterkit.schema.frame import check
from rosterkit.schema.load import load_roster, load_upload
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.settings import Settings
from rosterkit.write.deliver import Outputs

if TYPE_CHECKING:
    from rosterkit.write.template import Template

Progress = Callable[[str, Path], None]


def run(settings: Settings, progress: Progress = lambda stage, path: None) -> Report:
    """Check the files of a run and write what they give.

    Raises:
        UsageError: a schema, form or decree that cannot be used; nothing was written.
    """
    spec = load_roster(settings.schema, BY_CODE, settings.over)
    form = _form(settings, spec)
    decree = read_annex(settings.decree, spec, settings.today) if settings.decree else None
    template = _template(settings, form)
    exceptions = read_exceptions(settings.exceptions, settings.today, _code) if settings.exceptions else None
    context = Context(spec, settings.today, decree, form)

    files = [_read(path, spec, progress) for path in settings.paths]
    tables = [(file.path, table) for file in files for table in file.tables]
    numbers = {id(file): number for number, file in enumerate(files)}
    with paused():
        raw = stack([(numbers[id(file)], table) for file in files for table in file.tables])
    frame = derive(normalise(raw, spec, settings.today), context)
    clean, notes = _judge(files, frame, tables, context, exceptions)

    outputs = Outputs(settings.out, [file.path for file in files])
    for number, file in enumerate(files):
        if file.failure is None:
            progress("write", file.path)
            _write(file, clean.filter(pl.col("_file") == number), spec, form, template, outputs, settings)
    report = Report(
        spec.name, spec.labels(), form.name if form else None, tuple(files), tuple(ignored(spec)), tuple(notes)
    )
    if len(files) > 1:
        try:
            report = replace(report, uploads=_combine(files, clean, spec, form, template, outputs))
            for file in files:
                file.reply = outputs.reply(file, spec, settings.today, settings.deadline)
            outputs.document(report, settings.unmask)
        except FileError as error:
            report = replace(report, failure=(error.code, error.message))
    return report


def _combine(
    files: Sequence[FileReport],
    clean: pl.DataFrame,
    spec: RosterSpec,
    form: UploadSpec | None,
    template: Template | None,
    outputs: Outputs,
) -> tuple[Path, ...]:
    """One upload of the clean rows of all files, in file order, without the files whose outputs failed."""
    written = [number for number, file in enumerate(files) if file.uploads]
    if form is None or not written:
        return ()
    return tuple(outputs.combined(clean.filter(pl.col("_file").is_in(written)), spec, form, template))


def _template(settings: Settings, form: UploadSpec | None) -> Template | None:
    if settings.template is None or form is None:
        return None
    from rosterkit.write.template import read_template

    return read_template(settings.template, form)


def _unmark(content: bytes) -> tuple[bytes, Origin] | None:
    """The workbook without our marks where it is a copy that we marked; most are not, and need no patching."""
    if not is_copy(content):
        return None
    from rosterkit.write.unmark import unmark

    return unmark(content)


def _form(settings: Settings, spec: RosterSpec) -> UploadSpec | None:
    name = settings.upload or next(iter(spec.uploads), None)
    return load_upload(name) if name else None


def _read(path: Path, spec: RosterSpec, progress: Progress) -> FileReport:
    """Read and locate one file; a file that cannot be read is a report of its own, not the end of the run."""
    progress("read", path)
    report = FileReport(path)
    try:
        with paused():
            workbook: Workbook = read_workbook(path, _unmark)
            vocabulary = Vocabulary(spec)
            located = [locate(sheet, spec, vocabulary) for sheet in workbook.sheets]
    except FileError as error:
        report.failure = (error.code, error.message)
        return report
    report.workbook, report.sha256 = workbook, workbook.sha256
    report.tables = tuple(sheet for sheet in located if isinstance(sheet, Table))
    report.skipped = tuple(sheet for sheet in located if isinstance(sheet, Skipped))
    return report


def _judge(
    files: Sequence[FileReport],
    frame: pl.DataFrame,
    tables: Sequence[tuple[Path, Table]],
    context: Context,
    exceptions: Exceptions | None = None,
) -> tuple[pl.DataFrame, list[Note]]:
    """Give every file its findings and its number of clean rows.

    Returns:
        the clean rows of all files, and what there is to say of the exceptions.
    """
    of = {file.path: file for file in files}
    for file in files:
        if file.failure is None:
            file.findings += sheet_findings(file.path, (*file.tables, *file.skipped), context)
    for finding in file_findings(frame, [file.path for file in files], context):
        of[finding.place.path].findings.append(finding)
    for finding in row_findings(frame, check(frame, context), tables, context):
        of[finding.place.path].findings.append(finding)
    notes = list(exceptions.notes) if exceptions else []
    if exceptions:
        notes += accept(files, frame, tables, exceptions.accepted, context.spec.required())
    complete = frame.filter(pl.col(field).is_not_null() for field in context.spec.required())
    if not complete.is_empty():
        complete = complete.filter(pl.col("copy_of").is_null())  # what was sent twice is uploaded once
    clean = clean_rows(complete, [finding for file in files for finding in file.findings], tables)
    counts = dict(clean.group_by("_table").len().iter_rows())
    for number, (path, table) in enumerate(tables):
        of[path].clean[table.sheet.name] = counts.get(number, 0)
    return clean, notes


def _code(written: str) -> str | None:
    rule = find_rule(written)
    return rule.code if rule else None


def _write(
    file: FileReport,
    clean: pl.DataFrame,
    spec: RosterSpec,
    form: UploadSpec | None,
    template: Template | None,
    outputs: Outputs,
    settings: Settings,
) -> None:
    """Write the annotated copy where there is something to mark, and the upload sheets where somebody is clean."""
    try:
        if file.findings:
            file.annotated = outputs.annotated(file, spec, settings.today, settings.apply_fixes)
        if form and not clean.is_empty():
            file.uploads = outputs.uploads(file.path, clean, spec, form, template)
            file.uploaded = len(clean)
    except FileError as error:
        file.failure = (error.code, error.message)
