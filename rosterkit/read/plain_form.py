"""The same package as the reader knows it: valid ways of writing one that it does not know become the usual way.

Parts in UTF-16 come into UTF-8, targets of relations and names of parts lose ``./``, ``../``, ``%20``, backslashes and
leading slashes, and what a sheet says of its size is left out.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from urllib.parse import unquote

from rosterkit.read.part_names import PartNames
from rosterkit.read.zip_errors import ZIP_ERRORS

_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}  # how it begins
_XML_ENCODING = re.compile(r"""^(<\?xml[^>]*?encoding\s*=\s*["'])[^"']*(["'])""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_TARGET = re.compile(rb"""(\sTarget\s*=\s*)(["'])([^"'&]*)\2""")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^<>]*/>")


def is_utf16(content: bytes) -> bool:
    """Whether a part is in UTF-16, of which the reader sees nothing."""
    return content[:2] in _UTF16


def in_plain_form(content: bytes) -> bytes | None:
    """Return a package as the reader knows it; None where it is so already, or damaged.

    Args:
        content: a package whose sizes were guarded.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = PartNames(package.namelist())
            parts = [(part, package.read(part)) for part in package.infolist()]
        target, found = io.BytesIO(), False
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            for part, data in parts:
                name, new = _plain_name(part.filename), _plain_part(part.filename, data, names)
                found = found or new != data or name != part.filename
                part.filename = name
                copy.writestr(part, new)
    except ZIP_ERRORS:
        return None
    return target.getvalue() if found else None


def _plain_name(name: str) -> str:
    return unquote(name.replace("\\", "/")).lstrip("/")


def _plain_part(name: str, data: bytes, names: PartNames) -> bytes:
    if not name.lower().endswith((".xml", ".rels")):
        return data
    encoding = _UTF16.get(data[:2])
    if encoding:
        data = _XML_ENCODING.sub(r"\1UTF-8\2", data.decode(encoding), count=1).encode()
    if name.lower().endswith(".rels"):
        folder = posixpath.dirname(posixpath.dirname(_plain_name(name)))
        return _RELATION.sub(lambda tag: _plain_relation(tag[0], folder, names), data)
    return _DIMENSION.sub(b"", data)


def _plain_relation(tag: bytes, folder: str, names: PartNames) -> bytes:
    """Return the tag of a relation with the whole name of its part, where there is such a part."""
    found = _TARGET.search(tag)
    if found is None or b"External" in tag:
        return tag
    target = unquote(found[3].decode()).replace("\\", "/")
    resolved = posixpath.normpath(posixpath.join("/", folder, target))
    if resolved not in names:
        return tag
    name = "/" + _plain_name(names[resolved])
    return tag[: found.start()] + found[1] + found[2] + name.encode() + found[2] + tag[found.end() :]
