"""The annex of the next decree: everybody who is clean, numbered, with title and block of signatures."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from rosterkit.files import whole_file
from rosterkit.language import _
from rosterkit.schema.spec import RosterSpec


def write_annex(path: Path, people: pl.DataFrame, spec: RosterSpec, today: dt.date) -> None:
    """Write the annex of the next decree: title, the people (see ``recap.annex``), the block of signatures.

    Raises:
        FileError: it could not be written.
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(today.year, today.month, today.day), "title": spec.title})
        page = book.add_worksheet(_("LAMPIRAN"))
        page.set_portrait()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.6, right=0.6)
        page.set_footer("&C&P / &N")
        for column, width in enumerate((6, 20, 30, 46, 30)):
            page.set_column(column, column, width)
        title = book.add_format({"bold": True, "align": "center", "text_wrap": True})
        row = 0
        for text in _titles(spec, len(people)):
            page.merge_range(row, 0, row, 4, "", title)
            page.write_string(row, 0, text, title)
            row += 1
        row += 1
        head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
        cell = book.add_format({"border": 1, "num_format": "@", "valign": "top", "text_wrap": True})
        number = book.add_format({"border": 1, "valign": "top", "align": "center"})
        for column, text in enumerate((_("NO"), _("NIK"), _("NAMA"), _("ALAMAT"), _("KATEGORI"))):
            page.write_string(row, column, text, head)
        page.repeat_rows(row)
        for count, person in enumerate(people.fill_null("").iter_rows(), 1):
            page.write_number(row + count, 0, count, number)
            for column, value in enumerate(person, 1):
                page.write_string(row + count, column, value, cell)
        row += len(people) + 2
        plain = book.add_format({"align": "center"})
        for text in _signature(spec):
            page.merge_range(row, 3, row, 4, "", plain)
            page.write_string(row, 3, text, plain)
            row += 1
        page.print_area(0, 0, row, 4)
    with whole_file(path) as out:
        out.write(target.getvalue())


def _titles(spec: RosterSpec, people: int) -> Iterator[str]:
    yield from spec.annex.title or (_("LAMPIRAN KEPUTUSAN"), spec.title.upper())
    yield _("DAFTAR PENERIMA: {count} ORANG").format(count=people)


def _signature(spec: RosterSpec) -> Iterator[str]:
    yield (spec.annex.place + ", " if spec.annex.place else "") + "." * 24
    yield spec.annex.office or "." * 30
    yield from ("", "", "")
    yield spec.annex.signer or "(" + "." * 30 + ")"
