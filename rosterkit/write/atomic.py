"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.language import _


def write_file(path: Path, content: bytes) -> None:
    """Write a file by way of a temporary one in the same folder.

    Raises:
        FileError: the folder cannot be written, the disk is full, or the file is open in Excel.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".rosterkit-", delete=False) as target:
            temporary = Path(target.name)
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise FileError(
            "cannot-write",
            _(
                "Hasil tidak bisa ditulis ke {path} ({reason}). Tutup berkas itu di Excel, periksa ruang disk dan izin"
                " folder, lalu periksa lagi."
            ).format(path=path, reason=error.strerror or error),
        ) from error
