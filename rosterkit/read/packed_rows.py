"""Rows of a large sheet, packed in blocks: they take a sixth of the memory that they take as objects.

A block is unpacked as fast as its rows could be copied, so that a sheet can be gone through again and again.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, overload

from rosterkit.model.cells import Row

_ROWS = 1_000  # of a block
_UNPACKED = 2  # blocks: who goes through the rows looks back
_Block = list[list[Any]]


class PackedRows(Sequence[Row]):
    """Rows that are read like a list of lists; a change to one of them is lost."""

    __slots__ = ("_blocks", "_range", "_unpacked", "_width")

    def __init__(
        self, blocks: Sequence[bytes], rows: range, width: int = 0, unpacked: dict[int, _Block] | None = None
    ) -> None:
        """Take rows from where they are packed.

        Args:
            blocks: ``_ROWS`` rows each, the last one fewer.
            rows: which of them.
            width: how wide each is at least.
            unpacked: the blocks that were used last.
        """
        self._blocks, self._range, self._width = blocks, rows, width
        self._unpacked = {} if unpacked is None else unpacked

    def __len__(self) -> int:
        """How many rows."""
        return len(self._range)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        """Return one row, or some; many of them packed."""
        if isinstance(at, slice):
            some = PackedRows(self._blocks, self._range[at], self._width, self._unpacked)
            return some if len(some) > _ROWS and some._range.step == 1 else [*some]
        number, row = divmod(self._range[at], _ROWS)
        return self._block(number)[row]

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows, a block at a time."""
        if self._range.step != 1:
            yield from (self[at] for at in range(len(self)))
            return
        first, end = self._range.start, self._range.stop
        while first < end:
            number, row = divmod(first, _ROWS)
            rows = self._block(number)[row : row + end - first]
            yield from rows
            first += len(rows)

    def _block(self, number: int) -> _Block:
        rows = self._unpacked.get(number)
        if rows is None:
            rows = _unpack(self._blocks[number])
            for row in rows if self._width else ():
                if len(row) < self._width:
                    row += [""] * (self._width - len(row))
            for old in [*self._unpacked][: 1 - _UNPACKED]:
                self._unpacked.pop(old, None)
            self._unpacked[number] = rows
        return rows


class Packer:
    """Packs rows as they come."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._open: _Block = []

    def __len__(self) -> int:
        """How many rows came."""
        return len(self._blocks) * _ROWS + len(self._open)

    def add(self, rows: Iterable[Row]) -> None:
        """Take the next rows."""
        rows = iter(rows)
        while more := [*map(list, islice(rows, _ROWS - len(self._open)))]:
            self._open += more
            if len(self._open) == _ROWS:
                self._blocks.append(_pack(self._open))
                self._open = []

    def drop_blank_end(self) -> None:
        """Forget the rows at the end that hold nothing."""
        while self._open or self._blocks:
            self._open = self._open or _unpack(self._blocks.pop())
            if any(cell != "" for cell in self._open[-1]):
                break
            self._open.pop()

    def rows(self, width: int = 0) -> PackedRows:
        """Return all rows that came, each at least so wide."""
        return PackedRows((*self._blocks, _pack(self._open)), range(len(self)), width)


def pack_like(old: Sequence[Row], rows: Iterable[Row]) -> Sequence[Row]:
    """Return rows made from others as these are: packed or as a list."""
    if not isinstance(old, PackedRows):
        return list(rows)
    packer = Packer()
    packer.add(rows)
    return packer.rows()


def _pack(rows: _Block) -> bytes:
    try:
        return b"m" + marshal.dumps(rows)
    except ValueError:  # there are dates
        return b"p" + pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)


def _unpack(block: bytes) -> _Block:
    content = memoryview(block)[1:]
    rows: _Block = marshal.loads(content) if block[:1] == b"m" else pickle.loads(content)  # noqa: S301, S302 # of ``_pack``
    return rows
