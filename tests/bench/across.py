"""The rules that look across files, on people of 25,000 files: ``python tests/bench/across.py [people]``.

Prints seconds and the peak memory of the process that judges them, which begins with the typed columns.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import time

import polars as pl
from bench import FIRST, SECOND

from rosterkit.check.pandera_rules import check
from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import FIELDS
from rosterkit.rules import RULES
from rosterkit.rules.context import Context
from rosterkit.schema.load import load_roster

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000


def people(count: int) -> pl.DataFrame:
    """Invented people, one in a hundred of them twice, forty to a file: the columns that these rules read."""
    chance = random.Random(count)
    n = pl.int_range(count, eager=True).alias("n")
    day, month, year = n % 28 + 1, n // 28 % 12 + 1, 65 + n // 336 % 35
    two = [part.cast(pl.String).str.zfill(2) for part in (day, month, year)]
    nik = pl.Series([f"35710{i // 11_760 % 3 + 1}" for i in range(count)]) + two[0] + two[1] + two[2]
    nik += ((n // 35_280) % 9999 + 1).cast(pl.String).str.zfill(4)
    nik = nik.shift(100).fill_null(nik[0]).zip_with(n % 200 == 0, nik)
    names = pl.Series([f"{chance.choice(FIRST)} {chance.choice(SECOND)}" for _ in range(count)])
    return pl.DataFrame({"nik": nik, "name": names, "file": n // 40, "born": two[0] + "-" + two[1] + "-19" + two[2]})


def main() -> None:
    """Judge and print."""
    spec = load_roster("kediri-2025")
    context = Context(spec, dt.date(2025, 6, 1))
    told = people(PEOPLE)
    parts = []
    for part in told.iter_slices(100_000):  # typed in parts, as what typing needs is not what is measured
        raw = {f"{field}_raw": pl.lit(None, pl.String) for field in FIELDS}
        raw |= {"nik_raw": part["nik"], "name_raw": part["name"], "birth_date_raw": part["born"]}
        kinds = {f"{f}_kind": pl.lit(2 if f in ("nik", "name", "birth_date") else 0, pl.UInt8) for f in FIELDS}
        merged = {f"{field}_merged": pl.lit(False) for field in FIELDS}
        files = {"_file": part["file"].cast(pl.UInt32), "_table": part["file"].cast(pl.UInt32)}
        frame = part.select(**files, _row=pl.int_range(pl.len(), dtype=pl.UInt32), **raw, **kinds, **merged)
        parts.append(normalise(frame.with_columns(_rt_rw_joined=pl.lit(False)), spec, context.today))
    frame = pl.concat(parts)
    del parts, told
    print(f"before: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    start = time.perf_counter()
    from rosterkit.rules import derive

    frame = derive(frame, context)
    seen = {}
    for failure in check(frame, context):
        if failure.rule.code.startswith("RK4"):
            seen[failure.rule.code] = len(failure.rows)
    across = [rule.code for rule in RULES if rule.across or rule.key or rule.files]
    print(f"{len(frame)} people, rules {', '.join(across)}: {time.perf_counter() - start:.1f} s, found {seen}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB (aim 2)")


if __name__ == "__main__":
    main()
