"""A folder of 1,000 files of 40 rows, mistakes in every fifth: ``python tests/bench/folder.py [files]``.

The whole command with all that it writes, in one process and in two, beside the bare calamine read of the same files.
Ends with a message and exit code 1 where something was not found or not written.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from shared import PYTHON, SCHEMA, Taken, errors_of, insist, make, mistakes_in, run

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
ROWS, MARKED = 40, 5  # rows of a file; every so manieth has a mistake
READER = """
import pathlib, sys, python_calamine as c
read = (c.load_workbook(path).get_sheet_by_index(0).to_python() for path in pathlib.Path(sys.argv[1]).glob("*.xlsx"))
print(sum(len(rows) - 1 for rows in read))
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder, "masuk")
        inbox.mkdir()
        for number in range(FILES):
            make(inbox / f"RT {number:04}.xlsx", ROWS, number % MARKED == 0, first=ROWS * number)
        bare = run(PYTHON, "-c", READER, inbox)
        insist(int(bare.output) == FILES * ROWS, f"the bare read has {bare.output} people")
        one, two = (checked(inbox, Path(folder, f"hasil {jobs}"), jobs) for jobs in (1, 2))
    insist(one.output.replace("hasil 1", "hasil 2") == two.output, "two processes find something else than one")
    marked = len(range(0, FILES, MARKED))
    print(f"{FILES} files of {ROWS} rows, {marked} marked: one process {one.seconds:.1f} s, two {two.seconds:.1f} s")
    print(f"two processes are {one.seconds / two.seconds:.2f} times as fast as one (aim 1.6)")
    print(f"two take {two.seconds / bare.seconds:.1f} times the bare read of {bare.seconds:.2f} s (aim 4)")
    print(f"one process: peak memory {one.peak:.2f} GB, {one.cpu:.1f} s of processors")


def checked(inbox: Path, out: Path, jobs: int) -> Taken:
    """A check of the folder that finds what is in it, and writes what belongs to it."""
    command = (PYTHON, "-m", "rosterkit", "check", inbox, "--schema", SCHEMA, "--format", "json")
    taken = run(*command, "--out", out, "--jobs", jobs, code=1)
    document = json.loads(taken.output)
    marked = len(range(0, FILES, MARKED))
    wanted = {code: count * marked for code, count in mistakes_in(ROWS).items() if count}
    totals, found = document["totals"], errors_of(document)
    seen = (totals["files"], totals["rows"], totals["clean_rows"], found)
    right = (FILES, FILES * ROWS, FILES * ROWS - sum(wanted.values()), wanted)
    insist(seen == right, f"files, people, clean people, errors: {seen}, not {right}")
    written = [len(list(out.glob(name))) for name in ("*.periksa.xlsx", "gabungan.*", "rekap.xlsx")]
    insist(written == [marked, 1, 1], f"copies, all together, recap: {written}")
    return taken


if __name__ == "__main__":
    main()
