"""The engine for many files and for large ones: several processes, and the people of a part in a file between steps.

The files hold personal data: they lie in a folder that only this user can read, and go away with the run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from rosterkit.check.across import READS, Told, of_part
from rosterkit.check.part import Judged, Part, judge_part
from rosterkit.check.rows import AtHand, Rows
from rosterkit.model.report import ReadFile
from rosterkit.records import dataclass
from rosterkit.rules.context import Context
from rosterkit.run.engines.apart import Apart, Paths, Shuffle, ThroughFiles, write_people
from rosterkit.run.read_part import Numbered, Reading, cut, read_part
from rosterkit.run.workers import Team

_FILES = 256  # of a part, at most
_PARTS = 4  # for each process, so that none waits long for the others
_ROWS = 250_000  # that are looked at together; more are parted by their keys


@dataclass(frozen=True, slots=True)
class Stored:
    """A part whose people are in a file."""

    path: Path
    part: Part  # without people
    count: int  # of people

    def load(self, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The people, or some of their columns."""
        return pl.read_ipc(self.path, columns=list(columns) if columns else None)

    def whole(self) -> Part:
        """The part with its people."""
        return replace(self.part, people=self.load())


class Disk:
    """Reads and judges in several processes.

    Args:
        team: the processes, on this machine or on others that see the same folders.
        folder: where the people are between two steps; of the engine alone.
        shuffle: brings people together by keys; None: through files in this folder.
        rows: see ``_ROWS``.

    ``stored`` are the parts, in the order of the files.
    """

    def __init__(self, team: Team, folder: Path, shuffle: Shuffle | None = None, rows: int = _ROWS) -> None:
        self._team, self._folder, self._rows = team, folder, rows
        self._shuffle = shuffle or ThroughFiles(team, folder)
        self.stored: list[Stored] = []

    def read(self, reading: Reading, files: Sequence[Numbered], done: Callable[[Path], None]) -> list[ReadFile]:
        """See ``Engine.read``."""
        most = max(1, min(_FILES, len(files) // (_PARTS * self._team.count) + 1))
        items = ((chunk, self._folder / f"{number}.arrow") for number, chunk in enumerate(cut(files, most)))
        read: list[ReadFile] = []
        for found, stored in self._team.each(_read_and_store, reading, items, 1):
            for file in found:
                done(file.path)
            read += found
            self.stored.append(stored)
        return read

    def parts(self) -> Iterator[Part]:
        """See ``Engine.parts``."""
        return (stored.whole() for stored in self.stored)

    def leave_out(self, files: Collection[int]) -> None:
        """See ``Engine.leave_out``."""
        self.stored = [_store(stored.whole().without(files), stored.path) for stored in self.stored]

    def forget(self) -> None:
        """See ``Engine.forget``."""
        for stored in self.stored:
            stored.path.unlink(missing_ok=True)
        self.stored.clear()

    def rows(self) -> Rows:
        """See ``Engine.rows``: a few are at hand, very many stay where they are."""
        people = sum(stored.count for stored in self.stored)
        if people <= self._rows:
            return AtHand(pl.concat([stored.load(READS) for stored in self.stored]))
        return Apart(self._team, self._shuffle, [*_together(self.stored, self._rows)], people // self._rows + 1)

    def digests(self) -> dict[int, str]:
        """See ``Engine.digests``."""
        return {number: digest for stored in self.stored for number, digest in stored.part.digests.items()}

    def judge(self, told: Told, context: Context) -> Iterator[Judged]:
        """See ``Engine.judge``."""
        items = ((stored, of_part(told, stored.load(("_id", "_file")))) for stored in self.stored)
        yield from self._team.each(_judge_stored, context, items, 1)


def _together(parts: Sequence[Stored], rows: int) -> Iterator[Paths]:
    """The files of parts, as many at a time as have so many people."""
    some: list[Path] = []
    count = 0
    for stored in parts:
        if some and count + stored.count > rows:
            yield tuple(some)
            some, count = [], 0
        some.append(stored.path)
        count += stored.count
    yield tuple(some)


def _read_and_store(reading: Reading, item: tuple[list[Numbered], Path]) -> tuple[list[ReadFile], Stored]:
    chunk, path = item
    files, part = read_part(reading, chunk)
    return files, _store(part, path)


def _store(part: Part, path: Path) -> Stored:
    write_people(part.people, path)
    return Stored(path, replace(part, people=part.people.clear()), len(part.people))


def _judge_stored(context: Context, item: tuple[Stored, Told]) -> Judged:
    stored, told = item
    return judge_part(stored.whole(), told, context)
