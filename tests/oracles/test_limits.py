"""Quotas and households, on every small roster, against counting people one after the other."""

from __future__ import annotations

from collections import Counter
from itertools import product

import polars as pl
import pytest

from rosterkit.rules.rk406_household_conflict import RULE as HOUSEHOLD
from rosterkit.rules.rk508_quota_exceeded import RULE as QUOTA
from tests.oracles.helpers import context_with, facts, verdicts

LABELS = {"Pemulung": "PEMULUNG", "Tukang becak": "TUKANG-BECAK", "Buruh tani": "BURUH-TANI"}
ROSTERS = [list(people) for size in range(1, 5) for people in product([*LABELS, None], repeat=size)]
LONG = [(["Pemulung"] * 3 + ["Tukang becak", None]) * 100]


def admitted(
    people: list[str | None], total: int | None, categories: dict[str, int]
) -> tuple[list[bool], list[bool | None]]:
    """Who is above the quota of the own category, and who of the rest is above the total, the first come first."""
    counts: Counter[str | None] = Counter()
    let_in = 0
    above_category: list[bool] = []
    above_total: list[bool | None] = []
    for person in people:
        counts[person] += 1
        limit = categories.get(LABELS[person]) if person else None
        above_category.append(limit is not None and counts[person] > limit)
        let_in += not above_category[-1]
        above_total.append(total is not None and not above_category[-1] and let_in > total)
    return above_category, above_total


@pytest.mark.parametrize("total", [None, 0, 1, 3, 127, 128, 255, 256])
@pytest.mark.parametrize("categories", [{}, {"PEMULUNG": 0}, {"PEMULUNG": 1, "TUKANG-BECAK": 2}, {"PEMULUNG": 128}])
def test_whoever_comes_after_the_quota_is_bad(total: int | None, categories: dict[str, int]) -> None:
    """Each person is above one quota at most: that of the category, or the total of those who are not."""
    context = context_with(quota={"total": total, "categories": categories})
    for people in [*ROSTERS[:: 1 if total == 1 and len(categories) == 2 else 23], *LONG]:
        frame = pl.DataFrame({"category": pl.Series(people, dtype=pl.String)})
        above_category, above_total = admitted(people, total, categories)
        assert QUOTA.cells is not None
        if categories:
            assert verdicts(QUOTA, "category", frame, context) == above_category
        else:
            assert QUOTA.cells.bad("category", context) is None
        if total is None:
            assert QUOTA.cells.bad("nik", context) is None
        else:
            assert verdicts(QUOTA, "nik", frame, context) == above_total


KK = ["3571010101109901", "3571010101109902", None, "0" * 16]
PLACES = [
    (None, None, None),
    ("001", "001", None),
    ("001", "002", "Contoh"),
    ("002", "001", "CONTOH"),
    (None, None, "Misal"),
]


def conflicts(rows: list[tuple[int, str | None, str | None, str | None, str | None]], most: int) -> list[bool | None]:
    """A real KK number is in conflict in a file with more people than a household has, or in several places."""
    found: list[bool | None] = []
    for file, kk, *_place in rows:
        if kk is None or len(set(kk)) == 1:
            found.append(None)
            continue
        same = [row for row in rows if row[:2] == (file, kk)]
        rts = {(rt, rw) for _file, _kk, rt, rw, _kelurahan in same if rt is not None}
        villages = {village.upper() for *_rest, village in same if village is not None}
        found.append(len(same) > most or len(rts) > 1 or len(villages) > 1)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 2, 10])
def test_a_kk_in_several_places_or_of_too_many_people_is_in_conflict(most: int) -> None:
    """Of all pairs and many triples of people: the same KK of a file in two RTs or kelurahan, or too often."""
    people = [(file, kk, *place) for file in (0, 1) for kk in KK for place in PLACES]
    pairs = [list(pair) for pair in product(people, repeat=2)]
    triples = [list(triple) for triple in product(people, repeat=3)][::97]
    crowds = [[person] * size for person in people[::3] for size in (most, most + 1, 300)]
    rows, expected = [], []
    for number, roster in enumerate([*pairs, *triples, *crowds]):
        rows += [(row[0] + 2 * number, *row[1:]) for row in roster]  # files of their own
        expected += conflicts(roster, most)
    schema = {"_file": pl.UInt32, "kk": pl.String, "rt": pl.String, "rw": pl.String, "kelurahan": pl.String}
    context = context_with(tolerance={"household": most})
    assert HOUSEHOLD.cells is not None
    assert HOUSEHOLD.cells.derive is not None
    frame = HOUSEHOLD.cells.derive(pl.DataFrame(rows, schema=schema, orient="row"), context)
    assert verdicts(HOUSEHOLD, "kk", frame, context) == expected
    sizes = Counter((row[0], row[1]) for row in rows)
    many = [sizes[row[0], row[1]] > most for row in rows]
    assert facts(HOUSEHOLD, "kk", frame, context)["variant"].to_list() == ["many" if crowd else None for crowd in many]
