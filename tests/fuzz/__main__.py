"""``python -m tests.fuzz --files 10000 [--seed N] [--jobs 2] [--only xml]``, or ``--case NAME [--keep FOLDER]``."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.cases import DRAWERS, name_of
from tests.fuzz.pool import check_all
from tests.fuzz.verdict import Result
from tests.fuzz.worker import check_name


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=200, help="how many")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--only", choices=[*DRAWERS], help="one kind")
    parser.add_argument("--case", help="one file, by its name, in this process")
    parser.add_argument("--keep", type=Path, help="where that file and its results stay")
    given = parser.parse_args()
    if given.case:
        result = check_name(given.case, given.keep)
        _tell(result)
        print(result.outcome, result.done)
        return 1 if result.complaints else 0
    names = [name_of(number, given.only) for number in range(given.seed, given.seed + given.files)]
    start, outcomes, failed = time.monotonic(), Counter[str](), []
    for result in check_all(names, given.jobs):
        outcomes[f"{result.name.partition('-')[0]}: {result.outcome}"] += 1
        if result.complaints:
            failed.append(result.name)
            _tell(result)
        if outcomes.total() % 500 == 0 or outcomes.total() == len(names):
            print(f"{outcomes.total()} files in {time.monotonic() - start:.0f} s, {len(failed)} with complaints")
            print("".join(f"  {count:6} {outcome}\n" for outcome, count in sorted(outcomes.items())), flush=True)
    return 1 if failed else 0


def _tell(result: Result) -> None:
    for text in result.complaints:
        print(f"{result.name} ({', '.join(result.done)}): {text}", flush=True)
    if result.complaints:
        print(f"  again: python -m tests.fuzz --case {result.name} --keep FOLDER", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
