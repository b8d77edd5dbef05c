"""How our own marks in a workbook are recognised."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

OWN_NAME = b"rosterkit_hasil"  # a hidden name in our copies, which leads to our sheet, whatever it is called later
OWN_SHEET, OWN_COLUMN = "Hasil Periksa", "CATATAN ROSTERKIT"
OWN_TITLES = ("HASIL PERIKSA", "CHECK RESULT")  # what our sheet says in its first cell


def is_summary(name: str, rows: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet is the one with the results of an earlier check; a sender's own may be called the same."""
    return name.startswith(OWN_SHEET) and bool(rows) and bool(rows[0]) and rows[0][0] in OWN_TITLES


def is_remark(value: object, row: int, said: tuple[str, ...] = ()) -> bool:
    """Whether a text in our column is a remark of an earlier check: it was said then, or names a cell of its row."""
    if not isinstance(value, str):
        return False
    return value.startswith(said) or re.search(rf"\b[A-Z]{{1,3}}{row + 1}\b", value) is not None


def is_copy(content: bytes) -> bool:
    """Whether a package is a copy that we marked: its workbook has our hidden name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            books = [name for name in package.namelist() if name.lower().endswith("workbook.xml")]
            return any(OWN_NAME in package.read(name) for name in books)
    except Exception:  # whatever is wrong with it, the look into it says so
        return False
