"""Periods, contributions, costs and coverage, against counting months and rupiah one by one."""

from __future__ import annotations

import calendar
import datetime as dt
from fractions import Fraction
from functools import cache
from math import floor

import polars as pl
import pytest

from rosterkit.model.roster import Table
from rosterkit.recap.people import Recap
from rosterkit.recap.tables import coverage_lines, find_costs, percentage
from rosterkit.rules.rk503_decree_not_in_force import RULE as NOT_IN_FORCE
from rosterkit.schema.contributions import Contributions, count_sectors
from rosterkit.schema.load import load_contributions
from rosterkit.schema.programme import CoverageSpec, PeriodSpec, Sector
from rosterkit.schema.validate import validate
from tests.oracles.helpers import context_with, period, spec_with

SHIPPED = load_contributions()
MONTHS = [dt.date(year, month, 1) for year in range(2024, 2029) for month in range(1, 13)]
RELIEF = {
    "transport": [dt.date(2026, month, 1) for month in range(1, 13)] + [dt.date(2027, month, 1) for month in (1, 2, 3)],
    "other": [dt.date(2026, month, 1) for month in range(4, 13)],
}
PUBLIC = ["APBD", "apbd", "APBN", "DBHCHT", "APBD Kota Contoh", "P-APBD 2026", "Dana DBHCHT", "apbdes", "DBH Sawit"]
PRIVATE = ["CSR", "csr", "PT Contoh", "Mandiri", "CSR PT Contoh APBDA"]


def months_from(start: dt.date, count: int) -> list[dt.date]:
    """The first day of so many months, one after the other."""
    days = [start.replace(day=1)]
    while len(days) < count:
        last = days[-1]
        days.append(dt.date(last.year + 1, 1, 1) if last.month == 12 else last.replace(month=last.month + 1))
    return days


def rounded(amount: Fraction) -> int:
    """Whole rupiah; a half counts up."""
    return floor(amount + Fraction(1, 2))


@cache
def monthly(wage: int, programs: tuple[str, ...], source: str | None, month: dt.date, sector: str | None = None) -> int:
    """What PP 44/2015 and PP 50/2025 make one person cost in a month, in whole rupiah; unknown sectors the most."""
    total = Fraction(0)
    for program in programs:
        amount = {
            "JKK": max(rounded(Fraction(wage, 100)), 10_000),
            "JKM": 6_800,
            "JHT": max(rounded(Fraction(2 * wage, 100)), 20_000),
        }[program]
        relieved = RELIEF[sector] if sector else [day for day in RELIEF["other"] if day in RELIEF["transport"]]
        halved = program != "JHT" and source in PRIVATE and month in relieved
        total += Fraction(amount, 2) if halved else amount
    return rounded(total)


@pytest.mark.parametrize("start_day", [1, 2, 15, 28, 29, 30, 31])
def test_a_period_is_its_months_and_ends_with_the_last_day_of_the_last(start_day: int) -> None:
    """From every month of 2024 to 2028, 1 to 60 months: each month once, to the end of the last."""
    for first in MONTHS:
        if start_day <= calendar.monthrange(first.year, first.month)[1]:
            expected = months_from(first, 60)
            for months in range(1, 61):
                found = PeriodSpec(start=first.replace(day=start_day), months=months)
                assert found.days() == expected[:months]
                last = expected[months - 1]
                assert found.end == last.replace(day=calendar.monthrange(last.year, last.month)[1])


WAGES = [0, 1, 49, 50, 999_949, 999_950, 999_999, 1_000_000, 1_000_049, 1_000_050, 1_000_149, 1_234_567, 3_999_999,
         20_700_000]  # fmt: skip
# The months on both sides of each in which a relief begins or ends, and of the years in between.
AROUND = [dt.date(year, month, 1) for year, months in (
    (2024, (1,)), (2025, (1, 12)), (2026, (1, 2, 3, 4, 5, 11, 12)), (2027, (1, 2, 3, 4, 5)), (2028, (12,)),
) for month in months]  # fmt: skip
PROGRAMS = [("JKK",), ("JKM",), ("JHT",), ("JKK", "JKM"), ("JKK", "JKM", "JHT")]


@pytest.mark.slow
@pytest.mark.parametrize("source", [*PUBLIC, *PRIVATE, None, ""])
def test_a_month_costs_its_tier_and_the_relief_of_its_sector_and_funds(source: str | None) -> None:
    """Rate or amount, at least the minimum, halved for JKK and JKM while the sector's relief holds for the funds."""
    sectors: tuple[Sector | None, ...] = ("transport", "other", None)
    for wage in WAGES:
        for programs in PROGRAMS:
            spec = spec_with(contribution={"wage": wage, "programs": programs}, funding={"source": source})
            for sector in sectors:
                months = MONTHS if wage == 1_000_000 else AROUND
                found = [SHIPPED.monthly(spec, month, sector) for month in months]
                assert found == [monthly(wage, programs, source, month, sector) for month in months]


def test_a_mixed_list_costs_each_sector_its_own() -> None:
    """Drivers, pickers and people of no known category, in every year; together and in the recap."""
    categories = ["Pengemudi ojek"] * 3 + ["Pemulung"] * 4 + ["Tukang becak"] + [None] * 2
    for first in MONTHS[::3]:
        spec = spec_with(period=period(first, 12), funding={"source": "CSR"},
                         contribution={"wage": 1_000_000, "programs": ("JKK", "JKM")})  # fmt: skip
        expected = sum(
            count * monthly(1_000_000, ("JKK", "JKM"), "CSR", month, sector)
            for month in months_from(first, 12)
            for sector, count in (("transport", 4), ("other", 4), (None, 2))
        )
        assert SHIPPED.cost(spec, count_sectors(spec, categories)) == expected
        people = pl.DataFrame({"category": categories, "state": ["clean"] * 10})
        (clean,) = find_costs(Recap("", people, people, None, ()), spec, SHIPPED)
        assert (clean.people, clean.total) == (10, expected)


@pytest.mark.slow
@pytest.mark.parametrize("source", ["CSR", "APBD"])
@pytest.mark.parametrize("people", [0, 1, 9695, 3_000_000])
def test_a_period_costs_the_sum_of_its_months_for_each_person(people: int, source: str) -> None:
    """People times every month's own amount, whatever reliefs begin or end on the way; budget less that is left."""
    programs = ("JKK", "JKM")
    nobody = pl.DataFrame(schema={"state": pl.String})
    for first in MONTHS[::3]:
        for months in (1, 11, 12, 60):
            spec = spec_with(
                period=period(first, months),
                contribution={"wage": 1_234_567, "programs": programs},
                funding={"source": source, "budget": 604_000_000},
                quota={"total": people},
            )
            total = sum(people * monthly(1_234_567, programs, source, month) for month in months_from(first, months))
            assert SHIPPED.cost(spec, people) == total
            decree, quota = list(find_costs(Recap("", nobody, nobody, people, ()), spec, SHIPPED))[1:]
            for line in (decree, quota):
                assert (line.people, line.months, line.total) == (people, months, total)
                assert line.monthly == monthly(1_234_567, programs, source, first)
                assert line.left == 604_000_000 - total


def test_amounts_and_reliefs_hold_from_their_first_day_to_their_last() -> None:
    """On each day that amount counts which holds on it, less each relief; before the first nothing is known."""
    amounts = [
        {"program": "JKM", "amount": 1000, "start": "2024-03-01", "end": "2025-06-30", "source": "Contoh"},
        {"program": "JKM", "amount": 3001, "start": "2025-07-01", "source": "Contoh"},
    ]
    relief = {"programs": ["JKM"], "percent": "12.5", "start": "2025-05-01", "end": "2025-08-31", "source": "Contoh"}
    known = validate(Contributions, {"kind": "contributions", "programs": amounts, "reliefs": [relief, relief]})
    spec = spec_with(contribution={"wage": 0, "programs": ["JKM"]}, funding={"source": "CSR"})
    for number in range(2 * 366):
        day = dt.date(2024, 1, 1) + dt.timedelta(days=number)
        amount = None if day < dt.date(2024, 3, 1) else 1000 if day <= dt.date(2025, 6, 30) else 3001
        if amount is not None and dt.date(2025, 5, 1) <= day <= dt.date(2025, 8, 31):
            amount = rounded(amount * Fraction(7, 8) * Fraction(7, 8))
        assert known.monthly(spec, day) == amount


@pytest.mark.slow
def test_percentages_have_two_decimals_and_a_half_counts_up() -> None:
    """Of every number up to 400, and of those of a city: hundredths of a percent, as integers count them."""
    pairs = [(some, of) for of in range(1, 401) for some in range(of + 1)]
    pairs += [(35_083, 70_802), (11_585, 41_099), (33_801, 68_078), (17_443, 40_346), (1, 20_000), (3, 80_000)]
    pairs += [(1, 3_000_000_000), (2_999_999_999, 3_000_000_000), (5, 3)]
    for some, of in pairs:
        found = percentage(some, of)
        assert found is not None
        assert found * 100 == rounded(Fraction(10_000 * some, of))
        assert len(str(found).partition(".")[2]) == 2
    assert percentage(0, 0) is None


def test_the_coverage_of_a_city_is_that_of_all_its_people_together() -> None:
    """The last line is the sum of the segments and its own percentage, not the mean of theirs."""
    for some in range(0, 50, 7):
        segments = [
            {"name": "Contoh", "potential": 50, "realised": some},
            {"name": "Misal", "potential": 0, "realised": 0},
            {"name": "Rekaan", "potential": 3, "realised": 1},
        ]
        told = coverage_lines(validate(CoverageSpec, {"as_of": "2024", "segments": segments}))
        hundredths = [rounded(Fraction(10_000 * of, total)) for of, total in ((some, 50), (1, 3), (some + 1, 53))]
        assert [line[:3] for line in told] == [
            ("Contoh", 50, some), ("Misal", 0, 0), ("Rekaan", 3, 1), (None, 53, some + 1)
        ]  # fmt: skip
        assert [line[3] and line[3] * 100 for line in told] == [hundredths[0], None, *hundredths[1:]]


def test_a_decree_holds_where_it_is_in_force_on_every_covered_day() -> None:
    """Each day of the period is asked; one outside the decree's days is enough."""
    table = Table.__new__(Table)  # the rule asks nothing of it
    for start in (dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 1, 2), dt.date(2025, 2, 28)):
        for end in (None, dt.date(2025, 2, 27), dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2026, 1, 1)):
            for first in (dt.date(2025, 1, 1), dt.date(2025, 1, 2), dt.date(2024, 2, 29)):
                context = context_with(in_force={"start": start, "end": end}, period=period(first, 2))
                last = months_from(first, 3)[2] - dt.timedelta(days=1)
                days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
                holds = all(start <= day and (end is None or day <= end) for day in days)
                assert NOT_IN_FORCE.sheets is not None
                assert (not list(NOT_IN_FORCE.sheets.judge(table, context))) == holds
