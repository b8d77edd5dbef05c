"""What all workbooks of our own share: how they are saved, how their sheets print, and their tables of texts."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import wrap
from typing import Any

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.files import whole_file
from rosterkit.language import _
from rosterkit.write.workbook import create_workbook

TEXT_FORMAT = {"num_format": "@"}  # a cell that holds a text and keeps what is typed into it as a text
HEADER_FORMAT = {"bold": True, "bottom": 1}
_A4 = 9  # the paper's number in OOXML
_WIDEST = 40  # characters of a column of texts
LINE_HEIGHT = 15  # points


@contextmanager
def save_book(path: Path, created: dt.date | None = None, title: str = "") -> Iterator[Any]:
    """Yield a new workbook, which is saved under ``path`` at the end (see ``create_workbook``).

    Raises:
        FileError: it could not be written.
    """
    target = io.BytesIO()
    with create_workbook(target, created, title) as book:
        yield book
    with whole_file(path) as out:
        out.write(target.getvalue())


def set_up_a4(sheet: Any, landscape: bool = True) -> None:
    """Print a sheet on A4, as wide as the page and as many pages long as it takes."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def set_widths(sheet: Any, widths: Sequence[int]) -> None:
    """Set the widths of the first columns, in characters."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def to_texts(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows of texts and dates as texts; empty where nothing is known."""
    return rows.with_columns(pl.selectors.date().dt.strftime(DATE_FORMAT)).fill_null("")


def write_text_table(book: Any, sheet: Any, headers: Sequence[str], rows: pl.DataFrame, first: int = 0) -> None:
    """Fill a sheet with a header and rows, every cell a text, in columns and rows of their size.

    The header stays in view, has a filter, and is printed on every page.

    Args:
        book: the workbook.
        sheet: its sheet.
        headers: of the columns.
        rows: texts and dates.
        first: the row of the header.
    """
    text = book.add_format({**TEXT_FORMAT, "text_wrap": True, "valign": "top"})
    header = book.add_format({**HEADER_FORMAT, "bg_color": "#DDEBF7"})
    texts = to_texts(rows)
    widths = _fit_widths(headers, texts)
    set_up_a4(sheet)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, text)
    sheet.freeze_panes(first + 1, 0)
    sheet.repeat_rows(first)
    for column, name in enumerate(headers):
        sheet.write_string(first, column, name, header)
    for number, row in enumerate(texts.iter_rows(), first + 1):
        for column, value in enumerate(row):
            if value != "":
                sheet.write_string(number, column, value, text)
        lines = max(
            (
                count_wrapped_lines(value, width)
                for value, width in zip(row, widths, strict=True)
                if len(value) >= width
            ),
            default=1,
        )
        if lines > 1:
            sheet.set_row(number, min(lines * LINE_HEIGHT, 409))
    if rows.is_empty():
        sheet.write_string(first + 1, 0, _("Tidak ada."), text)
    sheet.autofilter(first, 0, first + max(len(rows), 1), rows.width - 1)


def _fit_widths(headers: Sequence[str], texts: pl.DataFrame) -> list[int]:
    """Return the widths of columns (characters) in which headers fit, and texts as far as a page has room."""
    longest = [texts[column].str.len_chars().max() or 0 for column in texts.columns]
    return [
        max(len(header) + 4, min(int(str(most)) + 2, _WIDEST))  # beside a header is the arrow of its filter
        for header, most in zip(headers, longest, strict=True)
    ]


def count_wrapped_lines(text: str, width: int) -> int:
    """Return the lines that a text takes in a column of so many characters."""
    if len(text) < width and text.isprintable():  # no line breaks, no tabs: most cells of a sheet
        return 1
    return sum(max(1, len(wrap(line, max(width - 1, 1)))) for line in text.split("\n"))


class BookWriter:
    """A workbook with its formats; every text is written as a text."""

    def __init__(self, book: Any) -> None:
        self.book = book
        header = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#DDEBF7"}
        looks: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 14},
            "note": {"italic": True, "font_color": "#555555"},
            "header": header,
            "header_number": {**header, "align": "right"},
            "section": {"bold": True, "font_size": 12, "bottom": 1},
            "text": TEXT_FORMAT,
            "wrapped": {**TEXT_FORMAT, "text_wrap": True, "valign": "top"},
            "count_top": {"num_format": "#,##0", "valign": "top"},
            "wrapped_last": {**TEXT_FORMAT, "text_wrap": True, "valign": "top", "bottom": 2},
            "count_last": {"num_format": "#,##0", "valign": "top", "bottom": 2},
            "count": {"num_format": "#,##0"},
            "rupiah": {"num_format": '"Rp" #,##0;[Red]-"Rp" #,##0'},
            "percent": {"num_format": '0.00"%"'},
            "total": {"num_format": "#,##0", "bold": True, "top": 1},
            "total_text": {"num_format": "@", "bold": True, "top": 1},
        }
        self.formats = {name: book.add_format(look) for name, look in looks.items()}

    def add_sheet(self, name: str, widths: Sequence[int]) -> Any:
        """Return a new sheet that prints on A4 landscape."""
        sheet = self.book.add_worksheet(name)
        set_up_a4(sheet)
        set_widths(sheet, widths)
        return sheet

    def add_table_sheet(self, name: str, columns: Sequence[tuple[str, int]], numbers: bool = False) -> Any:
        """Return a new sheet with a header that stays in view; ``columns`` are headers with their widths."""
        sheet = self.add_sheet(name, [width for _header, width in columns])
        self.write_header(sheet, 0, [header for header, _width in columns], numbers)
        sheet.freeze_panes(1, 0)
        return sheet

    def write_header(self, sheet: Any, row: int, headers: Sequence[str], numbers: bool = False) -> None:
        """Write headers, high enough for two lines of text; ``numbers`` stand below all but the first."""
        sheet.set_row(row, 32)
        for column, text in enumerate(headers):
            sheet.write_string(row, column, text, self.formats["header_number" if numbers and column else "header"])

    def write_wrapped_row(
        self, sheet: Any, row: int, cells: Sequence[object], widths: Sequence[int], is_last: bool = False
    ) -> None:
        """Write texts and numbers in a row that is as high as its longest text in a column of its width.

        ``is_last``: of a block, with a line below.
        """
        looks = ("wrapped_last", "count_last") if is_last else ("wrapped", "count_top")
        self.write_row(sheet, row, cells, *looks)
        texts = ((cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str))
        lines = max((count_wrapped_lines(cell, width) for cell, width in texts), default=1)
        if lines > 1:
            sheet.set_row(row, min(lines * LINE_HEIGHT, 409))

    def write_row(
        self, sheet: Any, row: int, cells: Sequence[object], text: str = "text", number: str = "count"
    ) -> None:
        """Write texts and numbers in the formats of these names."""
        for column, value in enumerate(cells):
            if value is None or value == "":
                sheet.write_blank(row, column, None, self.formats[text])
            elif isinstance(value, str):
                sheet.write_string(row, column, value, self.formats[text])
            else:
                sheet.write_number(row, column, value, self.formats[number])
