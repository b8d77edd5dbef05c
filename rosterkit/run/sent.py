"""Who was uploaded already: ``terunggah.json`` beside ``rosterkit.toml``, else beside the output folder, never in it.

NIKs are kept as keyed hashes, the key beside them: nobody reads them in passing, and a run can still tell who it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rosterkit.errors import UsageError
from rosterkit.files import remove_output, whole_file
from rosterkit.language import _
from rosterkit.read.workbook import read_workbook

FILE = "terunggah.json"
_VERSION = 1
_LARGEST = 200_000_000  # bytes; a million people take 35 MB
_NIK = re.compile(r"\d{16}")


@dataclass(frozen=True, slots=True)
class Sent:
    """Upload sheets that were sent.

    Args:
        key: of the hashes (hex).
        sheets: SHA-256 of a sheet -> its name, the day, and the hashes of its people.
    """

    key: str
    sheets: Mapping[str, tuple[str, dt.date, frozenset[str]]]

    def find(self, niks: Iterable[str]) -> dict[tuple[str, dt.date], int]:
        """Return how many of some people each sheet holds, by its name and day; somebody counts in the newest alone."""
        newest: dict[str, tuple[str, dt.date]] = {}
        for name, day, people in sorted(self.sheets.values(), key=lambda sheet: sheet[1]):
            newest |= dict.fromkeys(people, (name, day))
        counts: dict[tuple[str, dt.date], int] = {}
        for nik in niks if newest else ():
            sheet = newest.get(_hash(self.key, nik))
            if sheet:
                counts[sheet] = counts.get(sheet, 0) + 1
        return counts


def sent_file(project: Path | None, out: Path) -> Path:
    """Where it is kept."""
    return (project or out.parent) / FILE


def load_sent(path: Path) -> Sent:
    """Return what was sent; nothing where the file is not there.

    Raises:
        UsageError: the file is of a newer rosterkit, or damaged: somebody could be uploaded twice.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(path)
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["version"] != _VERSION:
            raise ValueError(document["version"])
        sheets = {
            str(digest): (str(one["name"]), dt.date.fromisoformat(one["when"]), frozenset(map(str, one["people"])))
            for digest, one in document["sheets"].items()
        }
        bytes.fromhex(document["key"])
        return Sent(document["key"], sheets)
    except FileNotFoundError:
        return Sent(secrets.token_hex(16), {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        text = _("{path} tidak bisa dibaca, atau dari rosterkit yang lebih baru. Pindahkan dulu, lalu tandai lagi.")
        raise UsageError(text.format(path=path)) from error


def mark_sent(sheet: Path, path: Path, today: dt.date, undo: bool = False) -> int:
    """Remember that an upload sheet was sent, or forget it again; return how many people it holds.

    Args:
        sheet: the upload sheet.
        path: where it is remembered.
        today: the day.
        undo: forget it.

    Raises:
        UsageError: it is no upload sheet, or was not marked.
        FileError: it cannot be read, or nothing can be written.
    """
    workbook = read_workbook(sheet)
    niks = {
        str(cell)
        for page in workbook.sheets
        for row in page.rows[1:]
        for at, cell in enumerate(row)
        if isinstance(cell, str) and _NIK.fullmatch(cell) and _is_identity(page.rows[0][at])
    }
    if not niks:
        raise UsageError(_("{path} bukan berkas unggah: tidak ada NIK di dalamnya.").format(path=sheet))
    known = load_sent(path)
    sheets = dict(known.sheets)
    if undo:
        if sheets.pop(workbook.sha256, None) is None:
            raise UsageError(_("{path} belum ditandai terunggah.").format(path=sheet))
    else:
        sheets[workbook.sha256] = (sheet.name, today, frozenset(_hash(known.key, nik) for nik in niks))
    if not sheets:
        remove_output(path)
        return len(niks)
    document = {
        digest: {"name": name, "when": day.isoformat(), "people": sorted(people)}
        for digest, (name, day, people) in sheets.items()
    }
    with whole_file(path) as target:
        target.write(json.dumps({"version": _VERSION, "key": known.key, "sheets": document}, indent=0).encode())
    return len(niks)


def _is_identity(header: object) -> bool:
    """Whether a column of an upload sheet holds NIKs, and no KK numbers."""
    words = re.sub(r"[^A-Z]", "", str(header).upper())
    return words in ("NIK", "NOMORIDENTITAS", "NOKTP", "NOMORKTP", "KTP", "NOMORNIK")


def _hash(key: str, nik: str) -> str:
    return hashlib.blake2b(nik.encode(), key=bytes.fromhex(key), digest_size=12).hexdigest()
