"""The rules that look across files, on people of 25,000 files: ``python tests/bench/across.py [people]``.

Prints seconds and the peak memory of the process that judges them, which begins with the typed columns. Ends with a
message and exit code 1 where the people who are in two files are not found.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import time

import polars as pl
from shared import FIRST, SCHEMA, SECOND, insist

from rosterkit.check.across import READS, add_told, tell
from rosterkit.check.derive import derive
from rosterkit.check.pandera_rules import find_failures
from rosterkit.check.part import prepare
from rosterkit.check.rows import AtHand
from rosterkit.frame.ids import make_ids
from rosterkit.frame.normalise import normalise
from rosterkit.model.cells import Kind
from rosterkit.rules import RULES
from rosterkit.rules.context import Context
from rosterkit.schema.load import load_roster
from rosterkit.schema.spec import FIELDS

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
TWICE = 200  # every so manieth person has the NIK of somebody two or three files before
GIVEN = ("nik", "name", "birth_date")


def people(count: int) -> pl.DataFrame:
    """Invented people, one in a hundred of them twice, forty to a file: the columns that these rules read."""
    chance = random.Random(count)
    n = pl.int_range(count, eager=True).alias("n")
    day, month, year = n % 28 + 1, n // 28 % 12 + 1, 65 + n // 336 % 35
    two = [part.cast(pl.String).str.zfill(2) for part in (day, month, year)]
    nik = pl.Series([f"35710{i // 11_760 % 3 + 1}" for i in range(count)]) + two[0] + two[1] + two[2]
    nik += ((n // 35_280) % 9999 + 1).cast(pl.String).str.zfill(4)
    nik = nik.shift(100).fill_null(nik[0]).zip_with(n % TWICE == 0, nik)
    names = pl.Series([f"{chance.choice(FIRST)} {chance.choice(SECOND)}" for _ in range(count)])
    born = two[0] + "-" + two[1] + "-19" + two[2]
    return pl.DataFrame({"nik": nik, "name": names, "birth_date": born, "file": n // 40, "row": n % 40 + 1})


def raw(part: pl.DataFrame) -> pl.DataFrame:
    """People as ``frame.stack`` leaves them."""
    file, row = part["file"].cast(pl.UInt32), part["row"].cast(pl.UInt32)
    table = pl.repeat(0, len(part), dtype=pl.UInt32, eager=True)
    columns = {"_id": make_ids(file, table, row), "_file": file, "_table": table, "_row": row}
    frame = pl.DataFrame(columns)
    texts = {f"{field}_raw": part[field] if field in GIVEN else pl.lit(None, pl.String) for field in FIELDS}
    kinds = {f"{f}_kind": pl.lit(Kind.TEXT if f in GIVEN else Kind.ABSENT, pl.UInt8) for f in FIELDS}
    merged = {f"{field}_merged": pl.lit(False) for field in FIELDS}
    flags = dict.fromkeys(("_rt_rw_joined", "_date_1904", "_noted"), pl.lit(False))
    flags["_number"] = pl.lit(None, pl.String)
    struck = dict.fromkeys(
        ("_struck", "_partly_struck", "_family", "_beside", "_below"), pl.lit(None, pl.List(pl.String))
    )
    aside = dict.fromkeys(("_aside_says", "_aside_source", "_aside_text"), pl.lit(None, pl.String))
    return frame.with_columns(**texts, **kinds, **merged, **flags, **struck, **aside)


def peak() -> float:
    """The most memory that this process had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Judge and print."""
    spec = load_roster(SCHEMA)
    context = Context(spec, dt.date(2025, 6, 1))
    # Typed in parts, as what typing needs is not what is measured.
    parts = [normalise(raw(part), spec, context.today) for part in people(PEOPLE).iter_slices(100_000)]
    level = pl.lit(None, pl.UInt8)
    frame = pl.concat([prepare(part.with_columns(_level=level), None, context) for part in parts])
    del parts
    print(f"before: {peak():.2f} GB")
    across = [rule for rule in RULES if rule.scope in ("file", "key", "files") and rule.cells]
    start = time.perf_counter()
    _context, told = tell(AtHand(frame.select(READS)), context)
    failures = find_failures(derive(add_told(frame, told), context), across, context)
    seconds = time.perf_counter() - start
    found: dict[str, int] = {}
    for failure in failures:
        found[failure.rule.code] = found.get(failure.rule.code, 0) + len(failure.rows)
    twice = 2 * ((PEOPLE - 1) // TWICE)
    insist(found.get("RK402") == twice, f"found {found}, but {twice} people are in two files")
    print(f"{PEOPLE} people, rules {', '.join(rule.code for rule in across)}: {seconds:.1f} s, found {found}")
    print(f"peak memory {peak():.2f} GB (aim 2)")


if __name__ == "__main__":
    main()
