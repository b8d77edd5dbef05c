"""Takes what is dropped on the page: cleans its name, bounds its size, and never writes over a file."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from typing import Literal

from rosterkit.settings import DECISIONS, EXCEPTIONS

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
MOST_BYTES = 64 << 20  # of one file
_DEEPEST = 12  # folders
_LONGEST = 120  # characters of a name
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?=\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')
_DRIVE = re.compile(r"^[A-Za-z]:")
_placing = threading.Lock()

Stored = Literal["new", "same", "other"]  # a new file, one that is there already, one whose name another file has


class TooLargeError(Exception):
    """A file of more than ``MOST_BYTES``."""


def clean_name(name: str) -> PurePosixPath | None:
    """Return the path in the inbox of a file that is dropped; None where it leads elsewhere, or is no list.

    Signs that Windows does not take become ``_``; a name of a device (``CON.xlsx``) gets one in front.
    """
    parts = name.replace("\\", "/").split("/")
    if len(parts) > _DEEPEST or _DRIVE.match(name) or any(part in ("", ".", "..") for part in parts):
        return None
    cleaned = [_clean_part(part) for part in parts]
    path = PurePosixPath(*cleaned)
    is_own = path.name in (EXCEPTIONS, DECISIONS) or any(part == "hasil" for part in cleaned[:-1])
    is_hidden = any(part.startswith((".", "~$")) for part in cleaned)
    if path.suffix.lower() not in SUFFIXES or is_own or is_hidden or any(not part.strip("_") for part in cleaned):
        return None
    return path


def _clean_part(part: str) -> str:
    part = _FORBIDDEN.sub("_", part).strip().rstrip(". ")
    part = f"_{part}" if _DEVICES.match(part) else part
    suffix = PurePosixPath(part).suffix if len(PurePosixPath(part).suffix) < 8 else ""
    return part[: _LONGEST - len(suffix)].removesuffix(suffix).rstrip(". ") + suffix


async def store(
    inbox: Path, name: PurePosixPath, content: AsyncIterator[bytes], as_version: bool
) -> tuple[Stored, Path]:
    """Store a dropped file whole or not at all; return how, and where its contents lie now.

    Args:
        inbox: the folder of lists.
        name: as ``clean_name`` gives it.
        content: its bytes.
        as_version: a file whose name is in use by another one gets a number; else it is not stored.

    Raises:
        TooLargeError: it is too large.
        OSError: it cannot be stored, as the disk is full or the folder gone.
    """
    if not inbox.is_dir():
        raise FileNotFoundError(str(inbox))
    target, size, digest = inbox / name, 0, hashlib.sha256()
    handle, partial = tempfile.mkstemp(dir=inbox, prefix=".rosterkit-")
    try:
        with os.fdopen(handle, "wb") as out:
            async for chunk in content:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise TooLargeError
                digest.update(chunk)
                out.write(chunk)
        with _placing:
            return _place(Path(partial), target, digest.hexdigest(), as_version)
    finally:
        Path(partial).unlink(missing_ok=True)


def _place(partial: Path, target: Path, digest: str, as_version: bool) -> tuple[Stored, Path]:
    """Give a stored file its name, where no other file has it."""
    free, number = target, 1
    while free.exists():
        if free.is_file() and hashlib.sha256(free.read_bytes()).hexdigest() == digest:
            return "same", free
        if not as_version:
            return "other", free
        number += 1
        free = target.with_name(f"{target.stem} {_version(target.stem, number)}{target.suffix}")
    free.parent.mkdir(parents=True, exist_ok=True)
    partial.chmod(0o644)
    partial.replace(free)
    return "new", free


def _version(stem: str, number: int) -> str:
    """How a newer version is called, so that a check knows it for one; copies of ours are known by their content."""
    return f"({number})" if stem.endswith(".periksa") else f"rev {number}"
