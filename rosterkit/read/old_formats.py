"""Refuses what Excel or LibreOffice opens, and no reader of ours: MHTML, XML Spreadsheet 2003, .fods, by any name."""

from __future__ import annotations

from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.read.text import decode

_HEAD = 4096  # bytes that tell what a file is
_SUFFIXES = (".mht", ".mhtml", ".xml", ".fods")


def refuse(content: bytes) -> None:
    """Do nothing for other files.

    Raises:
        FileError: ``mhtml``, ``old-xml`` or ``flat-ods``, with what to do.
    """
    kind = _detect(content)
    if kind == "mhtml":
        raise FileError(
            "mhtml",
            _(
                'Berkas ini halaman web tersimpan (MHTML, "Single File Web Page"). Buka di Excel, simpan sebagai Excel'
                " Workbook (.xlsx)."
            ),
        )
    if kind == "old-xml":
        raise FileError(
            "old-xml",
            _('Berkas ini "XML Spreadsheet 2003". Buka di Excel, simpan sebagai Excel Workbook (.xlsx).'),
        )
    if kind == "flat-ods":
        raise FileError(
            "flat-ods",
            _('Berkas ini "Flat XML ODF Spreadsheet" (.fods). Buka di LibreOffice, simpan sebagai Excel (.xlsx).'),
        )


def is_old_format(path: Path) -> bool:
    """Whether a file of a folder should be told of though no reader takes its kind."""
    if path.suffix.lower() not in _SUFFIXES:
        return False
    try:
        with path.open("rb") as file:
            return _detect(file.read(_HEAD)) != ""
    except OSError:
        return False


def _detect(content: bytes) -> str:
    head = decode(content[:_HEAD]).lstrip("\ufeff \r\n\t").lower()
    if head.startswith("<"):
        if "<office:document" in head and "oasis.opendocument.spreadsheet" in head:
            return "flat-ods"
        is_spreadsheet = "schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head
        return "old-xml" if is_spreadsheet else ""
    lines = head.splitlines()[:20]
    has_version = any(line.startswith("mime-version:") for line in lines)
    return "mhtml" if has_version and any(line.startswith("content-type:") for line in lines) else ""
