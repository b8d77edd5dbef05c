"""A sheet of a file as the page shows it: its own rows and columns, with the findings in their cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rosterkit.desk.cells import cell_text
from rosterkit.desk.run_view import FileView
from rosterkit.model.cells import column_letters, column_number
from rosterkit.records import dataclass

if TYPE_CHECKING:
    from rosterkit.model.cells import Sheet

ROWS = 200  # of a page
TROUBLE, NOTED, ALL, LIST = "masalah", "catatan", "semua", "daftar"  # which rows are shown
GRAVITY = ("error", "warning", "info")
_PLACE = {severity: place for place, severity in enumerate(GRAVITY)}
_MOST_COLUMNS = 120
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")

Finding = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """What a page shows in one place: the text of a cell, or the number of a row, with its findings."""

    name: str  # such as D5; of a row its number
    text: str
    findings: Sequence[Finding] = ()

    @property
    def severity(self) -> str:
        """The gravest of its findings; empty where there are none."""
        return min((one["severity"] for one in self.findings), key=GRAVITY.index, default="")


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a sheet: its number with what is found of the row as a whole, why it is no person, its cells."""

    number: Marked
    state: str  # of the person, as in ``recap.people``; empty where nobody stands
    reason: str  # why it is no person, as in ``report.words.REASONS``
    cells: Sequence[Marked]


@dataclass(frozen=True, slots=True)
class SheetView:
    """One page of a sheet: header rows always, then ``ROWS`` of its ``count`` rows from ``start`` on."""

    name: str
    show: str
    letters: Sequence[str]
    header: Sequence[RowView]
    rows: Sequence[RowView]
    count: int
    start: int
    columns_left: int  # columns that are not shown, as there are too many


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks to see of a sheet.

    Args:
        show: ``TROUBLE`` (rows with mistakes and doubts, the gravest first), ``NOTED`` (rows with any finding),
            ``ALL``; anything else: whatever there is, trouble before all.
        code: only rows with a finding of this code; empty: whatever the code.
        start: the first row of the page, from 0.
        cell: the page must hold this cell; empty: any.
    """

    show: str = ""
    code: str = ""
    start: int = 0
    cell: str = ""


def make_sheet_view(file: FileView, sheet: Sheet, states: Mapping[int, str], wanted: Wanted) -> SheetView:
    """Return a page of a sheet.

    Args:
        file: where it stands.
        sheet: its cells.
        states: row (from 1) -> state of the person there.
        wanted: which rows.
    """
    found = _by_row(file.findings, sheet.name)
    tables = [table for table in file.tables if table["name"] == sheet.name]
    header = sorted({row for table in tables for row in table["header_rows"]})
    target = _CELL.fullmatch(wanted.cell)
    show, numbers = _choose_rows(sheet, found, set(header), wanted, int(target[2]) if target else 0)
    start = wanted.start
    if target and int(target[2]) in numbers:
        start = numbers.index(int(target[2]))
    start = start - start % ROWS if 0 <= start < len(numbers) else 0
    shown = numbers[start : start + ROWS]
    marks = {number: _by_column(found.get(number, ())) for number in (*header, *shown)}
    width = _width(sheet, marks)
    reasons = _reasons(tables)

    def row_view(number: int) -> RowView:
        own = marks[number]
        cells = [
            Marked(f"{column_letters(column)}{number}", cell_text(sheet, number - 1, column), own.get(column, ()))
            for column in range(min(width, _MOST_COLUMNS))
        ]
        mark = Marked(str(number), str(number), own.get(None, ()))
        return RowView(mark, states.get(number, ""), reasons.get(number, ""), cells)

    return SheetView(
        name=sheet.name,
        show=show,
        letters=[column_letters(column) for column in range(min(width, _MOST_COLUMNS))],
        header=[row_view(number) for number in header],
        rows=[row_view(number) for number in shown],
        count=len(numbers),
        start=start,
        columns_left=max(0, width - _MOST_COLUMNS),
    )


def _by_row(findings: Iterable[Finding], sheet: str) -> dict[int, list[Finding]]:
    """Row (from 1) -> findings."""
    found: dict[int, list[Finding]] = {}
    for one in findings:
        if one["row"] is not None and one["sheet"] == sheet:
            found.setdefault(one["row"], []).append(one)
    return found


def _by_column(findings: Iterable[Finding]) -> dict[int | None, list[Finding]]:
    """Column (from 0; None: the row as a whole) -> findings."""
    found: dict[int | None, list[Finding]] = {}
    for one in findings:
        cell = _CELL.fullmatch(one["cell"] or "")
        found.setdefault(column_number(cell[1]) if cell else None, []).append(one)
    return found


def _choose_rows(
    sheet: Sheet, found: Mapping[int, Sequence[Finding]], header: set[int], wanted: Wanted, target: int
) -> tuple[str, list[int]]:
    """Which rows are shown, and in which order."""
    gravity: dict[int, int] = {}
    for row, findings in found.items():
        own = [_PLACE[one["severity"]] for one in findings if not wanted.code or one["code"] == wanted.code]
        if own and row not in header:
            gravity[row] = min(own)
    noted = sorted(gravity, key=lambda row: (gravity[row], row))
    trouble = noted if wanted.code else [row for row in noted if gravity[row] < _PLACE["info"]]
    filled = [row for row, cells in enumerate(sheet.rows, 1) if row in found or any(cell != "" for cell in cells)]
    rows = {TROUBLE: trouble, NOTED: noted, ALL: [row for row in filled if row not in header]}
    show = wanted.show if wanted.show in rows else TROUBLE if trouble else ALL
    if target and target not in header and target not in rows[show]:
        show = ALL
    return show, rows[show]


def _width(sheet: Sheet, rows: Mapping[int, Mapping[int | None, object]]) -> int:
    """How many columns hold anything in some rows."""
    last = 0
    for number, found in rows.items():
        cells = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
        filled = [column for column, cell in enumerate(cells, 1) if cell != ""]
        marked = [column + 1 for column in found if column is not None]
        last = max(last, filled[-1] if filled else 0, *marked, 0)
    return last


def _reasons(tables: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Row -> why nobody stands there."""
    return {
        row: left["reason"]
        for table in tables
        for left in table["left_out"]
        if left["reason"] != "blank"
        for row in range(left["first"], left["last"] + 1)
    }


@dataclass(frozen=True, slots=True)
class KindOfFinding:
    """Findings of one code: how many, and the first of their cells."""

    code: str
    severity: str
    count: int
    cells: Sequence[tuple[str, str]]  # sheet, cell


def kinds_of_findings(findings: Sequence[Finding], most_cells: int = 12) -> list[KindOfFinding]:
    """Return the kinds of findings of a file, the gravest and the most first."""
    counts = Counter((one["code"], one["severity"]) for one in findings)
    cells: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in findings:
        some = cells.setdefault((one["code"], one["severity"]), [])
        if one["cell"] and len(some) < most_cells:
            some.append((one["sheet"], one["cell"]))
    kinds = [KindOfFinding(code, severity, count, cells[code, severity]) for (code, severity), count in counts.items()]
    return sorted(kinds, key=lambda kind: (GRAVITY.index(kind.severity), -kind.count, kind.code))


def sheets_of(file: FileView) -> list[tuple[str, int]]:
    """The sheets of a file with how many findings each has, in the order of the file."""
    counts = Counter(one["sheet"] for one in file.findings)
    names = dict.fromkeys([*(table["name"] for table in file.tables), *(name for name in counts if name)])
    return [(name, counts[name]) for name in names]


def worst_sheet(file: FileView) -> str:
    """The sheet with the most mistakes, else with the most findings, else the first; empty where there is none."""
    mistakes = Counter(one["sheet"] for one in file.findings if one["severity"] == "error")
    return max(sheets_of(file), key=lambda one: (mistakes[one[0]], one[1]), default=("", 0))[0]
