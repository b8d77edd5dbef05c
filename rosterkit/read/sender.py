"""Finds the sender of a roster (RT, RW, kelurahan, kecamatan or office) and its level in the chain of verification.

The document properties of a form are certain; then come the letterhead and the names of sheet, file and folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from rosterkit.frame.normalise.date_patterns import MONTH_OF
from rosterkit.model.roster import Sender, Table
from rosterkit.schema.spec import plain

_MONTHS = "|".join(word for word in MONTH_OF if len(word) >= 5 or word in ("MEI", "JUNI", "JULI"))
# Words of file names and titles that are no name, and end one.
_NO_NAME = (
    r"TAHUN|TH|PER|DAN|UNTUK|FINAL|REV|REVISI|FIX|COPY|SALINAN|TAHAP|USULAN|DATA|DAFTAR|VERIFIKASI|PERIKSA"
    rf"|{_MONTHS}"
)
_END_OF_NAME = (
    r"(?=\s+(?:KELURAHAN|KEL|DESA|KECAMATAN|KEC|RT|RW|RUKUN|KOTA|KAB|KABUPATEN|PROVINSI|BARU|LAMA|BULAN"
    rf"|{_NO_NAME}|\d+)\b|[,;:()/–]|\s-|$)"
)
_NAME = rf"[ .:]+(?!(?:{_NO_NAME})\b)([A-Z][A-Z.' ]*?)" + _END_OF_NAME
_RT_AND_RW = re.compile(
    r"\bRT[ ./]*RW[ .:]*0*(\d{1,3})\s*[/-]\s*0*(\d{1,3})\b|\bRT[ .:]*0*(\d{1,3})\s*/\s*0*(\d{1,3})\b"
)
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
_FOLDERS = 4  # names of so many folders above a file may name its sender


def find_sender(path: Path, table: Table, properties: Mapping[str, str]) -> Sender:
    """Return the sender of a table; what is not known of him is None.

    Args:
        path: the file.
        table: a roster in it.
        properties: the document properties of a form (see ``read.properties``).
    """
    known = {field.name: properties[field.name] for field in fields(Sender) if properties.get(field.name)}
    sender = Sender(**known)
    for text in _source_texts(path, table):
        sender = _fill_missing(sender, _parse_sender(text))
    return sender


def _source_texts(path: Path, table: Table) -> Iterator[str]:
    """Yield the texts that may name the sender, the most certain first."""
    for row in table.sheet.rows[table.top : min(table.header_rows, default=0)]:
        for cell in row:
            if isinstance(cell, str) and cell:
                yield cell
    yield table.sheet.name
    yield path.stem
    yield from path.parts[-2 : -2 - _FOLDERS : -1]


def _parse_sender(text: str) -> Sender:
    """Return the sender that a text names; numbers of RT and RW get three digits."""
    words = " ".join(text.upper().replace("_", " ").split())
    found: dict[str, str] = {}
    both = _RT_AND_RW.search(words)
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


def _fill_missing(sender: Sender, other: Sender) -> Sender:
    """Return a sender with the values of another one where it has none."""
    missing = {f.name: getattr(other, f.name) for f in fields(Sender) if getattr(sender, f.name) is None}
    return replace(sender, **missing)


def find_level(path: Path, chain: Sequence[str]) -> int | None:
    """Return the level (from 0) of a file in the chain of verification; None outside of its folders.

    The last folder above the file that is called after a level decides (``2-kelurahan``).
    """
    levels = {plain(level): number for number, level in enumerate(chain)}
    for part in reversed(path.parts[:-1]):
        level = levels.get(plain(re.sub(r"^\d+[ ._-]*", "", part)))
        if level is not None:
            return level
    return None
