"""Finds the marks of a copy that was edited, whatever became of its column of remarks and its sheet of results."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rosterkit.model.cells import Before
from rosterkit.read.own_marks import OWN_COLUMN, OWN_STATUS, find_made_from, is_own_header, is_summary
from rosterkit.read.workbook import stream_sheets
from rosterkit.write.copies.own_texts import RULES_ALONE, OwnTexts, states_in_every_language
from rosterkit.write.copies.summary import CODE_COLUMN
from rosterkit.write.patch.edit import OwnColumn, SheetEdit
from rosterkit.write.patch.notes import read_own_messages
from rosterkit.write.patch.package import Package
from rosterkit.write.patch.workbook_part import SheetEntry, find_summary_sheet, get_sheets

_CODE = re.compile(r"RK\d{3}")
Rows = Sequence[Sequence[object]]


@dataclass(slots=True)
class FoundMarks:
    """The marks that a reader finds in an edited copy."""

    summary: SheetEntry | None  # its sheet of results
    findings: list[Before] = field(default_factory=list)
    edits: dict[str, SheetEdit] = field(default_factory=dict)  # by the name of a sheet: what clears its remarks
    made_from: tuple[str, str] = ("", "")  # name and hash of the original, as the sheet of results tells them


def find_marks(content: bytes, package: Package) -> FoundMarks:
    """Return the marks that a reader finds in a copy.

    Raises:
        FileError: the copy is damaged.
    """
    entries = {entry.name: entry for entry in get_sheets(package)}
    sheets = {name: list(rows) for name, rows in stream_sheets(io.BytesIO(content))}
    summary = find_summary_sheet(package) or next(
        (entries[name] for name, rows in sheets.items() if name in entries and is_summary(name, rows)), None
    )
    marks = FoundMarks(summary)
    if summary is not None:
        rows = sheets.pop(summary.name, [])
        marks.findings, marks.made_from = list(_parse_findings(rows)), find_made_from(rows)
    messages = {finding.message for finding in marks.findings if finding.message}
    for name, rows in sheets.items():
        part = entries[name].part if name in entries else None
        noted = read_own_messages(package, part, RULES_ALONE.begins) if part else set()
        edit = _find_columns(rows, OwnTexts(messages | noted))
        if edit is not None:
            marks.edits[name] = edit
    return marks


def _find_columns(rows: Rows, own: OwnTexts) -> SheetEdit | None:
    """Return the edit that empties our columns in a sheet; what the sender wrote there stays.

    The columns are those of our headers; where somebody renamed or removed one, that with the most of our texts.
    """
    header = next((number for number, row in enumerate(rows) if is_own_header(row)), None)
    found = _column_of(rows, header, OWN_COLUMN)
    column = _find_column(rows, own) if found is None else found
    left, parts = _find_remarks(rows, own, column), []
    if column is not None:
        top = _find_renamed_header(rows, column, left) if found is None else None
        header = top if header is None else header
        emptied = {row for row, text in left.items() if not text}
        parts.append(_own_column(rows, column, emptied if top is None else emptied | {top}))
    status = _column_of(rows, header, OWN_STATUS)
    if status is not None:
        states = states_in_every_language()
        parts.append(_own_column(rows, status, {n for n, row in enumerate(rows) if _cell(row, status) in states}))
    if not parts:
        return None
    kept = {(row, column): text for row, text in left.items() if text} if column is not None else {}
    return SheetEdit(values=kept, own=tuple(parts), header_rows=(header or 0,))


def _find_remarks(rows: Rows, own: OwnTexts, column: int | None) -> dict[int, str]:
    """Return row -> what is left of a remark without our sentences, for the rows that hold some."""
    left = {}
    for number, row in enumerate(rows if column is not None else ()):
        text = _cell(row, column or 0)
        rest = own.remove_from(text) if isinstance(text, str) else text
        if rest != text:
            left[number] = str(rest)
    return left


def _own_column(rows: Rows, column: int, cleared: set[int]) -> OwnColumn:
    """Return a column that is emptied in some rows and at our headers."""
    headers = {number for number, row in enumerate(rows) if _cell(row, column) in (OWN_COLUMN, OWN_STATUS)}
    return OwnColumn(column, cleared_rows=frozenset(cleared | headers))


def _column_of(rows: Rows, header: int | None, name: str) -> int | None:
    return rows[header].index(name) if header is not None and name in rows[header] else None


def _cell(row: Sequence[object], column: int) -> object:
    return row[column] if column < len(row) else ""


def _find_column(rows: Rows, own: OwnTexts) -> int | None:
    """Return the column with the most texts that begin with a known message."""
    counts: dict[int, int] = {}
    for row in rows if own else ():
        for column, text in enumerate(row):
            if isinstance(text, str) and own.measure_known(text):
                counts[column] = counts.get(column, 0) + 1
    return max(counts, key=lambda column: counts[column], default=None)


def _find_renamed_header(rows: Rows, column: int, left: Mapping[int, str]) -> int | None:
    """Return the row of the only other text of a column of remarks, which stands above them all: its new header."""
    others = [
        number
        for number, row in enumerate(rows)
        if column < len(row) and row[column] != "" and (number not in left or left[number])
    ]
    return others[0] if len(others) == 1 and left and others[0] < min(left) else None


def _parse_findings(rows: Iterable[Sequence[object]]) -> Iterator[Before]:
    """Yield the findings in the rows of a summary sheet, also of one of version 0.1."""
    for row in rows:
        cells = [str(value) for value in (*row, *[""] * 7)[:7]]
        if _CODE.fullmatch(cells[CODE_COLUMN]):
            _number, person, message, _value, cell, sheet, code = cells
            yield Before(code, sheet, cell, person, message)
        elif _CODE.fullmatch(cells[1]) and not cells[2].replace(".", "").isdecimal():
            _weight, code, sheet, cell, person, message, _hint = cells
            yield Before(code, sheet, cell, person, message)
