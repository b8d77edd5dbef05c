"""Two readers must see in a copy, at the sender's cells, what they see in the original."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from rosterkit.model.cells import cell_name
from rosterkit.model.report import ReadFile
from rosterkit.read.own_marks import OWN_COLUMNS
from tests.fuzz.cases import Case
from tests.fuzz.package_changes import read as read_parts

# What openpyxl does not know: it overlooks the parts then, in the original and in the copy.
UNKNOWN = {"upper_case", "backslashes", "leading_slashes"}
Cells = dict[str, list[list[Any]]]


def different_values(case: Case, copy: Path, read: ReadFile) -> Iterator[str]:
    """Yield the first cell of each sheet at which a reader sees another value in the copy."""
    if read.kind == "xlsx":
        for reader in (by_calamine, by_openpyxl):
            if reader == by_openpyxl and (not UNKNOWN.isdisjoint(case.done) or _is_endless(case.path)):
                continue
            old = _try(reader, case.path)
            if old is None:
                continue
            new = _try(reader, copy)
            if new is None and case.readable:
                yield f"{reader.__name__} opens the original, and not its copy"
            elif new is not None:
                yield from (f"{reader.__name__}: {text}" for text in compare(old, new))
    elif _try(by_openpyxl, copy) is None:
        yield "openpyxl does not open the copy"


def _is_endless(path: Path) -> bool:
    """Whether an area covers whole columns: openpyxl makes all its cells."""
    try:
        return any(b"1048576" in data or b'"A:A"' in data for _name, data in read_parts(path).parts)
    except Exception:  # whatever no reader opens
        return True


def _try(reader: Any, path: Path) -> Cells | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cells: Cells = reader(path)
            return cells
    except Exception:
        return None


def by_calamine(path: Path) -> Cells:
    book = python_calamine.load_workbook(str(path))
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}


def by_openpyxl(path: Path) -> Cells:
    with path.open("rb") as file:  # which openpyxl leaves open where it cannot read it
        book = openpyxl.load_workbook(file)
    return {
        page.title: [[*map(_plain, row)] for row in page.iter_rows(values_only=True)]
        for page in book.worksheets
        if page.max_row * page.max_column < 1_000_000
    }


def _plain(value: Any) -> Any:
    """Return a value that can be compared: the formula of an array, nothing as an empty text."""
    return "" if value is None else getattr(value, "text", value)


def compare(old: Cells, new: Cells) -> Iterator[str]:
    """Yield the first cell of each sheet that differs; cells of our own columns were empty."""
    for name, rows in old.items():
        if name not in new:
            yield f"sheet {name} is gone"
            continue
        for number, row in enumerate(rows):
            fresh = new[name][number] if number < len(new[name]) else []
            differing = (at for at, value in enumerate(row) if _differs(value, fresh, at))
            found = next((at for at in differing if not _is_own(new[name], at)), None)
            if found is not None:
                yield f"{name}!{cell_name(number, found)} was {row[found]!r}"
                break


def _differs(value: Any, fresh: list[Any], at: int) -> bool:
    other = fresh[at] if at < len(fresh) else ""
    return other != value and not (value != value and other != other)  # NaN


def _is_own(rows: list[list[Any]], column: int) -> bool:
    return any(column < len(row) and row[column] in OWN_COLUMNS for row in rows)
