"""The examples in rules: small Markdown tables whose cells may say what kind of cell they are.

``n:`` a number, ``d:`` a date, ``e:`` an error of Excel, ``f:`` a formula without a value, ``m:`` merged with the
cell above. Everything else is text.
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
    for number, row in enumerate(cells(table)):
        rows.append([])
        for column, cell in enumerate(row):
            kind, _colon, value = cell.partition(":")
            if kind not in _KINDS or not _colon:
                rows[-1].append(cell)
                continue
            rows[-1].append(float(value) if kind == "n" else dt.date.fromisoformat(value) if kind == "d" else "")
            if kind == "e":
                errors[number, column] = value
            elif kind == "f":
                formulas.add((number, column))
            elif kind == "m":
                merged.append((number - 1, column, number, column))
    return Sheet("Contoh", rows, merged=tuple(merged), marks=SheetMarks(errors, frozenset(formulas)))


EXAMPLE_PATH = Path("contoh.xlsx")


def _shown(cell: str) -> str:
    kind, colon, value = cell.partition(":")
    if kind in _KINDS and colon:
        return f"{value} ({_(_KINDS[kind])})".strip()
    return cell
