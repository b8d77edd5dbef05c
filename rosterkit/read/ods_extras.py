"""Reads from an ``.ods`` what calamine leaves out: hidden rows and columns, merged cells, errors, struck cells,
and from which day its numbers count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rosterkit.model.cells import Sheet, SheetExtras
from rosterkit.read.package import read_part
from rosterkit.read.sheet_xml import parse_xml

_ERROR = re.compile(r"(?:#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|Err:\d{3})$")
_MAX = 1 << 20  # rows and columns of a sheet; numbers beyond are no spreadsheet's


@dataclass(slots=True)
class _Found:
    """What was found in a sheet."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    partly: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)  # first, last
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def add_ods_extras(content: bytes, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Return the sheets of an ``.ods`` with what its XML says beside the values.

    Raises:
        FileError: the package is damaged, or would fill the memory.
        ExpatError: its XML is damaged.
    """
    parser = _Parser()
    parse_xml(read_part(content, "content.xml"), parser.start, parser.end, parser.text)
    return tuple(_add(sheet, parser.sheets.get(sheet.name, _Found()), parser.is_1904) for sheet in sheets)


def _add(sheet: Sheet, found: _Found, is_1904: bool) -> Sheet:
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    extras = SheetExtras(
        errors=found.errors,
        hidden_rows=_numbers(found.hidden_rows, height),
        hidden_columns=_numbers(found.hidden_columns, width),
        struck=frozenset(found.struck),
        partly_struck=frozenset(found.partly),
        date_1904=is_1904,
    )
    return Sheet(sheet.name, sheet.rows, sheet.hidden, tuple(found.merged) or sheet.merged, extras)


def _numbers(ranges: list[tuple[int, int]], end: int) -> frozenset[int]:
    """Return the numbers of ranges, as far as the sheet goes."""
    return frozenset(number for first, last in ranges for number in range(first, min(last + 1, end)))


class _Parser:
    """Handlers for ``content.xml``; a repeated row or cell counts as often as it says."""

    def __init__(self) -> None:
        self.sheets: dict[str, _Found] = {}
        self.is_1904 = False
        self._sheet = _Found()
        self._struck_styles: set[str] = set()
        self._style = ""
        self._row = self._column = self._rows = self._columns = 0
        self._depth = 0  # of tables: a table in a cell is none of the workbook's
        self._cell: dict[str, str] = {}
        self._texts: list[tuple[str, str]] = []  # style of the run, its text
        self._spans: list[str] = []
        self._in_cell = False
        self._notes = 0  # inside a note, whose text is no value

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "table:null-date":
            self.is_1904 = attributes.get("table:date-value", "").startswith("1904-01-01")
        elif tag == "style:text-properties" and _is_struck(attributes):
            self._struck_styles.add(self._style)
        elif tag == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._sheet = self.sheets.setdefault(attributes.get("table:name", ""), _Found())
                self._row = self._column = 0
        elif self._depth == 1:
            self._start_in_table(tag, attributes)

    def _start_in_table(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("table:table-row", "table:table-column"):
            is_row = tag == "table:table-row"
            count = _number(attributes, f"table:number-{'rows' if is_row else 'columns'}-repeated")
            first = self._row if is_row else self._columns
            if attributes.get("table:visibility", "visible") != "visible":
                hidden = self._sheet.hidden_rows if is_row else self._sheet.hidden_columns
                hidden.append((first, first + count - 1))
            if is_row:
                self._rows, self._column = count, 0
            else:
                self._columns += count
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell, self._texts, self._in_cell = attributes, [], True
        elif tag == "office:annotation":
            self._notes += 1
        elif tag == "text:span":
            self._spans.append(attributes.get("text:style-name", ""))

    def text(self, data: str) -> None:
        if self._in_cell and not self._notes and data.strip():
            self._texts.append((self._spans[-1] if self._spans else "", data.strip()))

    def end(self, tag: str) -> None:
        if tag == "table:table":
            self._depth -= 1
            self._columns = 0
        elif self._depth != 1:
            return
        elif tag == "table:table-row":
            self._row += self._rows
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell(_number(self._cell, "table:number-columns-repeated"))
        elif tag == "office:annotation":
            self._notes -= 1
        elif tag == "text:span":
            self._spans.pop()

    def _end_cell(self, count: int) -> None:
        self._in_cell = False
        place, self._column = (self._row, self._column), self._column + count
        height, width = (_number(self._cell, f"table:number-{what}-spanned") for what in ("rows", "columns"))
        if height > 1 or width > 1:
            self._sheet.merged.append((*place, place[0] + height - 1, place[1] + width - 1))
        text = "".join(part for _style, part in self._texts)
        is_error = self._cell.get("calcext:value-type") == "error" or "table:formula" in self._cell
        if is_error and _ERROR.match(text):
            self._sheet.errors[place] = text
        if self._texts and self._struck_styles:
            own = self._cell.get("table:style-name") in self._struck_styles
            struck = [style in self._struck_styles if style else own for style, _text in self._texts]
            if any(struck):
                (self._sheet.struck if all(struck) else self._sheet.partly).add(place)


def _is_struck(attributes: dict[str, str]) -> bool:
    """Whether properties strike a text through; the kind of line may stand alone."""
    kind = attributes.get("style:text-line-through-type", "none")
    return attributes.get("style:text-line-through-style", kind) != "none"


def _number(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return min(int(value), _MAX) if value.isdecimal() else 1
