"""The annex of the next decree: everybody who is clean, numbered, with title and block of signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from rosterkit.language import _
from rosterkit.schema.spec import RosterSpec
from rosterkit.write.books.page import LINE_HEIGHT, count_wrapped_lines, save_book, set_up_a4, set_widths

_WIDTHS = (6, 20, 30, 46, 30)  # of NO, NIK, NAMA, ALAMAT, KATEGORI
_LAST_COLUMN = len(_WIDTHS) - 1


def write_annex(path: Path, people: pl.DataFrame, spec: RosterSpec, today: dt.date) -> None:
    """Write the annex of the next decree: title, the people (see ``recap.annex``), the block of signatures.

    Raises:
        FileError: it could not be written.
    """
    with save_book(path, created=today, title=spec.title) as book:
        sheet = book.add_worksheet(_("LAMPIRAN"))
        set_up_a4(sheet, landscape=False)
        sheet.set_margins(left=0.6, right=0.6)
        sheet.set_footer("&C&P / &N")
        set_widths(sheet, _WIDTHS)
        title = book.add_format({"bold": True, "align": "center", "text_wrap": True})
        header_row = _write_merged(sheet, 0, 0, _titles(spec, len(people)), title) + 1
        _write_people(book, sheet, header_row, people)
        signature_row = header_row + len(people) + 2
        end = _write_merged(sheet, signature_row, 3, _signature(spec), book.add_format({"align": "center"}))
        sheet.print_area(0, 0, end, _LAST_COLUMN)


def _write_merged(sheet: Any, row: int, column: int, lines: Iterable[str], look: Any) -> int:
    """Write lines into cells merged from a column to the last one; return the row below them."""
    for line in lines:
        sheet.merge_range(row, column, row, _LAST_COLUMN, "", look)
        sheet.write_string(row, column, line, look)
        row += 1
    return row


def _write_people(book: Any, sheet: Any, header_row: int, people: pl.DataFrame) -> None:
    """Write the numbered table of people under its header, which is printed on every page."""
    header = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
    text = book.add_format({"border": 1, "num_format": "@", "valign": "top", "text_wrap": True})
    number = book.add_format({"border": 1, "valign": "top", "align": "center"})
    for column, name in enumerate((_("NO"), _("NIK"), _("NAMA"), _("ALAMAT"), _("KATEGORI"))):
        sheet.write_string(header_row, column, name, header)
    sheet.repeat_rows(header_row)
    for count, person in enumerate(people.fill_null("").iter_rows(), 1):
        sheet.write_number(header_row + count, 0, count, number)
        for column, value in enumerate(person, 1):
            sheet.write_string(header_row + count, column, value, text)
        lines = max(count_wrapped_lines(value, width) for value, width in zip(person, _WIDTHS[1:], strict=True))
        if lines > 1:
            sheet.set_row(header_row + count, lines * LINE_HEIGHT)


def _titles(spec: RosterSpec, people: int) -> Iterator[str]:
    """Yield the lines above the table."""
    yield from spec.annex.title or (_("LAMPIRAN KEPUTUSAN"), spec.title.upper())
    yield _("DAFTAR PENERIMA: {count} ORANG").format(count=people)


def _signature(spec: RosterSpec) -> Iterator[str]:
    """Yield the lines of the block of signatures."""
    yield (spec.annex.place + ", " if spec.annex.place else "") + "." * 24
    yield spec.annex.office or "." * 30
    yield from ("", "", "")
    yield spec.annex.signer or "(" + "." * 30 + ")"
