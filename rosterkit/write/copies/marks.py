"""The marks of a workbook, made from its findings; ``annotate`` draws them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from rosterkit.language import _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile
from rosterkit.model.roster import Table
from rosterkit.read.own_marks import OWN_COLUMN
from rosterkit.report.words import Words
from rosterkit.schema.spec import field_type
from rosterkit.write.copies.own_texts import OwnTexts
from rosterkit.write.copies.summary import CopyNotices, SummaryLine, make_summary
from rosterkit.write.patch.mark_style import MAX_NOTES

_MAX_CHOICE = 40  # columns to choose from
_OWN_TEXTS = OwnTexts()


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell with a fill and, unless the sheet has too many, a note."""

    row: int
    column: int
    severity: Severity
    note: str | None


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """The marks of one sheet: cells, repaired values, and the remarks of rows.

    ``free_columns``: where the column of remarks can stand, the best first; ``cleared_rows``: rows in which a remark
    of an earlier check stands cell_findings.
    """

    name: str
    cells: tuple[CellMark, ...]
    free_columns: tuple[int, ...]
    header_rows: tuple[int, ...]
    remarks: dict[int, str]
    values: dict[tuple[int, int], str]
    cleared_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything that is drawn into an annotated copy."""

    sheets: tuple[SheetMarks, ...]
    summary: Iterable[SummaryLine]


def make_marks(
    file: CheckedFile,
    schema: str,
    labels: Mapping[str, str],
    today: dt.date,
    titles: Mapping[str, str] | None = None,
    signed: bool = False,
    repair: bool = False,
) -> Marks:
    """Return the marks of a file. The copy goes back to its sender, who has the numbers already: nothing is masked.

    Args:
        file: the findings, with the cells of the file.
        schema: the name of the schema.
        labels: what the schema calls its fields.
        today: the day of the check.
        titles: the names of sheets in the copy, where they differ.
        signed: whether the file has a digital signature.
        repair: whether certain repairs are written into the cells.
    """
    words, titles = Words(labels, unmask=True, to_sender=True), titles or {}
    found: dict[int, list[Finding]] = {table.number: [] for table in file.read.tables}
    for finding in file.findings:
        if finding.place.table is not None and finding.place.row is not None:
            found[finding.place.table].append(finding)
    by_sheet: dict[str, list[Table]] = {}
    for table in file.read.tables:
        by_sheet.setdefault(table.sheet.name, []).append(table)
    sheets, notes_left = [], 0
    for name, tables in by_sheet.items():
        sheet, left = _make_sheet_marks(titles.get(name, name), tables, found, words, repair)
        sheets.append(sheet)
        notes_left += left
    repaired = sum(len(sheet.values) for sheet in sheets)
    notices = CopyNotices(titles, notes_left, repaired, signed)
    return Marks(tuple(sheets), make_summary(file, schema, today, words, notices))


def _make_sheet_marks(
    title: str, tables: Sequence[Table], found: Mapping[int, list[Finding]], words: Words, repair: bool
) -> tuple[SheetMarks, int]:
    """Return the marks of the tables of one sheet, and how many notes are left out."""
    values: dict[tuple[int, int], str] = {}
    cells: dict[tuple[int, int], list[Finding]] = {}
    remarks: dict[int, str] = {}
    for table in tables:
        findings = found[table.number]
        values |= _find_repairs(findings, table) if repair else {}
        cells |= _group_by_cell(findings, table)
        for row, text in _make_remarks(findings, table, words).items():
            remarks[row] = f"{remarks[row]} {text}" if row in remarks else text
    marks = tuple(
        _make_cell_mark(place, cell_findings, words, number < MAX_NOTES, values.get(place))
        for number, (place, cell_findings) in enumerate(_sort_by_severity(cells))
    )
    free = [find_free_columns(table) for table in tables]
    shared = tuple(column for column in free[0] if all(column in others for others in free[1:]))
    cleared_rows = frozenset().union(*(_find_old_remarks(table) for table in tables))
    first = min(tables, key=lambda table: table.last_header_row)
    sheet = SheetMarks(title, marks, shared, first.header_rows or (first.people[0],), remarks, values, cleared_rows)
    return sheet, max(0, len(cells) - MAX_NOTES)


def _find_repairs(findings: Sequence[Finding], table: Table) -> dict[tuple[int, int], str]:
    """Return the certain repairs that can be written into their cells.

    Never where something else is wrong with the cell, nor over a formula, nor where the cell holds more than the
    field, nor over dates: what the sender sees of them is their format.
    """
    values: dict[tuple[int, int], str] = {}
    wrong = set()
    for finding in findings:
        place = finding.place
        if place.row is None or place.column is None:
            continue
        if finding.severity is Severity.ERROR:
            wrong.add((place.row, place.column))
        fix, field = finding.fix, finding.field
        if not fix or fix.repair != "certain" or fix.value is None or field is None or field in table.joined:
            continue
        if field in table.derived:  # the cell holds something else
            continue
        if field_type(field) != "date" and isinstance(table.sheet.rows[place.row][place.column], str | int | float):
            values[place.row, place.column] = fix.value
    empty = {place for place in values if table.sheet.rows[place[0]][place[1]] == ""}
    kept = wrong | empty | table.sheet.extras.formulas
    return {place: value for place, value in values.items() if place not in kept}


def _make_remarks(findings: Sequence[Finding], table: Table, words: Words) -> dict[int, str]:
    """Return the remark of each row, the errors first."""
    rows: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.place.row is not None and finding.place.row not in table.header_rows:
            rows.setdefault(finding.place.row, []).append(finding)
    return {
        row: " ".join(map(words.message, sorted(found, key=lambda finding: finding.severity.rank)))
        for row, found in rows.items()
    }


def find_free_columns(table: Table) -> tuple[int, ...]:
    """Return where the column of remarks can stand, the best first.

    It is that of an earlier check, else a column without value, formula or merged cell from the header down.
    """
    remark_column = next((column for column, label in table.labels.items() if label == OWN_COLUMN), None)
    if remark_column is not None:
        return (remark_column,)
    top, sheet = min(table.header_rows, default=0), table.sheet
    rows = sheet.rows[top:]
    end = max(len(rows[0]) if rows else 0, table.width)
    taken = {column for row, column in sheet.extras.formulas if row >= top}
    for first_row, left, last_row, right in sheet.merged:
        if last_row >= top and (first_row, left) != (last_row, right):
            taken |= set(range(left, min(right, end + _MAX_CHOICE) + 1))
    taken |= {c for c in range(table.width, end) if any(c < len(row) and row[c] != "" for row in rows)}
    return tuple(
        islice((column for column in range(table.width, end + 2 * _MAX_CHOICE) if column not in taken), _MAX_CHOICE)
    )


def _find_old_remarks(table: Table) -> frozenset[int]:
    """Return the rows with a remark of an earlier check."""
    remark_column = next((column for column, label in table.labels.items() if label == OWN_COLUMN), None)
    if remark_column is None:
        return frozenset()
    start = table.last_header_row + 1
    rows = enumerate(table.sheet.rows[start:], start)
    return frozenset(number for number, row in rows if remark_column < len(row) and _is_remark(row[remark_column]))


def _is_remark(value: object) -> bool:
    return isinstance(value, str) and value != "" and _OWN_TEXTS.remove_from(value) == ""


def _group_by_cell(findings: Sequence[Finding], table: Table) -> dict[tuple[int, int], list[Finding]]:
    """Return the findings of each cell.

    Those inside a merged cell, also of the header, move to its first cell, the only one that is shown, each rule once.
    """
    anchors = {
        (row, column): (top, left)
        for top, left, bottom, right in table.sheet.merged
        for row in range(top, min(bottom, len(table.sheet.rows) - 1) + 1)
        for column in range(left, min(right, table.width) + 1)
    }
    cells: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        place = finding.place
        if place.row is None or place.column is None:
            continue
        cell_findings = cells.setdefault(anchors.get((place.row, place.column), (place.row, place.column)), [])
        if finding.code not in {known.code for known in cell_findings}:
            cell_findings.append(finding)
    return cells


def _sort_by_severity(cells: dict[tuple[int, int], list[Finding]]) -> list[tuple[tuple[int, int], list[Finding]]]:
    """Return the cells with their findings, those with errors first, as notes are limited."""
    return sorted(cells.items(), key=lambda item: (_get_highest_severity(item[1]).rank, item[0]))


def _get_highest_severity(found: Sequence[Finding]) -> Severity:
    return min((finding.severity for finding in found), key=lambda severity: severity.rank)


def _make_cell_mark(
    place: tuple[int, int], found: Sequence[Finding], words: Words, noted: bool, repaired: str | None
) -> CellMark:
    note = "\n".join(_make_note(finding, words, repaired) for finding in found) if noted else None
    return CellMark(*place, _get_highest_severity(found), note)


def _make_note(finding: Finding, words: Words, repaired: str | None) -> str:
    text = f"{finding.code}: {words.message(finding)}\n{words.hint(finding)}"
    suggestion = words.suggestion(finding)
    if finding.fix and suggestion is not None:
        template = _("Menjadi: {value}") if finding.fix.repair == "certain" else _("Mungkin maksudnya: {value}")
        text += "\n" + template.format(value=suggestion)
    if repaired is not None:
        text += "\n" + _("Sudah diperbaiki di salinan ini; semula: {value}").format(value=finding.value)
    return text
