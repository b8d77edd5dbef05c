"""Reads the document properties of forms and upload sheets that rosterkit wrote; whoever saves them keeps these."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from rosterkit.read.zip_errors import open_package

_PART = "docProps/custom.xml"
PREFIX = "rosterkit_"
UPLOAD_PROPERTY = "upload"  # this property makes a workbook an upload sheet; its value is FAMILY-FORM
_SCHEMA_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")  # a file that somebody sends must not name a path
_UPLOAD_NAME = re.compile(r"(.+)\.([a-z0-9-]+)\.xlsx")  # NAME.FAMILY-FORM[-NUMBER].xlsx
_MAX_SIZE = 100_000  # bytes of the unpacked part; rosterkit writes less than 2,000


def read_properties(content: bytes) -> dict[str, str]:
    """Return the properties of a package whose names begin with ``rosterkit_``, without that prefix.

    Returns:
        ``schema`` (a name, never a path), ``rt``, ``rw``, ``kelurahan``, ``kecamatan``, ``office`` and ``upload``, as
        far as they are there; empty for what is no package, or one whose properties are broken, too large, or have a
        DTD.
    """
    if _PART.encode() not in content:  # most rosters, at the price of one search
        return {}
    try:
        with open_package(content) as package, package.open(_PART) as part:
            xml = part.read(_MAX_SIZE + 1)
        return _parse(xml) if len(xml) <= _MAX_SIZE else {}
    except Exception:  # whatever is wrong with the package, ``package.inspect`` reports it
        return {}


def find_upload_source(path: Path) -> Path | None:
    """Return the path, without suffix, of the roster that an upload sheet was made from; None for every other file.

    An upload sheet has the family and name of its form as a property, and its file name ends in them. A sender's
    ``daftar.rt-03.xlsx`` or ``daftar.bpjs-lama.xlsx`` has no such property, so no name makes a roster an output.
    """
    match = _UPLOAD_NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        form = read_properties(path.read_bytes()).get(UPLOAD_PROPERTY)
    except OSError:
        return None
    if not form or not re.fullmatch(rf"{re.escape(form)}(-\d+)?", match[2]):
        return None
    return path.with_name(match[1])


def _parse(content: bytes) -> dict[str, str]:
    """Return the properties of the part, without those that are empty or not allowed."""
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

    def refuse(*_arguments: object) -> None:
        raise ValueError("a document type is not allowed here")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(content, True)
    values = {key: " ".join(value.split()) for key, value in found.items()}
    if not _SCHEMA_NAME.fullmatch(values.get("schema", "")):
        values.pop("schema", None)
    return {key: value for key, value in values.items() if key and value}
