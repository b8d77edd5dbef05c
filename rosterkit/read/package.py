"""Inspects an OOXML package before any reader sees it: guards against hostile files, and reads the extras.

Dense readers make a grid of everything between the first and the last cell: one stray cell in XFD1048576 makes
them ask for 17 thousand million cells and abort the whole process, which Python cannot catch. So sizes, inflate
ratio and the cells that really exist are inspected first.
"""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote
from xml.parsers import expat

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model.cells import SheetExtras
from rosterkit.read.comments import add_comments, is_comments_part
from rosterkit.read.grid import guard_grid
from rosterkit.read.part_names import PartNames
from rosterkit.read.plain_form import is_utf16
from rosterkit.read.sheet_xml import parse_xml, read_sheet_extras
from rosterkit.read.strikes import add_strikes, read_strikes
from rosterkit.read.zip_errors import ZIP_ERRORS, open_package
from rosterkit.records import dataclass

MAX_PACKAGE = 4_000_000_000  # bytes of all parts; a sheet of 1,000,000 rows x 15 has about 1e9
MAX_PART = 2_000_000_000
_CHUNK = 1_000_000
BOMB_SIZE, BOMB_RATIO = (
    50_000_000,
    500,
)  # deflate reaches 1,030; real sheets stay below 60, empty rows below 250


@dataclass(frozen=True, slots=True)
class PackageSheet:
    """A worksheet of a package, with what its XML says beside the cells.

    ``part`` is its part, and ``size`` the bytes of that.
    """

    name: str
    hidden: bool
    extras: SheetExtras
    part: str
    size: int


def inspect(content: bytes) -> dict[str, PackageSheet]:
    """Inspect an ``.xlsx`` or ``.xlsm`` and refuse what no reader should open.

    Returns:
        name -> worksheet.

    Raises:
        FileError: the package is damaged, a zip bomb, holds an XML entity, or a cell far outside of its table.
    """
    try:
        with open_package(content) as package:
            guard_sizes(package)
            return {sheet.name: sheet for sheet in _read_sheets(package)}
    except (*ZIP_ERRORS, expat.ExpatError) as error:
        raise damaged() from error


def read_part(content: bytes, name: str) -> bytes:
    """Return a part of a package that is no OOXML (``.ods``).

    Raises:
        FileError: it is damaged, or would fill the memory.
    """
    try:
        with open_package(content) as package:
            guard_sizes(package)
            return package.read(name)
    except ZIP_ERRORS as error:
        raise damaged() from error


def guard_sizes(package: zipfile.ZipFile) -> None:
    """Refuse a package that would fill the memory when unpacked.

    Raises:
        FileError: it is too large, or compressed more than any real workbook.
    """
    parts = package.infolist()
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > MAX_PART or (part.file_size > BOMB_SIZE and ratio > BOMB_RATIO):
            raise _bomb()
    if sum(part.file_size for part in parts) > MAX_PACKAGE or len(parts) > 20_000:
        raise _bomb()


def changed() -> FileError:
    """Return the failure for a file that is another one, or gone, while it is checked."""
    return FileError("changed", _("Berkas ini berubah selama diperiksa. Tutup di Excel, lalu periksa lagi."))


def damaged() -> FileError:
    """Return the failure for a file that is cut off or broken inside."""
    return FileError(
        "damaged",
        _(
            "Berkas rusak atau terpotong. Buka di Excel lalu simpan ulang (Save As > Excel Workbook); bila tidak bisa"
            " dibuka, minta pengirim mengirim ulang."
        ),
    )


def _bomb() -> FileError:
    return FileError(
        "too-large",
        _(
            "Isi berkas membengkak tidak wajar saat dibuka (zip bomb), jadi tidak dibaca. Jangan buka berkas ini;"
            " minta pengirim mengirim daftar yang asli."
        ),
    )


def _read_sheets(package: zipfile.ZipFile) -> list[PackageSheet]:
    names = PartNames(package.namelist())
    for name in names:
        if name.endswith((".xml", ".rels")):
            with package.open(names[name]) as part:
                _refuse_entities(part.read(1024))
    main = _find_workbook_part(package, names)
    targets = _read_relations(package, names, main)
    strikes = read_strikes(*(_read_part(package, names, targets, end) for end in ("styles.xml", "sharedStrings.xml")))
    result: list[PackageSheet] = []
    read: set[str] = set()
    workbook = package.read(names[main])
    _refuse_utf16(workbook)
    date_1904 = re.search(rb"date1904\s*=\s*[\"'](?:1|true)[\"']", workbook) is not None
    for title, state, relation in _list_sheets(workbook):
        target = targets.get(relation)
        if target is None or target not in names or target.casefold() in read:
            raise damaged()  # Excel repairs such a file too: a part is missing, or is the part of two sheets
        read.add(target.casefold())
        if "chartsheet" in target or "dialogsheet" in target:
            continue
        content = _read_whole(package, names[target])
        _refuse_utf16(content)
        hidden = state in ("hidden", "veryHidden")
        guard_grid(title, content)
        extras = add_strikes(read_sheet_extras(content), content, strikes)
        extras = add_comments(extras, _read_comments(package, names, target))
        extras = replace(extras, date_1904=True) if date_1904 else extras
        result.append(PackageSheet(title, hidden, extras, names[target], len(content)))
    return result


def _read_comments(package: zipfile.ZipFile, names: PartNames, sheet: str) -> Iterator[bytes]:
    """Yield the parts with the comments of a worksheet."""
    for target in _read_relations(package, names, sheet).values():
        if is_comments_part(target) and target in names:
            content = package.read(names[target])
            _refuse_utf16(content)
            yield content


def _read_whole(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part as ``ZipFile.read`` does, which would hold a large one twice for a moment."""
    target = io.BytesIO()
    with package.open(name) as source:
        shutil.copyfileobj(source, target, _CHUNK)
    return target.getvalue()


def _read_part(package: zipfile.ZipFile, names: PartNames, targets: dict[str, str], end: str) -> bytes:
    """Return the part of the workbook whose name ends so; empty where there is none."""
    known = (target for target in targets.values() if target in names)
    name = next((target for target in known if target.casefold().endswith(end.casefold())), None)
    content = package.read(names[name]) if name else b""
    _refuse_utf16(content)
    return content


def _refuse_entities(head: bytes) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\0!\0D\0O\0C" in head:
        raise FileError(
            "unsafe",
            _("Berkas berisi definisi XML yang berbahaya, jadi tidak dibaca. Minta pengirim menyimpan ulang."),
        )


def _refuse_utf16(content: bytes) -> None:
    """Refuse a part of which the reader would see nothing, without a word: see ``plain_form``."""
    if is_utf16(content):
        raise damaged()


def _find_workbook_part(package: zipfile.ZipFile, names: PartNames) -> str:
    for target in _read_relations(package, names, "").values():
        if target.lower().endswith(".xml") and "workbook" in target.lower() and target in names:
            return target
    if "xl/workbook.xml" in names:
        return "xl/workbook.xml"
    raise damaged()


def _read_relations(package: zipfile.ZipFile, names: PartNames, part: str) -> dict[str, str]:
    """Return relationship id -> part, for the relationships of a part within the package."""
    folder, base = posixpath.split(part)
    name = posixpath.join(folder, "_rels", base + ".rels")
    found: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            target = unquote(attributes.get("Target", "")).replace("\\", "/")
            resolved = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[attributes.get("Id", "")] = resolved

    if name in names:
        parse_xml(package.read(names[name]), start)
    return found


def _list_sheets(content: bytes) -> list[tuple[str, str, str]]:
    """Return title, state and relationship id of each sheet of a workbook part."""
    found: list[tuple[str, str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
            found.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))

    parse_xml(content, start)
    return found
