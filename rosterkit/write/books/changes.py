"""The changes of a decree as a workbook of four sheets, every cell a text."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from rosterkit.compare.annexes import AnnexChanges
from rosterkit.language import _
from rosterkit.write.books.page import save_book, write_text_table


def write_changes(path: Path, changes: AnnexChanges) -> None:
    """Write who stayed, came, went and changed.

    Raises:
        FileError: it could not be written.
    """
    kinds = (
        (_("TETAP"), changes.kept),
        (_("MASUK"), changes.added),
        (_("KELUAR"), changes.removed),
        (_("BERUBAH"), changes.changed.with_columns(_changed_fields())),
    )
    with save_book(path) as book:
        for name, people in kinds:
            write_text_table(book, book.add_worksheet(name), [_header(column) for column in people.columns], people)


def _changed_fields() -> pl.Expr:
    """What changed, as the headers call it."""
    return pl.col("what").str.replace_many(list(_names()), list(_names().values()))


def _header(column: str) -> str:
    """Return the header of a column of the changes."""
    header = {**_names(), "what": _("Yang Berubah")}[column.removesuffix("_old")]
    return f"{header} {_('(lama)')}" if column.endswith("_old") else header


def _names() -> dict[str, str]:
    return {"nik": "NIK", "name": _("Nama"), "birth_date": _("Tanggal Lahir"), "category": _("Kategori")}
