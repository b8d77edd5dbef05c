"""Reads HTML pages that are called ``.xls``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.read.text import decode, square

_MAX_CELLS = 5_000_000  # of all tables of a page: 16 times what any program was seen to write


Area = tuple[int, int, int, int]  # first row, first column, last row, last column


def html_tables(content: bytes) -> list[tuple[list[list[str]], tuple[Area, ...]]]:
    """Return the cells and the merged areas of each table of an HTML page, nested ones too.

    Tables without a cell, and those that only hold other tables, are left out.

    Raises:
        FileError: the page holds no table.
    """
    parser = _TableParser()
    declared = re.search(rb"""charset=["']?([\w-]+)""", content[:2000])
    try:
        text = content.decode(declared[1].decode() if declared else "utf-8")
    except (UnicodeError, LookupError):
        text = decode(content)
    parser.feed(text)
    parser.close()
    filled = [table for table in parser.tables if any(map(any, table.rows))]
    if sum(len(table.rows) * max(map(len, table.rows)) for table in filled) > _MAX_CELLS:
        raise _too_wide()
    tables = [(square(table.rows), table.areas()) for table in filled]
    if not any(table.rows for table in parser.tables):
        raise FileError(
            "no-table",
            _(
                "Berkas ini halaman web (HTML) tanpa tabel, bukan buku kerja Excel. Unduh ulang dari aplikasinya, atau"
                " minta pengirim mengirim berkas Excel yang asli."
            ),
        )
    return tables or [([], ())]


def _too_wide() -> FileError:
    return FileError(
        "too-large",
        _(
            "Tabel di berkas ini (halaman web) terlalu lebar atau terlalu panjang untuk dibaca. Unduh ulang dari"
            " aplikasinya sebagai Excel (.xlsx), atau bagi menjadi beberapa berkas."
        ),
    )


@dataclass(slots=True)
class _OpenTable:
    """A table of which the end was not seen yet."""

    rows: list[list[str]]
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    pending: dict[int, int] = field(default_factory=dict)  # column -> rows still covered by a cell above
    merged: list[Area] = field(default_factory=list)

    def areas(self) -> tuple[Area, ...]:
        """Return the merged areas, as far as the table goes."""
        last = len(self.rows) - 1
        return tuple((top, left, min(bottom, last), right) for top, left, bottom, right in self.merged)

    def finish_cell(self) -> int:
        """Add the cell that is open to its row; return how many cells it comes to."""
        if self.cell is None:
            return 0
        row = self.rows[-1]
        before = len(row)
        while self.pending.get(len(row), 0):
            self.pending[len(row)] -= 1
            row.append("")
        rows, columns = self.span
        if rows > 1 or columns > 1:
            top = len(self.rows) - 1
            self.merged.append((top, len(row), top + max(rows, 1) - 1, len(row) + columns - 1))
        for offset in range(columns):
            if rows > 1:
                self.pending[len(row)] = rows - 1
            row.append("".join(self.cell).strip(" ") if not offset else "")
        self.cell = None
        return len(row) - before

    def finish_row(self) -> int:
        """Add the cells that reach from above into the end of the row that is open; return how many there are."""
        row = self.rows[-1] if self.rows else []
        before = len(row)
        last = max((column for column, rows in self.pending.items() if rows), default=-1)
        for column in range(before, last + 1):
            self.pending[column] = max(0, self.pending.get(column, 0) - 1)
            row.append("")
        return len(row) - before


class _TableParser(HTMLParser):
    """Collects the rows of each table; one inside another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_OpenTable] = []
        self._open: list[_OpenTable] = []
        self._left = _MAX_CELLS

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(_OpenTable([]))
            self.tables.append(self._open[-1])
        elif not self._open:
            return
        elif tag == "tr":
            self._finish_cell()
            self._count(self._open[-1].finish_row())
            self._open[-1].rows.append([])
        elif tag in ("td", "th") and self._open[-1].rows:
            self._open_cell({key: value for key, value in attrs if value and value.isdecimal()})
        elif tag == "br" and self._open[-1].cell is not None:
            self._open[-1].cell.append("\n")

    def _open_cell(self, spans: Mapping[str, str]) -> None:
        self._finish_cell()
        table = self._open[-1]
        rows, columns = int(spans.get("rowspan") or 1), int(spans.get("colspan") or 1)
        table.span = (min(rows, 100_000), max(1, min(columns, 1_000)))
        table.cell = []

    def _finish_cell(self) -> None:
        self._count(self._open[-1].finish_cell())

    def _count(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise _too_wide()

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        if tag in ("td", "th", "tr", "table"):
            self._finish_cell()
        if tag == "table":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].cell is not None:
            self._open[-1].cell.append(re.sub(r"[ \t\r\n]+", " ", data))
