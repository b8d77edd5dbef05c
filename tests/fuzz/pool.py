"""Several workers, each with a time for every file; one that dies or hangs is the result of its file."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from tests.command_line import ROOT, process_environment
from tests.fuzz.verdict import Result

SECONDS = 45
_END = None


def check_all(names: Iterable[str], jobs: int) -> Iterator[Result]:
    """Yield the result of each name as it comes."""
    waiting: queue.Queue[str] = queue.Queue()
    for name in names:
        waiting.put(name)
    results: queue.Queue[Result | None] = queue.Queue()
    threads = [threading.Thread(target=_work, args=(waiting, results), daemon=True) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    ended = 0
    while ended < jobs:
        result = results.get()
        if result is _END:
            ended += 1
        else:
            yield result


def _work(waiting: queue.Queue[str], results: queue.Queue[Result | None]) -> None:
    worker = None
    try:
        while True:
            name = waiting.get_nowait()
            if worker and not worker.is_alive():
                worker.close()
                worker = None
            worker = worker or Worker()
            results.put(worker.check(name))
    except queue.Empty:
        pass
    finally:
        if worker:
            worker.close()
        results.put(_END)


class Worker:
    """A process that checks one file after another."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 # closed by ``close``
        self._process: subprocess.Popen[Any] = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self._errors, text=True, cwd=ROOT, env=process_environment(POLARS_MAX_THREADS="1"),
        )  # fmt: skip
        self._checked = 0

    def is_alive(self) -> bool:
        return self._process.poll() is None and self._checked < 400

    def check(self, name: str) -> Result:
        assert self._process.stdin
        assert self._process.stdout
        self._checked += 1
        start = time.monotonic()
        timer = threading.Timer(SECONDS + 10 * (self._checked == 1), self._process.kill)
        timer.start()
        try:
            self._process.stdin.write(name + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if line:
            return Result(**json.loads(line))
        code = self._process.wait()
        if time.monotonic() - start >= SECONDS:
            return Result(name, "hang", [f"over {SECONDS} s"])
        self._errors.seek(0)
        return Result(name, "abort", [f"abort: exit code {code}: {self._errors.read()[-600:]}"])

    def close(self) -> None:
        with suppress(BrokenPipeError):
            self._process.communicate()
        self._errors.close()
