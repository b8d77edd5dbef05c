"""Spark as the team of a run: what processes do on one machine, executors do on many (extra ``rosterkit[spark]``).

The executors have rosterkit installed, and see the lists and the output folder under the same paths as the driver.
Spark does a task again whose executor is gone: outputs get their names when they are whole, so that nothing is there
twice or by half.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from rosterkit.errors import UsageError
from rosterkit.language import _, is_english, use
from rosterkit.run.engines.apart import Paths, Question, cut, find

_ERROR = re.compile(r"(?:\w+\.)*[A-Z]\w*(?:Error|Exception)\b(?!.*\bTraceback\b)")  # how such a line begins
Given = TypeVar("Given")
Item = TypeVar("Item")
Made = TypeVar("Made")

_CHUNK = 12  # items that one task does, as many as travel together between processes


class Cluster:
    """Does one thing after another to many items on a cluster (see ``run.workers.Team``), and brings rows together.

    Args:
        spark: a ``pyspark.SparkContext``.
    """

    def __init__(self, spark: Any) -> None:
        self._spark = spark
        self.count: int = spark.defaultParallelism

    def each(
        self, work: Callable[[Given, Item], Made], given: Given, items: Iterable[Item], together: int = _CHUNK
    ) -> Iterator[Made]:
        """See ``run.workers.Team``; all results are there before the first is given."""
        listed = list(items)
        if not listed:
            return
        begin = _beginning()

        def do(given: Any, item: Item) -> Made:
            begin()
            return work(given, item)

        parts = max(1, min(len(listed), -(-len(listed) // together)))
        with self._shared(given) as shared:
            yield from self._spark.parallelize(listed, parts).map(lambda item: do(shared.value, item)).collect()

    def ask(self, question: Question, items: Sequence[Paths]) -> list[pl.DataFrame]:
        """See ``apart.Shuffle``: tasks cut the people of some parts, and Spark brings each bucket to another task."""
        begin = _beginning()

        def pieces(item: tuple[int, Paths]) -> list[tuple[int, tuple[int, bytes]]]:
            begin()
            number, paths = item
            return [(bucket, (number, _packed(rows))) for bucket, rows in cut(shared.value, paths).items()]

        def look(bucket: Iterable[tuple[int, tuple[int, bytes]]]) -> list[pl.DataFrame]:
            rows = [pl.read_ipc(packed) for _number, packed in sorted(piece for _bucket, piece in bucket)]
            return [find(shared.value, pl.concat(rows))] if rows else []

        with self._shared(question) as shared:
            there = self._spark.parallelize(list(enumerate(items)), len(items)).flatMap(pieces)
            found: list[pl.DataFrame] = there.partitionBy(question.buckets, int).mapPartitions(look).collect()
        return found

    @contextmanager
    def _shared(self, value: object) -> Iterator[Any]:
        """Something that all tasks read.

        Raises:
            UsageError: Spark has given up; with the reason.
        """
        from py4j.protocol import Py4JJavaError

        shared = self._spark.broadcast(value)
        try:
            yield shared
        except Py4JJavaError as error:
            text = _("Spark tidak menyelesaikan pekerjaan ini: {error}")
            raise UsageError(text.format(error=_reason(str(error)))) from error
        finally:
            shared.destroy()


def _beginning() -> Callable[[], None]:
    """What a task does first: speak the language of the driver, and stand where it stands, as paths may be relative."""
    language, place = "en" if is_english() else "id", Path.cwd()

    def begin() -> None:
        use(language)
        with suppress(OSError):  # where it is not there, no path begins at it
            os.chdir(place)

    return begin


def _reason(text: str) -> str:
    """The line of a failure of Spark that says why: the last one of a traceback of Python, where there is one."""
    lines = [line.strip(": \t") for line in text.splitlines() if line.strip()]
    told = [line for line in lines if _ERROR.match(line)]
    return told[-1] if told else lines[0]


def _packed(rows: pl.DataFrame) -> bytes:
    out = BytesIO()
    rows.write_ipc(out)
    return out.getvalue()


@contextmanager
def cluster(master: str | None) -> Iterator[Cluster]:
    """A cluster that goes away with the run.

    Args:
        master: its address, such as ``spark://host:7077``, ``yarn`` or ``local[2]``; None: as Spark is configured.

    Raises:
        UsageError: pyspark is not installed, or Spark does not start.
    """
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError as error:
        raise UsageError(
            _("Untuk --engine spark, pasang dulu: pip install {what}").format(what='"rosterkit[spark]"')
        ) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = SparkConf().setAppName("rosterkit")
    for name in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
        settings = settings.setIfMissing(name, "false")
    settings = settings.setMaster(master) if master else settings.setIfMissing("spark.master", "local[*]")
    if (settings.get("spark.master") or "").startswith("local"):  # nothing of it is seen on a network
        for name in ("spark.driver.bindAddress", "spark.driver.host"):
            settings = settings.setIfMissing(name, "127.0.0.1")
    try:
        spark = SparkContext(conf=settings)
        spark.setLogLevel("ERROR")
    except Exception as error:
        text = _("Spark tidak bisa dijalankan: {error}")
        raise UsageError(text.format(error=str(error).strip().partition("\n")[0])) from error
    try:
        yield Cluster(spark)
    finally:
        spark.stop()
