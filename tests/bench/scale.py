"""The rules across files on very many people, who wait on disk: ``python tests/bench/scale.py [people] [bucket]``.

People of 40 a file are typed in a process of their own and stored as the engine ``disk`` stores them; what is measured
is what comes after: the rows of the run are brought together (RK402, RK403, RK404, versions), with as many of them in
memory at a time as ``bucket`` says. Ends with a message and exit code 1 where the people who are in two files are not
found.
"""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
from across import TWICE, people, raw
from shared import SCHEMA, insist

from rosterkit.check.across import ACROSS, tell
from rosterkit.check.part import Part, prepare
from rosterkit.frame.normalise import normalise
from rosterkit.rules.context import Context
from rosterkit.run.engines.disk import Disk, Stored
from rosterkit.run.workers import Workers
from rosterkit.schema.load import load_roster

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
BUCKET = int(sys.argv[2]) if len(sys.argv) > 2 else 250_000
PART = 100_000
CONTEXT = Context(load_roster(SCHEMA), dt.date(2025, 6, 1))


def store(count: int, folder: Path) -> None:
    """Type people and store them, part by part."""
    for number, some in enumerate(people(count).iter_slices(PART)):
        typed = normalise(raw(some), CONTEXT.spec, CONTEXT.today)
        prepare(typed.with_columns(_level=pl.lit(None, pl.UInt8)), None, CONTEXT).write_ipc(
            folder / f"{number:06}.arrow"
        )


def taken() -> tuple[float, float]:
    """Seconds of processors, and the most memory that this process had, in GB."""
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime, use.ru_maxrss / 1e6


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, __file__, str(PEOPLE), str(BUCKET), name], check=True)
        engine = Disk(Workers(1, ""), folder, rows=BUCKET)
        nobody = Part(pl.DataFrame(), pl.DataFrame(), {}, {})
        engine.stored = [
            Stored(path, nobody, min(PART, PEOPLE - number * PART))
            for number, path in enumerate(sorted(folder.iterdir()))
        ]
        before, start = taken()[0], time.perf_counter()
        _context, told = tell(engine.rows(), CONTEXT)
        seconds = time.perf_counter() - start
        cpu, memory = taken()
    found = {across.adds[0]: len(column) for across, column in zip(ACROSS, told.columns, strict=True)}
    insist(len(told.columns[0]) == 2 * ((PEOPLE - 1) // TWICE), f"found {found}")
    print(f"{PEOPLE} people, {BUCKET} at a time: {cpu - before:.1f} s of processors, {seconds:.1f} s, found {found}")
    print(f"peak memory {memory:.2f} GB")


if __name__ == "__main__":
    if len(sys.argv) > 3:
        store(PEOPLE, Path(sys.argv[3]))
    else:
        main()
