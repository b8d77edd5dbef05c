"""The annotated copy: original bytes and marks in, bytes out.

Workbooks of Excel are loaded and saved with openpyxl; other inputs become a new workbook with the same values.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
from typing import Any

from openpyxl import Workbook as NewWorkbook
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from rosterkit.model import Severity, Workbook
from rosterkit.read.locate import OWN_COLUMN, OWN_SHEET
from rosterkit.write.marks import Marks, SheetMark
from rosterkit.write.style import FILLS, HEADER_FILL, NOTE_AUTHOR
from rosterkit.write.summary import WIDTHS, Line

_FILLS = {severity: PatternFill("solid", start_color=color) for severity, color in FILLS.items()}
_HEAD = PatternFill("solid", start_color=HEADER_FILL)
_WRAP = Alignment(wrap_text=True, vertical="top")
_FONT = "Calibri"
_REMARK_WIDTH = 80  # characters
_LINE = 15.0  # points


def annotate(original: bytes, workbook: Workbook, marks: Marks, macros: bool = False) -> bytes:
    """Mark a workbook.

    Args:
        original: the file as it came.
        workbook: the same file as read; what a copy of other formats than Excel's is made from.
        marks: what to mark.
        macros: keep the macros of an ``.xlsm``.
    """
    book = _load(original, macros) if workbook.kind == "xlsx" else None
    if book is None:
        book = _convert(workbook)
    for sheet in marks.sheets:
        if sheet.name in book.sheetnames:
            _mark(book[sheet.name], sheet)
    _summarise(book, marks.summary)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _load(original: bytes, macros: bool) -> Any:
    """The workbook as openpyxl loads it; None where openpyxl cannot, so that a copy of the values is made."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that openpyxl does not keep
            return load_workbook(io.BytesIO(original), keep_vba=macros, rich_text=True)
    except Exception:  # openpyxl fails in many ways on odd workbooks; a copy of the values still helps
        return None


def _convert(workbook: Workbook) -> Any:
    book = NewWorkbook()
    book.remove(book.active)  # type: ignore[arg-type] # a new workbook has an active sheet
    for sheet in workbook.sheets:
        target = book.create_sheet(_sheet_title(sheet.name))
        for number, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row, 1):
                if value != "":
                    _put(target, number, column, value)
        for top, left, bottom, right in sheet.merged:
            target.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        _fit(target, sheet.rows)
    return book


def _sheet_title(name: str) -> str:
    return "".join("_" if letter in "[]:*?/\\" else letter for letter in name)[:31] or "Lembar"


def _fit(target: Any, rows: Any) -> None:
    """Column widths that show the values; other formats do not tell theirs."""
    for column in range(len(rows[0]) if rows else 0):
        longest = max((len(str(row[column])) for row in rows[:200]), default=0)
        target.column_dimensions[get_column_letter(column + 1)].width = min(max(longest + 2, 8), 40)


def _put(target: Any, row: int, column: int, value: Any) -> Any:
    """Write a value so that Excel never takes a text for a formula."""
    cell = target.cell(row, column)
    if isinstance(cell, MergedCell):
        return cell
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767]
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "dd-mm-yyyy"
    return cell


def _mark(target: Any, sheet: SheetMark) -> None:
    for mark in sheet.cells:
        cell = target.cell(mark.row + 1, mark.column + 1)
        cell.fill = _FILLS[mark.severity]
        if mark.note and not isinstance(cell, MergedCell):
            theirs = cell.comment and cell.comment.author != NOTE_AUTHOR
            before = f"{cell.comment.text}\n---\n" if theirs else ""
            text = before + mark.note
            height = 22 + 17 * sum(1 + len(line) // 46 for line in text.splitlines())
            cell.comment = Comment(text, NOTE_AUTHOR, height=min(height, 400), width=320)
    letter = get_column_letter(sheet.column + 1)
    again = target.cell(sheet.header_row + 1, sheet.column + 1).value == OWN_COLUMN
    head = _put(target, sheet.header_row + 1, sheet.column + 1, OWN_COLUMN)
    head.fill, head.font, head.alignment = _HEAD, Font(name=_FONT, bold=True, color="FFFFFF"), _WRAP
    if again:
        for row in range(sheet.header_row + 2, target.max_row + 1):
            target.cell(row, sheet.column + 1).value = None
    for row, text in sheet.remarks.items():
        cell = _put(target, row + 1, sheet.column + 1, text)
        cell.font, cell.alignment = Font(name=_FONT, size=10), _WRAP
        _grow(target, row + 1, _lines(text, _REMARK_WIDTH))
    target.column_dimensions[letter].width = _REMARK_WIDTH


def _lines(text: object, width: int) -> int:
    """How many lines a wrapped text takes in a column of so many characters, on the safe side."""
    return sum(1 + len(line) // width for line in str(text).splitlines() or [""])


def _grow(target: Any, row: int, lines: int) -> None:
    """Make a row high enough for wrapped lines; a higher one stays as it is."""
    height = target.row_dimensions[row].height
    if lines > 1 and (height is None or height < lines * _LINE):
        target.row_dimensions[row].height = lines * _LINE


def _summarise(book: Any, lines: tuple[Line, ...]) -> None:
    if OWN_SHEET in book.sheetnames:
        del book[OWN_SHEET]
    target = book.create_sheet(OWN_SHEET, 0)
    for number, line in enumerate(lines, 1):
        _line(target, number, line)
    for column, width in enumerate(WIDTHS, 1):
        target.column_dimensions[get_column_letter(column)].width = width
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", 9  # A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.sheet_view.showGridLines = False
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is target
    book.active = 0


def _line(target: Any, number: int, line: Line) -> None:
    for column, value in enumerate(line.cells, 1):
        cell = _put(target, number, column, value)
        if line.style in ("title", "verdict"):
            cell.font = Font(name=_FONT, bold=True, size=16 if line.style == "title" else 12)
            continue
        cell.font = Font(name=_FONT, size=10)
        if line.style == "head":
            cell.fill, cell.font, cell.alignment = _HEAD, Font(name=_FONT, bold=True, color="FFFFFF"), _WRAP
        elif len(line.cells) > 1:
            cell.alignment = _WRAP
    if len(line.cells) > 1:
        _grow(target, number, max(_lines(cell, width) for cell, width in zip(line.cells, WIDTHS, strict=False)))
    if line.style in set(Severity):
        target.cell(number, 1).fill = _FILLS[Severity(line.style)]
    if line.link:
        cell = target.cell(number, 3)
        cell.hyperlink = line.link
        cell.font = Font(name=_FONT, size=10, color="0563C1", underline="single")
