"""Recognises the marks of an annotated copy: its sheet of results, its column of remarks, its hidden name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

OWN_NAME = b"rosterkit_hasil"  # a hidden defined name that refers to the sheet of results, also when it is renamed
OWN_SHEET, OWN_COLUMN = "Hasil Periksa", "CATATAN ROSTERKIT"
OWN_TITLES = ("HASIL PERIKSA", "CHECK RESULT")  # the first cell of the sheet of results


def is_summary(name: str, rows: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet holds the results of an earlier check; a sheet of the sender may have the same name."""
    return name.startswith(OWN_SHEET) and bool(rows) and bool(rows[0]) and rows[0][0] in OWN_TITLES


def is_remark(value: object, row: int, messages: tuple[str, ...] = ()) -> bool:
    """Whether a cell of the column of remarks was written by an earlier check.

    Args:
        value: the cell.
        row: its row (from 0); a remark names a cell of its row.
        messages: the messages of the earlier check, as far as they are known; a remark begins with one of them.
    """
    if not isinstance(value, str):
        return False
    return value.startswith(messages) or re.search(rf"\b[A-Z]{{1,3}}{row + 1}\b", value) is not None


def is_copy(content: bytes) -> bool:
    """Whether a package is an annotated copy: its workbook has the hidden name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            books = [name for name in package.namelist() if name.lower().endswith("workbook.xml")]
            return any(OWN_NAME in package.read(name) for name in books)
    except Exception:  # whatever is wrong with the package, ``package.inspect`` reports it
        return False
