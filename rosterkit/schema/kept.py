"""Keeps in the user's cache what was made of a schema file, so that the next start needs neither YAML nor pydantic.

A file there is called after a hash of all that it was made of; it may be deleted at any time. Nobody is told where the
cache cannot be used: then everything is made again.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from rosterkit import __version__
from rosterkit.files import cache_folder, write_private

_MOST = 200  # files; the oldest go
_LARGEST = 4_000_000  # bytes of a file
_HEAD, _BETWEEN = '{"sha256": "', '", "made": '
_START = len(_HEAD) + 64 + len(_BETWEEN)
_DAY = "$day"


def key_of(kind: str, content: bytes) -> str:
    """Return the name of what is made of some content, by this version of rosterkit."""
    return hashlib.sha256(f"{_maker()}\0{kind}\0".encode() + content).hexdigest()


@cache
def _maker() -> str:
    """What makes it: the version, and in a checkout the state of the models."""
    files = sorted((path.name, path.stat().st_mtime_ns) for path in Path(__file__).parent.glob("*.py"))
    return f"{__version__} {files}"


def recall(key: str) -> Any:
    """Return what was kept; None where nothing is, or something that this user has not kept."""
    try:
        text = _read(_folder() / f"{key}.json")
        made = text[_START:-1]
        return json.loads(made, object_hook=_with_days) if text == _sealed(key, made) else None
    except (OSError, RuntimeError, ValueError, TypeError, RecursionError):
        return None


def remember(key: str, made: Any) -> None:
    """Keep what was made, where it can be kept and would come back as it is.

    Args:
        key: see ``key_of``.
        made: texts, numbers, days, lists and mappings.
    """
    with suppress(OSError, RuntimeError, ValueError, TypeError, RecursionError):
        text = json.dumps(made, default=_as_day)
        if repr(json.loads(text, object_hook=_with_days)) == repr(made):
            path = _folder(make=True) / f"{key}.json"
            write_private(path, _sealed(key, text).encode())
            _forget_oldest(path.parent)


def _sealed(key: str, made: str) -> str:
    """A text with a checksum of it and of its key: what is damaged, or lies under another name, does not fit."""
    return f"{_HEAD}{hashlib.sha256(f'{key}{made}'.encode()).hexdigest()}{_BETWEEN}{made}}}"


def _folder(make: bool = False) -> Path:
    """The folder, which nobody else may write.

    Raises:
        OSError: it is not there, is somebody else's, or others may write it.
    """
    folder = cache_folder() / "schemas"
    if make:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _require_own(folder.lstat(), stat.S_ISDIR)
    return folder


def _read(path: Path) -> str:
    """The text of a file that this user alone has written."""
    with path.open(encoding="ascii") as file:
        state = os.fstat(file.fileno())
        _require_own(state, stat.S_ISREG)
        return file.read(_LARGEST)


def _require_own(state: os.stat_result, is_kind: Callable[[int], bool]) -> None:
    """See that a folder or file is this user's; on Windows her folders are hers alone."""
    own = os.name == "nt" or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
    if not own or not is_kind(state.st_mode):
        raise PermissionError(errno.EACCES, "not this user's alone")


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in files[:-_MOST]:
        path.unlink(missing_ok=True)


def _as_day(value: object) -> dict[str, str]:
    if type(value) is not dt.date:
        raise TypeError(value)
    return {_DAY: value.isoformat()}


def _with_days(found: dict[str, Any]) -> Any:
    return dt.date.fromisoformat(found[_DAY]) if found.keys() == {_DAY} else found
