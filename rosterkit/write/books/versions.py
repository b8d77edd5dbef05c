"""What changed between two versions of a roster as a workbook of three sheets, every cell a text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from rosterkit.compare.rosters import RosterChanges
from rosterkit.language import _
from rosterkit.write.books.page import save_book, write_text_table

_ROWS = 1_000_000  # of people or cells in a sheet; Excel has no more than 1,048,576


def write_versions(path: Path, versions: RosterChanges, labels: Mapping[str, str]) -> None:
    """Write who came and went, and the corrected cells with what ``labels`` calls their fields.

    Raises:
        FileError: it could not be written.
    """
    field_names = {field: _(label) for field, label in labels.items()}
    corrected = versions.corrected.with_columns(pl.col("field").replace(field_names))
    kinds = ((_("MASUK"), versions.added), (_("KELUAR"), versions.removed), (_("DIPERBAIKI"), corrected))
    headers = _headers()
    with save_book(path) as book:
        for name, rows in kinds:
            for part in range(max(1, -(-len(rows) // _ROWS))):
                sheet = book.add_worksheet(f"{name} {part + 1}" if part else name)
                columns = [headers[column] for column in rows.columns]
                write_text_table(book, sheet, columns, rows.slice(part * _ROWS, _ROWS))


def _headers() -> dict[str, str]:
    """Return the headers of the columns."""
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
