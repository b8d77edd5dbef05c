"""The city on Spark: the same as in one process, with the data of each sender, also where all of it is killed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.city.project import make_city
from tests.city.runs import OUTPUTS, City
from tests.city.test_killed import ends, grow_old, halves, processes
from tests.run.test_engines import differences

pytestmark = pytest.mark.spark

HERE = ("--engine", "here", "--jobs", "1")
SPARK = ("--engine", "spark", "--master", "local[2]")
CLUSTER = (*SPARK[:3], "local-cluster[2,1,1024]")  # executors of their own, which work in other folders than the driver
KILLS = 3
EXECUTOR = "CoarseGrainedExecutorBackend"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("kota")
    city = City(make_city(folder / "dibuat"), folder / "kerja")
    (city.made / OUTPUTS / "data" / "findings").mkdir(parents=True)  # so that one process writes data, too
    return city


@pytest.fixture(scope="module")
def quiet(city: City) -> dict[str, object]:
    city.fresh()
    return city.check(*HERE)


@pytest.fixture
def cluster() -> Iterator[tuple[str, ...]]:
    """The words for a cluster; what its executors leave beside Spark goes away."""
    spark = find_spec("pyspark")
    assert spark is not None
    assert spark.origin is not None
    logs = Path(spark.origin).with_name("work")
    was_there = logs.exists()
    yield CLUSTER
    if not was_there:
        shutil.rmtree(logs, ignore_errors=True)


def test_a_cluster_says_and_writes_the_same_and_executors_that_are_killed_cost_nothing(
    city: City, quiet: dict[str, object], cluster: tuple[str, ...]
) -> None:
    """An executor is killed, and some tasks of others, at random moments; they are done again elsewhere."""
    seed = random.randrange(1000)
    chance = random.Random(seed)
    city.fresh()
    process = city.start(*cluster)
    killed, until = 0, time.monotonic() + 120
    while killed < KILLS and process.poll() is None and time.monotonic() < until:
        time.sleep(chance.uniform(0.2, 1.5))
        of_kind = is_task if killed else is_executor
        if found := list(filter(of_kind, processes(process.pid))):
            os.kill(chance.choice(found), signal.SIGKILL)
            killed += 1
    out, errors = process.communicate(timeout=300)
    assert process.returncode == 3, f"seed {seed}: {errors}"
    assert killed, "nothing was killed"
    assert differences(quiet, {"": json.loads(out), **city.results()}) == [], f"seed {seed}"


def test_the_run_after_one_that_was_killed_is_as_if_nothing_had_been(city: City, quiet: dict[str, object]) -> None:
    """The first process is killed, or all of them, while the tasks work."""
    seed = random.randrange(1000)
    chance = random.Random(seed)
    city.fresh()
    for number in range(2):
        process = city.start(*SPARK)
        until = time.monotonic() + 60
        while not any(map(is_task, processes(process.pid))) and time.monotonic() < until:
            time.sleep(0.1)
        moment = chance.uniform(0, 8)
        time.sleep(moment)
        if number:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert ends(process.pid), f"seed {seed}"
        assert list(halves(city.place / OUTPUTS)) == [], f"seed {seed}, after {moment:.1f} s"
        grow_old(city.place, city.place / OUTPUTS)
    assert differences(quiet, city.check(*SPARK)) == [], f"seed {seed}"
    assert [*city.place.rglob("*rosterkit-*"), *city.place.rglob("*.lock*")] == [], f"seed {seed}"


def is_executor(process: int) -> bool:
    """Whether a process is an executor: a machine of its own, as far as Spark knows."""
    try:
        return EXECUTOR in Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return False


def is_task(process: int) -> bool:
    """Whether a process does tasks: those that the daemon of Spark has started, with which it would end."""
    try:
        command, parent = (Path(f"/proc/{process}/{name}") for name in ("cmdline", "stat"))
        above = Path(f"/proc/{parent.read_text().rpartition(')')[2].split()[1]}/cmdline")
        return all("pyspark.daemon" in path.read_text() for path in (command, above))
    except OSError:
        return False
