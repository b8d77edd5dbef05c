"""The engine for many files and for large ones: several processes, and the people of a part in a file between steps.

The files hold personal data: they lie in a folder that only this user can read, and go away with the run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from rosterkit.check.across import ACROSS, READS, Told, find_here, of_part, unite
from rosterkit.check.part import Judged, Part, judge_part
from rosterkit.files import whole_file
from rosterkit.model.report import ReadFile
from rosterkit.records import dataclass
from rosterkit.rules.base import Across
from rosterkit.rules.context import Context
from rosterkit.run.read_part import Numbered, Reading, cut, read_part
from rosterkit.run.workers import Team

_FILES = 64  # of a part, at most
_PARTS = 4  # for each process, so that none waits long for the others
_ROWS = 1_000_000  # that are looked at together; more are parted by their keys


@dataclass(frozen=True, slots=True)
class Stored:
    """A part whose people are in a file."""

    path: Path
    part: Part  # without people

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
        rows: see ``_ROWS``.

    ``stored`` are the parts, in the order of the files.
    """

    def __init__(self, team: Team, folder: Path, rows: int = _ROWS) -> None:
        self._team, self._folder, self._rows = team, folder, rows
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

    def rows(self) -> pl.DataFrame:
        """See ``Engine.rows``."""
        return pl.concat([stored.load(READS) for stored in self.stored])

    def digests(self) -> dict[int, str]:
        """See ``Engine.digests``."""
        return {number: digest for stored in self.stored for number, digest in stored.part.digests.items()}

    def find(self, rows: pl.DataFrame, across: Across, context: Context) -> pl.DataFrame:
        """See ``Engine.find``: very many rows are looked at key by key, and bucket by bucket of its values."""
        count = len(rows) // self._rows + 1
        if count == 1:
            return find_here(rows, across, context)
        slim = rows.select(*dict.fromkeys(("_id", "_file", *across.reads)))
        keys = across.keys(context)
        items = ((at, bucket) for at, key in enumerate(keys) for bucket in _buckets(slim, key, count))
        return unite([*self._team.each(_find_in_bucket, (ACROSS.index(across), context), items, 1)], across)

    def judge(self, told: Told, context: Context) -> Iterator[Judged]:
        """See ``Engine.judge``."""
        items = ((stored, of_part(told, stored.load(("_id", "_file")))) for stored in self.stored)
        yield from self._team.each(_judge_stored, context, items, 1)


def _buckets(rows: pl.DataFrame, key: pl.Expr, count: int) -> Iterator[pl.DataFrame]:
    """Rows by their keys: each bucket holds all rows of each of its keys; those without a key are in none."""
    number = pl.when(key.is_not_null()).then(key.hash(7) % count)
    numbers = rows.select(number.alias("bucket")).to_series()
    for bucket in range(count):
        yield rows.filter((numbers == bucket).fill_null(False))


def _find_in_bucket(given: tuple[int, Context], item: tuple[int, pl.DataFrame]) -> pl.DataFrame:
    (rule, context), (key, bucket) = given, item
    across = ACROSS[rule]  # by its number: expressions of keys do not travel
    return across.find(bucket, [across.keys(context)[key]], context)


def _read_and_store(reading: Reading, item: tuple[list[Numbered], Path]) -> tuple[list[ReadFile], Stored]:
    chunk, path = item
    files, part = read_part(reading, chunk)
    return files, _store(part, path)


def _store(part: Part, path: Path) -> Stored:
    with whole_file(path, durable=False) as out:  # a task may be done twice at once
        part.people.write_ipc(out)
    return Stored(path, replace(part, people=part.people.clear()))


def _judge_stored(context: Context, item: tuple[Stored, Told]) -> Judged:
    stored, told = item
    return judge_part(stored.whole(), told, context)
