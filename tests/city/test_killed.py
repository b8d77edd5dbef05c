"""Runs on the city that are killed at random moments: nothing is ever there by half, and the next run mends it all."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.city.project import make_city
from tests.city.runs import OUTPUTS, City
from tests.run.test_engines import differences

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed by a signal there"),
]

DISK = ("--engine", "disk", "--jobs", "2")
KILLS = 4
_DAY = 86_400


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("kota")
    return City(make_city(folder / "dibuat"), folder / "kerja")


@pytest.fixture(scope="module")
def quiet(city: City) -> tuple[dict[str, object], float]:
    """What a run gives that nobody disturbs, and how long it takes."""
    city.fresh()
    began = time.monotonic()
    return city.check(*DISK), time.monotonic() - began


def halves(folder: Path) -> Iterator[str]:
    """The results that are there by half; what is still being written has no name yet."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith(".rosterkit"):
            try:
                assert is_whole(path)
            except Exception as error:  # whatever a reader says
                yield f"{path}: {error!r}"


def is_whole(path: Path) -> bool:
    """Whether a result can be read to its end."""
    if path.suffix in (".xlsx", ".xlsm"):
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None and "xl/workbook.xml" in package.namelist()
    if path.suffix == ".json":
        return bool(json.loads(path.read_bytes()))
    if path.suffix == ".parquet":
        return pl.read_parquet(path.read_bytes()).width > 0
    return path.read_bytes().rstrip().endswith({".html": b"</html>"}.get(path.suffix, b""))


def processes(session: int) -> list[int]:
    """The processes of a run, without those that only wait to be buried."""
    found = subprocess.run(["ps", "-eo", "pid=,sid=,stat="], capture_output=True, text=True, check=True)
    lines = [line.split() for line in found.stdout.splitlines()]
    return [int(process) for process, of, state in lines if int(of) == session and state[0] != "Z"]


def ends(session: int) -> bool:
    """Whether all processes of a run end by themselves within some seconds."""
    until = time.monotonic() + 15
    while processes(session) and time.monotonic() < until:
        time.sleep(0.1)
    return not processes(session)


def grow_old(*folders: Path) -> None:
    """Let what lies there, hidden or not, be two days old."""
    past = time.time() - 2 * _DAY
    for folder in folders:
        for path in (*folder.rglob(".rosterkit-*"), *folder.glob("rosterkit-*")):
            os.utime(path, (past, past))


def test_a_run_that_is_killed_again_and_again(city: City, quiet: tuple[dict[str, object], float]) -> None:
    """Its first process, or all of them; the others then end by themselves, and nothing keeps the next run waiting."""
    told, seconds = quiet
    seed = random.randrange(1000)
    chance = random.Random(seed)
    city.fresh()
    for number in range(KILLS):
        moment = chance.uniform(0.3, seconds)
        where = f"seed {seed}, kill {number} after {moment:.2f} of {seconds:.1f} s"
        process = city.start(*DISK)
        time.sleep(moment)
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
        assert ends(process.pid), where
        assert list(halves(city.place / OUTPUTS)) == [], where
        grow_old(city.place, city.temporary)
    for folder in (city.place, *(city.place / OUTPUTS / name for name in ("", "balasan", ".rosterkit"))):
        (folder / ".rosterkit-lama").write_bytes(b"what was being written")
    grow_old(city.place)
    assert differences(told, city.check(*DISK)) == [], where
    left = [*city.place.rglob(".rosterkit-*"), *city.place.rglob("*.lock*"), *city.temporary.glob("rosterkit-*")]
    assert left == [], where


def test_processes_that_are_killed_cost_nothing(city: City, quiet: tuple[dict[str, object], float]) -> None:
    """One or all of those that do the work, while the first one goes on."""
    told, seconds = quiet
    seed = random.randrange(1000)
    chance = random.Random(seed)
    city.fresh()
    process = city.start(*DISK)
    time.sleep(chance.uniform(0.5, seconds))
    others = [one for one in processes(process.pid) if one != process.pid]
    for one in chance.sample(others, chance.randint(1, len(others)) if others else 0):
        os.kill(one, signal.SIGKILL)
    out, errors = process.communicate(timeout=300)
    assert process.returncode == 3, f"seed {seed}: {errors}"
    assert differences(told, {"": json.loads(out), **city.results()}) == [], f"seed {seed}"
    assert ends(process.pid)
