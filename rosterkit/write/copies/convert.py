"""A new ``.xlsx`` with all sheets and values of a workbook in another format."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

from rosterkit.model.cells import Sheet, Workbook, column_letters
from rosterkit.write.patch.texts import clean_cell_text, escape_codes

_FORMATS = {dt.datetime: "dd-mm-yyyy hh:mm", dt.date: "dd-mm-yyyy", dt.time: "hh:mm:ss", dt.timedelta: "[h]:mm:ss"}


def convert_workbook(workbook: Workbook) -> tuple[io.BytesIO, dict[str, str]]:
    """Return the workbook as ``.xlsx``, and the name of each of its sheets there."""
    from openpyxl import Workbook as Book

    book = Book(write_only=True)
    titles: dict[str, str] = {}
    for sheet in workbook.sheets:
        titles[sheet.name] = _make_title(sheet.name, set(titles.values()))
        _fill_sheet(book.create_sheet(titles[sheet.name]), sheet)
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    return target, titles


def _fill_sheet(page: Any, sheet: Sheet) -> None:
    if sheet.hidden:
        page.sheet_state = "hidden"
    for column in range(len(sheet.rows[0]) if sheet.rows else 0):
        longest = max((len(str(row[column])) for row in sheet.rows[:200] if column < len(row)), default=0)
        page.column_dimensions[column_letters(column)].width = min(max(longest + 2, 8), 40)
    for row in sheet.rows:
        page.append([_make_cell(page, value) for value in row])
    for top, left, bottom, right in sheet.merged:
        if (top, left) != (bottom, right):
            page.merged_cells.add(f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}")


def _make_cell(page: Any, value: Any) -> Any:
    """Return a value as a cell of its kind; a text never becomes a formula."""
    from openpyxl.cell import WriteOnlyCell

    if value == "" or (isinstance(value, str) and value.isspace()):
        return None
    if isinstance(value, dt.date) and (value.year, value.month) < (1900, 1):
        value = str(value)  # Excel knows no such day
    if isinstance(value, float) and not isinstance(value, bool):
        return _make_number(page, value) if math.isfinite(value) else _make_cell(page, str(value))
    if isinstance(value, str):
        cell = WriteOnlyCell(page, escape_codes(clean_cell_text(value)))
        cell.data_type = "s"
        return cell
    if type(value) not in _FORMATS:
        return value
    whole_day = type(value) is dt.datetime and value.time() == dt.time()
    cell = WriteOnlyCell(page, value)
    cell.number_format = _FORMATS[dt.date if whole_day else type(value)]
    return cell


def _make_number(page: Any, value: float) -> Any:
    """Return a number with all its digits; openpyxl writes sixteen of seventeen."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page)
    cell.value = repr(int(value)) if value.is_integer() else repr(value)
    cell.data_type = "n"
    return cell


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
