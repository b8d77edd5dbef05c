"""A copy of a package in which most parts keep their bytes as they were packed."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import BinaryIO
from xml.parsers import expat

from rosterkit.write.patch.ledger import make_undo
from rosterkit.write.patch.package import CHUNK, Package
from rosterkit.write.patch.xml import Xml, unsupported_xml

_XML = (".xml", ".rels")
_TOGETHER = 1 << 18  # bytes that are packed in one go
_LEVEL = 2  # of packing: a third of the time of the usual level for an eighth more bytes


class PackageCopy:
    """Writes a package of unchanged parts, byte for byte as they were packed, and new ones.

    With ``strict`` every new part of XML is parsed once more while it is written.

    Raises:
        FileError: a new part is no XML, or has an attribute twice.
    """

    def __init__(self, target: BinaryIO, strict: bool = False) -> None:
        self._strict = strict
        self._archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)

    def __enter__(self) -> PackageCopy:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def get_checksum(self, name: str) -> tuple[int, int]:
        """Return the checksum and the size of a part that was written."""
        info = self._archive.getinfo(name)
        return info.CRC, info.file_size

    def copy_part(self, package: Package, info: zipfile.ZipInfo) -> None:
        """Copy a part of another package without unpacking it."""
        source = package.source
        source.seek(info.header_offset)
        name, extra = struct.unpack("<26xHH", source.read(30))
        source.seek(name + extra, 1)
        new = zipfile.ZipInfo(info.filename, info.date_time)
        for attribute in ("compress_type", "external_attr", "create_system", "CRC", "compress_size", "file_size"):
            setattr(new, attribute, getattr(info, attribute))
        out = self._archive
        assert out.fp is not None  # noqa: S101 # it is open
        new.header_offset = out.fp.tell()
        out.fp.write(new.FileHeader())
        left = info.compress_size
        while left:
            chunk = source.read(min(CHUNK, left))
            if not chunk:
                raise unsupported_xml()
            out.fp.write(chunk)
            left -= len(chunk)
        out.filelist.append(new)
        out.NameToInfo[new.filename] = new
        out.start_dir = out.fp.tell()

    def copy_others(self, package: Package, written: Collection[str]) -> None:
        """Copy all parts of another package but those that were written or that go."""
        for name, info in package.infos.items():
            if name not in written:
                self.copy_part(package, info)

    @contextmanager
    def open_part(self, name: str) -> Iterator[Callable[[bytes], object]]:
        """Yield a function that writes a piece of a new part. A piece is packed while the next one is made."""
        with self._archive.open(name, "w") as part, ExitStack() as stack:
            waiting: list[bytes] = []  # what is little is packed in one piece, which needs no thread
            packer: ThreadPoolExecutor | None = None
            last: Future[None] | None = None
            check = _parse_strictly() if self._strict and name.lower().endswith(_XML) else _pass_over

            def put(piece: bytes, is_last: bool = False) -> None:
                check(piece, is_last)
                if piece:
                    part.write(piece)

            size = 0

            def write(piece: bytes) -> None:
                nonlocal size, packer, last
                waiting.append(piece)
                size += len(piece)
                if size < _TOGETHER:
                    return
                if packer is None:
                    packer = stack.enter_context(ThreadPoolExecutor(1))
                if last:
                    last.result()
                last = packer.submit(put, b"".join(waiting))
                waiting.clear()
                size = 0

            yield write
            if last:
                last.result()
            if last or waiting:
                put(b"".join(waiting), is_last=True)

    def write_whole(self, name: str, content: bytes) -> None:
        """Write a new part in one piece."""
        with self._archive.open(name, "w") as part:
            part.write(content)

    def write_part(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a new part from its pieces."""
        with self.open_part(name) as write:
            for piece in pieces:
                write(piece)


def _parse_strictly() -> Callable[[bytes, bool], object]:
    """Return a function that parses a part piece by piece."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def parse(piece: bytes, is_last: bool) -> None:
        try:
            parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise unsupported_xml() from error

    return parse


def _pass_over(piece: bytes, is_last: bool) -> None:
    """Parse nothing."""


def render_small_parts(changed: Mapping[str, Xml], added: Mapping[str, bytes]) -> Iterator[tuple[str, bytes, str]]:
    """Yield the small parts that changed or are new: name, content, and for a changed one its packed undo log."""
    for name, xml in changed.items():
        if xml.changes:
            content = xml.to_bytes()
            yield name, content, make_undo(xml.content, xml.changes)
    for name, content in added.items():
        yield name, content, ""
