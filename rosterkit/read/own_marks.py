"""Recognises the marks of an annotated copy: its sheet of results, column of remarks, notes, and hidden name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model.cells import Origin, Sheet
from rosterkit.read.zip_errors import open_package

OWN_NAME = b"rosterkit_hasil"  # a hidden defined name that refers to the sheet of results, also when it is renamed
OWN_SHEET, OWN_COLUMN, OWN_STATUS = "Hasil Periksa", "CATATAN ROSTERKIT", "STATUS ROSTERKIT"
OWN_COLUMNS = (OWN_COLUMN, OWN_STATUS)  # their headers
OWN_TITLES = ("HASIL PERIKSA", "CHECK RESULT")  # the first cell of the sheet of results
MADE_FROM = re.compile(r": (.+), SHA-256 ([0-9a-f]{64})")  # "Berkas asal: NAME, SHA-256 HASH", in any language
_SEARCH = 1_000  # rows of a sheet in which the header of the column of remarks is looked for
_MAX_PART = 20_000_000  # bytes of a part that is looked through
_COMMENTS = re.compile(r"comments?\d*\.xml$", re.I)  # notes, and threaded comments
_OWN_NOTE = re.compile(rb"author>\s*rosterkit\s*<")


def is_summary(name: str, rows: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet holds the results of an earlier check, also a renamed one.

    A sheet of the sender may have the same name, or the same title.
    """
    if not (rows and rows[0] and rows[0][0] in OWN_TITLES):
        return False
    return name.startswith(OWN_SHEET) or any(row and MADE_FROM.search(str(row[0])) for row in rows)


def find_made_from(rows: Iterable[Sequence[object]]) -> tuple[str, str]:
    """Return name and hash of the original, as the last rows of a sheet of results tell them; empty: they do not."""
    for row in rows:
        found = MADE_FROM.search(str(row[0])) if row else None
        if found:
            return found[1], found[2]
    return "", ""


def without_results(sheets: tuple[Sheet, ...]) -> tuple[tuple[Sheet, ...], Origin | None]:
    """Return sheets without ours of results, and what it says that the copy was made from (None: it is no copy)."""
    results = [sheet for sheet in sheets if is_summary(sheet.name, sheet.rows)]
    if not results:
        return sheets, None
    others = tuple(sheet for sheet in sheets if not is_summary(sheet.name, sheet.rows))
    made_from = next((found for sheet in results if all(found := find_made_from(sheet.rows))), ("", ""))
    return others, Origin(*made_from, edited=True)


def results_alone() -> FileError:
    """Return the failure for a copy of which only our sheet of results is left."""
    return FileError(
        "results-alone",
        _(
            "Di berkas ini hanya ada lembar Hasil Periksa: daftarnya tidak ikut tersimpan, misalnya karena disimpan"
            " sebagai CSV. Minta pengirim menyimpan salinan bertanda sebagai .xlsx, lalu mengirim ulang."
        ),
    )


def has_marks(sheets: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> bool:
    """Whether sheets, by name and rows, show marks: the sheet of results, or the header of the column of remarks."""
    return any(
        is_summary(name, rows) or any(is_own_header(row) for row in islice(rows, _SEARCH)) for name, rows in sheets
    )


def is_own_header(row: Sequence[object]) -> bool:
    """Whether a row holds the header of a column of ours."""
    return any(header in row for header in OWN_COLUMNS)


def is_copy(content: bytes) -> bool:
    """Whether a package is an annotated copy: its workbook has the hidden name, or a sheet has our notes."""
    try:
        with open_package(content) as package:
            names = [info for info in package.infolist() if info.file_size < _MAX_PART]
            books = [info for info in names if info.filename.lower().endswith("workbook.xml")]
            notes = [info for info in names if _COMMENTS.search(info.filename)]
            return any(OWN_NAME in package.read(info) for info in books) or any(
                _OWN_NOTE.search(package.read(info)) for info in notes
            )
    except Exception:  # whatever is wrong with the package, ``package.inspect`` reports it
        return False
