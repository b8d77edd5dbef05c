"""What a start loads and a run does, counted: numbers that no busy machine changes.

Where one has grown by more than a tenth the message says from what to what. Grown for a good reason: write the new
number here. Fallen: write it, too, so that it stays there.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.bench.shared import SCHEMA, make
from tests.command_line import process_environment

COUNTER = """
import atexit, json, os, sys
folder, target, *words = sys.argv[1:]
counts = {"files opened": 0, "fsyncs": 0, "polars collects": 0}

def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(folder):
        counts["files opened"] += 1

def count(name, function):
    def counted(*given, **named):
        counts[name] += 1
        return function(*given, **named)
    return counted

def tell():
    for name in ("rosterkit", "polars", "pydantic", "typer", "rich", "xlsxwriter", "pandera", "yaml", "rapidfuzz"):
        counts[f"modules of {name}"] = sum(module.partition(".")[0] == name for module in sys.modules)
    print(json.dumps(counts), file=open(target, "w"))

sys.addaudithook(hear)
os.fsync = count("fsyncs", os.fsync)
if words[0] == "check":
    import polars
    for name in ("collect", "_collect_eager"):  # the second: what select and with_columns of a frame call
        setattr(polars.LazyFrame, name, count("polars collects", getattr(polars.LazyFrame, name)))
atexit.register(tell)
sys.argv = ["rosterkit", *words]
from rosterkit.__main__ import main
main()
"""


def counted(tmp_path, *words):
    target = tmp_path / "counts.json"
    command = [sys.executable, "-c", COUNTER, tmp_path, target, *words]
    subprocess.run(command, capture_output=True, check=False, env=process_environment(), timeout=120)
    return json.loads(target.read_text(encoding="utf-8"))


def assert_not_grown(counts, known):
    grown = [f"{name}: {counts[name]}, was {was}" for name, was in known.items() if counts[name] > was * 1.1]
    assert not grown, "more work than before: " + "; ".join(grown)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "known"),
    [
        (["--version"], {"modules of rosterkit": 2, "modules of typer": 0, "modules of polars": 0}),
        (
            ["--help"],
            {"modules of rosterkit": 29, "modules of polars": 0, "modules of pydantic": 0, "modules of rich": 0},
        ),
        (
            ["explain", "RK402"],
            {"modules of rosterkit": 144, "modules of polars": 1, "modules of pydantic": 0, "modules of xlsxwriter": 0},
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_start_loads_no_more_than_before(tmp_path, words, known):
    assert_not_grown(counted(tmp_path, *words), known)


@pytest.mark.slow
def test_a_run_does_no_more_than_before(tmp_path):
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    for number in range(3):
        make(inbox / f"{number}.xlsx", 60, True, first=60 * number)
    counts = counted(tmp_path, "check", str(inbox), "--schema", SCHEMA, "--out", str(tmp_path / "hasil"), "--jobs", "1")
    known = {"files opened": 48, "fsyncs": 12, "polars collects": 584, "modules of rosterkit": 289}
    assert_not_grown(counts, known)


@pytest.mark.slow
def test_a_clean_roster_needs_no_more_than_before(tmp_path):
    """The second time, when what was made of the schema files is kept."""
    make(tmp_path / "few.xlsx", 30, False)
    words = ["check", str(tmp_path / "few.xlsx"), "--schema", SCHEMA, "--format", "json", "--out"]
    counted(tmp_path, *words, str(tmp_path / "hasil"))
    counts = counted(tmp_path, *words, str(tmp_path / "hasil 2"))
    nothing = dict.fromkeys([f"modules of {name}" for name in ("pydantic", "yaml", "pandera", "rich", "rapidfuzz")], 0)
    assert_not_grown(counts, {"polars collects": 362, "modules of rosterkit": 247, "modules of typer": 26, **nothing})
