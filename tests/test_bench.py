"""The benches run to their end on few people, and say so where they do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.__main__ import write_page
from tests.bench.works import TARGETS, Sizes, make_works
from tests.command_line import process_environment
from tests.test_across import person, roster

pytestmark = pytest.mark.bench

BENCH = Path(__file__).parent / "bench"


def bench(name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, BENCH / name, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=process_environment(), timeout=300)


def test_a_bench_runs_to_its_end():
    done = bench("across.py", 1000)
    assert done.returncode == 0, done.stderr
    assert [word for word in ("'RK402': 8", "aim 2") if word not in done.stdout] == []


def test_people_on_disk_are_found_bucket_by_bucket():
    done = bench("scale.py", 3000, 500)
    assert done.returncode == 0, done.stderr
    assert "'nik_elsewhere': 28" in done.stdout, done.stdout


def test_the_benchmark_has_a_row_for_each_target(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(BENCH.parents[1]))
    sizes = Sizes(rows=200, files=3, same=20, many=300)
    taken = {work.name: work.run() for work in make_works(tmp_path, sizes, None)}
    page = "\n".join(write_page(taken, sizes, 1))
    missing = [target.name for target in TARGETS if target.name not in page]
    assert missing == ["frictionless's plain checks against our everything"]  # the peers are not installed here


def test_a_bench_that_does_not_find_its_people_fails(tmp_path):
    path = roster(tmp_path / "a.xlsx", person(1), person(2))
    done = bench("measure.py", "upload", path, 3)
    assert (done.returncode, "bench: 2 people of 3" in done.stderr, done.stdout) == (1, True, "")


def test_a_command_that_fails_ends_its_bench(tmp_path):
    code = "import sys; sys.path.insert(0, sys.argv[1]); import shared; shared.run(shared.PYTHON, '-c', 'exit(4)')"
    done = subprocess.run([sys.executable, "-c", code, BENCH], capture_output=True, text=True, check=False)
    assert (done.returncode, "exit code 4, not 0" in done.stderr) == (1, True)
