"""A new ``.xlsx`` with all sheets and values of a workbook in another format."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator, Sequence

from rosterkit.dates import DAYS_OF_1904
from rosterkit.model.cells import Sheet, Workbook, column_letters
from rosterkit.write.copies.new_package import DATE_FORMATS, NewSheet, write_package
from rosterkit.write.patch.strings import SharedStrings
from rosterkit.write.patch.verify import to_seconds

_DAY = 86_400  # seconds
_NARROW, _WIDE = 8, 40  # characters of a column
_TITLE_CELLS = 2  # a row with no more cells is no row of people
_PIECE = 500  # rows that are written at once
_LAST_SHIFTED_DAY = 60  # Excel counts a 29 February 1900: the days before it have a number one lower
_STYLES = {kind: number for number, kind in enumerate(DATE_FORMATS, 1)}


def convert_workbook(workbook: Workbook) -> tuple[io.BytesIO, dict[str, str]]:
    """Return the workbook as ``.xlsx``, and the name of each of its sheets there."""
    titles: dict[str, str] = {}
    strings = SharedStrings()
    sheets = []
    for sheet in workbook.sheets:
        titles[sheet.name] = _make_title(sheet.name, set(titles.values()))
        merged = [
            f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
            for top, left, bottom, right in sheet.merged
            if (top, left) != (bottom, right)
        ]
        rows = _make_rows(sheet, strings, 1904 if _is_1904(workbook) else 1900)
        sheets.append(NewSheet(titles[sheet.name], sheet.hidden, _get_widths(sheet), merged, rows))
    target = io.BytesIO()
    write_package(target, sheets, strings, _is_1904(workbook))
    target.seek(0)
    return target, titles


def _is_1904(workbook: Workbook) -> bool:
    """Whether days count from 1904, so that plain numbers stay the days that they were."""
    return any(sheet.extras.date_1904 for sheet in workbook.sheets)


def _get_widths(sheet: Sheet) -> list[int]:
    """Return the widths of the columns, in characters, by the first rows; titles run on over the cells beside them."""
    rows = sheet.rows[:200]
    rows = [row for row in rows if sum(value != "" for value in row) > _TITLE_CELLS] or rows
    return [
        min(max(max((len(str(row[column])) for row in rows if column < len(row)), default=0) + 2, _NARROW), _WIDE)
        for column in range(len(rows[0]) if rows else 0)
    ]


def _make_rows(sheet: Sheet, strings: SharedStrings, first_year: int) -> Iterator[bytes]:
    """Yield the rows as XML, some at once; a row without values is left out."""
    names = [column_letters(column) for column in range(max(map(len, sheet.rows), default=0))]
    lines: list[str] = []
    for number, row in enumerate(sheet.rows, 1):
        cells = _make_cells(row, number, names, strings, first_year)
        if cells:
            lines.append(f'<row r="{number}">{cells}</row>')
        if len(lines) >= _PIECE:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


def _make_cells(
    row: Sequence[object], number: int, names: Sequence[str], strings: SharedStrings, first_year: int
) -> str:
    return "".join(
        f'<c r="{name}{number}"{_make_content(value, strings, first_year)}</c>'
        for name, value in zip(names, row, strict=False)
        if value is not None and not (isinstance(value, str) and (value == "" or value.isspace()))
    )


def _make_content(value: object, strings: SharedStrings, first_year: int) -> str:
    """Return the rest of the tag of a cell, and its value in its own kind; a text never becomes a formula."""
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v>'
    if isinstance(value, int | float) and math.isfinite(value):
        return f"><v>{_write_number(value)}</v>"
    kind = type(value)
    if kind in _STYLES and not (isinstance(value, dt.date) and value.year < first_year):  # Excel knows no such day
        whole_day = isinstance(value, dt.datetime) and value.time() == dt.time()
        return f' s="{_STYLES[dt.date if whole_day else kind]}"><v>{_write_number(_get_serial(value, first_year))}</v>'
    return f' t="s"><v>{strings.get_number(str(value))}</v>'


def _write_number(value: float) -> str:
    """Return a number with all its digits."""
    return str(int(value)) if isinstance(value, int) or value.is_integer() else repr(value)


def _get_serial(value: object, first_year: int) -> float:
    """Return a date, a time or a duration in the days that Excel counts, dates from 1900 or 1904 on."""
    days = (to_seconds(value) or 0) / _DAY
    if not isinstance(value, dt.date):
        return days
    if first_year > 1900:
        return days - DAYS_OF_1904
    return days - 1 if days < _LAST_SHIFTED_DAY + 1 else days


def _make_title(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts: at most 31 characters, none of ``[]:*?/\\``, unlike other names."""
    plain = (
        "".join("_" if letter in "[]:*?/\\" or letter < " " else letter for letter in name).strip("'")[:31] or "Lembar"
    )
    title, number = plain, 1
    while title.casefold() in {other.casefold() for other in taken} or title.casefold() == "history":
        number += 1
        title = f"{plain[:27]} {number}"
    return title
