"""The examples in rules: small Markdown tables whose cells may say what kind of cell they are.

``n:`` a number, ``d:`` a date, ``e:`` an error of Excel, ``f:`` a formula without a value, ``m:`` merged with the
cell above, ``h:`` a text in a hidden row. Everything else is text.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rosterkit.language import _, later
from rosterkit.model import Sheet, SheetMarks

_KINDS = {
    "n": later("angka"),
    "d": later("tanggal"),
    "e": later("galat"),
    "f": later("rumus tanpa hasil"),
    "m": later("sel gabungan"),
    "h": later("baris tersembunyi"),
}


def cells(table: str) -> list[list[str]]:
    """The cells of a Markdown table as written, header first."""
    lines = [line.strip() for line in table.strip().splitlines()]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for number, row in enumerate(rows) if number != 1]


def as_shown(table: str) -> list[list[str]]:
    """The cells for people: the kind in words behind the value."""
    return [[_shown(cell) for cell in row] for row in cells(table)]


def as_sheet(table: str) -> Sheet:
    """The table as a sheet that the pipeline can read, header in row 0."""
    rows: list[list[object]] = []
    errors: dict[tuple[int, int], str] = {}
    formulas: set[tuple[int, int]] = set()
    merged: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    for number, row in enumerate(cells(table)):
        rows.append([])
        for column, cell in enumerate(row):
            kind, _colon, value = cell.partition(":")
            if kind not in _KINDS or not _colon:
                rows[-1].append(cell)
                continue
            rows[-1].append(_value(kind, value))
            if kind == "e":
                errors[number, column] = value
            elif kind == "f":
                formulas.add((number, column))
            elif kind == "m":
                merged.append((number - 1, column, number, column))
            elif kind == "h":
                hidden.add(number)
    marks = SheetMarks(errors, frozenset(formulas), hidden_rows=frozenset(hidden))
    return Sheet("Contoh", rows, merged=tuple(merged), marks=marks)


def _value(kind: str, text: str) -> object:
    if kind == "n":
        return float(text)
    if kind == "d":
        return dt.date.fromisoformat(text)
    return text if kind == "h" else ""


EXAMPLE_PATH = Path("contoh.xlsx")


def _shown(cell: str) -> str:
    kind, colon, value = cell.partition(":")
    if kind in _KINDS and colon:
        return f"{value} ({_(_KINDS[kind])})".strip()
    return cell
