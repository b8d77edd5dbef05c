"""Removes the marks of a copy: exactly by its ledger where it was not edited, else by what marks look like."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from rosterkit.errors import FileError
from rosterkit.model.cells import Before, Origin
from rosterkit.read.own_marks import OWN_COLUMN, is_copy, is_remark, is_summary
from rosterkit.read.package import damaged, inspect
from rosterkit.read.workbook import stream_sheets
from rosterkit.write.copies.same_rows import shows_the_same
from rosterkit.write.patch.copy import PackageCopy, render_small_parts
from rosterkit.write.patch.edit import SheetEdit
from rosterkit.write.patch.ledger import Ledger, read_ledger, undo_changes
from rosterkit.write.patch.notes import remove_notes
from rosterkit.write.patch.package import READ_ERRORS, Package
from rosterkit.write.patch.sheet import SheetPatch
from rosterkit.write.patch.strings import remove_unused_strings
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.workbook_part import (
    APP_PROPERTIES,
    SheetEntry,
    find_summary_sheet,
    get_sheets,
    remove_summary_sheet,
)

_CODE = re.compile(r"RK\d{3}")
_MADE_FROM = re.compile(r": (.+), SHA-256 ([0-9a-f]{64})")  # "Berkas asal: NAME, SHA-256 HASH", in any language


def remove_marks(content: bytes) -> tuple[bytes, Origin] | None:
    """Return the workbook without its marks, and its origin; None where it is no annotated copy.

    Repaired values stay: they are the data now.
    """
    try:
        if not is_copy(content):
            return None
        package = Package(io.BytesIO(content))
        inspect(content)
        ledger = _find_ledger(package)
        target = io.BytesIO()
        if ledger and not ledger.repaired and _is_unedited(package, ledger):
            _restore_original(package, ledger, target)
            if shows_the_same(content, target.getvalue()):
                return target.getvalue(), Origin(ledger.name, ledger.sha256)
            ledger, target = None, io.BytesIO()
        marks = _find_marks(content, package)
        _remove_found_marks(package, marks, target)
    except (FileError, *READ_ERRORS):
        return None  # the reader says what is wrong with it
    name, sha256 = (ledger.name, ledger.sha256) if ledger else marks.made_from
    return target.getvalue(), Origin(name, sha256, edited=True, before=tuple(marks.findings))


def strip_copy(content: bytes, target: BinaryIO) -> str | None:
    """Write the workbook that a copy was made from.

    Returns:
        the name of the original, where all its parts are restored byte for byte; empty where the copy was edited, or
        its ledger is not of this file; None where the file is no annotated copy.

    Raises:
        FileError: the copy cannot be read.
    """
    try:
        if not is_copy(content):
            return None
        package = Package(io.BytesIO(content))
        ledger = _find_ledger(package)
        if ledger and _is_unedited(package, ledger):
            restored = io.BytesIO()
            _restore_original(package, ledger, restored)
            if Package(restored).digest() == ledger.content:
                target.write(restored.getbuffer())
                return ledger.name
        _remove_found_marks(package, _find_marks(content, package), target)
    except READ_ERRORS as error:
        raise damaged() from error
    return ""


def _find_ledger(package: Package) -> Ledger | None:
    """Return the ledger of a copy."""
    for part in package.get_relations(package.workbook).find_parts("customXml"):
        if part in package.infos:
            found = read_ledger(package.read(part))
            if found:
                return found
    return None


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


@dataclass(slots=True)
class _FoundMarks:
    """The marks that a reader finds in an edited copy."""

    summary: SheetEntry | None  # its sheet of results
    findings: list[Before]
    columns: dict[str, tuple[int, int]]  # sheet -> row and column of the header of remarks
    remarks: dict[str, frozenset[int]]  # sheet -> rows with a remark
    made_from: tuple[str, str] = ("", "")  # name and hash of the original, as the sheet of results tells them


def _remove_found_marks(package: Package, marks: _FoundMarks, target: BinaryIO) -> None:
    """Remove all that looks like a mark: summary sheet, column of remarks, fills, notes, ledger."""
    entries = get_sheets(package)
    summary = marks.summary
    edits = {
        entry.part: SheetEdit(
            remark_column=marks.columns[entry.name][1],
            header_rows=(marks.columns[entry.name][0],),
            cleared_rows=marks.remarks[entry.name] | {marks.columns[entry.name][0]},
        )
        for entry in entries
        if entry.name in marks.columns and entry != summary
    }
    remove_summary_sheet(package, summary)
    for entry in entries:
        if entry != summary:
            remove_notes(package, entry.part)
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


def _find_marks(content: bytes, package: Package) -> _FoundMarks:
    """Return the marks that a reader finds in a copy."""
    summary = find_summary_sheet(package)
    entries = {entry.name: entry for entry in get_sheets(package)}
    marks = _FoundMarks(summary, [], {}, {})
    rows = {name: list(rows) for name, rows in stream_sheets(io.BytesIO(content))}
    for name, lines in rows.items():
        is_own = summary.name == name if summary else is_summary(name, lines)
        if is_own and name in entries:
            marks.summary, marks.findings = entries[name], list(_parse_findings(lines))
            marks.made_from = _parse_origin(lines)
    for name, lines in rows.items():
        header = next((number for number, row in enumerate(lines) if OWN_COLUMN in row), None)
        if header is not None:
            column = lines[header].index(OWN_COLUMN)
            messages = tuple(finding.message for finding in marks.findings if finding.sheet == name and finding.message)
            marks.columns[name] = header, column
            marks.remarks[name] = frozenset(
                number
                for number, row in enumerate(lines)
                if number > header and column < len(row) and is_remark(row[column], number, messages)
            )
    return marks


def _parse_findings(rows: Iterable[Sequence[object]]) -> Iterator[Before]:
    """Yield the findings in the rows of a summary sheet."""
    for row in rows:
        code, sheet, cell, person, message = (str(value) for value in (*row, *[""] * 6)[1:6])
        if _CODE.fullmatch(code) and not sheet.replace(".", "").isdigit():
            yield Before(code, sheet, cell, person, message)


def _parse_origin(rows: Iterable[Sequence[object]]) -> tuple[str, str]:
    """Return name and hash of the original from the last rows of a summary sheet."""
    for row in rows:
        found = _MADE_FROM.search(str(row[0])) if row else None
        if found:
            return found[1], found[2]
    return "", ""
