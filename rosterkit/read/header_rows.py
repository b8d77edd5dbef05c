"""Finds the header of a table: one to four rows whose texts match the most fields, with groups above columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from rosterkit.model.cells import Sheet
from rosterkit.read.assign import Assigned, assign_columns
from rosterkit.read.guide_rows import count_digits
from rosterkit.read.headers import Vocabulary
from rosterkit.read.layouts import score_layout
from rosterkit.records import dataclass
from rosterkit.schema.spec import plain

COUNTER_HEADERS = ("NO", "NOMOR", "NO URUT", "NOMOR URUT", "URUT", "NOURUT", "NR")
_MAX_ROWS = 80  # the header must be in so many rows that are not empty
_MAX_HEADER_ROWS = 4
_MIN_TEXTS = 2  # of a row that can be a header
_TITLE_SHARE = 0.9  # a text that stands above so many of the columns is a title, no group


@dataclass(frozen=True, slots=True)
class Header:
    """A header that was found.

    Args:
        rows: its rows (from 0), one to four.
        labels: column (from 0) -> the text of the lowest row, the texts of all rows.
        assigned: what its columns are.
    """

    rows: tuple[int, ...]
    labels: dict[int, tuple[str, str]]
    assigned: Assigned

    def fields(self) -> set[str]:
        """Return the fields that have a column."""
        return {part for target in self.assigned.targets.values() for part in target.split("+")}


def find_header(sheet: Sheet, vocabulary: Vocabulary, top: int = 0) -> Header | None:
    """Return the rows whose texts match the most fields best; None where no row has a NIK or a name.

    Args:
        sheet: as read.
        vocabulary: how headers may be written.
        top: the first row to look at.
    """
    best: Header | None = None
    best_score = 0.0
    seen = 0
    for number in range(top, len(sheet.rows)):
        row = sheet.rows[number]
        if all(cell == "" for cell in row):
            continue
        seen += 1
        if seen > _MAX_ROWS:
            break
        if not may_be_header(row):
            continue
        for header in read_headers(sheet, number, vocabulary):
            needed = best_score + (0.3 if len(header.rows) > 1 else 0.01)
            if header.assigned.score > needed or (best is not None and _says_the_same(header, best)):
                best, best_score = header, header.assigned.score
        if best is not None and number > best.rows[-1] + _MAX_ROWS // 4:
            break
    return best


def _says_the_same(lower: Header, header: Header) -> bool:
    """Whether the lower rows of a header say alone what it says: those above are titles or a letterhead."""
    return (
        len(lower.rows) < len(header.rows)
        and lower.rows == header.rows[-len(lower.rows) :]
        and lower.labels.keys() == header.labels.keys()
        and lower.assigned.targets == header.assigned.targets
        and lower.assigned.score >= header.assigned.score
    )


def may_be_header(row: Sequence[object]) -> bool:
    """Whether a row has two texts and nothing that can only be data."""
    if any(map(_is_data, row)):  # nearly every row has somebody's number near its beginning
        return False
    return sum(isinstance(cell, str) and cell != "" for cell in row) >= _MIN_TEXTS


def read_headers(sheet: Sheet, number: int, vocabulary: Vocabulary) -> list[Header]:
    """Return the headers of one to four rows that may begin at a row without data."""
    found = []
    for height in range(1, _MAX_HEADER_ROWS + 1):
        rows = tuple(range(number, number + height))
        labels = _read_labels(sheet, rows)
        if labels is None:
            break
        assigned = assign_columns(labels, vocabulary)
        header = Header(rows, labels, replace(assigned, score=assigned.score + score_layout(labels, vocabulary)))
        if len(header.fields()) >= 2 and header.fields() & {"nik", "name"}:
            found.append(header)
    return found


def _read_labels(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, tuple[str, str]] | None:
    """Return column -> the text of the lowest row, the texts of all rows; None if the rows are no header.

    The first of the rows is known to hold no data.
    """
    if rows[-1] >= len(sheet.rows) or any(map(_is_data, sheet.rows[rows[-1]])):
        return None
    texts = [[_clean_text(cell) for cell in sheet.rows[row]] for row in rows]
    between = [*texts[1:-1], None]
    if any(_repeats(texts[-1], line, other) for line, other in zip(texts[:-1], between, strict=False)):
        return None
    groups = {row for area in sheet.merged if area[3] > area[1] for row in range(area[0], area[2] + 1)}
    above = zip(rows[:-1], texts[:-1], strict=True)
    if any(row not in groups and _is_letterhead(line, texts[-1]) for row, line in above):
        return None
    if len(rows) == 1:
        return {column: (text, text) for column, text in enumerate(texts[0]) if text}
    if not any(texts[-1]):
        return None
    width = max(map(len, texts))
    texts = [line + [""] * (width - len(line)) for line in texts]
    for position in range(len(texts) - 1):
        below = [next(filter(None, column), "") for column in zip(*texts[position + 1 :], strict=True)]
        texts[position] = _spread_groups(sheet, rows[position], texts[position], below)
    labels = {}
    for column, parts in enumerate(zip(*texts, strict=True)):
        filled = [part for part, after in zip(parts, [*parts[1:], ""], strict=True) if part and part != after]
        if filled and (parts[-1] or _goes_on(sheet, rows, column)):
            labels[column] = (filled[-1], " ".join(filled))
    return labels


def _repeats(lower: list[str], upper: list[str], between: list[str] | None) -> bool:
    """Whether a row is one above it again: what stands between the two may be people.

    All texts are the same in rows below each other; else most, where the row between has others in their columns.
    """
    texts = [line for line in zip_longest(lower, upper, between or (), fillvalue="") if line[0]]
    same = [other for text, above, other in texts if text.casefold() == above.casefold() != other.casefold()]
    return len(same) >= _MIN_TEXTS and (len(same) == len(texts) or (between is not None and len(same) * 2 > len(texts)))


def _is_letterhead(upper: list[str], lower: list[str]) -> bool:
    """Whether a row is a label and its value (Ketua RT | Umpama, KELURAHAN | : UMPAMAREJO), and no groups of columns.

    Both stand above columns of their own, and nothing else does; a group stands above several.
    """
    filled = [column for column, text in enumerate(upper) if text]
    if any(text.startswith(":") for text in upper):
        return True
    beside = len(filled) == _MIN_TEXTS and filled[1] == filled[0] + 1
    others = sum(map(bool, lower)) - len(filled)
    return beside and others > len(filled) and all(column < len(lower) and lower[column] for column in filled)


def _goes_on(sheet: Sheet, rows: tuple[int, ...], column: int) -> bool:
    """Whether a text in an upper row stands above a column: by a merged cell, or with a value near below."""
    if any(area[1] <= column <= area[3] and area[0] < rows[-1] <= area[2] for area in sheet.merged):
        return True
    below = sheet.rows[rows[-1] + 1 : rows[-1] + 1 + _MAX_ROWS // 4]
    return not below or any(column < len(row) and row[column] != "" for row in below)


def _spread_groups(sheet: Sheet, row: int, upper: list[str], lower: list[str]) -> list[str]:
    """Return the upper row with each group header above all its columns.

    Merged cells say how far it goes; without any it goes as far as the upper row is empty and the lower one is not.
    A text above nearly all columns is the title of the list.
    """
    spread = list(upper)
    filled = sum(bool(one or other) for one, other in zip(upper, lower, strict=True))
    areas = [area for area in sheet.merged if area[0] <= row <= area[2] and area[3] > area[1]]
    for _top, first, _bottom, last in areas:
        if first < len(spread) and last - first + 1 >= _TITLE_SHARE * filled:
            spread[first] = ""
            continue
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
    """Whether a cell can only be data: a NIK, a text without letters, a large number; an example in brackets is not."""
    if isinstance(cell, str):
        digits = count_digits(cell)
        if digits >= 6 and "(" in cell and plain(cell[: cell.index("(")]):
            cell = re.sub(r"\([^)]*\)", "", cell)
            digits = count_digits(cell)
        return digits >= 6 and (
            re.search("[A-Za-z]", cell) is None or (digits >= 12 and not re.search("[A-Za-z]{6}", cell))
        )
    return isinstance(cell, int | float) and abs(cell) >= 100_000
