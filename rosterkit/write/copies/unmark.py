"""Removes the marks of a copy: exactly by its ledger where it was not edited, else by what marks look like."""

from __future__ import annotations

import io
from typing import BinaryIO

from rosterkit.errors import FileError
from rosterkit.model.cells import Origin
from rosterkit.read.own_marks import has_marks, is_copy
from rosterkit.read.package import damaged, inspect
from rosterkit.read.workbook import stream_sheets
from rosterkit.write.copies.found_marks import FoundMarks, find_marks
from rosterkit.write.copies.own_texts import RULES_ALONE
from rosterkit.write.copies.same_rows import shows_the_same
from rosterkit.write.patch.copy import PackageCopy, render_small_parts
from rosterkit.write.patch.ledger import Ledger, find_ledger, read_ledger, undo_changes
from rosterkit.write.patch.notes import remove_notes
from rosterkit.write.patch.package import READ_ERRORS, Package
from rosterkit.write.patch.sheet import SheetPatch
from rosterkit.write.patch.strings import remove_unused_strings
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.workbook_part import (
    APP_PROPERTIES,
    get_sheets,
    remove_summary_sheet,
)


def remove_marks(content: bytes, sees_marks: bool = False) -> tuple[bytes, Origin] | None:
    """Return the workbook without its marks, and its origin; None where it is no annotated copy.

    Repaired values stay: they are the data now. ``sees_marks``: its sheets show marks, whatever its package says.
    """
    try:
        if not sees_marks and not is_copy(content):
            return None
        package = Package(io.BytesIO(content))
        inspect(content)
        ledger = find_ledger(package)
        target = io.BytesIO()
        if ledger and not ledger.repaired and _is_unedited(package, ledger):
            _restore_original(package, ledger, target)
            if shows_the_same(content, target.getvalue()):
                return target.getvalue(), Origin(ledger.name, ledger.sha256)
            ledger, target = None, io.BytesIO()
        marks = find_marks(content, package)
        _remove_found_marks(package, marks, target)
    except (FileError, *READ_ERRORS):
        return None  # the reader says what is wrong with it
    name, sha256 = (ledger.name, ledger.sha256) if ledger else marks.made_from
    own = {sheet: frozenset(one.column for one in edit.own) for sheet, edit in marks.edits.items()}
    return target.getvalue(), Origin(name, sha256, edited=True, before=tuple(marks.findings), own=own)


def strip_copy(content: bytes, target: BinaryIO) -> str | None:
    """Write the workbook that a copy was made from.

    Returns:
        the name of the original, where all its parts are restored byte for byte; empty where the copy was edited, or
        its ledger is not of this file; None where the file is no annotated copy.

    Raises:
        FileError: the copy cannot be read.
    """
    try:
        if not is_copy(content) and not has_marks(
            (name, list(rows)) for name, rows in stream_sheets(io.BytesIO(content))
        ):
            return None
        package = Package(io.BytesIO(content))
        ledger = find_ledger(package)
        if ledger and _is_unedited(package, ledger):
            restored = io.BytesIO()
            _restore_original(package, ledger, restored)
            if Package(restored).digest() == ledger.content:
                target.write(restored.getbuffer())
                return ledger.name
        _remove_found_marks(package, find_marks(content, package), target)
    except READ_ERRORS as error:
        raise damaged() from error
    return ""


def _is_unedited(package: Package, ledger: Ledger) -> bool:
    """Return whether all parts with changes are as they were written."""
    now = {part: (info.CRC, info.file_size) for part, info in package.infos.items()}
    return all(now.get(part) == (crc, size) for part, (crc, size, _undo) in ledger.parts.items())


def _restore_original(package: Package, ledger: Ledger, target: BinaryIO) -> None:
    """Write the original, with the changes of the ledger undone."""
    with PackageCopy(target) as copy:
        for part, info in package.infos.items():
            if part in ledger.added:
                continue
            undo = ledger.parts.get(part, (0, 0, ""))[2]
            if undo:
                copy.write_part(info.filename, undo_changes(package.read_chunks(part), undo))
            else:
                copy.copy_part(package, info)


def _remove_found_marks(package: Package, marks: FoundMarks, target: BinaryIO) -> None:
    """Remove all that looks like a mark: summary sheet, column of remarks, fills, notes, ledger."""
    entries = get_sheets(package)
    summary = marks.summary
    edits = {entry.part: marks.edits[entry.name] for entry in entries if entry.name in marks.edits}
    remove_summary_sheet(package, summary)
    for entry in entries:
        if entry != summary:
            remove_notes(package, entry.part, RULES_ALONE.begins)
    for part in package.get_relations(package.workbook).find_parts("customXml"):
        if part in package.infos and read_ledger(package.read(part)):
            package.get_relations(package.workbook).remove(part)
            package.remove_part(part)
    remove_unused_strings(package, [entry.part for entry in entries if entry != summary])
    (part,) = package.get_relations(package.workbook).find_parts("styles") or ("",)
    styles = Styles(package.read(part))
    by_excel = APP_PROPERTIES in package.infos and b"Microsoft Excel" in package.read(APP_PROPERTIES)
    styles.remove_mark_fills(by_excel)
    with PackageCopy(target, strict=True) as copy:
        for sheet, edit in edits.items():
            with copy.open_part(package.infos[sheet].filename) as write:
                SheetPatch(edit, styles, write).patch(package.read_chunks(sheet))
        package.changed[part] = styles.finish()
        written = {*edits, *package.removed}
        for name, new, _undo in render_small_parts(package.changed, {}):
            if name not in written:
                copy.write_part(package.infos[name].filename, [new])
                written.add(name)
        copy.copy_others(package, written)
