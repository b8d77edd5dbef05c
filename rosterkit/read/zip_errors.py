"""Opening a zip archive, and what reading a damaged one may raise."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from contextlib import AbstractContextManager, nullcontext

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    LookupError,  # also an encoding that nobody knows
    RuntimeError,  # an entry with a password, or a method that is not known
    OSError,
    ValueError,
)

_SMALL = 5_000_000  # bytes: of small packages the last one stays open, as several look into it
_last: list[tuple[bytes, zipfile.ZipFile]] = []


def open_package(content: bytes) -> AbstractContextManager[zipfile.ZipFile]:
    """Open a package for reading; the directory of a small one is read once for all who look into the same bytes.

    Raises:
        one of ``ZIP_ERRORS``: it is damaged.
    """
    if len(content) > _SMALL:
        return zipfile.ZipFile(io.BytesIO(content))
    last = _last[0] if _last else None
    if last is None or last[0] is not content:
        last = (content, zipfile.ZipFile(io.BytesIO(content)))
        _last[:] = [last]
    return nullcontext(last[1])
