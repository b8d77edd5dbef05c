"""What is done to some files of a run first, in whichever process: read them, and type their people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rosterkit.check.part import Part, join_parts, make_part
from rosterkit.errors import UsageError
from rosterkit.model.cells import Origin
from rosterkit.model.report import ReadFile
from rosterkit.read.limits import use_limits
from rosterkit.read.own_marks import is_copy
from rosterkit.read.package import changed
from rosterkit.read.packed_rows import PackedRows
from rosterkit.read.properties import read_properties
from rosterkit.read.sender import find_level, find_sender
from rosterkit.read.tables import read_tables
from rosterkit.records import dataclass
from rosterkit.rules.context import Context
from rosterkit.run.failures import failure_of
from rosterkit.run.inputs import Task

_PLACES = ("rt", "rw", "kelurahan", "kecamatan")
_BYTES = 8_000_000  # of a chunk: its cells are in memory at once
KEPT = 20_000_000  # bytes of all files, or of one, up to which their cells wait until the copies are written
Numbered = tuple[int, Path]  # a file and its number in the run


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading of every file needs to know, in whichever process.

    Args:
        task: of the run.
        context: the schema, the day, which lists there are.
        top: the last level of verification (see ``check.part``).
    """

    task: Task
    context: Context
    top: int | None


def read_part(
    reading: Reading,
    chunk: Sequence[Numbered],
    done: Callable[[Path], None] = lambda path: None,
    keeps_cells: bool = False,
) -> tuple[list[ReadFile], Part]:
    """Read some files and type their people.

    Args:
        reading: see there.
        chunk: the files.
        done: is called for each that was read.
        keeps_cells: those that take little memory wait there until the copies are written, so that they are read once.

    Returns:
        the files, and their people; a file that cannot be read or typed has a failure and nobody.
    """
    files = []
    for number, path in chunk:
        files.append((number, read_file(reading.task, path)))
        done(path)
    try:
        part = make_part(files, reading.top, reading.context)
    except UsageError:
        raise
    except Exception:  # whatever it is, it must not cost the others their results
        alone = [_type_alone(number, file, reading) for number, file in files]
        files = [(number, file) for (number, _file), (file, _part) in zip(files, alone, strict=True)]
        part = join_parts([part for _file, part in alone])
    return [file if keeps_cells and _is_small(file) else file.without_cells() for _number, file in files], part


def _is_small(file: ReadFile) -> bool:
    """Whether the cells of a file take little memory: it is small, or large and packed."""
    sheets = file.workbook.sheets if file.workbook else ()
    return file_size(file.path) <= KEPT or any(isinstance(sheet.rows, PackedRows) for sheet in sheets)


def cut(files: Sequence[Numbered], most: int) -> Iterator[list[Numbered]]:
    """Cut the files of a run into chunks of so many files, or one large file, at most."""
    chunk: list[Numbered] = []
    size = 0
    for number, path in files:
        here = file_size(path)
        if chunk and (len(chunk) == most or size + here > _BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append((number, path))
        size += here
    if chunk:
        yield chunk


def file_size(path: Path) -> int:
    """The bytes of a file; none of one that is gone, which is told when it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _type_alone(number: int, file: ReadFile, reading: Reading) -> tuple[ReadFile, Part]:
    try:
        return file, make_part([(number, file)], reading.top, reading.context)
    except Exception as error:  # see read_part
        failed = file.failed(failure_of(error))
        return failed, make_part([(number, failed)], reading.top, reading.context)


def read_file(task: Task, path: Path) -> ReadFile:
    """Read and locate one file; a file that cannot be read is a result of its own, not the end of the run."""
    level = find_level(path, task.spec.chain)
    use_limits(task.settings.limits)
    try:
        return replace(_read(task, path), level=level)
    except Exception as error:  # whatever it is, it is this file's failure
        return ReadFile(path, level=level, failure=failure_of(error))


def with_cells(task: Task, file: ReadFile) -> ReadFile:
    """The file with its cells, which are read again where they did not stay.

    Raises:
        FileError: it can no longer be read, or is another one by now.
    """
    if file.workbook:
        return file
    use_limits(task.settings.limits)
    again = _read(task, file.path)
    if again.sha256 != file.sha256:
        raise changed()
    return replace(file, workbook=again.workbook, tables=again.tables)


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
    made_from = (workbook.origin.name, workbook.origin.sha256) if workbook.origin else ("", "")
    return ReadFile(path, workbook.sha256, workbook.kind, workbook, tables, skipped, form, senders, made_from)


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
