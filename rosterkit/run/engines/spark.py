"""Spark as the team of a run: what processes do on one machine, executors do on many (extra ``rosterkit[spark]``).

The executors have rosterkit installed, and see the lists and the output folder under the same paths as the driver.
Spark does a task again whose executor is gone: outputs get their names when they are whole, so that nothing is there
twice or by half.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from rosterkit.errors import UsageError
from rosterkit.language import _, is_english, use

Given = TypeVar("Given")
Item = TypeVar("Item")
Made = TypeVar("Made")

_CHUNK = 12  # items that one task does, as many as travel together between processes


class Cluster:
    """Does one thing after another to many items on a cluster (see ``run.workers.Team``).

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
        shared, language, place = self._spark.broadcast(given), "en" if is_english() else "id", Path.cwd()

        def do(item: Item) -> Made:
            use(language)
            with suppress(OSError):  # a path may begin at the folder where the run was started
                os.chdir(place)
            return work(shared.value, item)

        parts = max(1, min(len(listed), -(-len(listed) // together)))
        try:
            yield from self._spark.parallelize(listed, parts).map(do).collect()
        finally:
            shared.destroy()


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
