"""A folder of 1,000 files of 40 rows, mistakes in every fifth: ``python tests/bench/folder.py [files]``.

The whole command with all that it writes, in one process and in two, beside the bare calamine read of the same files.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import make

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
READER = """
import pathlib, sys, python_calamine as c
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    c.load_workbook(path).get_sheet_by_index(0).to_python()
"""


def seconds(*command: str) -> float:
    """How long a command takes."""
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        inbox, out = Path(folder, "masuk"), Path(folder, "hasil")
        inbox.mkdir()
        for number in range(FILES):
            make(inbox / f"RT {number:04}.xlsx", 40, number % 5 == 0, first=40 * number)
        bare = seconds(python, "-c", READER, str(inbox))
        taken = {}
        for jobs in (1, 2):
            shutil.rmtree(out, ignore_errors=True)
            command = (python, "-m", "rosterkit", "check", str(inbox), "--schema", "kediri-2025", "--format", "json")
            taken[jobs] = seconds(*command, "--out", str(out), "--jobs", str(jobs))
        copies = len(list(out.glob("*.periksa.xlsx")))
        print(f"{FILES} files of 40 rows, {copies} marked: one process {taken[1]:.1f} s, two {taken[2]:.1f} s")
        print(f"two processes are {taken[1] / taken[2]:.2f} times as fast as one (aim 1.6)")
        print(f"two processes take {taken[2] / bare:.1f} times the bare read of {bare:.2f} s (aim 4)")


if __name__ == "__main__":
    main()
