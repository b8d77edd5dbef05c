"""Speed, as ratios that hold on any machine: ``python tests/bench/bench.py [rows]``.

Prints how long a check takes beside the bare libraries that it stands on; each ratio is from one run, back to back.
Ends with a message and exit code 1 where a command failed or did not find what is in its file.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from shared import PYTHON, SCHEMA, Taken, errors_of, insist, make, mistakes_in, run

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
FEWER = 100_000  # rows of the smaller file, where there are more
HERE = Path(__file__).parent
RUNS = 3 if ROWS >= 10_000 else 1  # of which the fastest counts; few rows are only tried out
READER = "import sys, python_calamine as c; print(len(c.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()))"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.xlsx"), Path(folder, "large.xlsx")
        make(small, 30, False)
        make(large, ROWS, True)
        print_start(small)
        print_check(large)
        if ROWS > FEWER:
            print_growth(small, large)
        print(run(PYTHON, HERE / "marking.py", large, ROWS).output, end="")
        if ROWS <= FEWER:
            print(run(PYTHON, HERE / "measure.py", "rules", large, ROWS).output, end="")
            print(run(PYTHON, HERE / "measure.py", "upload", large, ROWS).output, end="")


def print_start(path: Path) -> None:
    """The whole command on a small clean file, beside the library that takes longest to import."""
    bare = min(run(PYTHON, "-c", "import pandera.polars").seconds for _ in range(RUNS))
    checks = []
    for number in range(RUNS):
        out = path.with_name(f"hasil {number}")
        checks.append(run(PYTHON, "-m", "rosterkit", "check", path, "--schema", SCHEMA, "--out", out))
        insist("30 orang: 30 siap" in checks[-1].output, f"30 clean rows are not: {checks[-1].output}")
        insist(len(list(out.glob("*.bpjs-*.xlsx"))) == 1, f"no upload sheet in {out}")
    check = min(taken.seconds for taken in checks)
    peak = max(taken.peak for taken in checks)
    print(f"30 clean rows: {check:.2f} s, import pandera.polars {bare:.2f} s, ratio {check / bare:.2f} (aim 2.5)")
    print(f"peak memory {peak:.2f} GB")


def print_check(path: Path) -> None:
    """Findings as JSON beside the bare read."""
    read = run(PYTHON, "-c", READER, path)
    insist(int(read.output) == ROWS + 1, f"the bare read has {read.output} rows")
    judged = checked(path, ROWS)
    ratio = judged.seconds / read.seconds
    print(f"{ROWS} rows x 15, JSON: {judged.seconds:.2f} s, bare read {read.seconds:.2f} s, ratio {ratio:.2f} (aim 3)")
    print(f"peak memory {judged.peak:.2f} GB (aim 1.5), bare read {read.peak:.2f} GB; {judged.cpu:.2f} s of processors")


def print_growth(small: Path, large: Path) -> None:
    """The time a row in a large file beside that in a smaller one."""
    make(small, FEWER, True)
    many, fewer = checked(large, ROWS).seconds, checked(small, FEWER).seconds
    ratio = many / ROWS / (fewer / FEWER)
    print(f"time a row at {ROWS} rows is {ratio:.2f} times that at {FEWER} ({fewer:.2f} s; aim 1.2)")


def checked(path: Path, rows: int) -> Taken:
    """A check without outputs that finds what is in the file."""
    taken = run(PYTHON, HERE / "measure.py", "check", path, rows)
    document = json.loads(taken.output)
    found, people = errors_of(document), document["totals"]["rows"]
    insist((people, found) == (rows, mistakes_in(rows)), f"{people} people, {found}, not {rows}, {mistakes_in(rows)}")
    return taken


if __name__ == "__main__":
    main()
