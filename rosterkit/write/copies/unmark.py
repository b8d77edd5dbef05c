"""The marks of a copy taken out again: exactly where nobody touched it, by what they look like where somebody did."""

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
from rosterkit.write.patch.copy import PackageCopy, render_small_parts
from rosterkit.write.patch.edit import SheetEdit
from rosterkit.write.patch.ledger import Ledger, read_ledger, undo_changes
from rosterkit.write.patch.notes import remove_notes
from rosterkit.write.patch.package import BROKEN, Package
from rosterkit.write.patch.sheet import SheetPatch
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.workbook_part import (
    APP_PROPERTIES,
    SheetEntry,
    find_summary_sheet,
    get_sheets,
    remove_summary_sheet,
)

_CODE = re.compile(r"RK\d{3}")


def unmark(content: bytes) -> tuple[bytes, Origin] | None:
    """The workbook without our marks, and what it was made from; None where it is no copy of ours.

    Repaired values stay: they are the data now.
    """
    try:
        if not is_copy(content):
            return None
        package = Package(io.BytesIO(content))
        inspect(content)
        ledger = _ledger(package)
        target = io.BytesIO()
        if ledger and not ledger.repaired and _untouched(package, ledger):
            _restore(package, ledger, target)
            return target.getvalue(), Origin(ledger.name, ledger.sha256)
        seen = _seen(content, package)
        _clean(package, seen, target)
    except (FileError, *BROKEN):
        return None  # the reader says what is wrong with it
    return target.getvalue(), Origin("", "", tuple(seen.findings))


def strip(content: bytes, target: BinaryIO) -> str | None:
    """Write the workbook that a copy was made from.

    Returns:
        the name of the file whose contents it has exactly; empty where the copy was edited; None where the file is no
        copy of ours.

    Raises:
        FileError: the copy cannot be read.
    """
    try:
        if not is_copy(content):
            return None
        package = Package(io.BytesIO(content))
        ledger = _ledger(package)
        if ledger and _untouched(package, ledger):
            _restore(package, ledger, target)
            return ledger.name
        _clean(package, _seen(content, package), target)
    except BROKEN as error:
        raise damaged() from error
    return ""


def _ledger(package: Package) -> Ledger | None:
    for part in package.get_relations(package.workbook).find_parts("customXml"):
        if part in package.infos:
            found = read_ledger(package.read(part))
            if found:
                return found
    return None


def _untouched(package: Package, ledger: Ledger) -> bool:
    now = {part: (info.CRC, info.file_size) for part, info in package.infos.items()}
    return all(now.get(part) == (crc, size) for part, (crc, size, _back) in ledger.parts.items())


def _restore(package: Package, ledger: Ledger, target: BinaryIO) -> None:
    with PackageCopy(target) as copy:
        for part, info in package.infos.items():
            if part in ledger.added:
                continue
            back = ledger.parts.get(part, (0, 0, ""))[2]
            if back:
                copy.write_part(info.filename, undo_changes(package.read_chunks(part), back))
            else:
                copy.copy_part(package, info)


@dataclass(slots=True)
class _Seen:
    """What a reader sees of our marks in an edited copy."""

    own: SheetEntry | None  # our sheet
    findings: list[Before]
    columns: dict[str, tuple[int, int]]  # sheet -> row and column of the header of our column
    remarks: dict[str, frozenset[int]]  # sheet -> rows in which it holds a text of ours


def _clean(package: Package, seen: _Seen, target: BinaryIO) -> None:
    """Take out all that looks like ours: sheet, column, fills, notes, memory."""
    listed = get_sheets(package)
    own = seen.own
    edits = {
        entry.part: SheetEdit(
            remark_column=seen.columns[entry.name][1],
            header_rows=(seen.columns[entry.name][0],),
            cleared_rows=seen.remarks[entry.name] | {seen.columns[entry.name][0]},
        )
        for entry in listed
        if entry.name in seen.columns and entry != own
    }
    remove_summary_sheet(package, own)
    for entry in listed:
        if entry != own:
            remove_notes(package, entry.part)
    for part in package.get_relations(package.workbook).find_parts("customXml"):
        if part in package.infos and read_ledger(package.read(part)):
            package.get_relations(package.workbook).remove(part)
            package.remove_part(part)
    (part,) = package.get_relations(package.workbook).find_parts("styles") or ("",)
    styles = Styles(package.read(part))
    styles.remove_mark_fills(
        b"Microsoft Excel" in package.read(APP_PROPERTIES) if APP_PROPERTIES in package.infos else False
    )
    with PackageCopy(target) as copy:
        for sheet, edit in edits.items():
            with copy.open_part(package.infos[sheet].filename) as write:
                SheetPatch(edit, styles, write).patch(package.read_chunks(sheet))
        package.changed[part] = styles.finish()
        written = {*edits, *package.removed}
        for name, new, _back in render_small_parts(package.changed, {}):
            if name not in written:
                copy.write_part(package.infos[name].filename, [new])
                written.add(name)
        for name, info in package.infos.items():
            if name not in written:
                copy.copy_part(package, info)


def _seen(content: bytes, package: Package) -> _Seen:
    named = find_summary_sheet(package)
    entries = {entry.name: entry for entry in get_sheets(package)}
    seen = _Seen(named, [], {}, {})
    rows = {name: list(rows) for name, rows in stream_sheets(io.BytesIO(content))}
    for name, lines in rows.items():
        ours = named.name == name if named else is_summary(name, lines)
        if ours and name in entries:
            seen.own, seen.findings = entries[name], list(_listed(lines))
    for name, lines in rows.items():
        head = next((number for number, row in enumerate(lines) if OWN_COLUMN in row), None)
        if head is not None:
            column = lines[head].index(OWN_COLUMN)
            said = tuple(one.message for one in seen.findings if one.sheet == name and one.message)
            seen.columns[name] = head, column
            seen.remarks[name] = frozenset(
                number
                for number, row in enumerate(lines)
                if number > head and column < len(row) and is_remark(row[column], number, said)
            )
    return seen


def _listed(rows: Iterable[Sequence[object]]) -> Iterator[Before]:
    """The findings that a sheet of results lists."""
    for row in rows:
        code, sheet, cell, person, message = (str(value) for value in (*row, *[""] * 6)[1:6])
        if _CODE.fullmatch(code) and not sheet.replace(".", "").isdigit():
            yield Before(code, sheet, cell, person, message)
