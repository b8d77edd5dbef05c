"""Decodes texts of any encoding, and reads HTML pages that are called ``.xls``."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from rosterkit.errors import FileError
from rosterkit.language import _


def decode(content: bytes) -> str:
    """Decode bytes of unknown encoding: UTF-16 with a byte order mark, UTF-8, or else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def html_rows(content: bytes) -> list[list[str]]:
    """Return the cells of the largest table of an HTML page; a cell that spans several is the first of them.

    Raises:
        FileError: the page holds no table.
    """
    parser = _TableParser()
    declared = re.search(rb"""charset=["']?([\w-]+)""", content[:2000])
    try:
        text = content.decode(declared[1].decode() if declared else "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = decode(content)
    parser.feed(text)
    parser.close()
    if not any(parser.tables):
        raise FileError(
            "no-table",
            _(
                "Berkas ini halaman web (HTML) tanpa tabel, bukan buku kerja Excel. Unduh ulang dari aplikasinya, atau"
                " minta pengirim mengirim berkas Excel yang asli."
            ),
        )
    return square(max(parser.tables, key=lambda rows: sum(map(len, rows))))


def square(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows with empty cells at their ends, so that all have the same length."""
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


class _TableParser(HTMLParser):
    """Collects the rows of each outer table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._pending: dict[int, int] = {}  # column -> rows still covered by a cell above

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._pending = {}
        elif tag == "tr" and self._depth == 1:
            self._finish_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self._depth == 1 and self.tables[-1]:
            self._finish_cell()
            spans = {key: value for key, value in attrs if value and value.isdecimal()}
            self._span = (
                min(int(spans.get("rowspan") or 1), 100_000),
                max(1, min(int(spans.get("colspan") or 1), 1_000)),
            )
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._finish_cell()
        if tag == "table" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _finish_cell(self) -> None:
        if self._cell is None:
            return
        row = self.tables[-1][-1]
        while self._pending.get(len(row), 0):
            self._pending[len(row)] -= 1
            row.append("")
        rows, columns = self._span
        for offset in range(columns):
            if rows > 1:
                self._pending[len(row)] = rows - 1
            row.append("".join(self._cell).strip(" ") if not offset else "")
        self._cell = None
