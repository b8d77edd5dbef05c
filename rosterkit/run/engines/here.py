"""The engine for most runs: one process, everything in memory, one frame for all rows that are looked at together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import polars as pl

from rosterkit.check.across import READS, Told, of_part
from rosterkit.check.part import Judged, Part, judge_part
from rosterkit.check.rows import AtHand, Rows
from rosterkit.model.report import ReadFile
from rosterkit.rules.context import Context
from rosterkit.run.read_part import KEPT, Numbered, Reading, cut, file_size, read_part

_FILES = 256  # of a part, at most


class Here:
    """Reads and judges in this process."""

    def __init__(self) -> None:
        self._parts: list[Part] = []

    def read(self, reading: Reading, files: Sequence[Numbered], done: Callable[[Path], None]) -> list[ReadFile]:
        """See ``Engine.read``."""
        read = []
        size = sum(file_size(path) for _number, path in files)
        keeps_cells = reading.task.settings.write and (len(files) == 1 or size <= KEPT)
        for chunk in cut(files, _FILES):
            found, part = read_part(reading, chunk, done, keeps_cells)
            read += found
            self._parts.append(part)
        return read

    def parts(self) -> Iterator[Part]:
        """See ``Engine.parts``."""
        return iter(self._parts)

    def leave_out(self, files: Collection[int]) -> None:
        """See ``Engine.leave_out``."""
        self._parts = [part.without(files) for part in self._parts]

    def forget(self) -> None:
        """See ``Engine.forget``."""
        self._parts.clear()

    def rows(self) -> Rows:
        """See ``Engine.rows``."""
        return AtHand(pl.concat([part.people.select(READS) for part in self._parts]))

    def digests(self) -> dict[int, str]:
        """See ``Engine.digests``."""
        return {number: digest for part in self._parts for number, digest in part.digests.items()}

    def judge(self, told: Told, context: Context) -> Iterator[Judged]:
        """See ``Engine.judge``."""
        for part in self._parts:
            own = told if len(self._parts) == 1 else of_part(told, part.people.select("_id", "_file"))
            yield judge_part(part, own, context)
