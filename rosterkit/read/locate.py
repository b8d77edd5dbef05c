"""Where in a sheet the roster is: header rows, columns, people, and what is left out and why. Never by position."""

from __future__ import annotations

import re

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.headers import Target, Vocabulary, assign
from rosterkit.read.ours import is_summary
from rosterkit.read.people import count_digits, find_people
from rosterkit.schema.spec import RosterSpec, plain

_SEARCH = 80  # non-empty rows in which the header must be
_NUMBER = ("NO", "NOMOR", "NO URUT", "NOMOR URUT", "URUT", "NOURUT", "NR")


def locate(sheet: Sheet, spec: RosterSpec, vocabulary: Vocabulary) -> Table | Skipped:
    """Find the roster of a sheet.

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
    rows, labels, given, duplicates = header
    given = _category_or_occupation(given, spec)
    columns = {part: column for column, target in given.items() for part in target.split("+")}
    counter = next((column for column, texts in labels.items() if plain(texts[0]) in _NUMBER), None)
    people, left_out = find_people(sheet, rows, columns, labels, counter)
    return Table(
        sheet=sheet,
        header_rows=rows,
        columns=columns,
        labels={column: texts[1] for column, texts in labels.items()},
        joined=frozenset(part for target in given.values() if "+" in target for part in target.split("+")),
        duplicates=tuple((target, first, again) for target, first, again in duplicates),
        people=people,
        left_out=left_out,
        width=max(labels) + 1,
        counter=counter,
    )


Header = tuple[tuple[int, ...], dict[int, tuple[str, str]], dict[int, Target], list[tuple[Target, int, int]]]


def _find_header(sheet: Sheet, vocabulary: Vocabulary) -> Header | None:
    """The row, or two rows, whose texts are most clearly the names of fields."""
    best: Header | None = None
    best_score = 0.0
    seen = 0
    for number, row in enumerate(sheet.rows):
        if all(cell == "" for cell in row):
            continue
        seen += 1
        if seen > _SEARCH:
            break
        if sum(isinstance(cell, str) and cell != "" for cell in row) < 2 or any(map(_is_data, row)):
            continue
        for rows in ((number,), (number, number + 1)):
            labels = _labels(sheet, rows)
            if labels is None:
                continue
            given, duplicates, score = assign(labels, vocabulary)
            fields = {part for target in given.values() for part in target.split("+")}
            if len(fields) < 2 or not fields & {"nik", "name"}:
                continue
            if score > best_score + (0.3 if len(rows) > 1 else 0.01):
                best, best_score = (rows, labels, given, duplicates), score
    return best


def _labels(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, tuple[str, str]] | None:
    """Column -> what its header may be: the lowest text, all texts; None if this is no header.

    The first of the rows is known to hold no data.
    """
    if rows[-1] >= len(sheet.rows):
        return None
    if any(_is_data(cell) for row in rows[1:] for cell in sheet.rows[row]):
        return None
    texts = [[_text(cell) for cell in sheet.rows[row]] for row in rows]
    if len(rows) == 1:
        return {column: (text, text) for column, text in enumerate(texts[0]) if text}
    upper, lower = texts
    if not any(lower):
        return None
    upper = _spread(sheet, rows[0], upper, lower)
    return {
        column: (low or up, " ".join(filter(None, (up, low))))
        for column, (up, low) in enumerate(zip(upper, lower, strict=True))
        if up or low
    }


def _spread(sheet: Sheet, row: int, upper: list[str], lower: list[str]) -> list[str]:
    """Let a group header stand above all its columns: by the merged cells, else as far as the gap below it goes."""
    spread = list(upper)
    ranges = [area for area in sheet.merged if area[0] <= row <= area[2] and area[3] > area[1]]
    for _top, first, _bottom, last in ranges:
        for column in range(first + 1, min(last + 1, len(spread))):
            spread[column] = spread[column] or upper[first]
    if not sheet.merged:
        for column in range(1, len(spread)):
            if not spread[column] and lower[column]:
                spread[column] = spread[column - 1] if lower[column - 1] else ""
    return spread


def _text(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _is_data(cell: object) -> bool:
    """Whether a cell can only be data: a NIK, a text without letters, a large number."""
    if isinstance(cell, str):
        digits = count_digits(cell)
        return digits >= 6 and (
            re.search("[A-Za-z]", cell) is None or (digits >= 12 and not re.search("[A-Za-z]{6}", cell))
        )
    return isinstance(cell, int | float) and abs(cell) >= 100_000


def _category_or_occupation(given: dict[int, Target], spec: RosterSpec) -> dict[int, Target]:
    """PEKERJAAN is the category where the programme has categories and no column claims it better."""
    if not spec.categories or "category" in given.values():
        return given
    return {column: "category" if target == "occupation" else target for column, target in given.items()}
