"""The tool on one page: read, locate, normalise, check, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from rosterkit.accept import accept
from rosterkit.collector import paused
from rosterkit.errors import FileError, UsageError
from rosterkit.findings import clean_rows, file_findings, ignored, listed_findings, row_findings, sheet_findings
from rosterkit.language import _, later
from rosterkit.lists import Lists, choose_schema, read_lists, remarks
from rosterkit.model import FileReport, Finding, Note, Remark, Report, Sheet, Table
from rosterkit.read.normalise import normalise
from rosterkit.read.stack import stack
from rosterkit.recap import Recap, file_lines, listed, make_recap
from rosterkit.reference.senders import match_senders, versions
from rosterkit.rules import BY_CODE, derive
from rosterkit.rules.base import Context
from rosterkit.rules.contents import digests
from rosterkit.schema.frame import check
from rosterkit.schema.load import load_contributions, load_roster, load_upload
from rosterkit.settings import Settings
from rosterkit.work import Task, read_file, write_file
from rosterkit.workers import Workers, workers
from rosterkit.write.deliver import COMBINED, Outputs, paths_folder
from rosterkit.write.memory import load_history, save_history, save_run
from rosterkit.write.upload import Cells, upload_cells

if TYPE_CHECKING:
    from rosterkit.schema.spec import RosterSpec
    from rosterkit.schema.upload_spec import UploadSpec
    from rosterkit.write.template import Template

Progress = Callable[[str, Path], None]
Tables = Sequence[tuple[Path, Table]]


def run(settings: Settings, progress: Progress = lambda stage, path: None) -> Report:
    """Check the files of a run and write what they give.

    Raises:
        UsageError: a schema, form, decree or other list that cannot be used; nothing was written.
    """
    with workers(len(settings.paths), settings.jobs, "rosterkit.work") as team:
        return _run(settings, team, progress)


def _run(settings: Settings, team: Workers, progress: Progress) -> Report:
    schema = choose_schema(settings)
    spec = load_roster(schema, BY_CODE, settings.over)
    form = _form(settings, spec, schema)
    lists = read_lists(settings, spec)
    outputs = Outputs(settings.out, settings.paths)
    task = Task(settings, spec, form, _template(settings, form), outputs)
    files = []
    for file in team.each(read_file, task, settings.paths):
        progress("read", file.path)
        files.append(file)
    tables = [(file.path, table) for file in files for table in file.tables]
    context = Context(
        spec,
        settings.today,
        lists.decree,
        form,
        lists.participants,
        lists.population,
        _names(files, settings),
        load_history(outputs.folder) if settings.whole else (),
    )
    frame = _frame(files, context)
    clean, notes, twice = _judge(files, frame, tables, context, lists)
    ready = clean.filter("last")  # the others are still on their way through the chain of verification
    cells = upload_cells(ready, spec, form, settings.today) if form else ready.clear()
    _write(files, ready, cells, task, team, progress)
    report = Report(
        schema=spec.name,
        labels=spec.labels(),
        form=form.name if form else None,
        files=tuple(files),
        ignored=tuple(ignored(spec)),
        exceptions=tuple(notes),
        remarks=(
            *lists.told,
            *remarks(files, frame, context),
            *twice,
            *_waiting(clean, spec),
            *_left(outputs, settings),
        ),
        decree=settings.decree,
    )
    return _together(report, frame, clean, cells, tables, context, lists, task) if settings.whole else report


def _form(settings: Settings, spec: RosterSpec, schema: str) -> UploadSpec | None:
    """The upload form of a run: the one that was asked for, else the programme's first."""
    if settings.upload is None:
        form = load_upload(spec.uploads[0]) if spec.uploads else None
    else:
        form = load_upload(settings.upload, schema) if settings.upload else None
    if form and form.of_members:
        raise UsageError(
            _("Formulir {form} memuat KPJ atau hari keluar, yang hanya diketahui rosterkit decree mutation.").format(
                form=form.name
            )
        )
    return form


def _template(settings: Settings, form: UploadSpec | None) -> Template | None:
    if settings.template is None or form is None:
        return None
    from rosterkit.write.template import read_template

    return read_template(settings.template, form)


def _frame(files: Sequence[FileReport], context: Context) -> pl.DataFrame:
    """The people of all files, typed, with what the rules read.

    ``_level`` is how far the file has come (a file outside the folders of the chain needs no verification),
    ``passed_on`` true where a file of a higher level has the person too, ``last`` where there is no higher level.
    """
    with paused():
        raw = stack([(number, table) for number, file in enumerate(files) for table in file.tables])
    top = _top(files, context.spec)
    levels = pl.Series([top if file.level is None else file.level for file in files], dtype=pl.UInt8)
    of_file = pl.DataFrame({"_file": pl.Series(range(len(files)), dtype=pl.UInt32), "_level": levels})
    frame = normalise(raw, context.spec, context.today).join(of_file, on="_file", how="left", maintain_order="left")
    higher = (pl.col("_level") < pl.col("_level").max().over("nik")) & pl.col("nik").is_not_null()
    last = pl.lit(True) if top is None else pl.col("_level") == top
    return derive(frame.with_columns(passed_on=higher.fill_null(False), last=last), context)


def _names(files: Sequence[FileReport], settings: Settings) -> tuple[str, ...]:
    """What files are called from the folder on that is checked: the same in every run of that folder."""
    folder = (settings.folder or paths_folder([file.path for file in files])).resolve()
    paths = [file.path.resolve() for file in files]
    return tuple((path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix() for path in paths)


def _top(files: Sequence[FileReport], spec: RosterSpec) -> int | None:
    """The last level of verification; None where no file lies in a folder of the chain."""
    return len(spec.chain) - 1 if any(file.level is not None for file in files) else None


def _left(outputs: Outputs, settings: Settings) -> Iterator[Remark]:
    """What there is to say of upload sheets of files that are no longer in the folder."""
    names = outputs.strangers() if settings.whole else []
    if names:
        told = later(
            "Di folder hasil masih ada lembar unggah dari berkas yang tidak diperiksa kali ini: {names}."
            " Jangan diunggah."
        )
        yield Remark(told, {"names": ", ".join(names[:5]) + (", …" if len(names) > 5 else "")})


def _waiting(clean: pl.DataFrame, spec: RosterSpec) -> Iterator[Remark]:
    """What there is to say of people whom the last level of verification does not have."""
    waiting = clean.filter(~pl.col("last") & ~pl.col("passed_on"))
    if len(waiting):
        told = later("{count} orang tanpa kesalahan belum sampai tahap {level}, jadi belum diunggah.")
        yield Remark(told, {"count": len(waiting), "level": spec.chain[-1]})


def _judge(
    files: Sequence[FileReport], frame: pl.DataFrame, tables: Tables, context: Context, lists: Lists
) -> tuple[pl.DataFrame, list[Note], list[Remark]]:
    """Give every file its findings and its number of rows that are ready.

    Returns:
        the clean rows of all files, what there is to say of the exceptions, and of people who were accepted twice.
    """
    of = {file.path: file for file in files}
    for file in files:
        if file.failure is None:
            file.findings += sheet_findings(file.path, (*file.tables, *file.skipped), context)
    _give(of, file_findings(frame, [file.path for file in files], context))
    _give(of, row_findings(frame, check(frame, context), tables, context))
    required = context.spec.required()
    exceptions = lists.exceptions
    notes = list(exceptions.notes) if exceptions else []
    if exceptions:
        notes += accept(files, frame, tables, exceptions.accepted, required)
    complete = frame.filter(pl.col(field).is_not_null() for field in required)
    complete = complete.filter(pl.col("copy_of").is_null())  # what was sent twice is uploaded once
    clean = clean_rows(complete, [finding for file in files for finding in file.findings], tables)
    first = clean.select(pl.struct("last", "nik").is_first_distinct()).to_series()
    again = clean["last"] & clean["nik"].is_not_null() & ~first
    twice = []
    if again.any():  # whatever was accepted: nobody is uploaded twice
        text = later("{count} baris yang dikecualikan tidak diunggah: NIK-nya sudah diunggah dari baris lain.")
        twice.append(Remark(text, {"count": again.sum()}))
        clean = clean.filter(~again)
    here = clean.filter("last")
    late = list(row_findings(here, check(here, context, late=True), tables, context))
    _give(of, late)
    clean = clean_rows(clean, late, tables)
    counts = dict(clean.filter("last").group_by("_table").len().iter_rows())
    for number, (path, table) in enumerate(tables):
        of[path].clean[table.sheet.name] = counts.get(number, 0)
    return clean, notes, twice


def _give(of: Mapping[Path, FileReport], findings: Iterable[Finding]) -> None:
    for finding in findings:
        of[finding.place.path].findings.append(finding)


def _write(
    files: Sequence[FileReport],
    ready: pl.DataFrame,
    cells: pl.DataFrame,
    task: Task,
    team: Workers,
    progress: Progress,
) -> None:
    """Write what each file gives; ``cells`` are those of the form, one row for each that is ready."""
    counts = dict(ready.group_by("_file", maintain_order=True).len().iter_rows()) if len(cells) else {}

    def items() -> Iterator[tuple[FileReport, list[Cells] | None]]:
        start = 0
        for number, file in enumerate(files):  # the rows of a file stand together
            count = counts.get(number, 0)
            rows = cells[start : start + count].rows() if count else None
            start += count
            yield file if file.findings else _counted(file), rows

    for number, written in enumerate(team.each(write_file, task, items())):
        file = files[number]
        progress("write", file.path)
        file.annotated, file.uploads, file.reply = written.annotated, list(written.uploads), written.reply
        file.uploaded = counts[number] if written.uploads else 0
        file.failure = written.failure


def _counted(file: FileReport) -> FileReport:
    """A file with nothing to mark, without its cells: how many people it has is all that is still asked."""
    tables = tuple(replace(table, sheet=Sheet(table.sheet.name, ()), columns={}) for table in file.tables)
    return replace(file, workbook=None, tables=tables)


def _together(
    report: Report,
    frame: pl.DataFrame,
    clean: pl.DataFrame,
    cells: pl.DataFrame,
    tables: Tables,
    context: Context,
    lists: Lists,
    task: Task,
) -> Report:
    """Write what all files give together: one upload, the recap, the document, the memory. Memory comes last."""
    files, spec, outputs, settings = report.files, task.spec, task.outputs, task.settings
    missing = tuple(listed_findings(frame, settings.decree, context)) if settings.decree else ()
    prints = digests(frame) if not frame.is_empty() else {}
    people = make_recap(files, frame, clean, tables, spec, lists.decree, missing)
    awaited = match_senders(lists.awaited, files)
    recap = Recap(
        schema=_schema_of(settings, spec),
        people=people,
        missing=listed(lists.decree, missing),
        decree=None if lists.decree is None else len(lists.decree),
        files=file_lines(files, context, prints),
        awaited=tuple((one.name, one.files) for one in awaited),
        versions=tuple(versions(files)),
    )
    report = replace(report, missing=missing, awaited=awaited)
    try:
        uploads = _combine(files, clean.filter("last"), cells, task)
        report = replace(
            report, uploads=uploads, recap=outputs.recap(recap, spec, load_contributions(), settings.today)
        )
        outputs.document(report, settings.unmask)
        save_run(outputs.folder, recap)
        save_history(outputs.folder, context.history, recap.files, settings.today)
    except FileError as error:
        report = replace(report, failure=(error.code, error.message))
    return report


def _schema_of(settings: Settings, spec: RosterSpec) -> str:
    """How the schema of a run is found again from anywhere."""
    own_file = settings.schema.endswith((".yaml", ".yml"))
    return Path(settings.schema).resolve().as_posix() if own_file else spec.name


def _combine(files: Sequence[FileReport], ready: pl.DataFrame, cells: pl.DataFrame, task: Task) -> tuple[Path, ...]:
    """One upload of the clean rows of all files, in file order, without the files whose outputs failed.

    Where an upload cannot be written, that of an earlier run goes away all the same.
    """
    written = [number for number, file in enumerate(files) if file.uploads]
    together = cells.filter(ready["_file"].is_in(written)) if written else cells.clear()
    uploads: list[Path] = []
    try:
        if task.form and not together.is_empty():
            uploads = task.outputs.combined(together.rows(), task.form, task.template)
    finally:
        task.outputs.clear(Path(COMBINED), uploads, task.template)
    return tuple(uploads)
