"""Several processes for the files of a run, where there are enough files to pay for starting them."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from rosterkit.gc_pause import collect_rarely
from rosterkit.language import is_english, use

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Given = TypeVar("Given")
Item = TypeVar("Item")
Made = TypeVar("Made")

_WORTH = 40  # files for which a second process is worth starting
_MOST = 8
_LIMIT = 60  # processes that Windows can wait for
_CHUNK = 12  # files that travel together
_AHEAD = 4 * _MOST  # chunks on their way


class Team(Protocol):
    """Does one thing after another to many items, wherever that is."""

    count: int  # that work at the same time

    def each(
        self, work: Callable[[Given, Item], Made], given: Given, items: Iterable[Item], together: int = _CHUNK
    ) -> Iterator[Made]:
        """The results in the order of the items; several begin before the first result is asked for.

        Args:
            work: a function of a module.
            given: its first argument, the same for all items.
            items: its second ones.
            together: how many travel at once.
        """


class Workers:
    """Does one thing after another to many items, in this process or in several.

    Args:
        count: how many processes; they begin to load ``module`` at once, while this one goes on.
        module: what they will need.
    """

    def __init__(self, count: int, module: str) -> None:
        self.count = count
        self._pool = _pool(count, module) if count > 1 else None

    def each(
        self, work: Callable[[Given, Item], Made], given: Given, items: Iterable[Item], together: int = _CHUNK
    ) -> Iterator[Made]:
        """The results in the order of the items, which are taken when their turn comes.

        The processes begin at once, before the first result is asked for. One that dies leaves its items to this one.

        Args:
            work: a function of a module.
            given: its first argument, the same for all items.
            items: its second ones.
            together: how many travel at once.
        """
        if self._pool is None:
            return (work(given, item) for item in items)
        packed, rest = pickle.dumps(given), iter(items)
        sent: deque[tuple[list[Item], Future[list[Made]] | None]] = deque()

        def send() -> None:
            while len(sent) < _AHEAD and (chunk := list(islice(rest, together))):
                sent.append((chunk, self._send(work, packed, chunk)))

        def collect() -> Iterator[Made]:
            while sent:
                chunk, future = sent.popleft()
                results = _result(future)
                yield from [work(given, item) for item in chunk] if results is None else results
                send()

        send()
        return collect()

    def _send(self, work: Callable[[Given, Item], Made], packed: bytes, chunk: list[Item]) -> Future[list[Made]] | None:
        """What a process will give for some items; None where all processes are gone."""
        from concurrent.futures.process import BrokenProcessPool

        assert self._pool is not None  # noqa: S101 # asked by its caller
        try:
            return self._pool.submit(_work, work, packed, chunk)
        except BrokenProcessPool:
            return None

    def close(self) -> None:
        """Let the processes go; what they have not begun they leave."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[list[Made]] | None) -> list[Made] | None:
    """What a process gave; None where it died."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result() if future else None
    except BrokenProcessPool:
        return None


def team_size(items: int, wanted: int | None) -> int:
    """How many processes are wanted, else how many are worth it for a number of items; never more than items."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = wanted or (min(available, _MOST, items // _WORTH + 1) if items >= _WORTH else 1)
    return min(count, max(1, items))


@contextmanager
def workers(count: int, module: str) -> Iterator[Workers]:
    """Some processes, which end with the block."""
    team = Workers(count, module)
    try:
        yield team
    finally:
        team.close()


def _pool(count: int, module: str) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Processes are started afresh everywhere: polars has threads, which do not survive a fork.
    pool = ProcessPoolExecutor(
        min(count, _LIMIT), get_context("spawn"), _begin, ("en" if is_english() else "id", module)
    )
    with _uninterrupted():
        for _ in range(count):
            pool.submit(_begun)  # a process is only started when there is something to do
    return pool


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl+C is this process's business: those that are started meanwhile do not hear it, and end with the pool."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(language: str, module: str) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use(language)
    collect_rarely()
    import_module(module)


def _end_with_parent() -> None:
    """End at once where the first process is killed: nobody takes this one's work, and another run may begin."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _begun() -> None:
    """Nothing; the process is there."""


def _work(work: Callable[[Any, Any], Made], packed: bytes, chunk: Sequence[Any]) -> list[Made]:
    if not _given or _given[0][0] != packed:
        _given[:] = [(packed, pickle.loads(packed))]  # noqa: S301 # from our own parent
    return [work(_given[0][1], item) for item in chunk]


_given: list[tuple[bytes, Any]] = []  # what the work was last given, unpacked once
