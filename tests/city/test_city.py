"""The city on one process, on several and on Spark, and with its files in another order: nothing differs."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import pytest

from rosterkit.rules import BY_CODE
from tests.city.project import make_city
from tests.city.runs import City, codes_of, found, persons, shuffled, uploaded
from tests.run.test_engines import differences

pytestmark = pytest.mark.bench

HERE = ("--engine", "here", "--jobs", "1")
DISK = ("--engine", "disk", "--jobs", "2")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("kota")
    return City(make_city(folder / "dibuat"), folder / "kerja")


class Quiet(NamedTuple):
    """What one process says and writes, and what becomes of everybody."""

    told: dict[str, object]
    persons: set[tuple[object, ...]]
    uploaded: list[list[object]]


@pytest.fixture(scope="module")
def quiet(city: City) -> Quiet:
    city.fresh()
    return Quiet(city.check(*HERE), persons(city.place), uploaded(city.place))


def test_every_rule_speaks_and_the_office_has_its_say(quiet: Quiet) -> None:
    document: Any = quiet.told[""]
    assert codes_of(document) == set(BY_CODE)
    totals = document["totals"]
    assert len(document["files"]) == totals["files"] >= 300
    assert min(totals[name] for name in ("clean_rows", "incomplete_rows", "sent_rows", "set_aside")) > 100
    accepted = [one for file in document["files"] for one in file.get("accepted", ())]
    assert {"RK402", "RK501"} <= {one["code"] for one in accepted}, "a decision of ganda.xlsx, pengecualian.xlsx"
    assert {file.get("level") for file in document["files"]} == {None, 1, 2}


def test_several_processes_say_and_write_the_same(city: City, quiet: Quiet) -> None:
    city.fresh()
    assert differences(quiet.told, city.check(*DISK)) == []


def test_files_in_another_order_say_the_same_of_everybody(city: City, quiet: Quiet) -> None:
    """As a set: where order has a say (of two equal files the first one counts) it stays as it is."""
    seed = random.randrange(1000)
    city.fresh()
    mixed = city.check(*DISK, paths=tuple(shuffled(quiet.told[""], random.Random(seed))))
    assert found(mixed[""]) == found(quiet.told[""]), f"order {seed}"
    assert persons(city.place) == quiet.persons, f"order {seed}"
    assert uploaded(city.place) == quiet.uploaded, f"order {seed}"
