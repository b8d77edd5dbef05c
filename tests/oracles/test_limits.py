"""Quotas and households, on every small roster, against counting people one after the other."""

from __future__ import annotations

import dataclasses
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


def waiting(
    people: list[str | None], first: set[int], total: int | None, categories: dict[str, int]
) -> list[str | None]:
    """Which quota each person waits for: that of the category, else the total, for which each category counts once."""
    by_category: dict[str | None, list[int]] = {}
    for number, person in enumerate(people):
        by_category.setdefault(person, []).append(number)
    waits: list[str | None] = [None] * len(people)
    places = 0
    for person, numbers in by_category.items():
        limit = categories.get(LABELS[person]) if person else None
        places += len(numbers) if limit is None else min(len(numbers), limit)
        if limit is not None and len(numbers) > limit:
            chosen = [number for number in numbers if number in first]
            for number in numbers:
                if number not in chosen or len(chosen) > limit:
                    waits[number] = "category"
    rest = [number for number in range(len(people)) if waits[number] is None]
    if total is not None and places > total:
        chosen = [number for number in rest if number in first]
        for number in rest:
            if number not in chosen or len(chosen) > total:
                waits[number] = "total"
    return waits


@pytest.mark.slow
@pytest.mark.parametrize("total", [None, 0, 1, 3, 127, 128, 255, 256])
@pytest.mark.parametrize("categories", [{}, {"PEMULUNG": 0}, {"PEMULUNG": 1, "TUKANG-BECAK": 2}, {"PEMULUNG": 128}])
@pytest.mark.parametrize(
    "first", [{0}, *(pytest.param(first, marks=pytest.mark.bench) for first in (set(), {1, 2, 3}))]
)
def test_a_quota_that_is_too_small_holds_all_but_those_who_come_first(
    total: int | None, categories: dict[str, int], first: set[int]
) -> None:
    """Each person waits for one quota at most, and the order of the list decides nothing."""
    context = dataclasses.replace(
        context_with(quota={"total": total, "categories": categories}), chosen=frozenset(first)
    )
    assert QUOTA.cells is not None
    assert QUOTA.cells.derive is not None
    for people in [*ROSTERS[:: 1 if total == 1 and len(categories) == 2 else 23], *LONG]:
        expected = waiting(people, first, total, categories)
        frame = pl.DataFrame(
            {"category": people, "_id": range(len(people)), "_file": 0, "_table": 0},
            schema={"category": pl.String, "_id": pl.UInt64, "_file": pl.UInt32, "_table": pl.UInt32},
        )
        for order in (frame, frame.reverse()):
            told = QUOTA.cells.derive(order, context)
            assert dict(told.select("_id", "quota_full").iter_rows()) == dict(enumerate(expected))
            for field, quota in (("category", "category"), ("nik", "total")):
                if QUOTA.cells.bad(field, context) is None:
                    assert quota not in expected
                else:
                    found = dict(zip(order["_id"], verdicts(QUOTA, field, told, context), strict=True))
                    assert [found[number] is True for number in range(len(people))] == [
                        one == quota for one in expected
                    ]


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
