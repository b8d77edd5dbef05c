"""Guards against sheets whose cells are so far apart that a dense grid of them would not fit into memory.

What counts is where a reader will see the cells: a cell's own place comes before that of its row. A sheet whose cells
are plainly written costs two searches; any other is parsed.
"""

from __future__ import annotations

import re

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model.cells import cell_name, column_number
from rosterkit.read.sheet_xml import parse_xml

MAX_GRID = 30_000_000  # cells that a dense reader may be asked for (1,000,000 rows x 30)
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # of a sheet in Excel
_MAX_REPEATS = 100_000  # rows of an .ods that one filled row may stand for

# A cell that is not written as Excel, LibreOffice and most programs do, with its place first: `<c r="A1"`.
_ODD = re.compile(rb'<c(?![A-Za-z])(?! r="[A-Z]{1,3}[0-9]{1,7}")')
# Likewise, or outside of an area that is no danger: A1:Z1048576, or A1:BZ299999.
_ROWS_OF_EXCEL = rb"[0-9]{1,6}|10[0-3][0-9]{4}|104[0-7][0-9]{3}|1048[0-4][0-9]{2}|10485[0-6][0-9]|104857[0-6]"
_OUTSIDE = (
    re.compile(rb'<c(?![A-Za-z])(?! r="[A-Z](?:%s)")' % _ROWS_OF_EXCEL),
    re.compile(rb'<c(?![A-Za-z])(?! r="(?:[A-Z]|[AB][A-Z])(?:[0-9]{1,5}|[12][0-9]{5})")'),
)
_PREFIXED = re.compile(rb":c[\s/>]")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*?(/?)>')
_NAME = re.compile(r"\s*([A-Za-z]+)(\d+)\s*")


def guard_grid(title: str, content: bytes) -> None:
    """Refuse a sheet with cells far outside of its table.

    Args:
        title: the name of the sheet.
        content: its part, as UTF-8.

    Raises:
        FileError: there is such a cell; the text names it.
        ExpatError: the part is no XML.
    """
    is_prefixed = _PREFIXED.search(content) is not None
    if not is_prefixed and not all(pattern.search(content) for pattern in _OUTSIDE):
        return
    is_plain = not (is_prefixed or _ODD.search(content))
    count, corner = _measure_plain(content) if is_plain else _measure(content)
    _check(title, count, corner)


def guard_repeats(content: bytes) -> None:
    """Refuse an ``.ods`` in which one filled row stands for very many.

    Args:
        content: its part ``content.xml``.

    Raises:
        FileError: there is such a row.
        ExpatError: the part is no XML.
    """
    title, row, repeated, filled = "", 0, 1, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal title, row, repeated, filled
        if tag == "table:table":
            title, row = attributes.get("table:name", ""), 0
        elif tag == "table:table-row":
            told = attributes.get("table:number-rows-repeated", "1")
            repeated, filled = int(told) if told.isdecimal() and len(told) < 20 else 1, False
        elif tag == "table:table-cell" and "office:value-type" in attributes:
            filled = True

    def end(tag: str) -> None:
        nonlocal row
        if tag == "table:table-row":
            row += repeated
            if filled and repeated > _MAX_REPEATS:
                _check(title, 0, (row + MAX_ROWS, 1))

    parse_xml(content, start, end)


def _check(title: str, count: int, corner: tuple[int, int]) -> None:
    """Refuse a grid that is too large and mostly empty, or that no sheet can have."""
    rows, columns = corner
    size = rows * columns
    possible = rows <= MAX_ROWS and columns <= MAX_COLUMNS
    if possible and (size <= MAX_GRID or size < 4 * count):
        return
    far = cell_name(min(rows, MAX_ROWS) - 1, min(columns, MAX_COLUMNS) - 1)
    raise FileError(
        "stray-cell",
        _(
            'Lembar "{sheet}" punya isi yang sangat jauh dari tabel (sampai sel {cell}). Tekan Ctrl+End di lembar itu,'
            " hapus baris dan kolom kosong yang berlebih (Delete, bukan hanya dikosongkan), simpan, lalu periksa lagi."
        ).format(sheet=title, cell=far),
    )


def _measure_plain(content: bytes) -> tuple[int, tuple[int, int]]:
    """Return what ``_measure`` does for cells that are plainly written, one after another: there may be millions."""
    count, bottom, right = 0, 1, b"A"
    for cell in _CELL.finditer(content):
        column, row, empty = cell.groups()
        if not empty:
            count, bottom = count + 1, max(bottom, int(row))
            if len(column) > len(right) or (len(column) == len(right) and column > right):
                right = column
    return count, (bottom, column_number(right.decode()) + 1)


def _measure(content: bytes) -> tuple[int, tuple[int, int]]:
    """Return how many filled cells there are, and the last row and column that any of them stands in (from 1)."""
    parser = _Measure()
    parse_xml(content, parser.start, parser.end)
    return parser.count, (parser.rows, parser.columns)


class _Measure:
    """Follows rows and cells as readers do: a place that is not told is the one after the last."""

    def __init__(self) -> None:
        self.count = 0
        self.rows = self.columns = 1
        self._row = self._column = 0
        self._place = (0, 0)
        self._open = self._filled = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            told = attributes.get("r", "").strip()
            self._row = int(told) if told.isdecimal() and len(told) < 20 else self._row + 1
            self._column = 0
        elif name == "c":
            told_place = _NAME.fullmatch(attributes.get("r", ""))
            column = 0
            for letter in told_place[1].upper()[:8] if told_place else "":
                column = column * 26 + ord(letter) - 64
            self._column = column or self._column + 1
            self._place = (int(told_place[2][:20]) if told_place else self._row, self._column)
            self._open, self._filled = True, False
        elif self._open:
            self._filled = True

    def end(self, tag: str) -> None:
        if self._open and tag.rpartition(":")[2] == "c":
            self._open = False
            if self._filled:
                self.count += 1
                self.rows, self.columns = max(self.rows, self._place[0]), max(self.columns, self._place[1])
