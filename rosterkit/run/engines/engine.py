"""What reads the files of a run and keeps their people until all is judged.

Whichever it is calls the same functions: ``run.read_part`` for what is done to files, ``check.part`` for what is done
to people, and the ``find`` of a rule for a frame that holds all rows of each of its keys. No rule knows which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from rosterkit.check.across import Told
from rosterkit.check.part import Judged, Part
from rosterkit.check.rows import Rows
from rosterkit.model.report import ReadFile
from rosterkit.rules.context import Context
from rosterkit.run.read_part import Numbered, Reading


class Engine(Protocol):
    """Reads the files of a run, and keeps their people in parts that hold whole files."""

    def read(self, reading: Reading, files: Sequence[Numbered], done: Callable[[Path], None]) -> list[ReadFile]:
        """Read files and type their people; their cells are dropped, or wait for the copies.

        Args:
            reading: what it takes.
            files: in their order.
            done: is called for each.
        """

    def parts(self) -> Iterator[Part]:
        """The parts, in the order of the files."""

    def leave_out(self, files: Collection[int]) -> None:
        """Forget the people of some files."""

    def forget(self) -> None:
        """Forget everybody: the run is judged, and what is still to be written needs nothing of them."""

    def rows(self) -> Rows:
        """Everybody with the columns of ``check.across.READS``, in the order of the files."""

    def digests(self) -> dict[int, str]:
        """Number of a file -> the digest of its people."""

    def judge(self, told: Told, context: Context) -> Iterator[Judged]:
        """Judge the parts, in the order of the files."""
