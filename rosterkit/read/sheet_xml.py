"""What a sheet's XML tells and calamine does not: error cells, formulas without a value, hidden rows, long numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from rosterkit.model.cells import SheetMarks, cell_position

_SIGNS = (b"<f", b":f", b't="e"', b"t='e'", b'hidden="1"', b"hidden='1'", b'hidden="true"', b"hidden='true'")
_LONG_NUMBERS = (re.compile(rb"<v>\d{16}"), re.compile(rb":v>\d{16}"))
_ERROR = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]+\d+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.S)
_LONG = re.compile(rb'<c r="([A-Z]+\d+)"(?![^>]*\bt=)[^>]*><v>(\d{16,})(?:\.0*)?</v>')
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_ANY_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<f\b')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_COL = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')


Start = Callable[[str, dict[str, str]], None]
Words = Callable[[str], None]


def parse(content: bytes, start: Start, end: Words | None = None, text: Words | None = None) -> None:
    """Read XML without a tree; names come with their prefixes."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    parser.Parse(content, True)


def sheet_marks(content: bytes) -> SheetMarks:
    """The marks of a worksheet part; a sheet without anything of the kind costs a few plain searches."""
    # One plain search after another: a pattern of alternatives takes ten times as long.
    suspicious = any(sign in content for sign in _SIGNS) or any(sign.search(content) for sign in _LONG_NUMBERS)
    if not suspicious:
        return SheetMarks()
    return _marks_by_pattern(content) if _plain(content) else _marks_by_parser(content)


def _marks_by_pattern(content: bytes) -> SheetMarks:
    columns: set[int] = set()
    for column in _COL.findall(content):
        first, last = re.search(rb'\bmin="(\d+)"', column), re.search(rb'\bmax="(\d+)"', column)
        if first and last:
            columns.update(range(int(first[1]) - 1, min(int(last[1]), 16_384)))
    return SheetMarks(
        errors={cell_position(c.decode()): v.decode() for c, v in _ERROR.findall(content)}
        if b't="e"' in content
        else {},
        uncalculated=frozenset(cell_position(c.decode()) for c in _FORMULA.findall(content)),
        formulas=frozenset(cell_position(c.decode()) for c in _ANY_FORMULA.findall(content)),
        exact={cell_position(c.decode()): v.decode() for c, v in _LONG.findall(content)},
        hidden_rows=frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(content)),
        hidden_columns=frozenset(columns),
    )


def _marks_by_parser(content: bytes) -> SheetMarks:
    """The same for XML that is not written as Excel writes it: prefixes, cells without ``r=``, CDATA."""
    errors: dict[tuple[int, int], str] = {}
    exact: dict[tuple[int, int], str] = {}
    uncalculated: set[tuple[int, int]] = set()
    formulas: set[tuple[int, int]] = set()
    rows: set[int] = set()
    columns: set[int] = set()
    row, column, kind, formula, value, inside = -1, -1, "n", False, "", ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, formula, value, inside
        name = tag.rpartition(":")[2]
        if name == "row":
            row = int(attributes["r"]) - 1 if "r" in attributes else row + 1
            column = -1
            if attributes.get("hidden") in ("1", "true"):
                rows.add(row)
        elif name == "c":
            position = attributes.get("r")
            row, column = cell_position(position) if position else (row, column + 1)
            kind, formula, value = attributes.get("t", "n"), False, ""
        elif name == "f":
            formula = True
            formulas.add((row, column))
        elif name in ("v", "t"):
            inside = name
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            columns.update(range(int(attributes["min"]) - 1, min(int(attributes["max"]), 16_384)))

    def text(data: str) -> None:
        nonlocal value
        if inside:
            value += data

    def end(tag: str) -> None:
        nonlocal inside
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            inside = ""
        elif name == "c":
            if kind == "e":
                errors[row, column] = value
            elif formula and not value:
                uncalculated.add((row, column))
            elif kind == "n" and re.fullmatch(r"\d{16,}(\.0*)?", value):
                exact[row, column] = value.partition(".")[0]

    parse(content, start, end, text)
    return SheetMarks(errors, frozenset(uncalculated), exact, frozenset(rows), frozenset(columns), frozenset(formulas))


def _plain(content: bytes) -> bool:
    """Whether the cells are written the way Excel writes them, so that patterns can find them."""
    cells = content.count(b"<c ")
    return (
        b"<row" in content
        and cells == content.count(b'<c r="')
        and b"<!" not in content
        and b"='" not in content[:2000]
    )
