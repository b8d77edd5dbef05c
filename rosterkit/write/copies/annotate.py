"""Draws marks into a copy of a workbook; every other byte of the workbook stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from rosterkit.model.cells import cell_position
from rosterkit.read.own_marks import OWN_COLUMN, OWN_SHEET, OWN_STATUS
from rosterkit.write.copies.marks import Marks, SheetMarks
from rosterkit.write.copies.summary_sheet import SummarySheet
from rosterkit.write.patch.copy import PackageCopy, render_small_parts
from rosterkit.write.patch.edit import OwnColumn, SheetEdit
from rosterkit.write.patch.ledger import Ledger
from rosterkit.write.patch.mark_style import REMARK_WIDTH, STATUS_WIDTH
from rosterkit.write.patch.notes import SheetNotes
from rosterkit.write.patch.package import CONTENT_TYPES, Package, part_key
from rosterkit.write.patch.sheet import SheetPatch
from rosterkit.write.patch.strings import SharedStrings, add_strings
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.styles_part import add_styles, find_styles
from rosterkit.write.patch.verify import ValueChanges
from rosterkit.write.patch.vml import ShapeIdBlocks
from rosterkit.write.patch.workbook_part import (
    SheetEntry,
    add_summary_names,
    add_summary_sheet,
    extend_print_area,
    get_sheets,
    update_filter_name,
)
from rosterkit.write.patch.xml import Xml

_LAST_COLUMN = 16_383
_LEDGER, _SUMMARY = "customxml/rosterkit{}.xml", "xl/worksheets/rosterkit{}.xml"


def annotate_workbook(source: BinaryIO, target: BinaryIO, marks: Marks, name: str, sha256: str) -> ValueChanges:
    """Write the annotated copy of a workbook; return the values in which it differs on purpose.

    Args:
        source: an ``.xlsx`` or ``.xlsm``.
        target: the copy.
        marks: the marks of the workbook.
        name: the name of the file, for the ledger of the copy.
        sha256: its hash, for the ledger.

    Raises:
        FileError: it cannot be marked without a risk of losing something; the target is of no use then.
    """
    package = Package(source)
    entries = {entry.name: entry for entry in get_sheets(package)}
    package.open_xml(CONTENT_TYPES)
    styles, styles_part = find_styles(package)
    by_part = {entries[sheet.name].part: sheet for sheet in marks.sheets if sheet.name in entries}
    notes = {part: SheetNotes(package, part, list(_get_notes(sheet))) for part, sheet in by_part.items()}
    edits = {part: _make_edit(sheet, package, part, notes[part]) for part, sheet in by_part.items()}
    edits |= {part: SheetEdit(deselect=True) for part in _find_selected(package, entries.values()) if part not in edits}
    title, summary = _make_title(entries), package.find_free_name(_SUMMARY)
    add_summary_sheet(package, title, summary)
    ledger = Ledger(name, sha256, any(sheet.values for sheet in marks.sheets), [summary], content=package.digest())
    ledger_part, strings_part = _add_ledger(package), add_strings(package)
    strings = SharedStrings() if strings_part else None

    with PackageCopy(target, strict=True) as copy:
        _write_small_parts(copy, package, ledger, {CONTENT_TYPES: package.changed[CONTENT_TYPES]})
        has_fixed_places = _write_sheets(copy, package, ledger, edits, notes, styles)
        header_row = _write_summary(copy, ledger, summary, SummarySheet(marks.summary, styles, package.strict, strings))
        if strings is not None:
            package.added[strings_part] = b"".join(strings.write_pieces(package.strict))
        add_summary_names(package, title, header_row)
        add_styles(package, styles, styles_part)
        changed = {part: xml for part, xml in package.changed.items() if part != CONTENT_TYPES}
        small = _write_small_parts(copy, package, ledger, changed, package.added)
        copy.copy_others(package, {CONTENT_TYPES, *edits, *small})
        ledger.added += [*map(part_key, package.added), ledger_part]
        copy.write_part(ledger_part, [ledger.to_xml()])
    columns = {sheet.name: frozenset(own.column for own in edits[part].own) for part, sheet in by_part.items()}
    return _get_value_changes(marks, columns, has_fixed_places)


def _get_value_changes(marks: Marks, columns: Mapping[str, frozenset[int]], has_fixed_places: bool) -> ValueChanges:
    """Return what the marks change in values; ``columns`` are the columns of ours that were chosen."""
    return ValueChanges(
        columns,
        {sheet.name: sheet.values for sheet in marks.sheets},
        {sheet.name: sheet.cleared_rows | sheet.cleared_states for sheet in marks.sheets},
        has_fixed_places,
    )


def _get_notes(sheet: SheetMarks) -> Iterator[tuple[int, int, str]]:
    return ((mark.row, mark.column, mark.note) for mark in sheet.cells if mark.note)


def _make_edit(sheet: SheetMarks, package: Package, part: str, notes: SheetNotes) -> SheetEdit:
    fills: dict[int, dict[int, object]] = {}
    for mark in sheet.cells:
        fills.setdefault(mark.row, {})[mark.column] = mark.severity
    contents = (
        (OWN_COLUMN, REMARK_WIDTH, sheet.remarks, sheet.cleared_rows),
        (OWN_STATUS, STATUS_WIDTH, sheet.states, sheet.cleared_states),
    )
    columns = _choose_columns(sheet, package, part)
    return SheetEdit(
        fills=fills,  # type: ignore[arg-type] # built above
        values=sheet.values,
        own=tuple(OwnColumn(at, *content) for at, content in zip(columns, contents, strict=False)),
        header_rows=sheet.header_rows,
        deselect=True,
        drawing_relation=notes.relation,
    )


def _choose_columns(sheet: SheetMarks, package: Package, part: str) -> tuple[int, ...]:
    """Return the columns of remarks and of states: the first free ones outside of Excel's tables (ListObjects)."""
    taken: set[int] = set()
    for table in package.get_relations(part).find_parts("table"):
        first, _colon, last = Xml(package.read(table)).root.get("ref").partition(":")
        (_top, left), (bottom, right) = cell_position(first), cell_position(last or first)
        if bottom >= sheet.header_rows[0]:
            taken |= set(range(left, right + 1))
    free = [column for column in sheet.free_columns if column not in taken and column <= _LAST_COLUMN]
    return tuple(free[: 2 if sheet.states else 1])


def _find_selected(package: Package, entries: Iterable[SheetEntry]) -> Iterator[str]:
    """Yield the sheets that are selected; with a second selected sheet Excel would write into both."""
    for entry in entries:
        if b"tabSelected" in next(package.read_chunks(entry.part), b""):
            yield entry.part


def _make_title(entries: Mapping[str, SheetEntry]) -> str:
    known = {name.casefold() for name in entries}
    title, number = OWN_SHEET, 1
    while title.casefold() in known:
        number += 1
        title = f"{OWN_SHEET} ({number})"
    return title


def _add_ledger(package: Package) -> str:
    """Add the relation and the content type of the ledger; return its part."""
    part = package.find_free_name(_LEDGER)
    package.add_content_type(part, "application/xml")
    package.get_relations(package.workbook).add("customXml", part)
    return part


def _write_sheets(
    copy: PackageCopy,
    package: Package,
    ledger: Ledger,
    edits: Mapping[str, SheetEdit],
    notes: Mapping[str, SheetNotes],
    styles: Styles,
) -> bool:
    """Write the sheets with edits, draw their notes, and update the names of their filters and print areas.

    Returns:
        whether all their rows and cells say where they are.
    """
    has_fixed_places = True
    blocks = ShapeIdBlocks(package)
    positions = {entry.part: number for number, entry in enumerate(get_sheets(package))}
    for part, edit in edits.items():
        patch = _patch_sheet(copy, package, part, edit, styles)
        ledger.parts[part] = *copy.get_checksum(package.infos[part].filename), patch.undo.pack()
        if part in notes:
            notes[part].add_drawing(patch.view.drawing_relation, blocks)
        if patch.view.filter_ranges:
            update_filter_name(package, positions[part], *patch.view.filter_ranges)
        if edit.own:
            columns = [own.column for own in edit.own]
            extend_print_area(package, positions[part], min(columns), max(columns))
        has_fixed_places = has_fixed_places and patch.has_fixed_places
    return has_fixed_places


def _patch_sheet(copy: PackageCopy, package: Package, part: str, edit: SheetEdit, styles: Styles) -> SheetPatch:
    with copy.open_part(package.infos[part].filename) as write:
        patch = SheetPatch(edit, styles, write)
        patch.patch(package.read_chunks(part))
    return patch


def _write_summary(copy: PackageCopy, ledger: Ledger, part: str, sheet: SummarySheet) -> int | None:
    """Write the summary sheet; return the row of the header of its findings."""
    copy.write_part(part, sheet.write_pieces())
    ledger.parts[part] = *copy.get_checksum(part), ""
    return sheet.header_row


def _write_small_parts(
    copy: PackageCopy,
    package: Package,
    ledger: Ledger,
    changed: Mapping[str, Xml],
    added: Mapping[str, bytes] | None = None,
) -> set[str]:
    """Write small parts, changed and new, note them in the ledger, and return their names."""
    written = set()
    for part, content, undo in render_small_parts(changed, added or {}):
        name = package.infos[part].filename if part in package.infos else part
        copy.write_part(name, [content])
        ledger.parts[part_key(part)] = *copy.get_checksum(name), undo
        written.add(part)
    return written
