"""``pengirim.xlsx``: who should send a list, against what came.

Columns, in any order: Pengirim (a name), RT, RW, Kelurahan, Kecamatan, Dinas; at least one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from rosterkit.errors import FileError, UsageError
from rosterkit.language import _
from rosterkit.model.cells import Row
from rosterkit.model.report import FileReport
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
_VERSION = re.compile(
    r"\b(?:FINAL|FIX|REV|REVISI|COPY|SALINAN|COPY OF|SALINAN DARI|BARU|LAMA|NEW|OLD|PERIKSA|V)\s*\d*\b|\(\d+\)|\bOF\b",
    re.I,
)


def read_senders(path: Path) -> list[Awaited]:
    """Read who should send a list.

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
                names[plain(cell)]: at for at, cell in enumerate(row) if isinstance(cell, str) and plain(cell) in names
            }
            if columns:
                found = [_awaited(line, columns) for line in sheet.rows[number + 1 :]]
                senders = [one for one in found if one is not None]
                if senders:
                    return senders
    raise UsageError(
        _(
            "Daftar pengirim {path}: tidak ada isinya. Tulis satu pengirim sebaris dengan kolom Pengirim, RT, RW,"
            " Kelurahan, Kecamatan atau Dinas."
        ).format(path=path)
    )


def _awaited(row: Row, columns: dict[str, int]) -> Awaited | None:
    cells = {name: _text(row[at], name) if at < len(row) else "" for name, at in columns.items()}
    both = re.fullmatch(r"0*(\d{1,3})\s*/\s*0*(\d{1,3})", cells.pop("rt_rw", ""))
    if both:
        cells |= {"rt": both[1], "rw": both[2]}
    known = {name: value.zfill(3) if name in ("rt", "rw") else value for name, value in cells.items() if value}
    name = known.pop("name", "")
    sender = Sender(**known)
    return Awaited(name or str(sender), sender) if name or known else None


def _text(cell: object, name: str) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return re.sub(r"^(?:RT|RW)[ .]*", "", text, flags=re.I) if name in ("rt", "rw") else text


def match_senders(awaited: Sequence[Awaited], files: Sequence[FileReport]) -> tuple[Awaited, ...]:
    """Give every awaited sender the files that hold a list of his; a list that could be of several is of none."""
    came: dict[int, list[Path]] = {number: [] for number in range(len(awaited))}
    for file in files:
        for sender in file.senders.values() or (Sender(),):
            fitting = [number for number, one in enumerate(awaited) if _fits(one, sender, file.path)]
            if len(fitting) == 1 and file.path not in came[fitting[0]]:
                came[fitting[0]].append(file.path)
    return tuple(replace(one, files=tuple(path.name for path in came[at])) for at, one in enumerate(awaited))


def _fits(one: Awaited, sender: Sender, path: Path) -> bool:
    """Whether a list may be of a sender: nothing that both know differs, and the narrowest thing known is the same."""
    told = {f.name: (getattr(one.sender, f.name), getattr(sender, f.name)) for f in fields(Sender)}
    if any(own and other and plain(own) != plain(other) for own, other in told.values()):
        return False
    asked = [name for name in ("rt", "rw", "kelurahan", "kecamatan", "office") if told[name][0]]
    if not asked:
        words = plain(one.name)
        return bool(words) and words in plain(path.stem)
    if asked[0] != "rt" and sender.rt:
        return False  # a list of one RT is not the list of its kelurahan
    return told[asked[0]][1] is not None


def versions(files: Sequence[FileReport]) -> list[tuple[str, ...]]:
    """Files whose names say that they are versions of one another: "RT 03", "RT 03 final (1)"."""
    groups: dict[tuple[Path, str], list[str]] = {}
    for file in files:
        stem = plain(_VERSION.sub(" ", file.path.stem.replace("_", " ").replace(".", " ")))
        groups.setdefault((file.path.parent, stem), []).append(file.path.name)
    return [tuple(names) for names in groups.values() if len(names) > 1]
