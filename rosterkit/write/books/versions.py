"""What changed between two versions of a roster as a workbook of three sheets, every cell a text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from rosterkit.compare.rosters import RosterChanges
from rosterkit.dates import DATE_FORMAT
from rosterkit.files import whole_file
from rosterkit.language import _

_ROWS = 1_000_000  # of people or cells in a sheet; Excel has no more than 1,048,576


def write_versions(path: Path, versions: RosterChanges, labels: Mapping[str, str]) -> None:
    """Write who came and went, and the corrected cells with what ``labels`` calls their fields.

    Raises:
        FileError: it could not be written.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    formats = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 1})
    called = {field: _(label) for field, label in labels.items()}
    corrected = versions.corrected.with_columns(pl.col("field").replace(called))
    for title, rows in ((_("MASUK"), versions.added), (_("KELUAR"), versions.removed), (_("DIPERBAIKI"), corrected)):
        for part in range(max(1, -(-len(rows) // _ROWS))):
            page = book.add_worksheet(f"{title} {part + 1}" if part else title)
            _write_page(page, rows.slice(part * _ROWS, _ROWS), *formats)
    book.close()
    with whole_file(path) as out:
        out.write(target.getvalue())


def _write_page(page: Any, rows: pl.DataFrame, text: Any, head: Any) -> None:
    page.freeze_panes(1, 0)
    page.set_column(0, rows.width - 1, 22, text)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    titles = _headings()
    for column, name in enumerate(rows.columns):
        page.write_string(0, column, titles[name], head)
    cells = rows.with_columns(pl.selectors.date().dt.strftime(DATE_FORMAT)).fill_null("")
    for number, row in enumerate(cells.iter_rows(), 1):
        for column, value in enumerate(row):
            if value != "":
                page.write_string(number, column, value, text)
    page.autofilter(0, 0, max(len(rows), 1), rows.width - 1)


def _headings() -> dict[str, str]:
    """What the columns are called."""
    return {
        "nik": "NIK",
        "name": _("Nama"),
        "birth_date": _("Tanggal Lahir"),
        "category": _("Kategori"),
        "sheet": _("Lembar"),
        "cell": _("Sel"),
        "field": _("Kolom"),
        "old": _("Isi Lama"),
        "old_cell": _("Sel Lama"),
        "old_sheet": _("Lembar Lama"),
        "new": _("Isi Baru"),
        "new_cell": _("Sel Baru"),
        "new_sheet": _("Lembar Baru"),
    }
