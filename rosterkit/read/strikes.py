"""Finds the cells of a worksheet that are struck through: by the font of their style, or by runs of rich text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from rosterkit.model.cells import SheetExtras, cell_position
from rosterkit.read.sheet_xml import parse_xml
from rosterkit.records import dataclass

Runs = Sequence[bool | None]  # of each run with text: struck through or not; None: as the cell is
_WHOLE, _PART, _NONE = "whole", "part", ""


@dataclass(frozen=True, slots=True)
class Strikes:
    """What of a workbook is struck through.

    Args:
        styles: the numbers of the cell styles whose font is struck through.
        texts: shared string -> its runs, for those with runs of their own format.
    """

    styles: frozenset[str] = frozenset()
    texts: Mapping[int, Runs] = field(default_factory=dict)


def read_strikes(styles: bytes, texts: bytes) -> Strikes:
    """Return what the styles and the shared strings of a workbook strike through.

    Args:
        styles: the part ``styles.xml``.
        texts: the part ``sharedStrings.xml``.
    """
    struck = _read_styles(styles) if b"strike" in styles else frozenset[str]()
    if not struck and b"strike" not in texts:
        return Strikes()
    return Strikes(struck, _read_texts(texts) if re.search(rb"<(?:\w+:)?r[ >]", texts) else {})


def add_strikes(extras: SheetExtras, content: bytes, strikes: Strikes) -> SheetExtras:
    """Return the extras of a worksheet part with its struck cells."""
    styled = any(re.search(rb"s=[\"']%s[\"']" % number.encode(), content) for number in strikes.styles)
    if not (styled or strikes.texts or (b"strike" in content and b"<is>" in content)):
        return extras
    parser = _CellParser(strikes)
    parse_xml(content, parser.start, parser.end, parser.text)
    return replace(extras, struck=frozenset(parser.struck), partly_struck=frozenset(parser.partly))


def _is_on(attributes: dict[str, str]) -> bool:
    return attributes.get("val", "1") not in ("0", "false", "off")


def _read_styles(content: bytes) -> frozenset[str]:
    """Return the numbers of the ``xf`` of ``cellXfs`` whose font is struck through."""
    fonts: list[bool] = []
    styles: list[str] = []
    path: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        inside = path[-1] if path else ""
        if name == "font" and inside == "fonts":
            fonts.append(False)
        elif name == "strike" and path[-2:] == ["fonts", "font"]:
            fonts[-1] = _is_on(attributes)
        elif name == "xf" and inside == "cellXfs":
            styles.append(attributes.get("fontId", "0"))
        path.append(name)

    def end(_tag: str) -> None:
        path.pop()

    parse_xml(content, start, end)
    struck = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    return frozenset(str(number) for number, font in enumerate(styles) if font in struck)


class _Runs:
    """Handlers that note of each run of a text whether it is struck through."""

    def __init__(self) -> None:
        self.runs: list[bool | None] = []
        self._struck: bool | None = None
        self._in_text = self._has_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self._struck = None
        elif name == "rPr":
            self._struck = False
        elif name == "strike":
            self._struck = _is_on(attributes)
        elif name == "t":
            self._in_text, self._has_text = True, False

    def text(self, data: str) -> None:
        self._has_text = self._has_text or (self._in_text and bool(data.strip()))

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
            if self._has_text:
                self.runs.append(self._struck)
        elif name == "r":
            self._struck = None


def _read_texts(content: bytes) -> dict[int, Runs]:
    """Return shared string -> its runs, for those with a run of their own format."""
    found: dict[int, Runs] = {}
    number, runs = -1, _Runs()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal number, runs
        name = tag.rpartition(":")[2]
        if name == "si":
            number, runs = number + 1, _Runs()
        runs.start(name, attributes)

    def end(tag: str) -> None:
        name = tag.rpartition(":")[2]
        runs.end(name)
        if name == "si" and any(run is not None for run in runs.runs):
            found[number] = tuple(runs.runs)

    parse_xml(content, start, end, lambda data: runs.text(data))
    return found


def _degree(runs: Runs, style: bool) -> str:
    """Return how much of a text is struck through: the whole, a part, nothing."""
    struck = [style if run is None else run for run in runs] or [style]
    return _WHOLE if all(struck) else _PART if any(struck) else _NONE


class _CellParser:
    """Handlers that find the struck cells of a worksheet part."""

    def __init__(self, strikes: Strikes) -> None:
        self.struck: set[tuple[int, int]] = set()
        self.partly: set[tuple[int, int]] = set()
        self._strikes = strikes
        self._row = self._column = -1
        self._attributes: dict[str, str] = {}
        self._runs = _Runs()
        self._value = ""
        self._in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "c":
            cell = attributes.get("r")
            self._row, self._column = cell_position(cell) if cell else (self._row, self._column + 1)
            self._attributes, self._runs, self._value = attributes, _Runs(), ""
        self._in_value = name == "v" or (self._in_value and name != "c")
        self._runs.start(name, attributes)

    def text(self, data: str) -> None:
        if self._in_value:
            self._value += data
        self._runs.text(data)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._runs.end(name)
        if name == "v":
            self._in_value = False
        elif name == "c" and (self._value or self._runs.runs):
            runs: Runs = self._runs.runs
            if self._attributes.get("t") == "s" and self._value.strip().isdecimal():
                runs = self._strikes.texts.get(int(self._value), ())
            degree = _degree(runs, self._attributes.get("s", "0") in self._strikes.styles)
            if degree:
                (self.struck if degree == _WHOLE else self.partly).add((self._row, self._column))
