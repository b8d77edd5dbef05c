"""The changes of a decree as a workbook of four sheets, every cell a text."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl

from rosterkit.compare.annexes import AnnexChanges
from rosterkit.dates import DATE_FORMAT
from rosterkit.files import whole_file
from rosterkit.language import _


def write_changes(path: Path, changes: AnnexChanges) -> None:
    """Write who stayed, came, went and changed.

    Raises:
        FileError: it could not be written.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 1})
    for title, people in (
        (_("TETAP"), changes.kept),
        (_("MASUK"), changes.added),
        (_("KELUAR"), changes.removed),
        (_("BERUBAH"), changes.changed),
    ):
        page = book.add_worksheet(title)
        page.freeze_panes(1, 0)
        page.set_column(0, people.width - 1, 22, text)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        for column, name in enumerate(people.columns):
            page.write_string(0, column, heading(name), head)
        cells = people.with_columns(pl.selectors.date().dt.strftime(DATE_FORMAT)).fill_null("")
        for number, row in enumerate(cells.iter_rows(), 1):
            for column, value in enumerate(row):
                if value != "":
                    page.write_string(number, column, value, text)
        page.autofilter(0, 0, max(len(people), 1), people.width - 1)
    book.close()
    with whole_file(path) as out:
        out.write(target.getvalue())


def heading(column: str) -> str:
    """What a column of the changes is called."""
    words = {"nik": "NIK", "name": _("Nama"), "birth_date": _("Tanggal Lahir"), "category": _("Kategori")}
    field = column.removesuffix("_old")
    if column == "what":
        return _("Yang Berubah")
    return words[field] + (" " + _("(lama)") if column.endswith("_old") else "")
