"""NIKs that slid by some rows in a part of a list: they are told, and nobody of a list that is right."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from tests.helpers import findings_of

Person = tuple[str, dt.date, str]  # NIK, birth date, sex


def make_people(count: int, draw: random.Random) -> list[Person]:
    people = []
    for number in range(count):
        born = dt.date(1965, 1, 1) + dt.timedelta(days=draw.randrange(11_000))
        sex = draw.choice("LP")
        day = born.day + 40 * (sex == "P")
        people.append((f"357101{day:02}{born:%m%y}{9900 + number}", born, sex))
    return people


def rows_told(people: list[Person]) -> list[int]:
    """The people (from 0) of whom RK310 speaks; no RK301 or RK302 stands beside it."""
    lines = ["| NIK | Nama | Tanggal Lahir | L/P | Kategori |", "|---|---|---|---|---|"]
    lines += [f"| {nik} | Contoh {born:%d%m%y} | {born:%d-%m-%Y} | {sex} | Pemulung |" for nik, born, sex in people]
    found = findings_of("\n".join(lines))
    told = sorted(finding.place.row - 1 for finding in found if finding.code == "RK310")
    others = {finding.place.row - 1 for finding in found if finding.code in ("RK301", "RK302")}
    assert others.isdisjoint(told)
    return told


def with_niks(people: list[Person], niks: list[str]) -> list[Person]:
    return [(nik, born, sex) for nik, (_nik, born, sex) in zip(niks, people, strict=True)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("distance", [1, 2])
def test_a_part_that_slid_up_or_down_is_told_row_by_row(seed: int, distance: int) -> None:
    people = make_people(14, random.Random(seed))
    niks = [nik for nik, _, _ in people]
    up = [*niks[:4], *niks[4 + distance : 11], *[""] * distance, *niks[11:]]
    assert rows_told(with_niks(people, up)) == list(range(4, 11 - distance))
    down = [*niks[:4], *[""] * distance, *niks[4 : 11 - distance], *niks[11:]]
    assert rows_told(with_niks(people, down)) == list(range(4 + distance, 11))


@pytest.mark.parametrize("seed", range(4))
def test_swapped_neighbours_are_told(seed: int) -> None:
    people = make_people(8, random.Random(seed))
    niks = [nik for nik, _, _ in people]
    assert rows_told(with_niks(people, [*niks[:3], niks[4], niks[3], *niks[5:]])) == [3, 4]


@pytest.mark.parametrize("seed", range(4))
def test_lists_with_a_few_wrong_dates_and_twins_never_are(seed: int) -> None:
    """Also where many share one date, as those do who do not know theirs."""
    draw = random.Random(seed)
    people = make_people(40, draw)
    for number in range(0, 40, draw.choice([2, 3, 5])):
        nik, born, sex = people[number]
        people[number] = draw.choice(
            [
                (nik, born + dt.timedelta(days=draw.choice([-1, 1, 31, 365])), sex),
                (f"{nik[:6]}010765{nik[12:]}", born, "L"),
                (nik, dt.date(1965, 7, 1), sex),
                (f"{people[number - 1][0][:12]}{nik[12:]}", people[number - 1][1], sex),
            ]
        )
    assert rows_told(people) == []


def test_the_neighbours_date_alone_is_no_slide() -> None:
    people = make_people(6, random.Random(1))
    nik, born, sex = people[2]
    people[2] = (f"{people[3][0][:12]}{nik[12:]}", born, sex)
    assert rows_told(people) == []
