"""A new ``.xlsx`` with all sheets and values of a workbook in another format."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

from rosterkit.model import Sheet, Workbook
from rosterkit.write.style import FONT

MAX_TEXT = 32_767  # characters in a cell
_FORMATS = {dt.datetime: "dd-mm-yyyy hh:mm", dt.date: "dd-mm-yyyy", dt.time: "hh:mm:ss", dt.timedelta: "[h]:mm:ss"}


def convert(workbook: Workbook) -> tuple[io.BytesIO, dict[str, str]]:
    """The workbook as ``.xlsx``, and what each of its sheets is called there."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.formats[0].set_font_name(FONT)
    formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
    titles: dict[str, str] = {}
    for sheet in workbook.sheets:
        titles[sheet.name] = _title(sheet.name, set(titles.values()))
        _fill(book.add_worksheet(titles[sheet.name]), sheet, formats)
    book.close()
    target.seek(0)
    return target, titles


def _fill(page: Any, sheet: Sheet, formats: dict[type, Any]) -> None:
    if sheet.hidden:
        page.hide()
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if value != "":
                _put(page, number, column, value, formats)
    for top, left, bottom, right in sheet.merged:
        if (top, left) != (bottom, right):
            value = sheet.rows[top][left] if top < len(sheet.rows) and left < len(sheet.rows[top]) else ""
            page.merge_range(top, left, bottom, right, "")
            if value != "":
                _put(page, top, left, value, formats)
    for column in range(len(sheet.rows[0]) if sheet.rows else 0):
        longest = max((len(str(row[column])) for row in sheet.rows[:200] if column < len(row)), default=0)
        page.set_column(column, column, min(max(longest + 2, 8), 40))


def _put(page: Any, row: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    """Write a value as what it is; a text never becomes a formula or a link."""
    if isinstance(value, str):
        page.write_string(row, column, value[:MAX_TEXT])
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        if math.isfinite(value):
            page.write_number(row, column, value)
        else:
            page.write_string(row, column, str(value))
    elif type(value) is dt.datetime and not (value.hour or value.minute or value.second):
        page.write_datetime(row, column, value, formats[dt.date])
    else:
        page.write_datetime(row, column, value, formats[type(value)])


def _title(name: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of ``[]:*?/\\``, no other sheet's."""
    plain = (
        "".join("_" if letter in "[]:*?/\\" or letter < " " else letter for letter in name).strip("'")[:31] or "Lembar"
    )
    title, number = plain, 1
    while title.casefold() in {other.casefold() for other in taken} or title.casefold() == "history":
        number += 1
        title = f"{plain[:27]} {number}"
    return title
