"""XML parts as bytes, with the positions of their elements: a patch changes those bytes and nothing else.

A tree that is read and written again loses prefixes, comments, unknown extensions and the order of attributes; here
every byte that is not meant stays. Parts are UTF-8 (what all writers of workbooks use); others are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from xml.parsers import expat

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.write.patch.texts import escape_xml, unescape_xml

MAIN_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_NAMESPACE = "http://purl.oclc.org/ooxml/spreadsheetml/main"
ATTRIBUTES = rb"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+"""
NON_ELEMENT = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_MAX_DEPTH = 99
_TAG = re.compile(NON_ELEMENT + rb"|<(/?)([A-Za-z_][^\s/>]*)(" + ATTRIBUTES + rb")>", re.S)
_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")


@dataclass(slots=True)
class Element:
    """An element of a part: ``start`` to ``inner`` is its start tag, ``inner`` to ``close`` what is in it."""

    name: str  # without prefix
    prefix: str  # with its colon
    tag: bytes  # the start tag
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def attributes(self) -> dict[str, str]:
        """Return the attributes by their names as written, with prefix."""
        return parse_attributes(self.tag)

    @property
    def is_empty(self) -> bool:
        """Return whether the element is one tag, ``<a/>``."""
        return self.tag.endswith(b"/>")

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute by its name without prefix."""
        return next((v for k, v in self.attributes.items() if k.rpartition(":")[2] == name), default)

    def find_all(self, *path: str) -> Iterator[Element]:
        """Yield the elements at a path of names below this one."""
        for child in self.children:
            if child.name == path[0]:
                yield from child.find_all(*path[1:]) if len(path) > 1 else (child,)

    def find(self, *path: str) -> Element | None:
        """Return the first element at a path of names below this one."""
        return next(self.find_all(*path), None)

    def walk(self) -> Iterator[Element]:
        """Yield all elements below this one."""
        for child in self.children:
            yield child
            yield from child.walk()


def parse_attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a start tag."""
    return {key.decode(): unescape_xml(value[1:-1].decode()) for key, value in _ATTRIBUTE.findall(tag)}


def parse_elements(content: bytes) -> Element:
    """Parse a piece of XML, which may begin and end inside of elements.

    Returns:
        an element without a tag, whose children are the elements found.
    """
    top = Element("", "", b"", 0, 0)
    top.close = top.end = len(content)
    open_: list[Element] = [top]
    for token in _TAG.finditer(content):
        name = token[2]
        if name is None:
            continue
        if token[1]:
            if len(open_) == 1:
                top.close = token.start()
                break
            last = open_.pop()
            last.close, last.end = token.start(), token.end()
            continue
        prefix, colon, local = name.decode().rpartition(":")
        found = Element(local, prefix + colon, token[0], token.start(), token.end(), token.end(), token.end())
        if len(open_) <= _MAX_DEPTH:
            open_[-1].children.append(found)
        if not found.is_empty:
            found.close = found.end = len(content)
            open_.append(found)
    return top


class Xml:
    """An XML part, or a piece of one, and the changes to it."""

    def __init__(self, content: bytes, whole: bool = True) -> None:
        if whole:
            check_xml(content)
        self.content = content
        self._changes: list[tuple[int, int, int, bytes]] = []
        self._filled: dict[int, tuple[Element, list[bytes]]] = {}  # elements that were empty, by their start

    @cached_property
    def top(self) -> Element:
        """Return the element without a tag that holds the outermost ones."""
        return parse_elements(self.content)

    @property
    def root(self) -> Element:
        """Return the outermost element."""
        return self.top.children[0]

    def replace(self, start: int, end: int, new: bytes | str) -> None:
        """Replace bytes; several insertions at one position keep the order of the calls."""
        new = new.encode() if isinstance(new, str) else new
        self._changes.append((start, end, len(self._changes), new))

    def remove(self, element: Element) -> None:
        """Remove an element."""
        self.replace(element.start, element.end, b"")

    def set_attributes(self, element: Element, **values: str | int) -> None:
        """Set attributes of an element, new ones and those that it has."""
        for name, value in values.items():
            new = escape_xml(str(value)).encode()
            for place in _ATTRIBUTE.finditer(element.tag):
                if place[1].decode().rpartition(":")[2] == name:
                    start = element.start + place.start(2) + 1
                    self.replace(start, element.start + place.end(2) - 1, new)
                    break
            else:
                self.add_attribute(element, f'{name}="{new.decode()}"')

    def add_attribute(self, element: Element, text: str) -> None:
        """Add an attribute, written as ``name="value"``."""
        place = element.start + len(element.tag) - (2 if element.is_empty else 1)
        self.replace(place, place, f" {text}")

    def append(self, element: Element, new: bytes | str) -> None:
        """Add bytes at the end of the content of an element."""
        new = new.encode() if isinstance(new, str) else new
        if element.is_empty:
            self._filled.setdefault(element.start, (element, []))[1].append(new)
        else:
            self.replace(element.close, element.close, new)

    def insert_child(self, parent: Element, name: str, order: Sequence[str], new: bytes | str) -> None:
        """Insert a child where the schema of OOXML wants it: behind the children that ``order`` names before it."""
        before = order[: order.index(name)]
        last = [child for child in parent.children if _effective_name(child) in before]
        if last:
            self.replace(last[-1].end, last[-1].end, new)
        elif parent.is_empty:
            self.append(parent, new)
        else:
            self.replace(parent.inner, parent.inner, new)

    @property
    def changes(self) -> list[tuple[int, int, bytes]]:
        """Return the changes in the order of their positions."""
        changes = [(start, end, new) for start, end, _number, new in sorted(self._changes)]
        for element, pieces in self._filled.values():
            name = (element.prefix + element.name).encode()
            whole = b">" + b"".join(pieces) + b"</" + name + b">"
            changes.append((element.inner - 2, element.inner, whole))
        changes.sort(key=lambda change: change[:2])
        if any(change[1] > following[0] for change, following in pairwise(changes)):
            raise unsupported_xml()
        return changes

    def to_bytes(self) -> bytes:
        """Return the part with its changes."""
        return b"".join(apply_changes(self.content, self.changes))


def _effective_name(element: Element) -> str:
    """Return the name of an element; of an ``AlternateContent`` that of the element in it."""
    if element.name != "AlternateContent":
        return element.name
    return next((child.name for child in element.walk() if child.name not in ("Choice", "Fallback")), "")


def apply_changes(content: bytes, changes: Iterable[tuple[int, int, bytes]]) -> Iterator[bytes]:
    """Yield the pieces of a content with its changes, which must be in order.

    Raises:
        FileError: two changes overlap, as where a row stands within another.
    """
    position = 0
    for start, end, new in changes:
        if start < position:
            raise unsupported_xml()
        yield content[position:start]
        yield new
        position = end
    yield content[position:]


def check_xml(content: bytes) -> None:
    """Check that a part is XML in UTF-8.

    Raises:
        FileError: the copy cannot be made.
    """
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise unsupported_xml() from error
    check_encoding(content)


def check_encoding(head: bytes) -> None:
    """Check that a part is UTF-8; its beginning is enough.

    Raises:
        FileError: the copy cannot be made.
    """
    if not head.removeprefix(b"\xef\xbb\xbf").startswith(b"<"):
        raise unsupported_xml()
    declared = re.match(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", head.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        raise unsupported_xml()


def unsupported_xml() -> FileError:
    """Return the error for a package with a part that cannot be patched without loss."""
    return FileError(
        "cannot-mark",
        _(
            "Salinan bertanda tidak dibuat: isi berkas ditulis dengan cara yang tidak biasa, jadi tanda tidak bisa"
            " dipasang tanpa risiko merusaknya. Buka di Excel, Save As > Excel Workbook (.xlsx), lalu periksa lagi."
        ),
    )
