"""Checks a file that was drawn, and says what is wrong with what the program did."""

from __future__ import annotations

import datetime as dt
import hashlib
import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from unittest.mock import patch

from rosterkit.model.report import CheckedFile, Failure, ReadFile
from rosterkit.pipeline import run
from rosterkit.run import contain, read_part, work
from rosterkit.run.inputs import Task
from rosterkit.settings import Settings
from tests.fuzz.cases import Case
from tests.fuzz.people import lost_people, wrong_uploads
from tests.fuzz.same_values import different_values
from tests.golden.lint import lint

TODAY = dt.date(2025, 6, 1)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a file: the refusal or ``findings`` or ``clean``, and what is wrong with that."""

    name: str
    outcome: str
    complaints: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def check(case: Case, out: Path) -> Result:
    """Check the file of a case as ``rosterkit check`` does, with outputs in a folder."""
    before = _digest(case.path)
    mistakes: list[str] = []
    original, original_read = contain.failure_of, read_part.read_file
    read: list[ReadFile] = []

    def failure_of(error: Exception) -> Failure:
        failure = original(error)
        if failure[0] == "program-error":
            mistakes.append("".join(traceback.format_exception(error)[-5:]))
        return failure

    def read_file(task: Task, path: Path) -> ReadFile:
        read.append(original_read(task, path))
        return read[-1]

    with ExitStack() as stack:
        stack.enter_context(patch.object(read_part, "read_file", read_file))
        for module in (read_part, work, contain):
            stack.enter_context(patch.object(module, "failure_of", failure_of))
        (file,) = run(Settings((case.path,), "kediri-2025", TODAY, out=out, jobs=1)).files
    complaints = [f"traceback: {text}" for text in mistakes]
    complaints += ["the input changed"] * (_digest(case.path) != before)
    if not complaints:
        complaints = [*_complaints(case, file, read[-1])]
    return Result(case.name, file.failure[0] if file.failure else file.status, complaints, case.done)


def objections(path: Path) -> set[str]:
    """Return what a strict reader objects to; names of parts in the usual form."""
    return {text.replace("\\", "/").lstrip("/") for text in lint(path)}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _complaints(case: Case, file: CheckedFile, read: ReadFile) -> Iterator[str]:
    if file.failure:
        code, message = file.failure
        if case.readable or code == "copy-differs":
            yield f"refused: {code}: {message}"
        return
    yield from lost_people(case.people, file, read)
    yield from wrong_uploads(case.people, file)
    copy = file.written.annotated
    if file.findings and copy is None:
        yield "no copy"
    if copy is not None:
        is_package = file.read.kind == "xlsx"
        old = objections(case.path) if is_package else set()
        unread = tuple(text.removesuffix(" is no XML") for text in old if text.endswith(" is no XML"))
        yield from (f"copy: {text}" for text in objections(copy) - old if not text.startswith(unread))
        yield from different_values(case, copy, read)
