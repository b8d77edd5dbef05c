"""Where a list comes from: RT, RW, kelurahan, kecamatan or office, and how far it has come in the chain.

The mark of a form says it for certain; else the letterhead is asked, then the names of sheet, file and folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from rosterkit.model.roster import Sender, Table
from rosterkit.schema.spec import plain

_STOP = (
    r"(?=\s+(?:KELURAHAN|KEL|DESA|KECAMATAN|KEC|RT|RW|RUKUN|KOTA|KAB|KABUPATEN|PROVINSI|TAHUN|TH|PER|DAN|UNTUK|FINAL|REV"
    r"|REVISI|FIX|BARU|LAMA|COPY|SALINAN|TAHAP|BULAN|USULAN|DATA|DAFTAR|VERIFIKASI|PERIKSA|\d+)\b|[,;:()/–]|\s-|$)"
)
_NAME = r"[ .:]+([A-Z][A-Z.' ]*?)" + _STOP
_BOTH = re.compile(r"\bRT[ ./]*RW[ .:]*0*(\d{1,3})\s*[/-]\s*0*(\d{1,3})\b|\bRT[ .:]*0*(\d{1,3})\s*/\s*0*(\d{1,3})\b")
_PATTERNS = {
    "rt": re.compile(r"\b(?:RT|RUKUN TETANGGA)[ .:]*0*(\d{1,3})\b"),
    "rw": re.compile(r"\b(?:RW|RUKUN WARGA)[ .:]*0*(\d{1,3})\b"),
    "kelurahan": re.compile(r"\b(?:KELURAHAN|KEL|DESA)" + _NAME),
    "kecamatan": re.compile(r"\b(?:KECAMATAN|KEC)" + _NAME),
    "office": re.compile(
        r"\b((?:DINAS|BADAN|BAGIAN|SEKRETARIAT|PAGUYUBAN|UPT|PUSKESMAS|YAYASAN|PERUSAHAAN|PABRIK|KOPERASI|PT|CV)\b"
        r"[A-Z0-9 .&'-]{2,50})"
    ),
}
_FOLDERS = 4  # folders above a file that may tell where it comes from


def find_sender(path: Path, table: Table, mark: Mapping[str, str]) -> Sender:
    """Where the list of a sheet comes from, as far as anything tells."""
    known = {field.name: mark[field.name] for field in fields(Sender) if mark.get(field.name)}
    sender = Sender(**known)
    for text in _tellers(path, table):
        sender = _joined(sender, _read(text))
    return sender


def _tellers(path: Path, table: Table) -> Iterator[str]:
    """The texts that may tell, the surest first."""
    for row in table.sheet.rows[: min(table.header_rows, default=0)]:
        for cell in row:
            if isinstance(cell, str) and cell:
                yield cell
    yield table.sheet.name
    yield path.stem
    yield from path.parts[-2 : -2 - _FOLDERS : -1]


def _read(text: str) -> Sender:
    words = " ".join(text.upper().replace("_", " ").split())
    found: dict[str, str] = {}
    both = _BOTH.search(words)
    if both:
        found["rt"], found["rw"] = both[1] or both[3], both[2] or both[4]
    for name, pattern in _PATTERNS.items():
        match = pattern.search(words)
        if match:
            found.setdefault(name, match[1].strip(" .'-"))
    for name in ("rt", "rw"):
        if name in found:
            found[name] = found[name].zfill(3)
    return Sender(**{name: value if name in ("rt", "rw") else value.title() for name, value in found.items() if value})


def _joined(sender: Sender, more: Sender) -> Sender:
    """What one text does not tell, the next may."""
    missing = {f.name: getattr(more, f.name) for f in fields(Sender) if getattr(sender, f.name) is None}
    return replace(sender, **missing)


def find_level(path: Path, chain: Sequence[str]) -> int | None:
    """How far a file has come: the last folder above it that is called after a level (``2-kelurahan``)."""
    levels = {plain(level): number for number, level in enumerate(chain)}
    for part in reversed(path.parts[:-1]):
        level = levels.get(plain(re.sub(r"^\d+[ ._-]*", "", part)))
        if level is not None:
            return level
    return None
