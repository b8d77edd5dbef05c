"""What kind of file some bytes are."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.read import old_formats
from rosterkit.read.package import damaged, guard_sizes
from rosterkit.read.part_names import PartNames
from rosterkit.read.xls_extras import is_xls_encrypted
from rosterkit.read.zip_errors import ZIP_ERRORS, open_package

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
# How files begin that are called .csv or .xls and are pictures, documents or archives.
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
# Bytes that no text has, but for one by accident; NUL is in every second place of one in UTF-16.
_NO_TEXT = bytes(byte for byte in range(1, 32) if byte not in b"\t\n\v\f\r\x1a\x1b")
_FEW = 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def detect_kind(path: Path, content: bytes) -> str:
    """Return xlsx, xlsb, xls, ods, csv or html; the content decides, and the name only where that says nothing.

    A text is CSV whatever it is called.

    Raises:
        FileError: it is none of them, has a password, or would fill the memory.
    """
    if content.startswith(_OLE):
        if _ENCRYPTED in content or is_xls_encrypted(content):
            raise encrypted()
        return "xls"
    if content.startswith(_ZIP):
        return _detect_zip_kind(content)
    old_formats.refuse(content)
    if content.startswith(_OTHERS):
        raise _not_a_workbook()
    if content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and b"<table" not in content.lower():
            raise _not_a_workbook()
        return "html"
    if content[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        if is_xls_encrypted(content):
            raise encrypted()
        return "xls"
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = content[:4096]
        signs = len(start.translate(None, _NO_TEXT))
        is_named = path.suffix.lower() in (".csv", ".txt", ".tsv")
        if (b"\0" in start and not is_named) or len(start) - signs > max(1, len(start) // _FEW):
            raise _not_a_workbook()
    return "csv"


def _not_a_workbook() -> FileError:
    """Return the failure for a file of another kind."""
    return FileError(
        "not-a-workbook",
        _("Berkas ini bukan buku kerja Excel, ODS atau CSV. Minta pengirim mengirim daftar dalam bentuk .xlsx."),
    )


def _detect_zip_kind(content: bytes) -> str:
    try:
        with open_package(content) as archive:
            guard_sizes(archive)
            names = set(PartNames(archive.namelist()))
            if "content.xml" in names and _is_ods_encrypted(archive):
                raise encrypted()
            is_other = "mimetype" in names and b"spreadsheet" not in archive.read("mimetype")
    except ZIP_ERRORS as error:
        raise damaged() from error
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(posixpath.basename(name).endswith("workbook.xml") for name in names):
        if "[content_types].xml" in names:
            return "xlsx"
        raise damaged()
    if "content.xml" in names and not is_other:
        return "ods"
    raise _not_a_workbook()


def _is_ods_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the manifest of an OpenDocument package says that its parts have a password."""
    name = "META-INF/manifest.xml"
    return name in archive.namelist() and b":encryption-data" in archive.read(name)


def unpacked_size(content: bytes) -> int:
    """Return how many bytes a reader will see: those of all parts of a package, else those of the file."""
    try:
        with open_package(content) as package:
            return sum(part.file_size for part in package.infolist())
    except ZIP_ERRORS:
        return len(content)


def encrypted() -> FileError:
    """Return the failure for a workbook with a password."""
    return FileError(
        "encrypted",
        _(
            "Berkas dikunci dengan kata sandi (password). Buka di Excel dengan kata sandinya, pilih File > Save As >"
            " Tools > General Options, kosongkan kata sandi, simpan, lalu periksa lagi."
        ),
    )
