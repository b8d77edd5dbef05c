"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from rosterkit.errors import FileError
from rosterkit.language import _

_PREFIX = ".rosterkit-"
_OLD = 86_400  # seconds after which no run can still be writing a file


@contextmanager
def whole_file(path: Path, durable: bool = True) -> Iterator[BinaryIO]:
    """A file to write and read, which gets its name only when the block ends well; there is a half one never.

    ``durable`` waits until the disk has it, which a text that is made again in no time does not need.

    Raises:
        FileError: the folder cannot be written, the disk is full, or the file is open in Excel.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PREFIX, delete=False) as target:
            temporary = Path(target.name)
            yield cast(BinaryIO, target)
            target.flush()
            if durable:
                os.fsync(target.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def forget_half(path: Path) -> None:
    """Take away what a killed run has left half written, a day later."""
    if path.name.startswith(_PREFIX) and path.is_file() and time.time() - path.stat().st_mtime > _OLD:
        with suppress(OSError):
            path.unlink()


def cannot_write(path: Path, error: OSError) -> FileError:
    """The failure for an output that cannot be written."""
    return FileError(
        "cannot-write",
        _(
            "Hasil tidak bisa ditulis ke {path} ({reason}). Tutup berkas itu di Excel, periksa ruang disk dan izin"
            " folder, lalu periksa lagi."
        ).format(path=path, reason=error.strerror or error),
    )
