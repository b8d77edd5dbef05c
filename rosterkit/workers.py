"""Several processes for the files of a run, where there are enough files to pay for starting them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

from rosterkit.language import is_english, use

Given = TypeVar("Given")
Item = TypeVar("Item")
Made = TypeVar("Made")

WORTH = 40  # files for which a second process is worth starting
_MOST = 8
_CHUNK = 12  # files that travel together
_AHEAD = 4 * _MOST  # chunks on their way


class Workers(Generic[Given]):
    """Does one thing after another to many items; what all of them need travels to each process once.

    Args:
        given: what every call gets as its first argument.
        count: how many processes.
    """

    def __init__(self, given: Given, count: int) -> None:
        self._given = given
        self._pool = _pool(given, count) if count > 1 else None

    def each(self, work: Callable[[Given, Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """The results in the order of the items, which are taken when their turn comes.

        A process that dies leaves its items to this one.
        """
        if self._pool is None:
            yield from (work(self._given, item) for item in items)
            return
        rest = iter(items)
        waiting: deque[tuple[list[Item], Future[list[Made]] | None]] = deque()
        while True:
            while len(waiting) < _AHEAD and (chunk := list(islice(rest, _CHUNK))):
                waiting.append((chunk, self._submit(work, chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                results = future.result() if future else None
            except BrokenProcessPool:
                results = None
            yield from [work(self._given, item) for item in chunk] if results is None else results

    def _submit(self, work: Callable[[Given, Item], Made], chunk: list[Item]) -> Future[list[Made]] | None:
        try:
            return self._pool.submit(_work, work, chunk) if self._pool else None
        except BrokenProcessPool:
            return None

    def close(self) -> None:
        """Let the processes go; what they have not begun they leave."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def workers(given: Given, items: int, wanted: int | None) -> Iterator[Workers[Given]]:
    """As many processes as are wanted, else as many as are worth it for a number of items."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = wanted or (min(available, _MOST, items // WORTH + 1) if items >= WORTH else 1)
    team = Workers(given, min(count, max(1, items)))
    try:
        yield team
    finally:
        team.close()


_shared: Any = None


def _pool(given: object, count: int) -> ProcessPoolExecutor:
    # Processes are started afresh everywhere: polars has threads, which do not survive a fork.
    return ProcessPoolExecutor(count, get_context("spawn"), _begin, (given, "en" if is_english() else "id"))


def _begin(given: object, language: str) -> None:
    global _shared
    use(language)
    _shared = given


def _work(work: Callable[[Any, Any], Made], chunk: Sequence[Any]) -> list[Made]:
    return [work(_shared, item) for item in chunk]
