"""The Python processes of Spark's tasks are killed while a test runs, those of this test alone."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "ROSTERKIT_TEST"  # a variable that the processes of a test inherit


@contextmanager
def tasks_are_killed(mark: str, most: int = 3) -> Iterator[list[int]]:
    """Kill some, one after another; gives those that were killed.

    Args:
        mark: what ``MARK`` is for Spark.
        most: how many.
    """
    ended = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not ended.wait(0.2) and len(killed) < most:
            for number in _tasks(mark)[1:2]:  # the first one starts the others
                killed.append(number)
                os.kill(number, signal.SIGKILL)
                time.sleep(1)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        ended.set()
        killer.join()


def _tasks(mark: str) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_task = b"pyspark.daemon" in (process / "cmdline").read_bytes()
            is_ours = f"{MARK}={mark}\0".encode() in (process / "environ").read_bytes()
        except OSError:  # it has ended, or is somebody else's
            continue
        if is_task and is_ours:
            found.append(int(process.name))
    return sorted(found)
