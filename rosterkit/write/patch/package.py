"""An OOXML package: its parts, their types, and how they are related."""

from __future__ import annotations

import hashlib
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import BinaryIO
from urllib.parse import unquote

from rosterkit.write.patch.texts import escape_xml
from rosterkit.write.patch.xml import Xml, unsupported_xml

CHUNK = 1 << 20  # bytes
# Errors that reading a damaged package may raise.
READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    NotImplementedError,
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SAVED = "docprops/core.xml"
CONTENT_TYPES = "[content_types].xml"


def part_key(name: str) -> str:
    """Return the name of a part in the form in which names are compared: no leading slash, small letters."""
    return name.replace("\\", "/").lstrip("/").lower()


class Package:
    """The parts of a workbook by their names (see ``part_key``), and how they are changed.

    Raises:
        FileError: the package has two parts of one name, or lacks its workbook.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.archive = zipfile.ZipFile(source)
        self.infos: dict[str, zipfile.ZipInfo] = {}
        for info in self.archive.infolist():
            if part_key(info.filename) in self.infos:
                raise unsupported_xml()
            self.infos[part_key(info.filename)] = info
        self.changed: dict[str, Xml] = {}
        self.added: dict[str, bytes] = {}
        self.removed: set[str] = set()
        self._relations: dict[str, Relations] = {}
        self._defaults: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.infos or name in self.added

    def digest(self) -> str:
        """Return the digest of all parts: equal for two packages whose parts have the same names and contents.

        The part that holds the time of saving does not count: no copy changes it, and every conversion has another.
        """
        counted = (item for item in self.infos.items() if item[0] != _SAVED)
        lines = sorted(f"{name} {info.CRC:08x} {info.file_size}" for name, info in counted)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def read(self, name: str) -> bytes:
        """Return a part as it is in the source."""
        if name not in self.infos:
            raise unsupported_xml()
        return self.archive.read(self.infos[name])

    def read_chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part as it is in the source, piece by piece."""
        with self.archive.open(self.infos[name]) as part:
            while chunk := part.read(CHUNK):
                yield chunk

    def read_packed(self, info: zipfile.ZipInfo) -> bytes:
        """Return a part as it is packed in the source."""
        self.source.seek(info.header_offset)
        name, extra = struct.unpack("<26xHH", self.source.read(30))
        self.source.seek(name + extra, 1)
        return self.source.read(info.compress_size)

    def open_xml(self, name: str) -> Xml:
        """Return a small part to be changed."""
        if name not in self.changed:
            self.changed[name] = Xml(self.read(name))
        return self.changed[name]

    def get_relations(self, part: str) -> Relations:
        """Return the relations of a part; the package itself is the part ``""``."""
        if part not in self._relations:
            self._relations[part] = Relations(self, part)
        return self._relations[part]

    def find_free_name(self, pattern: str) -> str:
        """Return a name that no part has; the pattern is such as ``xl/comments{}.xml``."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    @cached_property
    def workbook(self) -> str:
        """Return the name of the main part."""
        for found in self.get_relations("").find_parts("officeDocument"):
            if found in self.infos:
                return found
        if "xl/workbook.xml" in self.infos:
            return "xl/workbook.xml"
        raise unsupported_xml()

    @cached_property
    def strict(self) -> bool:
        """Return whether the package is written in the strict form of the standard."""
        return b"purl.oclc.org/ooxml" in self.read(self.workbook)[:4000]

    def add_content_type(self, name: str, content_type: str) -> None:
        """Declare the content type of a new part."""
        xml = self.open_xml(CONTENT_TYPES)
        for known in xml.root.find_all("Override"):
            if part_key(known.get("PartName")) == part_key(name):  # declared, though the part was not there
                xml.set_attributes(known, ContentType=content_type)
                return
        prefix = xml.root.prefix
        xml.append(xml.root, f'<{prefix}Override PartName="/{escape_xml(name)}" ContentType="{content_type}"/>')

    def add_default_type(self, name: str, content_type: str) -> None:
        """Declare the content type of a new part by its extension; by its name where the extension has another type."""
        xml = self.open_xml(CONTENT_TYPES)
        root = xml.root
        extension = name.rpartition(".")[2]
        declared = {known.get("Extension").lower(): known.get("ContentType") for known in root.find_all("Default")}
        known = (declared | self._defaults).get(extension)
        if known is None:
            self._defaults[extension] = content_type
            tag = f'<{root.prefix}Default Extension="{extension}" ContentType="{content_type}"/>'
            xml.replace(root.inner, root.inner, tag)
        elif known != content_type:
            self.add_content_type(name, content_type)

    def remove_part(self, name: str) -> None:
        """Remove a part with its relations and its content type."""
        self.removed |= {name, relations_name(name)}
        xml = self.open_xml(CONTENT_TYPES)
        for known in xml.root.find_all("Override"):
            if part_key(known.get("PartName")) == name:
                xml.remove(known)


def is_signed(source: BinaryIO) -> bool:
    """Return whether a workbook has a digital signature."""
    with zipfile.ZipFile(source) as archive:
        return any(part_key(name).startswith("_xmlsignatures/") for name in archive.namelist())


class Relations:
    """The relations of a part."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._name = package, relations_name(part)
        self._written = relations_name(package.infos[part].filename if part in package.infos else part)
        self._folder = posixpath.dirname(part)
        self.targets: dict[str, tuple[str, str]] = {}  # id -> kind, part
        if self._name in package.infos:
            for found in Xml(package.read(self._name)).root.find_all("Relationship"):
                if found.get("TargetMode") != "External":
                    kind = found.get("Type").rpartition("/")[2]
                    self.targets[found.get("Id")] = kind, self._part(found.get("Target"))

    def find_parts(self, kind: str) -> list[str]:
        """Return the related parts of a kind, such as ``comments``."""
        return [part for found, part in self.targets.values() if found == kind]

    def get_part(self, relation: str) -> str:
        """Return the part that a relation leads to."""
        if relation not in self.targets:
            raise unsupported_xml()
        return self.targets[relation][1]

    def find_free_id(self) -> str:
        """Return an id that no relation has."""
        number = 1
        while f"rIdRk{number}" in self.targets:
            number += 1
        return f"rIdRk{number}"

    def add(self, kind: str, part: str, relation: str = "") -> str:
        """Add a relation to a part and return its id."""
        relation = relation or self.find_free_id()
        self.targets[relation] = kind, part
        base = _STRICT_OFFICE if self._package.strict else _OFFICE
        written = f'Id="{relation}" Type="{base}/{kind}" Target="/{escape_xml(part)}"'
        if self._name in self._package.infos:
            xml = self._package.open_xml(self._name)
            xml.append(xml.root, f"<{xml.root.prefix}Relationship {written}/>")
        else:
            head = f'{XML_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
            before = self._package.added.get(self._written, head.encode()).removesuffix(b"</Relationships>")
            self._package.add_default_type(self._written, _RELATIONS_TYPE)
            self._package.added[self._written] = before + f"<Relationship {written}/></Relationships>".encode()
        return relation

    def remove(self, part: str) -> None:
        """Remove the relations to a part."""
        if self._name in self._package.infos:
            xml = self._package.open_xml(self._name)
            for found in xml.root.find_all("Relationship"):
                if found.get("TargetMode") != "External" and self._part(found.get("Target")) == part:
                    xml.remove(found)

    def _part(self, target: str) -> str:
        target = target.replace("\\", "/")
        target = unquote(target)
        return part_key(target if target.startswith("/") else posixpath.normpath(posixpath.join(self._folder, target)))


def relations_name(part: str) -> str:
    """Return the name of the part that holds the relations of a part."""
    part = part.replace("\\", "/")
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")
