"""The cells of the files that were looked at last, as rosterkit reads them; used in the worker's thread alone."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit.dates import date_text
from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.records import dataclass

if TYPE_CHECKING:
    from rosterkit.model.cells import Origin, Sheet

_MOST_CELLS = 2_000_000  # of all files that are kept; the last one is kept however large it is


@dataclass(frozen=True, slots=True)
class FileCells:
    """The sheets of a file by name, and the hash of the file as it was when they were read."""

    sha256: str
    sheets: Mapping[str, Sheet]

    @property
    def size(self) -> int:
        """How many cells there are."""
        return sum(len(row) for sheet in self.sheets.values() for row in sheet.rows)


class CellCache:
    """Reads files, each once as long as it does not change."""

    def __init__(self, most_cells: int = _MOST_CELLS) -> None:
        self._most = most_cells
        self._known: OrderedDict[tuple[str, int, int], FileCells] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def read(self, path: Path) -> FileCells:
        """Return the cells of a file.

        Raises:
            FileError: it cannot be read.
        """
        try:
            stat = path.stat()
        except OSError as error:
            raise FileError("missing", _("Berkas tidak ada. Cek nama dan foldernya.")) from error
        key = (str(path), stat.st_mtime_ns, stat.st_size)
        if key not in self._known:
            from rosterkit.read.workbook import read_workbook

            book = read_workbook(path, _unmark)
            self._known[key] = FileCells(book.sha256, {sheet.name: sheet for sheet in book.sheets})
            self._forget()
        self._known.move_to_end(key)
        return self._known[key]

    def _forget(self) -> None:
        sizes = [cells.size for cells in self._known.values()]
        while len(sizes) > 1 and sum(sizes) > self._most:
            self._known.popitem(last=False)
            del sizes[0]


def _unmark(content: bytes, sees_marks: bool) -> tuple[bytes, Origin] | None:
    """The workbook without our marks where it is a copy that came back, as a run reads it."""
    from rosterkit.read.own_marks import is_copy

    if not sees_marks and not is_copy(content):
        return None
    from rosterkit.write.copies.unmark import remove_marks

    return remove_marks(content, sees_marks)


def cell_text(sheet: Sheet, row: int, column: int) -> str:
    """Return what a cell shows: all digits of a number, a day as it is written here; rows and columns from 0."""
    known, value = sheet.extras, sheet.value(row, column)
    if (row, column) in known.errors:
        return known.errors[row, column]
    if (row, column) in known.exact:
        return known.exact[row, column]
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime | dt.date):
        return date_text(value)
    return str(value)
