"""Locates the roster in a sheet: header rows, columns, people, and the rows left out. Never by position."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.headers import Target, Vocabulary, assign_columns
from rosterkit.read.own_marks import is_summary
from rosterkit.read.people import count_digits, find_people
from rosterkit.schema.spec import RosterSpec, plain

_MAX_ROWS = 80  # the header must be in so many rows that are not empty
_COUNTER_HEADERS = ("NO", "NOMOR", "NO URUT", "NOMOR URUT", "URUT", "NOURUT", "NR")


@dataclass(frozen=True, slots=True)
class _Header:
    """A header that was found.

    Args:
        rows: its rows (from 0), one or two.
        labels: column (from 0) -> the text of the lowest row, the texts of all rows.
        targets: column -> field.
        duplicates: columns that repeat a header: field, first column, column that repeats it.
    """

    rows: tuple[int, ...]
    labels: dict[int, tuple[str, str]]
    targets: dict[int, Target]
    duplicates: list[tuple[Target, int, int]]


def locate(sheet: Sheet, spec: RosterSpec, vocabulary: Vocabulary) -> Table | Skipped:
    """Find the roster in a sheet.

    Args:
        sheet: the sheet as read.
        spec: the schema, which decides whether PEKERJAAN is a category.
        vocabulary: how headers may be written.

    Returns:
        the table, or why there is none: ``own-sheet``, ``empty``, ``no-header``.
    """
    if is_summary(sheet.name, sheet.rows):
        return Skipped(sheet.name, "own-sheet")
    if not any(any(cell != "" for cell in row) for row in sheet.rows):
        return Skipped(sheet.name, "empty")
    header = _find_header(sheet, vocabulary)
    if header is None:
        return Skipped(sheet.name, "no-header")
    targets = _choose_category(header.targets, spec)
    columns = {part: column for column, target in targets.items() for part in target.split("+")}
    labels = header.labels
    counter = next((column for column, texts in labels.items() if plain(texts[0]) in _COUNTER_HEADERS), None)
    people, left_out = find_people(sheet, header.rows, columns, labels, counter)
    return Table(
        sheet=sheet,
        header_rows=header.rows,
        columns=columns,
        labels={column: texts[1] for column, texts in labels.items()},
        joined=frozenset(part for target in targets.values() if "+" in target for part in target.split("+")),
        duplicates=tuple(header.duplicates),
        people=people,
        left_out=left_out,
        width=max(labels) + 1,
        counter=counter,
    )


def _find_header(sheet: Sheet, vocabulary: Vocabulary) -> _Header | None:
    """Return the row, or two rows, whose texts match the most fields best; None where no row has a NIK or a name."""
    best: _Header | None = None
    best_score = 0.0
    seen = 0
    for number, row in enumerate(sheet.rows):
        if all(cell == "" for cell in row):
            continue
        seen += 1
        if seen > _MAX_ROWS:
            break
        if sum(isinstance(cell, str) and cell != "" for cell in row) < 2 or any(map(_is_data, row)):
            continue
        for rows in ((number,), (number, number + 1)):
            labels = _read_labels(sheet, rows)
            if labels is None:
                continue
            targets, duplicates, score = assign_columns(labels, vocabulary)
            fields = {part for target in targets.values() for part in target.split("+")}
            if len(fields) < 2 or not fields & {"nik", "name"}:
                continue
            if score > best_score + (0.3 if len(rows) > 1 else 0.01):
                best, best_score = _Header(rows, labels, targets, duplicates), score
    return best


def _read_labels(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, tuple[str, str]] | None:
    """Return column -> the text of the lowest row, the texts of all rows; None if the rows are no header.

    The first of the rows is known to hold no data.
    """
    if rows[-1] >= len(sheet.rows):
        return None
    if any(_is_data(cell) for row in rows[1:] for cell in sheet.rows[row]):
        return None
    texts = [[_clean_text(cell) for cell in sheet.rows[row]] for row in rows]
    if len(rows) == 1:
        return {column: (text, text) for column, text in enumerate(texts[0]) if text}
    upper, lower = texts
    if not any(lower):
        return None
    upper = _spread_groups(sheet, rows[0], upper, lower)
    return {
        column: (text or group, " ".join(filter(None, (group, text))))
        for column, (group, text) in enumerate(zip(upper, lower, strict=True))
        if group or text
    }


def _spread_groups(sheet: Sheet, row: int, upper: list[str], lower: list[str]) -> list[str]:
    """Return the upper row with each group header above all its columns.

    Merged cells say how far it goes; without any it goes as far as the upper row is empty and the lower one is not.
    """
    spread = list(upper)
    areas = [area for area in sheet.merged if area[0] <= row <= area[2] and area[3] > area[1]]
    for _top, first, _bottom, last in areas:
        for column in range(first + 1, min(last + 1, len(spread))):
            spread[column] = spread[column] or upper[first]
    if not sheet.merged:
        for column in range(1, len(spread)):
            if not spread[column] and lower[column]:
                spread[column] = spread[column - 1] if lower[column - 1] else ""
    return spread


def _clean_text(cell: object) -> str:
    """Return a text with single spaces; empty for other values."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _is_data(cell: object) -> bool:
    """Whether a cell can only be data: a NIK, a text without letters, a large number."""
    if isinstance(cell, str):
        digits = count_digits(cell)
        return digits >= 6 and (
            re.search("[A-Za-z]", cell) is None or (digits >= 12 and not re.search("[A-Za-z]{6}", cell))
        )
    return isinstance(cell, int | float) and abs(cell) >= 100_000


def _choose_category(targets: dict[int, Target], spec: RosterSpec) -> dict[int, Target]:
    """Make PEKERJAAN the category where the programme has categories and no other column matches it better."""
    if not spec.categories or "category" in targets.values():
        return targets
    return {column: "category" if target == "occupation" else target for column, target in targets.items()}
