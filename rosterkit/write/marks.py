"""What is to be marked in a workbook, worked out from its findings; how it is drawn is the business of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rosterkit.language import _
from rosterkit.model import FileReport, Finding, Severity, Table
from rosterkit.read.locate import OWN_COLUMN
from rosterkit.report.messages import Words
from rosterkit.write.style import MAX_NOTES
from rosterkit.write.summary import Line, summary


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell with a fill and, unless the sheet has too many, a note."""

    row: int
    column: int
    severity: Severity
    note: str | None


@dataclass(frozen=True, slots=True)
class SheetMark:
    """The marks of one sheet: cells, and the column of remarks (row -> text; its header stands in ``header_row``)."""

    name: str
    cells: tuple[CellMark, ...]
    column: int
    header_row: int
    remarks: dict[int, str]


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything that an annotated copy gains."""

    sheets: tuple[SheetMark, ...]
    summary: tuple[Line, ...]


def marks(file: FileReport, schema: str, labels: Mapping[str, str], today: dt.date) -> Marks:
    """The marks of a file. The copy goes back to its sender, who has the numbers already: nothing is masked in it."""
    words = Words(labels, unmask=True)
    by_sheet: dict[str, dict[tuple[int, int], list[Finding]]] = {}
    remarks: dict[str, dict[int, list[Finding]]] = {}
    for finding in file.findings:
        place = finding.place
        if place.sheet is None or place.row is None:
            continue
        if place.column is not None:
            by_sheet.setdefault(place.sheet, {}).setdefault((place.row, place.column), []).append(finding)
        remarks.setdefault(place.sheet, {}).setdefault(place.row, []).append(finding)
    sheets = []
    notes_left = 0
    for table in file.tables:
        cells = _at_anchors(by_sheet.get(table.sheet.name, {}), table)
        notes_left += max(0, len(cells) - MAX_NOTES)
        told = {
            row: " ".join(map(words.message, sorted(found, key=lambda finding: _worst([finding]))))
            for row, found in remarks.get(table.sheet.name, {}).items()
        }
        sheets.append(
            SheetMark(
                table.sheet.name,
                tuple(_cell(place, found, words, n < MAX_NOTES) for n, (place, found) in enumerate(_ordered(cells))),
                free_column(table),
                table.header_rows[0],
                {row: text for row, text in told.items() if row not in table.header_rows},
            )
        )
    lines = tuple(summary(file, schema, today, words, _names(file.tables), notes_left))
    return Marks(tuple(sheets), lines)


def free_column(table: Table) -> int:
    """The column of remarks of an earlier check, else the first free one at the right of the table."""
    own = next((column for column, label in table.labels.items() if label == OWN_COLUMN), None)
    if own is not None:
        return own
    rows = [table.sheet.rows[row] for row in (*table.header_rows, *table.people)]
    column = table.width
    while any(column < len(row) and row[column] != "" for row in rows):
        column += 1
    return column


def _at_anchors(cells: dict[tuple[int, int], list[Finding]], table: Table) -> dict[tuple[int, int], list[Finding]]:
    """Move what stands inside a merged cell to its first cell, the only one that shows; each rule speaks there once."""
    anchors = {
        (row, column): (top, left)
        for top, left, bottom, right in table.sheet.merged
        if bottom > table.header_rows[-1]
        for row in range(top, min(bottom, len(table.sheet.rows) - 1) + 1)
        for column in range(left, min(right, table.width) + 1)
    }
    moved: dict[tuple[int, int], list[Finding]] = {}
    for place, found in cells.items():
        there = moved.setdefault(anchors.get(place, place), [])
        there += [finding for finding in found if finding.code not in {known.code for known in there}]
    return moved


def _ordered(cells: dict[tuple[int, int], list[Finding]]) -> list[tuple[tuple[int, int], list[Finding]]]:
    """The gravest cells first, so that notes are spent on them."""
    return sorted(cells.items(), key=lambda item: (_worst(item[1]), item[0]))


def _worst(found: Sequence[Finding]) -> int:
    return min(list(Severity).index(finding.severity) for finding in found)


def _cell(place: tuple[int, int], found: Sequence[Finding], words: Words, noted: bool) -> CellMark:
    note = "\n".join(_note(finding, words) for finding in found) if noted else None
    return CellMark(*place, list(Severity)[_worst(found)], note)


def _note(finding: Finding, words: Words) -> str:
    text = f"{finding.code}: {words.message(finding)}\n{words.hint(finding)}"
    if finding.fix and finding.fix.value is not None:
        form = _("Menjadi: {value}") if finding.fix.repair == "certain" else _("Mungkin maksudnya: {value}")
        text += "\n" + form.format(value=finding.fix.value)
    return text


def _names(tables: Sequence[Table]) -> dict[tuple[str, int], str]:
    return {
        (table.sheet.name, row): str(table.sheet.rows[row][table.columns["name"]]).strip()
        for table in tables
        if "name" in table.columns
        for row in table.people
    }
