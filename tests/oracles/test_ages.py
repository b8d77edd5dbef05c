"""Ages and birthdays, for every birth date of 1900 to 2030, against plain Python."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt

import polars as pl
import pytest

from rosterkit.rules.base import Rule
from rosterkit.rules.membership import add_memberships
from rosterkit.rules.rk304_age_limit import RULE as AGE_LIMIT
from rosterkit.rules.rk304_age_limit import age_on
from rosterkit.rules.rk305_age_limit_within_period import RULE as WITHIN_PERIOD
from rosterkit.rules.rk309_age_below_minimum import RULE as BELOW_MINIMUM
from tests.oracles.helpers import DAYS, context_with, facts, period, verdicts

BORN = pl.DataFrame({"birth_date": DAYS})
FIRST_DAYS = [
    dt.date(2024, 2, 28),
    dt.date(2024, 2, 29),
    dt.date(2024, 3, 1),
    dt.date(2025, 1, 1),
    dt.date(2025, 2, 28),
    dt.date(2025, 3, 1),
    dt.date(2025, 4, 1),
    dt.date(2026, 12, 31),
    dt.date(2028, 2, 29),
    dt.date(2030, 7, 31),
]


def completed_years(born: dt.date, day: dt.date) -> int:
    """The years between, one less where this year's birthday is to come; 29 February waits for 1 March."""
    years = day.year - born.year
    return years - 1 if (day.month, day.day) < (born.month, born.day) else years


def birthday(born: dt.date, years: int) -> dt.date:
    """The day on which somebody turns so many years: 29 February, or 1 March in years without one."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return dt.date(born.year + years, 3, 1)


@pytest.mark.parametrize("day", FIRST_DAYS)
def test_ages_are_completed_years_for_every_birth_date(day: dt.date) -> None:
    """The age on a day is the number of birthdays up to it."""
    ages = BORN.select(age_on(day, pl.col("birth_date"))).to_series().to_list()
    assert ages == [completed_years(born, day) for born in DAYS]


def test_the_two_oracles_agree() -> None:
    """Somebody has an age from that birthday on, and not a day before."""
    for born in DAYS:
        turned = birthday(born, 65)
        assert completed_years(born, turned) == 65
        assert completed_years(born, turned - dt.timedelta(days=1)) == 64


@pytest.mark.slow
@pytest.mark.parametrize("most", [64, 59, None])
@pytest.mark.parametrize("least", [18, 0, None])
def test_who_is_outside_the_ages_is_bad_on_every_first_day(least: int | None, most: int | None) -> None:
    """A person is bad where the age on the first covered day is above the highest, or below the least (17 if unset)."""
    for day in FIRST_DAYS:
        context = context_with(ages={"min": least, "max": most}, period=period(day, 12))
        ages = [completed_years(born, day) for born in DAYS]
        assert verdicts(AGE_LIMIT, "birth_date", BORN, context) == [most is not None and age > most for age in ages]
        young = [age < (17 if least is None else least) for age in ages]
        assert verdicts(BELOW_MINIMUM, "birth_date", BORN, context) == young


@pytest.mark.parametrize("day", FIRST_DAYS)
@pytest.mark.parametrize(("rule", "limit"), [(AGE_LIMIT, 59), (BELOW_MINIMUM, 18)])
def test_an_age_limit_names_the_age_and_the_limit(rule: Rule, limit: int, day: dt.date) -> None:
    context = context_with(ages={"min": 18, "max": 59}, period=period(day, 12))
    told = facts(rule, "birth_date", BORN, context)
    assert told["age"].to_list() == [completed_years(born, day) for born in DAYS]
    assert set(told["limit"]) == {limit}


def test_members_go_on_after_65_unless_they_lapsed() -> None:
    """Cover that ended on any day of 15 months: who may still pay on the first day is asked by RK305, else held."""
    first = dt.date(2025, 1, 1)
    ends = [dt.date(2024, 2, 1) + dt.timedelta(days=number) for number in range(456)]
    members = pl.DataFrame(
        {
            "nik": [f"357101010150{number:04}" for number in range(len(ends))],
            "birth_date": [dt.date(1950, 1, 1)] * len(ends),
            "since": [dt.date(2019, 1, 1)] * len(ends),
            "until": ends,
            "grace": [None] * len(ends),
            "unclear": [False] * len(ends),
            "word": [None] * len(ends),
            "status": [None] * len(ends),
            "doubtful": [False] * len(ends),
        },
        schema_overrides={"grace": pl.Date, "word": pl.String, "status": pl.String},
    )
    context = dataclasses.replace(context_with(period=period(first, 12)), participants=members)
    frame = add_memberships(members.select("nik", "birth_date"), context)
    may = []
    for end in ends:  # three months after the day after it
        after = end + dt.timedelta(days=1)
        year, month = divmod(after.year * 12 + after.month - 1 + 3, 12)
        lapse = dt.date(year, month + 1, min(after.day, calendar.monthrange(year, month + 1)[1]))
        may.append(first < lapse)
    assert verdicts(AGE_LIMIT, "birth_date", frame, context) == [not can for can in may]
    assert verdicts(WITHIN_PERIOD, "birth_date", frame, context) == may
    assert set(facts(WITHIN_PERIOD, "birth_date", frame, context)["variant"]) == {"member"}
    assert set(verdicts(AGE_LIMIT, "birth_date", frame, context_with(period=period(first, 12)))) == {True}


@pytest.mark.parametrize("most", [17, 63, 64])
@pytest.mark.parametrize(("first", "months"), [
    (dt.date(2025, 1, 1), 12), (dt.date(2024, 1, 1), 2), (dt.date(2024, 2, 29), 1), (dt.date(2024, 2, 1), 13),
    (dt.date(2025, 2, 28), 60),
])  # fmt: skip
def test_who_passes_the_highest_age_while_covered_is_bad(first: dt.date, months: int, most: int) -> None:
    """A person is bad whose birthday above the highest age comes after the first day, and up to the last."""
    context = context_with(ages={"max": most}, period=period(first, months))
    after = (first.year * 12 + first.month - 1) + months  # the month after the last one, counted from year 0
    last = dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)
    turned = [birthday(born, most + 1) for born in DAYS]
    assert verdicts(WITHIN_PERIOD, "birth_date", BORN, context) == [first < day <= last for day in turned]


@pytest.mark.parametrize("most", [17, 63, 64])
def test_a_birthday_within_the_period_is_named(most: int) -> None:
    """The day that is named is the birthday above the highest age."""
    context = context_with(ages={"max": most}, period=period(dt.date(2025, 1, 1), 12))
    named = facts(WITHIN_PERIOD, "birth_date", BORN, context)["day"].to_list()
    assert named == [birthday(born, most + 1).strftime("%d-%m-%Y") for born in DAYS]
