"""The ledger of a copy: what was changed in the workbook that it was made from, so that it can be undone exactly.

It is a custom XML part of the copy, the place that OOXML gives to other programs' data. For each part that was changed
it holds the old bytes and their positions.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rosterkit.write.patch.package import Package

_MAX_UNPACKED = 256_000_000  # bytes; marking every cell of 1,000,000 rows comes to less
_TOGETHER = 10_000  # pieces that are packed in one go
NAMESPACE = "urn:rosterkit:ledger:1"
_START = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ledger xmlns="{NAMESPACE}">'.encode()


class UndoLog:
    """The undo log of one part: position and length of each new piece, and the old bytes in its place."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(6)
        self._pieces: list[bytes] = []
        self._waiting: list[bytes] = []
        self._end = 0

    def add_change(self, position: int, length: int, old: bytes) -> None:
        """Note that ``length`` bytes at a position of the new part replace old bytes."""
        head = b"%d %d %d\n" % (position - self._end, length, len(old))
        self._waiting += (head, old)
        self._end = position + length
        if len(self._waiting) > _TOGETHER:
            self._pack_waiting()

    def pack(self) -> str:
        """Return the undo log as text."""
        self._pack_waiting()
        self._pieces.append(self._compressor.flush())
        return base64.b64encode(b"".join(self._pieces)).decode()

    def _pack_waiting(self) -> None:
        self._pieces.append(self._compressor.compress(b"".join(self._waiting)))
        self._waiting.clear()


def make_undo(content: bytes, changes: Iterable[tuple[int, int, bytes]]) -> str:
    """Return the packed undo log of a small part."""
    undo = UndoLog()
    shift = 0
    for start, end, new in changes:
        undo.add_change(start + shift, len(new), content[start:end])
        shift += len(new) - (end - start)
    return undo.pack()


def undo_changes(pieces: Iterable[bytes], packed: str) -> Iterator[bytes]:
    """Yield the old part, from the pieces of the new one and its packed undo log."""
    steps = _parse_steps(_inflate(base64.b64decode(packed)))
    source = iter(pieces)
    held, at = b"", 0  # what is left of the last piece begins at ``at``
    for gap, length, old in steps:
        while len(held) - at < gap + length:
            piece = next(source, None)
            if piece is None:
                raise ValueError("shorter than the ledger says")
            if gap and len(held) - at <= gap:
                yield held[at:]
                gap -= len(held) - at
                held, at = b"", 0
            held, at = held[at:] + piece, 0
        yield held[at : at + gap]
        yield old
        at += gap + length
    yield held[at:]
    yield from source


def _parse_steps(log: bytes) -> Iterator[tuple[int, int, bytes]]:
    position = 0
    while position < len(log):
        stop = log.index(b"\n", position)
        gap, length, old = map(int, log[position:stop].split())
        position = stop + 1 + old
        yield gap, length, log[stop + 1 : position]


PartRecord = tuple[int, int, str]  # checksum (CRC-32) and size in bytes as the part is now, and the packed undo log


@dataclass(slots=True)
class Ledger:
    """The ledger of a copy. Its fields are stored under their names."""

    name: str  # of the file that the copy was made from
    sha256: str  # of that file
    repaired: bool = False  # values were written into cells
    added: list[str] = field(default_factory=list)  # parts that the file did not have
    parts: dict[str, PartRecord] = field(default_factory=dict)
    content: str = ""  # the digest of all parts of the file (see ``Package.digest``)

    def to_xml(self) -> bytes:
        """Return the ledger as an XML part."""
        values = {name: getattr(self, name) for name in self.__slots__}
        text = base64.b64encode(zlib.compress(json.dumps(values).encode(), 9)).decode()
        return _START + text.encode() + b"</ledger>"


def read_ledger(content: bytes) -> Ledger | None:
    """Return the ledger in a part; None where the part holds something else."""
    if NAMESPACE.encode() not in content[:400]:
        return None
    text = content[content.index(NAMESPACE.encode()) :].partition(b">")[2].rpartition(b"</")[0]
    try:
        return _checked(json.loads(_inflate(base64.b64decode(text))))
    except (ValueError, zlib.error, TypeError, KeyError, AttributeError, RecursionError):
        return None


def find_ledger(package: Package) -> Ledger | None:
    """Return the ledger of a copy."""
    for part in package.get_relations(package.workbook).find_parts("customXml"):
        if part in package.infos:
            found = read_ledger(package.read(part))
            if found:
                return found
    return None


def _checked(values: dict[str, Any]) -> Ledger:
    """Return a ledger of values that anybody may have written.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: one of them is not what a ledger holds.
    """
    name, sha256, repaired, added, content = (values[key] for key in ("name", "sha256", "repaired", "added", "content"))
    parts = {part: (crc, size, undo) for part, (crc, size, undo) in values["parts"].items()}
    texts = [name, sha256, content, *added, *parts, *(undo for _crc, _size, undo in parts.values())]
    numbers = [number for crc, size, _undo in parts.values() for number in (crc, size)]
    if not (all(isinstance(text, str) for text in texts) and all(type(number) is int for number in numbers)):
        raise ValueError("another type")
    if not isinstance(repaired, bool):
        raise TypeError("another type")
    return Ledger(name, sha256, repaired, list(added), parts, content)


def _inflate(data: bytes) -> bytes:
    """Return unpacked bytes.

    Raises:
        ValueError: they are more than any ledger holds.
        zlib.error: they are damaged.
    """
    inflater = zlib.decompressobj()
    unpacked = inflater.decompress(data, _MAX_UNPACKED)
    if inflater.unconsumed_tail:
        raise ValueError("more than a ledger holds")
    return unpacked
