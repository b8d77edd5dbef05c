"""What an engine may rely on: a rule says the same of a run that is cut into the parts of its scope as of the whole.

That is what lets rules run in one process, in several, and on many machines.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest

from rosterkit.check.across import unite
from rosterkit.check.findings import cell_findings, columns_of
from rosterkit.check.pandera_rules import find_failures
from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import stack
from rosterkit.model.report import ReadFile
from rosterkit.rules import BY_CODE, RULES
from rosterkit.rules.base import Rule
from rosterkit.rules.context import Context
from rosterkit.rules.examples import FILE_COLUMN, cells
from tests.helpers import (
    EXAMPLE_DECREE,
    EXAMPLE_PARTICIPANTS,
    EXAMPLE_POPULATION,
    EXAMPLE_SENT,
    SPEC,
    TODAY,
    context_of,
    lists_for,
    people_frame,
    read_files_of,
    with_files,
)

ABOUT_CELLS = [rule for rule in RULES if rule.cells is not None]
TYPED = [
    *normalise(stack([]), SPEC, TODAY).columns,
    *("_level", "last", "passed_on", "name_key", "copy_of", "replaced_by", "set_aside", "name_initials"),
    *("proposed", "_values"),
]  # what no rule about cells adds
SAID = ("_id", "field", "facts", "partners", "others", "fix")


def rows_of(frame: pl.DataFrame, *columns: str) -> Iterator[pl.DataFrame]:
    """The parts of a frame whose rows have equal values in some columns."""
    yield from frame.partition_by(columns, maintain_order=True) if columns else [frame]


def cut(frame: pl.DataFrame, rule: Rule) -> Iterator[pl.DataFrame]:
    """The parts that an engine may show to a rule one by one."""
    if rule.scope in ("row", "reference"):
        yield from rows_of(frame.with_columns(_part=pl.int_range(pl.len()) % 5), "_part")  # neighbours are parted
    elif rule.scope == "sheet":
        yield from rows_of(frame, "_file", "_table")
    elif rule.scope == "file":
        yield from rows_of(frame, "_file")
    else:
        yield frame


def derived_by(frame: pl.DataFrame, rule: Rule, context: Context) -> list[str]:
    """The columns that a rule adds for itself."""
    if rule.cells is None or rule.cells.derive is None:
        return []
    if rule.code not in _DERIVED:
        plain = frame.select(TYPED)
        _DERIVED[rule.code] = [n for n in rule.cells.derive(plain, context).columns if n not in plain.columns]
    return _DERIVED[rule.code]


_DERIVED: dict[str, list[str]] = {}


def findings(part: pl.DataFrame, rule: Rule, files: list[ReadFile], context: Context) -> list[tuple[object, ...]]:
    """What a rule says of a part, which it sees for the first time."""
    assert rule.cells is not None
    part = part.drop(derived_by(part, rule, context), strict=False)
    if rule.cells.derive is not None:
        part = rule.cells.derive(part, context)
    return said_of(part, rule, files, context)


def said_of(frame: pl.DataFrame, rule: Rule, files: list[ReadFile], context: Context) -> list[tuple[object, ...]]:
    """What a rule says of a frame that has all its columns."""
    columns, persons = columns_of(list(enumerate(files))), frame.select("_id", "name", "_number")
    found = cell_findings(frame, find_failures(frame, [rule], context), columns, context, persons)
    return list(found.select(SAID).iter_rows())


def of_keys(
    rule: Rule, files: list[ReadFile], frame: pl.DataFrame, context: Context, cut: Callable[[str, pl.Expr], pl.Expr]
) -> list[tuple[object, ...]]:
    """What a rule says where it sees the rows of one value of one key at a time; ``cut`` may change the keys."""
    assert rule.cells is not None
    assert rule.cells.across is not None
    across = rule.cells.across
    found = []
    for number, key in enumerate(across.keys(context)):
        keyed = frame.with_columns(_key=cut(str(number), key)).filter(pl.col("_key").is_not_null())
        parts = keyed.partition_by("_key", include_key=False)
        found += [across.find(part.select("_id", "_file", *across.reads), [key], context) for part in parts]
    bare = frame.drop(across.adds)
    return said_of(bare.join(unite(found, across), on="_id", how="left", maintain_order="left"), rule, files, context)


def of_whole_and_parts(
    rule: Rule, files: list[ReadFile], frame: pl.DataFrame, context: Context
) -> tuple[list[Any], list[Any]]:
    """The findings of a rule on a run, and on the run cut by its scope, in one order."""
    whole = findings(frame, rule, files, context)
    if rule.scope == "key":
        return whole, of_keys(rule, files, frame, context, lambda _number, key: key)
    pieces = [*cut(frame, rule)]
    if len(pieces) == 1:  # it is the whole
        return whole, whole
    parts = [found for part in pieces for found in findings(part, rule, files, context)]
    return sorted(whole, key=repr), sorted(parts, key=repr)


@functools.cache
def mixed_run() -> list[ReadFile]:
    """The rows of all wrong examples, in turn in two files of two tables each, under all columns that they have."""
    people: list[dict[str, str]] = []
    for rule in ABOUT_CELLS:
        head, *rows = cells(rule.wrong)
        for number, row in enumerate(rows if FILE_COLUMN not in head else ()):
            if not any(cell.startswith(("m:", "h:")) for cell in row):
                file = "A.xlsx" if rule.scope == "file" or number % 2 else "B.xlsx"
                people.append({FILE_COLUMN: file, **dict(zip(head, row, strict=True))})
    head = list(dict.fromkeys(name for row in people for name in row))
    lines = [head, ["---"] * len(head), *([row.get(name, "") for name in head] for row in people)]
    files = read_files_of("\n".join(f"| {' | '.join(line)} |" for line in lines), MIXED)
    for number, file in enumerate(files):  # the second half of each file's people is a table of its own
        (table,) = file.tables
        half = len(table.people) // 2
        tables = (
            dataclasses.replace(table, people=table.people[:half]),
            dataclasses.replace(table, people=table.people[half:], number=1),
        )
        files[number] = dataclasses.replace(file, tables=tables)
    return files


MIXED: dict[str, Any] = {"address": ["rt", "kelurahan"], "ages": {"min": 18, "max": 64}}


@pytest.mark.parametrize("rule", ABOUT_CELLS, ids=lambda rule: rule.code)
def test_a_rule_says_the_same_of_the_parts_of_its_scope(rule: Rule) -> None:
    """Its own examples: what is wrong is found in the part where it stands, with the same facts and partners."""
    for table in (rule.wrong, rule.good):
        given = {**rule.given, **(rule.good_given if table == rule.good else {})}
        files = read_files_of(table, given)
        context = with_files(context_of(given=given, **lists_for(rule)), files)
        whole, parts = of_whole_and_parts(rule, files, people_frame(files, context), context)
        assert parts == whole, f"{rule.code}: declare a wider scope than {rule.scope}"


@functools.cache
def mixed_context() -> Context:
    return context_of(EXAMPLE_DECREE, "sipp-tk-baru", MIXED, EXAMPLE_PARTICIPANTS, EXAMPLE_POPULATION, EXAMPLE_SENT)


@functools.cache
def mixed_people() -> pl.DataFrame:
    return people_frame(mixed_run(), mixed_context())


def of_mixed_run(rule: Rule) -> tuple[list[Any], list[Any]]:
    return of_whole_and_parts(rule, mixed_run(), mixed_people(), mixed_context())


@pytest.mark.slow
@pytest.mark.parametrize("rule", ABOUT_CELLS, ids=lambda rule: rule.code)
def test_a_rule_says_the_same_of_a_mixed_run_in_parts(rule: Rule) -> None:
    """A run in which every kind of mistake stands beside all others, in several files and tables."""
    whole, parts = of_mixed_run(rule)
    assert parts == whole, f"{rule.code}: declare a wider scope than {rule.scope}"


@pytest.mark.slow
def test_the_mixed_run_has_something_for_most_rules() -> None:
    found = {rule.code for rule in ABOUT_CELLS if findings(mixed_people(), rule, mixed_run(), mixed_context())}
    assert len(found) >= 35, sorted(found)
    assert {"RK401", "RK402", "RK403", "RK404", "RK406", "RK501", "RK505", "RK509"} <= found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "scope"),
    [("RK401", "row"), ("RK406", "row"), ("RK407", "row")],
)
def test_a_scope_that_is_too_narrow_is_noticed(code: str, scope: Any) -> None:
    rule = dataclasses.replace(BY_CODE[code], scope=scope)
    whole, parts = of_mixed_run(BY_CODE[code])
    assert whole == parts != []
    _, narrow = of_mixed_run(rule)
    assert narrow != whole, f"{code} as {scope} says the same: the mixed run does not tell the two apart"


@pytest.mark.slow
@pytest.mark.parametrize("code", ["RK402", "RK403", "RK404"])
def test_a_key_that_is_too_narrow_is_noticed(code: str) -> None:
    """The rows of one key, parted by their files, do not tell what they tell together."""
    rule = BY_CODE[code]
    whole, parts = of_mixed_run(rule)
    assert whole == parts != []
    by_file = of_keys(
        rule,
        mixed_run(),
        mixed_people(),
        mixed_context(),
        lambda _number, key: key.cast(pl.String) + pl.format("/{}", "_file"),
    )
    assert by_file != whole, f"{code} says the same of each file alone"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_kind_of_a_judge_fits_the_scope(rule: Rule) -> None:
    if rule.files or rule.listed:
        assert rule.scope == "files", f"{rule.code}: what compares files sees all of them"
    if rule.sheets:
        assert rule.scope == ("file" if rule.sheets.unless else "sheet"), f"{rule.code}: a sheet, or its file"
