"""What reading a damaged zip archive may raise."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

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
