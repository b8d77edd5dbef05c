"""Reads ``pengirim.xlsx``: the senders of whom a list is expected.

Columns, in any order: Pengirim (a name), RT, RW, Kelurahan, Kecamatan, Dinas; at least one of them.
"""

from __future__ import annotations

import re
from pathlib import Path

from rosterkit.errors import FileError, UsageError
from rosterkit.language import _
from rosterkit.model.cells import Row
from rosterkit.model.roster import Awaited, Sender
from rosterkit.read.workbook import read_workbook
from rosterkit.schema.spec import plain

_COLUMNS = {
    "name": ("PENGIRIM", "NAMA PENGIRIM", "SENDER", "NAMA", "DARI"),
    "rt": ("RT", "NO RT"),
    "rw": ("RW", "NO RW"),
    "rt_rw": ("RT RW", "RTRW"),
    "kelurahan": ("KELURAHAN", "KEL", "DESA", "KELURAHAN DESA"),
    "kecamatan": ("KECAMATAN", "KEC"),
    "office": ("DINAS", "KANTOR", "INSTANSI", "OPD", "OFFICE"),
}


def read_senders(path: Path) -> list[Awaited]:
    """Read the senders of whom a list is expected, each with his name and what is known of his place.

    Raises:
        UsageError: the file cannot be read, or has no header with one of the columns and a line below it.
    """
    try:
        workbook = read_workbook(path)
    except FileError as error:
        raise UsageError(_("Daftar pengirim {path}: {message}").format(path=path, message=error.message)) from error
    names = {word: name for name, words in _COLUMNS.items() for word in words}
    for sheet in workbook.sheets:
        for number, row in enumerate(sheet.rows):
            columns = {
                names[plain(cell)]: column
                for column, cell in enumerate(row)
                if isinstance(cell, str) and plain(cell) in names
            }
            if columns:
                found = [_parse_row(line, columns) for line in sheet.rows[number + 1 :]]
                senders = [sender for sender in found if sender is not None]
                if senders:
                    return senders
    raise UsageError(
        _(
            "Daftar pengirim {path}: tidak ada isinya. Tulis satu pengirim sebaris dengan kolom Pengirim, RT, RW,"
            " Kelurahan, Kecamatan atau Dinas."
        ).format(path=path)
    )


def _parse_row(row: Row, columns: dict[str, int]) -> Awaited | None:
    """Return the sender of a row; None for an empty row."""
    cells = {name: _clean_text(row[column], name) if column < len(row) else "" for name, column in columns.items()}
    both = re.fullmatch(r"0*(\d{1,3})\s*/\s*0*(\d{1,3})", cells.pop("rt_rw", ""))
    if both:
        cells |= {"rt": both[1], "rw": both[2]}
    known = {name: value.zfill(3) if name in ("rt", "rw") else value for name, value in cells.items() if value}
    name = known.pop("name", "")
    sender = Sender(**known)
    return Awaited(name or str(sender), sender) if name or known else None


def _clean_text(cell: object, name: str) -> str:
    """Return a cell as text; numbers of RT and RW without the words RT and RW."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return re.sub(r"^(?:RT|RW)[ .]*", "", text, flags=re.I) if name in ("rt", "rw") else text
