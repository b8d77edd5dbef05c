"""The benchmark: ``python -m tests.bench [--quick]``.

Makes its rosters, installs the peers into an environment of their own, runs ours and theirs in turn, several rounds,
prints processor time, time on the clock, peak memory and ratios, and writes ``docs/benchmarks.md``. Of the rounds the
one with the least processor time counts. It ends with exit code 1 where a command failed or did not find what is in
its file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.peers import PACKAGES
from tests.bench.shared import Taken
from tests.bench.works import TARGETS, Sizes, Target, Work, make_works

FULL = Sizes(rows=100_000, files=1_000, same=40_000, many=0)
QUICK = Sizes(rows=10_000, files=60, same=4_000, many=0)
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
NOTES = Path(__file__).with_name("notes.md")


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rows, one round: about two minutes")
    parser.add_argument("--rounds", type=int, help="3, or 1 with --quick")
    parser.add_argument("--million", action="store_true", help="also 1,000,000 rows")
    parser.add_argument("--no-peers", action="store_true", help="install nothing, measure ours and the floors")
    parser.add_argument("--page", type=Path, help="where the page goes (docs/benchmarks.md; nowhere with --quick)")
    given = parser.parse_args()
    sizes = QUICK if given.quick else FULL
    if given.million:
        sizes = Sizes(sizes.rows, sizes.files, sizes.same, 1_000_000)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles everything again
    with tempfile.TemporaryDirectory() as folder:
        python = None if given.no_peers else _install_peers(Path(folder, "peers"))
        works = list(make_works(Path(folder), sizes, python))
        rounds = given.rounds or (1 if given.quick else 3)
        taken = _measure(works, rounds)
    lines = list(write_page(taken, sizes, rounds))
    print("\n".join(lines))
    page = given.page or (None if given.quick else PAGE)
    if page:
        page.write_text("\n".join(lines) + "\n" + NOTES.read_text(encoding="utf-8"), encoding="utf-8")


def _install_peers(folder: Path) -> str:
    """Install the peers into an environment of their own and return its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True, stdout=sys.stderr)
    return str(python)


def _measure(works: Sequence[Work], rounds: int) -> dict[str, Taken]:
    """Return what each work took in its best round; all works take turns."""
    best: dict[str, Taken] = {}
    for number in range(rounds + 1):
        for work in works:
            if number == 0 and rounds > 1 and work.out is None:
                continue  # the first round only fills the caches of ours
            taken = work.run()
            if work.name not in best or (number > 0 and taken.cpu < best[work.name].cpu):
                best[work.name] = taken
            print(f"{number} {work.name}: {taken.cpu:.2f} s", file=sys.stderr, flush=True)
        if rounds == 1:
            break
    return best


def write_page(taken: Mapping[str, Taken], sizes: Sizes, rounds: int) -> Iterator[str]:
    """Yield the lines of the page."""
    yield "# Benchmarks"
    yield ""
    yield "Written by `python -m tests.bench`; the notes at the end are from `tests/bench/notes.md`."
    yield ""
    machine = f"{os.cpu_count()} processors ({platform.machine()}, {platform.system()})"
    load = f", {os.getloadavg()[0]:.1f} processes waiting at the end" if hasattr(os, "getloadavg") else ""
    yield f"{dt.date.today()}, {machine}{load}, Python {platform.python_version()}; the best of {rounds} rounds."
    yield f"One roster: {sizes.rows:,} rows of 15 columns, two mistakes in a hundred; a folder: {sizes.files:,} files"
    yield f"of {sizes.of_file} rows, mistakes in every fifth; one NIK: {sizes.same:,} rows. Ratios are of processor"
    yield "time, whole processes, unless they say otherwise."
    yield ""
    yield "## Targets"
    yield ""
    yield "| work | target | measured | |"
    yield "|---|---:|---:|---|"
    yield from (_target_row(target, taken) for target in TARGETS if {target.work, target.base} <= taken.keys())
    one = [name for name in taken if not _is_other(name)]
    yield from _works_table("One roster", one, "bare calamine", "everything", taken)
    others = [name for name in taken if name not in one]
    yield from _works_table("Start, small and many files", others, "python -c pass", "30 clean rows", taken)


def _target_row(target: Target, taken: Mapping[str, Taken]) -> str:
    ratio = getattr(taken[target.work], target.measure) / getattr(taken[target.base], target.measure)
    met = ratio >= target.aim if target.least else ratio <= target.aim
    limit = f"at least {target.aim:g}" if target.least else f"{target.aim:g}"
    return f"| {target.name} | {limit} | {ratio:.2f} | {'met' if met else 'not met'} |"


def _works_table(title: str, names: Sequence[str], base: str, ours: str, taken: Mapping[str, Taken]) -> Iterator[str]:
    """Yield a table of works with their ratios to a floor and to one of ours."""
    yield ""
    yield f"## {title}"
    yield ""
    yield f"| work | CPU s | clock s | peak MB | to {base} | to ours ({ours}) |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name in names:
        item = taken[name]
        ratios = f"{item.cpu / taken[base].cpu:.2f} | {item.cpu / taken[ours].cpu:.2f}"
        yield f"| {name} | {item.cpu:.2f} | {item.seconds:.2f} | {item.peak * 1000:.0f} | {ratios} |"


def _is_other(name: str) -> bool:
    """Whether a work is none with the one roster."""
    starts = ("python", "--version", "--help", "import", "30", "folder", "one NIK", "distinct")
    return name.startswith(starts) or name.endswith("30 rows")


if __name__ == "__main__":
    main()
