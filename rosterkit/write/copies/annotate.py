"""The annotated copy: a workbook and marks in, the same workbook with the marks out, all else byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from rosterkit.model.cells import cell_position
from rosterkit.read.own_marks import OWN_COLUMN, OWN_SHEET
from rosterkit.write.copies.marks import Marks, SheetMark
from rosterkit.write.copies.summary_sheet import SummarySheet
from rosterkit.write.patch.copy import PackageCopy, render_small_parts
from rosterkit.write.patch.edit import SheetEdit
from rosterkit.write.patch.ledger import Ledger
from rosterkit.write.patch.notes import SheetNotes
from rosterkit.write.patch.package import CONTENT_TYPES, Package, part_key
from rosterkit.write.patch.sheet import SheetPatch
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.styles_part import add_styles, find_styles
from rosterkit.write.patch.verify import ValueChanges
from rosterkit.write.patch.vml import ShapeIdBlocks
from rosterkit.write.patch.workbook_part import (
    SheetEntry,
    add_summary_names,
    add_summary_sheet,
    get_sheets,
    update_filter_name,
)
from rosterkit.write.patch.xml import Xml

_LAST_COLUMN = 16_383
_LEDGER, _SUMMARY = "customxml/rosterkit{}.xml", "xl/worksheets/rosterkit{}.xml"


def annotate(source: BinaryIO, target: BinaryIO, marks: Marks, name: str, sha256: str) -> ValueChanges:
    """Mark a workbook.

    Args:
        source: an ``.xlsx`` or ``.xlsm``.
        target: where the copy goes.
        marks: what to mark.
        name: what the file is called, and
        sha256: its hash, for the copy to remember.

    Raises:
        FileError: it cannot be marked without a risk of losing something; the target is of no use then.
    """
    package = Package(source)
    entries = {entry.name: entry for entry in get_sheets(package)}
    package.open_xml(CONTENT_TYPES)
    styles, styles_part = find_styles(package)
    by_part = {entries[sheet.name].part: sheet for sheet in marks.sheets if sheet.name in entries}
    notes = {part: SheetNotes(package, part, list(_notes(sheet))) for part, sheet in by_part.items()}
    edits = {part: _edit(sheet, package, part, notes[part]) for part, sheet in by_part.items()}
    edits |= {part: SheetEdit(deselect=True) for part in _selected(package, entries.values()) if part not in edits}
    title, summary = _title(entries), package.find_free_name(_SUMMARY)
    add_summary_sheet(package, title, summary)
    ledger = Ledger(name, sha256, any(sheet.values for sheet in marks.sheets), [summary])
    ledger_part = _remember(package)

    with PackageCopy(target) as copy:
        _put(copy, package, ledger, {CONTENT_TYPES: package.changed[CONTENT_TYPES]})
        _mark(copy, package, ledger, edits, notes, styles)
        drawn = SummarySheet(marks.summary, styles, package.strict)
        copy.write_part(summary, drawn.pieces())
        ledger.parts[summary] = *copy.get_checksum(summary), ""
        add_summary_names(package, title, drawn.header_row)
        add_styles(package, styles, styles_part)
        small = {part: xml for part, xml in package.changed.items() if part != CONTENT_TYPES}
        written = {CONTENT_TYPES, *edits, *_put(copy, package, ledger, small, package.added)}
        for part, info in package.infos.items():
            if part not in written:
                copy.copy_part(package, info)
        ledger.added += [*map(part_key, package.added), ledger_part]
        copy.write_part(ledger_part, [ledger.to_xml()])
    columns = {sheet.name: edits[part].remark_column for part, sheet in by_part.items()}
    return ValueChanges(
        {sheet: column for sheet, column in columns.items() if column is not None},
        {sheet.name: sheet.values for sheet in marks.sheets},
        {sheet.name: sheet.clear for sheet in marks.sheets},
    )


def _notes(sheet: SheetMark) -> Iterator[tuple[int, int, str]]:
    return ((mark.row, mark.column, mark.note) for mark in sheet.cells if mark.note)


def _edit(sheet: SheetMark, package: Package, part: str, notes: SheetNotes) -> SheetEdit:
    fills: dict[int, dict[int, object]] = {}
    for mark in sheet.cells:
        fills.setdefault(mark.row, {})[mark.column] = mark.severity
    column = _free_of_tables(sheet, package, part)
    return SheetEdit(
        fills=fills,  # type: ignore[arg-type] # built above
        values=sheet.values,
        remarks=sheet.remarks,
        remark_column=column,
        remark_header=OWN_COLUMN if column is not None else "",
        header_rows=sheet.header_rows,
        cleared_rows=sheet.clear,
        deselect=True,
        drawing_relation=notes.relation,
    )


def _free_of_tables(sheet: SheetMark, package: Package, part: str) -> int | None:
    """The column of remarks: the first free one in which no table of Excel's (a ListObject) stands."""
    taken: set[int] = set()
    for table in package.get_relations(part).find_parts("table"):
        first, _colon, last = Xml(package.read(table)).root.get("ref").partition(":")
        (_top, left), (bottom, right) = cell_position(first), cell_position(last or first)
        if bottom >= sheet.header_rows[0]:
            taken |= set(range(left, right + 1))
    return next((column for column in sheet.columns if column not in taken and column <= _LAST_COLUMN), None)


def _selected(package: Package, entries: Iterable[SheetEntry]) -> Iterator[str]:
    """The sheets that are selected; with a second one Excel would write into both."""
    for entry in entries:
        if b"tabSelected" in next(package.read_chunks(entry.part), b""):
            yield entry.part


def _title(entries: Mapping[str, SheetEntry]) -> str:
    known = {name.casefold() for name in entries}
    title, number = OWN_SHEET, 1
    while title.casefold() in known:
        number += 1
        title = f"{OWN_SHEET} ({number})"
    return title


def _remember(package: Package) -> str:
    """Make room for the memory of the copy."""
    part = package.find_free_name(_LEDGER)
    package.add_content_type(part, "application/xml")
    package.get_relations(package.workbook).add("customXml", part)
    return part


def _mark(
    copy: PackageCopy,
    package: Package,
    ledger: Ledger,
    edits: Mapping[str, SheetEdit],
    notes: Mapping[str, SheetNotes],
    styles: Styles,
) -> None:
    """Write the sheets in which something changes, draw their notes, and let the names of their filters follow."""
    blocks = ShapeIdBlocks(package)
    positions = {entry.part: number for number, entry in enumerate(get_sheets(package))}
    for part, edit in edits.items():
        patch = _patch(copy, package, part, edit, styles)
        ledger.parts[part] = *copy.get_checksum(package.infos[part].filename), patch.undo.pack()
        if part in notes:
            notes[part].add_drawing(patch.view.drawing_relation, blocks)
        if patch.view.filter_ranges:
            update_filter_name(package, positions[part], *patch.view.filter_ranges)


def _patch(copy: PackageCopy, package: Package, part: str, edit: SheetEdit, styles: Styles) -> SheetPatch:
    with copy.open_part(package.infos[part].filename) as write:
        patch = SheetPatch(edit, styles, write)
        patch.patch(package.read_chunks(part))
    return patch


def _put(
    copy: PackageCopy,
    package: Package,
    ledger: Ledger,
    changed: Mapping[str, Xml],
    added: Mapping[str, bytes] | None = None,
) -> set[str]:
    """Write small parts, changed and new, and remember them."""
    written = set()
    for part, content, way_back in render_small_parts(changed, added or {}):
        name = package.infos[part].filename if part in package.infos else part
        copy.write_part(name, [content])
        ledger.parts[part_key(part)] = *copy.get_checksum(name), way_back
        written.add(part)
    return written
