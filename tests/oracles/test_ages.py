"""Ages on a day, for every birth date of 1900 to 2030, against plain Python."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rosterkit.rules.rk304_age_limit import age_on

DAYS = [dt.date(1900, 1, 1) + dt.timedelta(days=number) for number in range(131 * 366)]
BORN = [day for day in DAYS if day.year <= 2030]


def completed_years(born: dt.date, day: dt.date) -> int:
    """Count birthdays one by one; 29 February has its birthday on 1 March where there is none."""
    years = 0
    while True:
        year = born.year + years + 1
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = dt.date(year, 3, 1)
        if birthday > day:
            return years
        years += 1


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2025, 1, 1),
        dt.date(2025, 4, 1),
        dt.date(2024, 2, 29),
        dt.date(2025, 2, 28),
        dt.date(2025, 3, 1),
        dt.date(2026, 12, 31),
        dt.date(2030, 7, 31),
    ],
)
def test_ages_are_completed_years_for_every_birth_date(day: dt.date) -> None:
    born = [date for date in BORN if date <= day]
    ages = pl.DataFrame({"born": born}).select(age_on(day, pl.col("born"))).to_series().to_list()
    assert ages == [completed_years(date, day) for date in born]
