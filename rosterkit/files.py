"""Files are written atomically: whole or not at all."""

from __future__ import annotations

import errno
import filecmp
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from rosterkit.errors import FileError
from rosterkit.language import _

_PREFIX = ".rosterkit-"
_STALE = 86_400  # seconds after which no run can still be writing a file
_WINDOWS = os.name == "nt"
_LONG = 240  # characters of a path from which Windows wants it marked as a long one (its limit is 260)
_MARK = "\\\\?\\"
_ATTEMPTS, _PAUSE = 6, 0.15  # a virus scanner or OneDrive may hold a new file for a moment; Excel holds one longer
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')  # in the name of a file on Windows
_DEVICE = re.compile(  # a name that Windows keeps for itself, also with something behind a dot
    r"^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?= *(?:\.|$))", re.IGNORECASE
)


@contextmanager
def whole_file(path: Path, durable: bool = True) -> Iterator[BinaryIO]:
    """Open a temporary file for writing and reading; it gets its name when the block ends without an error.

    So the file is never there half written (an atomic write). A file that says the same already stays as it is,
    with its time, also while it is open in Excel.

    Args:
        path: its name; folders above it are made.
        durable: wait until the disk has it (fsync); a short text that is easily made again does not need that.

    Raises:
        FileError: the folder cannot be written, the disk is full, or the file is open in Excel.
    """
    temporary = None
    path = long_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PREFIX, delete=False) as target:
            temporary = Path(target.name)
            yield cast(BinaryIO, target)
            target.flush()
            if _is_same(temporary, path):
                return
            refuse_open(path)
            if durable:
                os.fsync(target.fileno())
        temporary.chmod(0o644)
        _replace(temporary, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def _is_same(new: Path, old: Path) -> bool:
    """Whether two files hold the same bytes."""
    try:
        return not old.is_symlink() and old.is_file() and filecmp.cmp(new, old, shallow=False)
    except OSError:  # nobody may read the old one
        return False


def refuse_open(path: Path) -> None:
    """See that a result is not open in Excel or LibreOffice.

    Windows itself refuses to replace a file that is open. Elsewhere, as on a share, its owner file beside it tells.

    Raises:
        OSError: it is open.
    """
    if os.name == "nt":
        return
    for owner in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if owner.exists():
            raise OSError(errno.EBUSY, _("sedang dibuka: ada {name}").format(name=owner.name))


def user_folder() -> Path:
    """Return the folder of what rosterkit keeps for a user beside her projects: the desk's log, what she allows.

    It is ``.rosterkit`` in her home, or what ``ROSTERKIT_HOME`` says.

    Raises:
        RuntimeError: nobody knows where her home is.
    """
    given = os.environ.get("ROSTERKIT_HOME")
    return Path(given) if given else Path.home() / ".rosterkit"


def cache_folder() -> Path:
    """Return the folder of what is quickly made again: the user's cache, or ``cache`` in what ``ROSTERKIT_HOME`` says.

    Raises:
        RuntimeError: nobody knows where her home is.
    """
    given = os.environ.get("ROSTERKIT_HOME")
    if given:
        return Path(given) / "cache"
    base = os.environ.get("LOCALAPPDATA" if _WINDOWS else "XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "rosterkit"  # noqa: PTH117 # of a text


def write_private(path: Path, content: bytes) -> None:
    """Write a small file that only its user may read; whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _replace(temporary: Path, path: Path) -> None:
    """Give a file its name; on Windows a few times, as somebody may hold the older one just now."""
    for attempt in range(_ATTEMPTS if _WINDOWS else 1, 0, -1):
        try:
            temporary.replace(path)
            return
        except PermissionError:
            if attempt == 1:
                raise
            time.sleep(_PAUSE)


def long_path(path: Path, windows: bool = _WINDOWS) -> Path:
    """Return a path that Windows takes although it is long; any other is returned as it is."""
    if not windows or len(text := os.path.abspath(path)) < _LONG or text.startswith(_MARK):  # noqa: PTH100 # no links
        return path
    return Path(f"{_MARK}UNC\\{text[2:]}" if text.startswith("\\\\") else _MARK + text)


def portable_name(name: str, instead: str = "_") -> str:
    """Return the name that a file may have on any system: Windows refuses some signs, ends and names.

    Args:
        name: without a suffix.
        instead: what stands for signs that it refuses.
    """
    clean = _FORBIDDEN.sub(instead, name).rstrip(". ")
    return _DEVICE.sub(r"\1_", clean)


def real_path(path: Path) -> Path:
    """Return where a path leads; links that lead in a circle are left as they are, and no error."""
    try:
        real = os.path.realpath(long_path(path))
    except OSError:  # Windows, which finds it too long all the same
        real = os.path.abspath(path)  # noqa: PTH100 # without asking Windows
    return Path(real.replace(_MARK + "UNC\\", "\\\\", 1).removeprefix(_MARK) if _WINDOWS else real)


def path_order(path: Path) -> tuple[list[str], tuple[str, ...]]:
    """Return the key by which paths are sorted: by folder, without regard to case, the same on every system."""
    return [part.casefold() for part in path.parts], path.parts


def is_temporary(path: Path) -> bool:
    """Whether a file is one that is being written, or was when its run was killed."""
    return path.name.startswith(_PREFIX)


def remove_stale_temporary(folder: Path) -> None:
    """Remove the temporary files that killed runs left in a folder more than a day ago; other files stay."""
    for path in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if path.is_file() and time.time() - path.stat().st_mtime > _STALE:
                path.unlink()


def remove_output(path: Path) -> None:
    """Take away an output of an earlier run; nothing where it is not there.

    Raises:
        FileError: it is open in Excel, or the folder cannot be written.
    """
    try:
        path = long_path(path)
        if path.exists():
            refuse_open(path)
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> FileError:
    """Return the failure for an output that cannot be written."""
    return FileError(
        "cannot-write",
        _(
            "Hasil tidak bisa ditulis ke {path} ({reason}). Tutup berkas itu di Excel, cek ruang disk dan izin"
            " folder, lalu periksa lagi."
        ).format(path=path, reason=error.strerror or error),
    )
