"""The one thread that loads polars, once a job needs it, and does one job after another."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

Made = TypeVar("Made")

_PAGE_FIRST = 0.5  # seconds in which the first page is drawn


class Worker:
    """Does jobs in a thread of its own; a mistake in one is its caller's, and the next one goes on."""

    def __init__(self, pause: float = _PAGE_FIRST) -> None:
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._pause = pause
        threading.Thread(target=self._work, daemon=True, name="rosterkit-desk").start()

    def do(self, job: Callable[[], Made]) -> Future[Made]:
        """Return at once what will hold the result of a job."""
        future: Future[Made] = Future()
        self._jobs.put((future, job))
        return future

    def _work(self) -> None:
        time.sleep(self._pause)
        while True:
            future, job = self._jobs.get()
            try:
                future.set_result(job())
            except BaseException as error:  # whatever it is, the thread must not end
                future.set_exception(error)
