"""The examples in rules: small Markdown tables whose cells may say what kind of cell they are.

``n:`` a number, ``d:`` a date, ``e:`` an error of Excel, ``f:`` a formula without a value, ``m:`` merged with the
cell above, ``h:`` a text in a hidden row, ``s:`` a text that is struck through, ``q:`` a text whose quote may swallow
the next line of a CSV file. Everything else is text.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rosterkit.language import N_, _
from rosterkit.model.cells import Sheet, SheetExtras, Swallowed

EXAMPLE_PATH = Path("contoh.xlsx")
FILE_COLUMN = "Berkas"
_KINDS = {
    "n": N_("angka"),
    "d": N_("tanggal"),
    "e": N_("error Excel"),
    "f": N_("rumus tanpa hasil"),
    "m": N_("sel gabungan"),
    "h": N_("baris tersembunyi"),
    "s": N_("dicoret"),
    "q": N_("tanda kutip tanpa pasangan"),
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
    struck: set[tuple[int, int]] = set()
    swallowed: list[Swallowed] = []
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
            elif kind == "s":
                struck.add((number, column))
            elif kind == "q":
                swallowed.append(Swallowed(number, column, number + 1, 1))
    extras = SheetExtras(
        errors,
        frozenset(formulas),
        hidden_rows=frozenset(hidden),
        struck=frozenset(struck),
        swallowed=tuple(swallowed),
    )
    return Sheet("Contoh", rows, merged=tuple(merged), extras=extras)


def as_sheets(table: str) -> list[tuple[Path, Sheet]]:
    """The table as the sheets of the files that its first column names (``Berkas``), each row where it stands."""
    head, *rows = cells(table)
    if head[0] != FILE_COLUMN:
        return [(EXAMPLE_PATH, as_sheet(table))]
    sheets = []
    for name in dict.fromkeys(row[0] for row in rows):
        own = [row[1:] if row[0] == name else [""] * (len(row) - 1) for row in rows]
        lines = [head[1:], ["---"] * (len(head) - 1), *own]
        sheets.append((Path(name), as_sheet("\n".join(f"| {' | '.join(line)} |" for line in lines))))
    return sheets


def _value(kind: str, text: str) -> object:
    if kind == "n":
        return float(text)
    if kind == "d":
        return dt.date.fromisoformat(text)
    return text if kind in "hqs" else ""


def _shown(cell: str) -> str:
    kind, colon, value = cell.partition(":")
    if kind in _KINDS and colon:
        return f"{value} ({_(_KINDS[kind])})".strip()
    return cell
