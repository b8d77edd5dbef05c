"""The check of a copy before it gets its name: without the changes that its ledger tells, it is its original."""

from __future__ import annotations

import zlib
from typing import BinaryIO
from zipfile import ZipInfo

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.write.patch.ledger import find_ledger, undo_changes
from rosterkit.write.patch.package import Package


def verify_bytes(copy: BinaryIO, source: BinaryIO) -> None:
    """Compare a copy, read back, with the package that it was made from, byte for byte.

    Parts without changes must be packed as they were; the others must have the size and the checksum of the old ones
    once the changes of the ledger are undone.

    Raises:
        FileError: a part is not what it was.
    """
    new, old = Package(copy), Package(source)
    ledger = find_ledger(new)
    for name, info in old.infos.items():
        undo = ledger.parts.get(name, (0, 0, ""))[2] if ledger else ""
        found = new.infos.get(name)
        same = found and (_undoes(new, name, undo, info) if undo else _is_packed_alike(new, found, old, info))
        if not same:
            text = _(
                "Salinan bertanda tidak dibuat: isi berkas berubah saat ditulis ({part}). Buka berkas di Excel, Save As"
                " > Excel Workbook (.xlsx), lalu periksa lagi."
            )
            raise FileError("copy-differs", text.format(part=info.filename))


def _undoes(new: Package, name: str, undo: str, info: ZipInfo) -> bool:
    """Return whether a part, its changes undone, has the checksum and the size of the old one."""
    checksum = size = 0
    try:
        for piece in undo_changes(new.read_chunks(name), undo):
            checksum = zlib.crc32(piece, checksum)
            size += len(piece)
    except (ValueError, zlib.error):
        return False
    return (checksum, size) == (info.CRC, info.file_size)


def _is_packed_alike(new: Package, found: ZipInfo, old: Package, info: ZipInfo) -> bool:
    """Return whether a part is packed in the same bytes in both packages."""
    facts = [(one.CRC, one.file_size, one.compress_size, one.compress_type) for one in (found, info)]
    return facts[0] == facts[1] and new.read_packed(found) == old.read_packed(info)
