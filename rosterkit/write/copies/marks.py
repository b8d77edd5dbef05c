"""The marks of a workbook, made from its findings; ``annotate`` draws them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from rosterkit.language import _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile, ReadyState
from rosterkit.model.roster import Table
from rosterkit.read.own_marks import OWN_COLUMNS
from rosterkit.records import dataclass
from rosterkit.report.held import find_untold
from rosterkit.report.words import Words, for_office
from rosterkit.schema.spec import field_type
from rosterkit.write.copies.own_columns import find_free_columns, find_old_texts
from rosterkit.write.copies.own_texts import state_words
from rosterkit.write.copies.row_remarks import add_untold, make_remarks
from rosterkit.write.copies.summary import CopyNotices, SummaryLine, make_summary
from rosterkit.write.patch.mark_style import MAX_NOTES

_STATES: tuple[ReadyState | None, ...] = (None, "incomplete", "clean", "sent")  # the gravest first; None: held back


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

    ``free_columns``: where the columns of remarks and of states can stand, the best of each first; ``cleared_rows``:
    rows in which a remark of an earlier check stands; ``states``: what the people are, by row; ``cleared_states``: rows
    in which a state of an earlier check stands.
    """

    name: str
    cells: tuple[CellMark, ...]
    free_columns: tuple[int, ...]
    header_rows: tuple[int, ...]
    remarks: dict[int, str]
    values: dict[tuple[int, int], str]
    cleared_rows: frozenset[int] = frozenset()
    states: Mapping[int, str] = field(default_factory=dict)
    cleared_states: frozenset[int] = frozenset()


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
    is_decree: bool = False,
) -> Marks:
    """Return the marks of a file. The copy goes back to its sender, who has the numbers already: nothing is masked.

    That of a decree stays in the office and has no states.

    Args:
        file: the findings, with the cells of the file.
        schema, labels: what the programme and its fields are called.
        today: the day of the check.
        titles: the names of sheets in the copy, where they differ.
        signed: whether the file has a digital signature.
        repair: whether certain repairs are written into the cells; ``is_decree``: whether it is the annex of a decree.
    """
    words, titles = Words(labels, unmask=True, to_sender=not is_decree, of_decree=is_decree), titles or {}
    found: dict[int, list[Finding]] = {table.number: [] for table in file.read.tables}
    for finding in file.findings:
        if finding.place.table is not None and finding.place.row is not None:
            found[finding.place.table].append(finding)
    by_sheet: dict[str, list[Table]] = {}
    for table in file.read.tables:
        by_sheet.setdefault(table.sheet.name, []).append(table)
    untold = {} if is_decree else find_untold(file, words)
    sheets, notes_left = [], 0
    for name, tables in by_sheet.items():
        sheet, left = _make_sheet_marks(titles.get(name, name), tables, found, words, repair)
        add_untold(sheet.remarks, tables, untold)
        states = _make_states(tables, file.verdict.states) if file.rows and not is_decree else {}
        sheets.append(replace(sheet, states=states))
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
    people = Counter(row for table in tables for row in table.people)
    shared_rows = {row for row, count in people.items() if count > 1}  # of tables beside each other
    for table in tables:
        findings = found[table.number]
        repaired = _find_repairs(findings, table) if repair else {}
        values |= repaired
        shown = [one for one in findings if not words.is_silent(one) or (one.place.row, one.place.column) in repaired]
        cells |= _group_by_cell(shown, table)
        for row, text in make_remarks(findings, table, words, shared_rows).items():
            remarks[row] = f"{remarks[row]} {text}" if row in remarks else text
    marks = tuple(
        _make_cell_mark(place, cell_findings, words, number < MAX_NOTES, values.get(place))
        for number, (place, cell_findings) in enumerate(_sort_by_severity(cells))
    )
    marked = {column for _row, column in cells}
    free = [find_free_columns(table, marked) for table in tables]
    shared = tuple(column for column in free[0] if all(column in others for others in free[1:]))
    cleared_rows, cleared_states = (
        frozenset().union(*(find_old_texts(table, header) for table in tables)) for header in OWN_COLUMNS
    )
    first = min(tables, key=lambda table: table.last_header_row)
    header_rows = first.header_rows or (first.people[0],)
    sheet = SheetMarks(title, marks, shared, header_rows, remarks, values, cleared_rows, cleared_states=cleared_states)
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


def _make_states(tables: Sequence[Table], states: Mapping[int, Mapping[int, ReadyState]]) -> dict[int, str]:
    """Return what each person is, by row, so that the sender can filter; of several in a row the gravest."""
    words = state_words()
    found: dict[int, ReadyState | None] = {}
    for table in tables:
        known = states.get(table.number, {})
        for row in table.people:
            state = known.get(row)
            found[row] = min(state, found.get(row, "sent"), key=_STATES.index)
    return {row: words[state] for row, state in found.items()}


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
    message, hint = words.message(finding), words.hint(finding)
    if not message:
        message, hint = (_("Dirapikan."), "") if words.is_silent(finding) else for_office()
    lines = [message, hint]
    suggestion = words.suggestion(finding)
    if finding.fix and suggestion is not None:
        template = _("Menjadi: {value}") if finding.fix.repair == "certain" else _("Mungkin maksudnya: {value}")
        lines.append(template.format(value=suggestion))
    if repaired is not None:
        lines.append(_("Sudah diperbaiki di salinan ini; semula: {value}").format(value=finding.value))
    return "\n".join(filter(None, lines))
