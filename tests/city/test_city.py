"""The city on one process, on several and on Spark, and with its files in another order: nothing differs."""

from __future__ import annotations

import random

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


@pytest.fixture(scope="module")
def quiet(city: City) -> dict[str, object]:
    """What one process says and writes."""
    city.fresh()
    return city.check(*HERE)


def test_every_rule_speaks(quiet: dict[str, object]) -> None:
    assert codes_of(quiet[""]) == set(BY_CODE)


def test_several_processes_say_and_write_the_same(city: City, quiet: dict[str, object]) -> None:
    city.fresh()
    assert differences(quiet, city.check(*DISK)) == []


def test_files_in_another_order_say_the_same_of_everybody(city: City, quiet: dict[str, object]) -> None:
    """As a set: where order has a say (of two equal files the first one counts) it stays as it is."""
    city.fresh()
    here = city.check(*HERE)
    people, sheets = persons(city.place), uploaded(city.place)
    city.fresh()
    seed = random.randrange(1000)
    mixed = city.check(*DISK, paths=tuple(shuffled(here[""], random.Random(seed))))
    assert found(mixed[""]) == found(here[""]), f"order {seed}"
    assert persons(city.place) == people, f"order {seed}"
    assert uploaded(city.place) == sheets, f"order {seed}"
