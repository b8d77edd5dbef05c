"""The marks of a copy taken out again: exactly where nobody touched it, by what they look like where somebody did."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from rosterkit.errors import FileError
from rosterkit.model import Before, Origin
from rosterkit.read.locate import OWN_COLUMN, OWN_SHEET
from rosterkit.read.workbook import stream_any
from rosterkit.write.ledger import Ledger, read_ledger, undone
from rosterkit.write.notes import remove_notes
from rosterkit.write.package import Copy, Package, small_parts
from rosterkit.write.sheet import SheetEdit, SheetPatch
from rosterkit.write.styles import Styles
from rosterkit.write.workbook_part import SheetEntry, is_copy, own_sheet, remove_sheet, sheets

_CODE = re.compile(r"RK\d{3}")


def unmark(content: bytes) -> tuple[bytes, Origin] | None:
    """The workbook without our marks, and what it was made from; None where it is no copy of ours.

    Repaired values stay: they are the data now.
    """
    try:
        package = Package(io.BytesIO(content))
        if not is_copy(package):
            return None
        ledger = _ledger(package)
        target = io.BytesIO()
        if ledger and not ledger.repaired and _untouched(package, ledger):
            _restore(package, ledger, target)
            return target.getvalue(), Origin(ledger.name, ledger.sha256)
        before = tuple(_findings(content, package))
        _clean(package, content, target)
    except (FileError, zipfile.BadZipFile, OSError, ValueError, KeyError):
        return None  # the reader says what is wrong with it
    return target.getvalue(), Origin("", "", before)


def strip(content: bytes, target: BinaryIO) -> str | None:
    """Write the workbook that a copy was made from.

    Returns:
        the name of the file whose contents it has exactly; empty where the copy was edited; None where the file is no
        copy of ours.

    Raises:
        FileError: the copy cannot be read.
    """
    package = Package(io.BytesIO(content))
    if not is_copy(package):
        return None
    ledger = _ledger(package)
    if ledger and _untouched(package, ledger):
        _restore(package, ledger, target)
        return ledger.name
    _clean(package, content, target)
    return ""


def _ledger(package: Package) -> Ledger | None:
    for part in package.relations(package.workbook).of("customXml"):
        if part in package.infos:
            found = read_ledger(package.read(part))
            if found:
                return found
    return None


def _untouched(package: Package, ledger: Ledger) -> bool:
    now = {part: (info.CRC, info.file_size) for part, info in package.infos.items()}
    return all(now.get(part) == (crc, size) for part, (crc, size, _back) in ledger.parts.items())


def _restore(package: Package, ledger: Ledger, target: BinaryIO) -> None:
    with Copy(target) as copy:
        for part, info in package.infos.items():
            if part in ledger.added:
                continue
            back = ledger.parts.get(part, (0, 0, ""))[2]
            if back:
                copy.write(info.filename, undone(package.chunks(part), back))
            else:
                copy.take(package, info)


def _clean(package: Package, content: bytes, target: BinaryIO) -> None:
    """Take out all that looks like ours: sheet, column, fills, notes, memory."""
    listed = sheets(package)
    own = _own(package)
    columns = _columns(content)
    edits = {
        entry.part: SheetEdit(column=columns[entry.name][1], header_rows=(columns[entry.name][0],), clear=True)
        for entry in listed
        if entry.name in columns and entry != own
    }
    remove_sheet(package, own)
    for entry in listed:
        if entry != own:
            remove_notes(package, entry.part)
    for part in package.relations(package.workbook).of("customXml"):
        if part in package.infos and read_ledger(package.read(part)):
            package.relations(package.workbook).drop(part)
            package.remove(part)
    (part,) = package.relations(package.workbook).of("styles") or ("",)
    styles = Styles(package.read(part))
    styles.unmark()
    with Copy(target) as copy:
        for sheet, edit in edits.items():
            with copy.part(package.infos[sheet].filename) as write:
                SheetPatch(edit, styles, write).run(package.chunks(sheet))
        package.changed[part] = styles.finished()
        written = {*edits, *package.removed}
        for name, new, _back in small_parts(package.changed, {}):
            if name not in written:
                copy.write(package.infos[name].filename, [new])
                written.add(name)
        for name, info in package.infos.items():
            if name not in written:
                copy.take(package, info)


def _own(package: Package) -> SheetEntry | None:
    return own_sheet(package) or next((sheet for sheet in sheets(package) if sheet.name == OWN_SHEET), None)


def _columns(content: bytes) -> dict[str, tuple[int, int]]:
    """Where in which sheet the header of our column stands."""
    found = {}
    for name, rows in stream_any(io.BytesIO(content)):
        for number, row in enumerate(rows):
            if OWN_COLUMN in row:
                found[name] = number, row.index(OWN_COLUMN)
                break
    return found


def _findings(content: bytes, package: Package) -> Iterator[Before]:
    """The findings that the sheet of results lists."""
    own = _own(package)
    for name, rows in stream_any(io.BytesIO(content)):
        if own and name == own.name:
            yield from _listed(rows)


def _listed(rows: Iterable[list[object]]) -> Iterator[Before]:
    for row in rows:
        code, sheet, cell, person = (str(value) for value in (*row, "", "", "", "", "")[1:5])
        if _CODE.fullmatch(code) and not sheet.replace(".", "").isdigit():
            yield Before(code, sheet, cell, person)
