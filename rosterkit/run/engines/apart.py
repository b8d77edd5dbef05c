"""Everybody of a run whose people lie on disk part by part: asked part by part, or brought together by a key.

What is brought together is cut into buckets: all rows with one value of the key are in one of them, and each bucket is
looked at by one process. No process ever holds everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Protocol

import polars as pl

from rosterkit.check.rows import Given, Rows, leave_out
from rosterkit.files import whole_file
from rosterkit.records import dataclass
from rosterkit.rules.base import Across
from rosterkit.rules.context import Context
from rosterkit.run.workers import Team

Paths = tuple[Path, ...]  # the people of some parts, who are loaded together


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rows of each value of a key.

    Args:
        across: whose ``find`` it is.
        key: which of its keys.
        context: what it may ask.
        buckets: into how many the rows are cut.
        left: columns, and the values of those who are left out.
    """

    across: Across
    key: int
    context: Context
    buckets: int
    left: tuple[tuple[str, pl.Series], ...]


class Shuffle(Protocol):
    """Brings together what lies apart."""

    def ask(self, question: Question, items: Sequence[Paths]) -> list[pl.DataFrame]:
        """What is found in each bucket: ``cut`` gives those of an item, and ``find`` looks at a whole one.

        Args:
            question: what is asked.
            items: in the order of the run, which the rows of a bucket have, too.
        """


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows in files (see ``check.rows.Rows``).

    Args:
        team: who looks at them part by part.
        shuffle: who brings them together.
        items: the files, in the order of the run.
        buckets: into how many rows are cut.
        left: see ``Question``.
    """

    team: Team
    shuffle: Shuffle
    items: Sequence[Paths]
    buckets: int
    left: tuple[tuple[str, pl.Series], ...] = ()

    def without(self, column: str, values: pl.Series) -> Rows:
        """See ``Rows``."""
        return replace(self, left=(*self.left, (column, values))) if len(values) else self

    def pick(
        self, work: Callable[[pl.DataFrame, Given], pl.DataFrame], given: Given, columns: Sequence[str]
    ) -> pl.DataFrame:
        """See ``Rows``."""
        return pl.concat(self.team.each(_pick, (work, given, columns, self.left), self.items, 1))

    def by_key(self, across: Across, context: Context) -> list[pl.DataFrame]:
        """See ``Rows``."""
        questions = [
            Question(across, key, context, self.buckets, self.left) for key in range(len(across.keys(context)))
        ]
        return [found for question in questions for found in self.shuffle.ask(question, self.items)]


def cut(question: Question, paths: Paths) -> dict[int, pl.DataFrame]:
    """The rows of some files by the number of their bucket; those without a key are in none. The first is there."""
    across = question.across
    rows = _load(paths, ("_id", "_file", *across.reads), question.left)
    key = across.keys(question.context)[question.key]
    number = pl.when(key.is_not_null()).then(key.hash(7) % question.buckets)
    numbered = rows.with_columns(_bucket=number).filter(pl.col("_bucket").is_not_null())
    parts = numbered.partition_by("_bucket", as_dict=True, include_key=False)
    return {0: rows.clear(), **{int(str(bucket)): part for (bucket,), part in parts.items()}}


def find(question: Question, bucket: pl.DataFrame) -> pl.DataFrame:
    """What is found among all rows of a bucket."""
    return question.across.find(bucket, [question.across.keys(question.context)[question.key]], question.context)


@dataclass(frozen=True, slots=True)
class ThroughFiles:
    """Brings rows together through files in a folder, for processes that see it.

    Args:
        team: the processes.
        folder: for these files, which are there as long as a question is.
    """

    team: Team
    folder: Path

    def ask(self, question: Question, items: Sequence[Paths]) -> list[pl.DataFrame]:
        """See ``Shuffle``."""
        buckets: dict[int, list[Path]] = {}
        try:
            for written in self.team.each(_cut_to_files, (question, self.folder), list(enumerate(items)), 1):
                for bucket, path in written:
                    buckets.setdefault(bucket, []).append(path)
            return [*self.team.each(_find_in_files, question, list(buckets.values()), 1)]
        finally:
            for path in chain(*buckets.values()):
                with suppress(OSError):  # Windows: somebody still reads it; it goes away with the folder
                    path.unlink(missing_ok=True)


def write_people(people: pl.DataFrame, path: Path) -> None:
    """Keep people in a file until they are asked for; a task may be done twice at once."""
    with whole_file(path, durable=False) as out:
        people.write_ipc(out)


def _cut_to_files(given: tuple[Question, Path], item: tuple[int, Paths]) -> list[tuple[int, Path]]:
    (question, folder), (number, paths) = given, item
    written = []
    for bucket, rows in cut(question, paths).items():
        path = folder / f"{number}-{bucket}.arrow"
        write_people(rows, path)
        written.append((bucket, path))
    return written


def _find_in_files(question: Question, paths: list[Path]) -> pl.DataFrame:
    return find(question, pl.concat([pl.read_ipc(path) for path in paths]))


def _pick(
    given: tuple[
        Callable[[pl.DataFrame, Given], pl.DataFrame], Given, Sequence[str], tuple[tuple[str, pl.Series], ...]
    ],
    paths: Paths,
) -> pl.DataFrame:
    work, more, columns, left = given
    return work(_load(paths, columns, left), more)


def _load(paths: Paths, columns: Sequence[str], left: Sequence[tuple[str, pl.Series]]) -> pl.DataFrame:
    wanted = [*dict.fromkeys((*columns, *(column for column, _values in left)))]
    rows = pl.concat([pl.read_ipc(path, columns=wanted) for path in paths])
    for column, values in left:
        rows = leave_out(rows, column, values)
    return rows
