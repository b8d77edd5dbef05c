"""What a workbook of ours says of itself: its document properties, which are kept by whoever saves it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.parsers import expat

_PART = "docProps/custom.xml"
PREFIX = "rosterkit_"
UPLOAD_MARK = "upload"  # the property of an upload sheet: family and name of its form
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")  # of a schema: a file that somebody sends cannot name a path
_UPLOAD = re.compile(r"(.+)\.([a-z0-9-]+)\.xlsx")  # how upload sheets are called: NAME.FAMILY-FORM[-NUMBER].xlsx
_LARGEST = 100_000  # bytes of the part when unpacked; ours has less than 2,000


def form_mark(content: bytes) -> dict[str, str]:
    """The properties of a package whose names begin with ``rosterkit_``, without that beginning.

    Returns:
        ``schema`` (a name, never a path), ``rt``, ``rw``, ``kelurahan``, ``kecamatan``, ``office``, as far as they
        are there; nothing for what is no package, or one whose properties are broken, too large, or hold a DTD.
    """
    if _PART.encode() not in content:  # most rosters, at the price of one search
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open(_PART) as part:
            told = part.read(_LARGEST + 1)
        return _properties(told) if len(told) <= _LARGEST else {}
    except Exception:  # whatever is wrong with it, the look into the package says so
        return {}


def upload_source(path: Path) -> Path | None:
    """Return the path without ending that an upload sheet of ours was named after; None for every other file.

    An upload sheet carries the family and name of its form, and its own name ends in them. A sender's
    ``daftar.rt-03.xlsx`` or ``daftar.bpjs-lama.xlsx`` carries nothing, so no name makes a roster an output.
    """
    named = _UPLOAD.fullmatch(path.name)
    if named is None:
        return None
    try:
        form = form_mark(path.read_bytes()).get(UPLOAD_MARK)
    except OSError:
        return None
    parts = re.fullmatch(rf"{re.escape(form)}(-\d+)?", named[2]) if form else None
    return path.with_name(named[1]) if parts else None


def _properties(content: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if tag.rpartition(":")[2] == "property":
            name = attributes.get("name", "")

    def end(tag: str) -> None:
        nonlocal name
        if tag.rpartition(":")[2] == "property":
            name = ""

    def text(data: str) -> None:
        if name.startswith(PREFIX):
            key = name.removeprefix(PREFIX)
            found[key] = found.get(key, "") + data

    def refuse(*_told: object) -> None:
        raise ValueError("a document type, where none belongs")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(content, True)
    values = {key: " ".join(value.split()) for key, value in found.items()}
    if not _NAME.fullmatch(values.get("schema", "")):
        values.pop("schema", None)
    return {key: value for key, value in values.items() if key and value}
