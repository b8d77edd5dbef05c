"""Finds the marks of a copy that was edited, whatever became of its column of remarks and its sheet of results."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rosterkit.model.cells import Before
from rosterkit.read.own_marks import MADE_FROM, OWN_COLUMN, is_summary
from rosterkit.read.workbook import stream_sheets
from rosterkit.write.copies.own_texts import OwnTexts
from rosterkit.write.patch.edit import SheetEdit
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
        marks.findings, marks.made_from = list(_parse_findings(rows)), _parse_origin(rows)
    messages = {finding.message for finding in marks.findings if finding.message}
    for name, rows in sheets.items():
        known = messages | (read_own_messages(package, entries[name].part) if name in entries else set())
        edit = _find_remarks(rows, OwnTexts(known))
        if edit is not None:
            marks.edits[name] = edit
    return marks


def _find_remarks(rows: Rows, own: OwnTexts) -> SheetEdit | None:
    """Return the edit that empties the column of remarks of a sheet; what the sender wrote there stays.

    The column is that of our header; where somebody renamed or removed it, that with the most of our texts.
    """
    header = next((number for number, row in enumerate(rows) if OWN_COLUMN in row), None)
    column = rows[header].index(OWN_COLUMN) if header is not None else _find_column(rows, own)
    if column is None:
        return None
    left = {}
    for number, row in enumerate(rows):
        text = row[column] if column < len(row) else ""
        rest = own.remove_from(text) if isinstance(text, str) else text
        if rest != text:
            left[number] = str(rest)
    if header is None:
        header = _find_renamed_header(rows, column, left)
    headers = {number for number, row in enumerate(rows) if column < len(row) and row[column] == OWN_COLUMN}
    cleared = {number for number, text in left.items() if not text} | headers | ({header} - {None})
    return SheetEdit(
        values={(number, column): text for number, text in left.items() if text},
        remark_column=column,
        header_rows=(header or 0,),
        cleared_rows=frozenset(number for number in cleared if number is not None),
    )


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
    """Yield the findings in the rows of a summary sheet."""
    for row in rows:
        code, sheet, cell, person, message = (str(value) for value in (*row, *[""] * 6)[1:6])
        if _CODE.fullmatch(code) and not sheet.replace(".", "").isdecimal():
            yield Before(code, sheet, cell, person, message)


def _parse_origin(rows: Iterable[Sequence[object]]) -> tuple[str, str]:
    """Return name and hash of the original from the last rows of a summary sheet."""
    for row in rows:
        found = MADE_FROM.search(str(row[0])) if row else None
        if found:
            return found[1], found[2]
    return "", ""
