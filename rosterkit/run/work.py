"""What is done to one file of a run last, in whichever process: write its outputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import polars as pl

from rosterkit.check.verdict import Verdict
from rosterkit.model.report import CheckedFile, Failure, FileVerdict, ReadFile, Written
from rosterkit.run.failures import failure_of
from rosterkit.run.inputs import Task
from rosterkit.run.read_part import with_cells
from rosterkit.run.workers import Team
from rosterkit.write.uploads.ready import Ready, UploadRows


class Progress(Protocol):
    """Is called for each file with ``read`` or ``write`` and its path."""

    def __call__(self, stage: str, path: Path, /) -> None:
        """Take note of a file."""


def write_files(
    task: Task,
    files: Sequence[ReadFile],
    verdicts: Sequence[FileVerdict],
    ready: Ready,
    team: Team,
    progress: Progress,
) -> Iterator[CheckedFile]:
    """Write what each file gives; several processes begin at once, one when it is asked.

    Args:
        task: what to write.
        files: as read; those without their cells are read again where they are marked.
        verdicts: the verdict of each.
        ready: the people who are uploaded; a file has upload sheets of its own only where all together have none.
        team: the processes.
        progress: is called for each file.
    """

    rows = ready.split_by_file() if task.settings.upload_each else {}
    items = ((file, verdicts[number], rows.get(number)) for number, file in enumerate(files))
    done = team.each(write_file, task, items)

    def checked() -> Iterator[CheckedFile]:
        for file, verdict, written in zip(files, verdicts, done, strict=True):
            progress("write", file.path)
            yield CheckedFile(file.without_cells(), verdict, written)

    return checked()


def give_names(task: Task, files: Sequence[ReadFile], verdict: Verdict) -> None:
    """Let the newest version of a list take the names of those that it replaces."""
    counted = set(verdict.frame["_file"].unique())
    pairs = verdict.set_aside.select("_file", pl.coalesce("replaced_by", "copy_of").alias("newer")).unique()
    for older, newer in pairs.sort("_file").iter_rows():
        if older not in counted:
            task.outputs.names.hand_over(files[older].path, files[newer].path)


def write_file(task: Task, item: tuple[ReadFile, FileVerdict, UploadRows | None]) -> Written:
    """Write the annotated copy where there is something to mark, the upload sheets where it has its own, the reply.

    The item is the file, its verdict, and the rows of its upload sheets. What
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
            checked = CheckedFile(with_cells(task, file), verdict)
            how = (settings.today, settings.apply_fixes, settings.is_decree)
            annotated = task.outputs.annotated(checked, task.spec, *how)
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
