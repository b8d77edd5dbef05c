"""A file and its findings to the annotated copy: marked, read back and compared before it gets its name."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from rosterkit.files import whole_file
from rosterkit.model.report import CheckedFile
from rosterkit.read.package import changed, damaged
from rosterkit.schema.spec import RosterSpec
from rosterkit.write.copies.annotate import annotate_workbook
from rosterkit.write.copies.convert import convert_workbook
from rosterkit.write.copies.marks import make_marks
from rosterkit.write.copies.summary import get_origin
from rosterkit.write.patch.package import READ_ERRORS, is_signed
from rosterkit.write.patch.verify import verify_values
from rosterkit.write.patch.verify_bytes import verify_bytes


def write_copy(
    target: Path, file: CheckedFile, spec: RosterSpec, today: dt.date, repair: bool = False, is_decree: bool = False
) -> None:
    """Write the annotated copy of a file.

    Args:
        target: the path of the copy.
        file: what was found, with its cells.
        spec: says what fields are called.
        today: the day of the check.
        repair: write certain repairs into the cells.
        is_decree: it is the annex of a decree, and the copy is for the office.

    Raises:
        FileError: it could not be written, or not without a risk of losing something.
    """
    workbook = file.read.workbook
    assert workbook is not None  # noqa: S101 # a file that was not read has no findings
    titles: dict[str, str] = {}
    with ExitStack() as stack:
        source: BinaryIO
        if workbook.kind != "xlsx":
            source, titles = convert_workbook(workbook)
        elif workbook.content is not None:
            source = io.BytesIO(workbook.content)
        else:
            source = io.BytesIO(_read_same(file))
        marks = make_marks(file, spec.title, spec.labels(), today, titles, is_signed(source), repair, is_decree)
        out = stack.enter_context(whole_file(target))
        try:
            changes = annotate_workbook(source, out, marks, *get_origin(file.read))
        except OSError:
            raise  # the disk, not the file
        except READ_ERRORS as error:
            raise damaged() from error
        out.seek(0)
        if workbook.kind == "xlsx" and changes.has_fixed_places and not any(changes.values.values()):
            verify_bytes(out, source)
        else:  # equal bytes would not say enough
            verify_values(out, workbook, changes, titles)


def _read_same(file: CheckedFile) -> bytes:
    """The bytes that were judged.

    Raises:
        FileError: the file is another one by now: marks would stand at other people.
    """
    try:
        content = file.path.read_bytes()
    except FileNotFoundError:
        raise changed() from None
    if hashlib.sha256(content).hexdigest() != file.read.sha256:
        raise changed()
    return content
