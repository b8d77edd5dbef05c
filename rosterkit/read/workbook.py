"""Reads a file into raw cells. Only this file imports the reader (calamine, which never evaluates anything)."""

from __future__ import annotations

import hashlib
import io
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model.cells import Origin, Sheet, Workbook
from rosterkit.read import old_formats, package, text
from rosterkit.read.csv_text import read_csv

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
Unmark = Callable[[bytes], tuple[bytes, Origin] | None]  # removes the marks of an annotated copy; None: it is none
LARGE = 200_000_000  # bytes: a larger file is read in a process of its own
CHILD_SECONDS = 600
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path, unmark: Unmark = lambda content: None) -> Workbook:
    """Read all sheets of a file; its content decides its kind, not its name.

    Args:
        path: the file.
        unmark: returns the workbook without marks where the file is an annotated copy, else None.

    Raises:
        FileError: the file cannot be read; the text says why and what to do.
    """
    content = _read_bytes(path)
    sha256 = hashlib.sha256(content).hexdigest()
    kind = _detect_kind(path, content)
    origin = None
    if kind == "xlsx" and len(content) <= LARGE:
        plain = unmark(content)
        content, origin = plain or (content, None)
        sheets = read_xlsx(content)
    elif kind == "csv":
        sheets = (read_csv(path.stem, content),)
    elif kind == "html":
        sheets = tuple(
            Sheet(f"{path.stem} ({number})" if number > 1 else path.stem, rows)
            for number, rows in enumerate(text.html_tables(content), 1)
        )
    else:
        sheets = _read_in_child(path, kind)
    if not any(sheet.rows for sheet in sheets):
        raise FileError("empty", _("Berkas kosong: tidak ada satu pun sel yang berisi. Minta pengirim mengirim ulang."))
    return Workbook(path, sha256, kind, sheets, content if origin else None, origin)


def read_package(path: Path) -> bytes:
    """Return the bytes of an ``.xlsx`` or ``.xlsm`` after its inspection.

    Raises:
        FileError: it is none, or no reader should open it.
    """
    content = _read_bytes(path)
    if _detect_kind(path, content) != "xlsx":
        raise FileError("not-a-copy", _("Ini bukan salinan bertanda rosterkit (.periksa.xlsx)."))
    package.inspect(content)
    return content


def read_xlsx(content: bytes) -> tuple[Sheet, ...]:
    """Read an ``.xlsx`` or ``.xlsm`` after the inspection of its package, with the extras of its sheets.

    Raises:
        FileError: the package is damaged or hostile.
    """
    inspected = package.inspect(content)
    sheets = []
    for sheet in read_any(io.BytesIO(content)):
        found = inspected.get(sheet.name)
        if found:
            sheet = Sheet(sheet.name, sheet.rows, found.hidden, sheet.merged, found.extras)
        sheets.append(sheet)
    return tuple(sheets)


def read_any(source: Path | BinaryIO) -> tuple[Sheet, ...]:
    """Read any workbook with calamine; the rows of every sheet begin at A1.

    Raises:
        FileError: it is encrypted or damaged.
    """
    import python_calamine as calamine

    try:
        # From bytes, as calamine believes the name of a path: an .xlsx called .xls would be damaged.
        workbook = calamine.load_workbook(io.BytesIO(source.read_bytes()) if isinstance(source, Path) else source)
        sheets = []
        for metadata in workbook.sheets_metadata:
            if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(metadata.name)
            merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
            hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
            sheets.append(Sheet(metadata.name, sheet.to_python(skip_empty_area=False), hidden, merged))
    except calamine.PasswordError as error:
        raise encrypted() from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise package.damaged() from error
    return tuple(sheets)


def stream_sheets(source: BinaryIO) -> Iterator[tuple[str, Iterator[list[object]]]]:
    """Yield the name of each sheet and its rows from A1 on, one at a time, to save memory.

    Raises:
        FileError: the workbook is damaged.
    """
    import python_calamine as calamine

    try:
        workbook = calamine.load_workbook(source)
        for metadata in workbook.sheets_metadata:
            if metadata.typ == calamine.SheetTypeEnum.WorkSheet:
                yield metadata.name, _rows_from_a1(workbook.get_sheet_by_name(metadata.name))
    except calamine.CalamineError as error:
        raise package.damaged() from error


def _rows_from_a1(sheet: Any) -> Iterator[list[object]]:
    left: list[object] = [""] * (sheet.start[1] if sheet.start else 0)  # empty columns that the reader leaves out
    for row in sheet.iter_rows():
        yield left + row


def encrypted() -> FileError:
    """Return the failure for a workbook with a password."""
    return FileError(
        "encrypted",
        _(
            "Berkas dikunci dengan kata sandi (password). Buka di Excel dengan kata sandinya, pilih File > Save As >"
            " Tools > General Options, kosongkan kata sandi, simpan, lalu periksa lagi."
        ),
    )


def _read_bytes(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise FileError(
            "locked",
            _(
                'Ini berkas kunci Excel: "{name}" sedang dibuka. Simpan dan tutup Excel, lalu periksa lagi. Bila Excel'
                " sudah tertutup, hapus berkas ini."
            ).format(name=path.name[2:]),
        )
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise FileError("missing", _("Berkas tidak ada. Periksa nama dan foldernya.")) from error
    except PermissionError as error:
        raise FileError(
            "locked",
            _("Berkas tidak boleh dibaca. Tutup dulu di Excel atau periksa izinnya, lalu periksa lagi."),
        ) from error
    except OSError as error:
        raise FileError("unreadable", _("Berkas tidak bisa dibuka: {reason}.").format(reason=error.strerror)) from error
    if not content.strip(b"\0 \r\n\t"):
        raise FileError("empty", _("Berkas kosong (0 isi). Minta pengirim mengirim ulang."))
    return content


def _detect_kind(path: Path, content: bytes) -> str:
    """Return xlsx, xlsb, xls, ods, csv or html."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise encrypted()
        return "xls"
    if content.startswith(_ZIP):
        return _detect_zip_kind(content)
    old_formats.refuse(content)
    if content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "html"
    if content[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        return "xls"
    if path.suffix.lower() in (".csv", ".txt", ".tsv") or (
        path.suffix.lower() == ".xls" and b"\0" not in content[:4096]
    ):
        return "csv"
    raise FileError(
        "not-a-workbook",
        _("Berkas ini bukan buku kerja Excel, ODS atau CSV. Minta pengirim mengirim daftar dalam bentuk .xlsx."),
    )


def _detect_zip_kind(content: bytes) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            package.guard_sizes(archive)
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise package.damaged() from error
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise FileError(
        "not-a-workbook",
        _("Berkas ini bukan buku kerja Excel, ODS atau CSV. Minta pengirim mengirim daftar dalam bentuk .xlsx."),
    )


def _read_in_child(path: Path, kind: str) -> tuple[Sheet, ...]:
    """Read in another process: a hostile file can end it without ending the run."""
    command = [sys.executable, "-P", "-m", "rosterkit.read.child", kind, str(path.resolve())]
    try:
        process = subprocess.run(command, capture_output=True, timeout=CHILD_SECONDS, check=False)  # noqa: S603 # this package, no shell
        if process.returncode == 0:
            result = pickle.loads(process.stdout)  # noqa: S301 # written by ``read.child``
            if result and isinstance(result[0], str):
                raise FileError(*result)
            sheets: tuple[Sheet, ...] = result
            return sheets
    except subprocess.TimeoutExpired:
        pass
    raise FileError(
        "reader-failed",
        _(
            "Berkas tidak bisa dibaca: rusak, atau ada isi yang sangat jauh dari tabel. Buka di Excel, hapus baris dan"
            " kolom kosong yang berlebih, Save As > Excel Workbook (.xlsx), lalu periksa lagi."
        ),
    )
