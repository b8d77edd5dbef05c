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


def html_tables(content: bytes) -> list[list[list[str]]]:
    """Return the cells of each table of an HTML page, nested ones too; a cell that spans several is the first of them.

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
    filled = [rows for rows in parser.tables if any(map(any, rows))]
    if sum(len(rows) * max(map(len, rows)) for rows in filled) > _MAX_CELLS:
        raise _too_wide()
    tables = [square(rows) for rows in filled]
    if not any(parser.tables):
        raise FileError(
            "no-table",
            _(
                "Berkas ini halaman web (HTML) tanpa tabel, bukan buku kerja Excel. Unduh ulang dari aplikasinya, atau"
                " minta pengirim mengirim berkas Excel yang asli."
            ),
        )
    return tables or [[]]


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
        for offset in range(columns):
            if rows > 1:
                self.pending[len(row)] = rows - 1
            row.append("".join(self.cell).strip(" ") if not offset else "")
        self.cell = None
        return len(row) - before


class _TableParser(HTMLParser):
    """Collects the rows of each table; one inside another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[_OpenTable] = []
        self._left = _MAX_CELLS

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(_OpenTable([]))
            self.tables.append(self._open[-1].rows)
        elif not self._open:
            return
        elif tag == "tr":
            self._finish_cell()
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
        self._left -= self._open[-1].finish_cell()
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
