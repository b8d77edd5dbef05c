"""Reads from a sheet's XML what calamine leaves out: errors, formulas without a value, hidden rows, long numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from rosterkit.model.cells import SheetExtras, cell_position

# A sheet whose XML holds none of these has no extras. Each begins with letters of its own, which costs half a plain
# search; one pattern of all of them takes ten times as long.
_HINTS = tuple(
    map(re.compile, (rb"<f", rb":(?:f|v>\d{16})", rb"t=[\"']e[\"']", rb"hidden=[\"'](?:1|true)[\"']", rb"<v>\d{16}"))
)
_ERROR = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]+\d+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.S)
_LONG_NUMBER = re.compile(rb'<c r="([A-Z]+\d+)"(?![^>]*\bt=)[^>]*><v>(\d{16,})(?:\.0*)?</v>')
# A text (t="str") may be empty: that is what =IF(...,"") comes to. A number cannot.
_FORMULA_WITHOUT_VALUE = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<f\b')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMNS = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_MAX_COLUMNS = 16_384  # of a sheet in Excel


StartHandler = Callable[[str, dict[str, str]], None]
TextHandler = Callable[[str], None]


def parse_xml(
    content: bytes, start: StartHandler, end: TextHandler | None = None, text: TextHandler | None = None
) -> None:
    """Parse XML with handlers for start tags, end tags and text, without a tree; names come with their prefixes.

    Raises:
        ExpatError: it is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    parser.Parse(content, True)


def read_sheet_extras(content: bytes) -> SheetExtras:
    """Return the extras of a worksheet part; a sheet without any costs a few plain searches."""
    if not any(hint.search(content) for hint in _HINTS):
        return SheetExtras()
    if _is_written_by_excel(content):
        return _read_by_patterns(content)
    parser = _ExtrasParser()
    parse_xml(content, parser.start, parser.end, parser.text)
    return parser.extras()


def _is_written_by_excel(content: bytes) -> bool:
    """Whether the cells are written the way Excel writes them, so that patterns can find them."""
    cells = content.count(b"<c ")
    return (
        b"<row" in content
        and cells == content.count(b'<c r="')
        and b"<!" not in content
        and b"='" not in content[:2000]
    )


def _read_by_patterns(content: bytes) -> SheetExtras:
    columns: set[int] = set()
    for column in _HIDDEN_COLUMNS.findall(content):
        first, last = re.search(rb'\bmin="(\d+)"', column), re.search(rb'\bmax="(\d+)"', column)
        if first and last:
            columns.update(_column_range(first[1], last[1]))
    return SheetExtras(
        errors={cell_position(c.decode()): v.decode() for c, v in _ERROR.findall(content)}
        if b't="e"' in content
        else {},
        uncalculated=frozenset(cell_position(c.decode()) for c in _FORMULA_WITHOUT_VALUE.findall(content)),
        formulas=frozenset(cell_position(c.decode()) for c in _FORMULA.findall(content)),
        exact={cell_position(c.decode()): v.decode() for c, v in _LONG_NUMBER.findall(content)},
        hidden_rows=frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(content)),
        hidden_columns=frozenset(columns),
    )


def _column_range(first: str | bytes, last: str | bytes) -> range:
    """Return the columns (from 0) of a ``<col>`` element, whose numbers count from 1."""
    return range(int(first) - 1, min(int(last), _MAX_COLUMNS))


class _ExtrasParser:
    """Handlers for XML that is not written as Excel writes it: prefixes, cells without ``r=``, CDATA."""

    def __init__(self) -> None:
        self._errors: dict[tuple[int, int], str] = {}
        self._exact: dict[tuple[int, int], str] = {}
        self._uncalculated: set[tuple[int, int]] = set()
        self._formulas: set[tuple[int, int]] = set()
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._column = -1
        self._type = "n"
        self._has_formula = False
        self._value = ""
        self._in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        is_hidden = attributes.get("hidden") in ("1", "true")
        if name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if is_hidden:
                self._hidden_rows.add(self._row)
        elif name == "c":
            cell = attributes.get("r")
            self._row, self._column = cell_position(cell) if cell else (self._row, self._column + 1)
            self._type, self._has_formula, self._value = attributes.get("t", "n"), False, ""
        elif name == "f":
            self._has_formula = True
            self._formulas.add((self._row, self._column))
        elif name in ("v", "t"):
            self._in_value = True
        elif name == "col" and is_hidden:
            self._hidden_columns.update(_column_range(attributes["min"], attributes["max"]))

    def text(self, data: str) -> None:
        if self._in_value:
            self._value += data

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            self._end_cell((self._row, self._column))

    def _end_cell(self, cell: tuple[int, int]) -> None:
        if self._type == "e":
            self._errors[cell] = self._value
        elif self._has_formula and not self._value and self._type != "str":
            self._uncalculated.add(cell)
        elif self._type == "n" and re.fullmatch(r"\d{16,}(\.0*)?", self._value):
            self._exact[cell] = self._value.partition(".")[0]

    def extras(self) -> SheetExtras:
        return SheetExtras(
            errors=self._errors,
            uncalculated=frozenset(self._uncalculated),
            exact=self._exact,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            formulas=frozenset(self._formulas),
        )
