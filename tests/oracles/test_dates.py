"""Dates as people write them, for every day of 1900 to 2030 in every dress, against the calendar of plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import polars as pl
import pytest

from rosterkit.frame.normalise import date, date_patterns
from rosterkit.model.cells import Kind
from tests.helpers import TODAY
from tests.oracles.helpers import DAYS

SHORT = ["JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGS", "SEP", "OKT", "NOV", "DES"]
FULL = ["Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember"]  # fmt: skip
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
BEGINNINGS = ["JAN", "FEB PEB", "MAR MRT", "APR", "MEI MAY", "JUN",
              "JUL", "AGU AGT AGS AUG", "SEP", "OKT OCT", "NOV NOP", "DES DEC"]  # fmt: skip
SERIAL_OF_2000 = 36_526  # Excel shows 1 January 2000 as this number
# Every way of writing a day with four digits of the year that has one meaning, whatever the day.
WHOLE = [
    "{d:02}-{m:02}-{y}", "{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{d} {m} {y}", "{d:02}{m:02}{y}", "{y}{m:02}{d:02}",
    "{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}-{m:02}-{d:02} 00:00:00", "{y}-{m:02}-{d:02}T00:00:00",
    "{d:02}-{roman}-{y}", "{d} {roman} {y}", "{d}.{roman}.{y}", "{d:02}–{m:02}–{y}", "{d:02}_{m:02}_{y}", "{d}|{m}|{y}",
    "{d:02}={m:02}={y}", "{d}:{m}:{y}", "{d:02}--{m}-{y}", "{d}  -  {m} - {y}", "{d:02}-{m:02}-{y}.",
    "{d}-{m}-{y} 00.00",
    "{d:02}/{m:02}/{y} 0:00:00", "{y}-{m:02}-{d:02}T00:00:00.000Z", "{y}-{m:02}-{d:02}T00:00:00Z", "{d}/{m}/{y} 13.45",
    "Tgl {d} Bulan {m} Tahun {y}", "Tgl {d} Bulan {full} Tahun {y}", "tanggal {d} bln {m} thn {y}",
    "Rabu, {d} {full} {y}",
    "{d:02}-{short}-{y}", "{d} {full} {y}", "{d:02}{short}{y}", "Kediri, {d} {full} {y}", "Kediri {d:02}-{m:02}-{y}",
]  # fmt: skip
TWO_DIGITS = [
    "{d:02}-{m:02}-{yy:02}",
    "{d:02}.{m:02}.{yy:02}",
    "{d}/{m}/{yy:02}",
    "{d:02}-{short}-{yy:02}",
    "{d} {full} {yy:02}",
    "{d:02}-{m:02}-'{yy:02}",
    "{d} {short}'{yy:02}",
    "{d}-{roman}-{yy:02}",
]


def serial(day: dt.date) -> int:
    """Excel's number of a day after February 1900."""
    return SERIAL_OF_2000 + (day - dt.date(2000, 1, 1)).days


def written(dress: str, year: int, month: int, day: int) -> str:
    """A day in a dress."""
    return dress.format(
        d=day, m=month, y=year, yy=year % 100, short=SHORT[month - 1], full=FULL[month - 1], roman=ROMAN[month - 1]
    )


def read(
    texts: Iterable[str],
    niks: Iterable[str | None] | None = None,
    kind: int = Kind.TEXT,
    today: dt.date = TODAY,
    old_mac: bool = False,
) -> pl.DataFrame:
    """The date columns of cells; ``niks`` stand beside them."""
    column = pl.Series(texts, dtype=pl.String)
    beside = [None] * len(column) if niks is None else list(niks)
    frame = pl.DataFrame(
        {
            "birth_date_text": column,
            "birth_date_kind": pl.repeat(kind, len(column), dtype=pl.UInt8, eager=True),
            "nik": pl.Series(beside, dtype=pl.String),
            "_date_1904": pl.repeat(old_mac, len(column), dtype=pl.Boolean, eager=True),
        }
    )
    return date.add_columns(frame, "birth_date", today)


def day_or_none(year: int, month: int, day: int) -> dt.date | None:
    """A day of the calendar; None where it has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def state_of(day: dt.date | None, today: dt.date) -> str | None:
    """What is wrong with a day that was read."""
    if day is None:
        return "impossible"
    if day > today:
        return "future"
    return "old" if day.year < 1900 else None


def assert_read(found: pl.DataFrame, days: Sequence[dt.date | None], today: dt.date = TODAY) -> None:
    """Each cell is that day; a day that does not exist, or lies ahead or before 1900, is null; its state says why."""
    sound = [day if day is not None and dt.date(1900, 1, 1) <= day <= today else None for day in days]
    assert found["birth_date"].to_list() == sound
    assert found["birth_date_state"].to_list() == [state_of(day, today) for day in days]


ONE_OF_EACH = ("{d:02}-{m:02}-{y}", "{d:02}{m:02}{y}", "{y}-{m:02}-{d:02}", "{d} {roman} {y}", "{d} {full} {y}")
# Leap years and others, around the turns of centuries and today; one day of each year beside them.
SOME_YEARS = [1900, 1904, 1912, 1999, 2000, 2001, 2011, 2012, 2024, 2025, 2026, 2030]
SOME_DAYS = [day for day in DAYS if day.year in SOME_YEARS or (day.month, day.day) == (12, 11)]


@pytest.mark.parametrize(
    "dress", [pytest.param(dress, marks=pytest.mark.slow) if dress in ONE_OF_EACH else dress for dress in WHOLE]
)
def test_every_day_is_read_in_every_dress(dress: str) -> None:
    """A day of 1900 to today is that day however it is written; a later one is impossible.

    Every day of 131 years in one dress of each pattern, in the others all days of years of each kind.
    """
    days = DAYS if dress in ONE_OF_EACH else SOME_DAYS
    assert_read(read(written(dress, d.year, d.month, d.day) for d in days), days)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dress", "today"),
    [
        *((dress, TODAY) for dress in TWO_DIGITS),
        *((TWO_DIGITS[0], day) for day in (dt.date(2024, 2, 29), dt.date(2026, 1, 1), dt.date(2026, 12, 31))),
    ],
)
def test_two_digits_are_a_year_of_this_century_up_to_this_year(dress: str, today: dt.date) -> None:
    """Two digits mean 20YY up to this year's, 19YY above; where that lies ahead, the date is impossible."""
    days = [day for day in DAYS if 1925 <= day.year <= 2024 or day.year == 2030]
    meant = []
    for day in days:
        short = day.year % 100
        year = 2000 + short if 2000 + short <= today.year else 1900 + short
        meant.append(day_or_none(year, day.month, day.day))
    assert_read(read((written(dress, d.year, d.month, d.day) for d in days), today=today), meant, today)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "end"), [(Kind.NUMBER, ""), (Kind.NUMBER, ".5"), (Kind.TEXT, ""), (Kind.TEXT, ".0")])
def test_every_serial_number_is_the_day_that_excel_shows(kind: int, end: str) -> None:
    """A number from 2101 on is Excel's day, up to 2099; below that it is a year, and no date."""
    numbers = [*range(1000, 2101), *(serial(day) for day in DAYS if serial(day) > 2100), 73_050, 73_051, 99_999]
    found = read((f"{number}{end}" for number in numbers), kind=kind)
    days = [dt.date(2000, 1, 1) + dt.timedelta(days=number - SERIAL_OF_2000) for number in numbers]
    are_days = [2101 <= number <= 73_050 for number in numbers]
    past = [day if is_day and day <= TODAY else None for day, is_day in zip(days, are_days, strict=True)]
    assert found["birth_date"].to_list() == past
    states = ["future" if is_day else "unreadable" for is_day in are_days]
    assert found["birth_date_state"].to_list() == [
        None if day else state for day, state in zip(past, states, strict=True)
    ]
    assert found["birth_date_fixed"].to_list() == [f"{day:%d-%m-%Y}" if day else None for day in past]


def test_a_serial_number_of_an_old_mac_counts_from_1904() -> None:
    """Day 0 is 1 January 1904: every day from 1910 on, as a number and as text."""
    days = [day for day in DAYS if dt.date(1910, 1, 1) <= day <= TODAY]
    for kind in (Kind.NUMBER, Kind.TEXT):
        found = read([str((day - dt.date(1904, 1, 1)).days) for day in days], kind=kind, old_mac=True)
        assert found["birth_date"].to_list() == days


@pytest.mark.parametrize("female", [False, True])
def test_six_digits_are_a_date_where_the_nik_agrees_or_nothing_else_is_possible(female: bool) -> None:
    """Every six digits of two years, alone, beside a NIK with them, and beside another: ddmmyy, or unreadable."""
    for year in (1931, 1985, 2004):
        triples = [(d, m, year % 100) for d in range(33) for m in range(15)]
        texts = [f"{d:02}{m:02}{y:02}" for d, m, y in triples]
        right = [day_or_none(year, m, d) for d, m, _y in triples]
        sure = [
            right[n] is not None and not (1 <= y <= 31) and not (d <= 12 and d != m)
            for n, (d, m, y) in enumerate(triples)
        ]
        own = [f"357101{d + 40 * female:02}{m:02}{y:02}9901" for d, m, y in triples]
        assert read(texts, own)["birth_date"].to_list() == right
        other = ["3571010101509901"] * len(texts)
        for niks in (None, other):
            found = read(texts, niks)["birth_date"].to_list()
            assert found == [day if is_sure else None for day, is_sure in zip(right, sure, strict=True)]


def test_hours_of_another_zone_decide_nothing() -> None:
    """17:00 of the day before in London is midnight in Jakarta: which day is meant cannot be known."""
    found = read(["1995-10-15T17:00:00.000Z", "1995-10-15T16:00:00Z"])
    assert found["birth_date"].to_list() == [None, None]


def test_every_real_date_cell_is_its_day() -> None:
    """A date cell is that day, whatever its NIK says, and is never repaired."""
    found = read(map(dt.date.isoformat, DAYS), kind=Kind.DATE)
    assert_read(found, DAYS)
    assert found["birth_date_fixed"].null_count() == len(DAYS)


@pytest.mark.parametrize("write", ["{d:02}-{m:02}-{y}", "{d}/{m}/{y}", "{d:02}{m:02}{y}", "{d:02}.{m:02}.{y}"])
def test_day_and_month_are_any_two_numbers(write: str) -> None:
    """Day comes first; where that month cannot be, the month does; a 0 is no date, anything else impossible."""
    numbers = [(d, m, y) for d in range(100) for m in range(100) for y in (1984, 1985)]
    found = read(write.format(d=d, m=m, y=y) for d, m, y in numbers)
    days = [day_or_none(y, d, m) if m > 12 >= d else day_or_none(y, m, d) for d, m, y in numbers]
    assert found["birth_date"].to_list() == days
    states = ["unreadable" if 0 in (d, m) else "impossible" for d, m, _y in numbers]
    assert found["birth_date_state"].to_list() == [
        None if day else state for day, state in zip(days, states, strict=True)
    ]
    swapped = [m > 12 >= d for d, m, _y in numbers]
    assert found["birth_date_fixed"].to_list() == [
        f"{day:%d-%m-%Y}" if day and other else None for day, other in zip(days, swapped, strict=True)
    ]


@pytest.mark.parametrize("dress", WHOLE)
def test_a_day_that_a_month_does_not_have_is_impossible(dress: str) -> None:
    """The 29th, 30th and 31st of months without them are never moved into the next month."""
    days = [(y, m, d) for y in range(1900, 2031) for m in range(1, 13) for d in (29, 30, 31)]
    absent = [parts for parts in days if day_or_none(*parts) is None]
    assert_read(read(written(dress, *parts) for parts in absent), [None] * len(absent))


def test_every_year_but_those_of_our_time_is_impossible() -> None:
    """Years 0 to 1899 and those ahead hold nobody's birthday."""
    years = range(1, 10_000)  # the calendar of Python has no year 0
    found = read(f"17-08-{year:04}" for year in years)
    assert_read(found, [day_or_none(year, 8, 17) for year in years])


def test_every_word_of_a_month_is_that_month_alone() -> None:
    """A word is read as its month on every day of it, in any case of letters, and never as another month."""
    texts, days = [], []
    for word in date_patterns.MONTH_OF:
        month = next(number for number, begins in enumerate(BEGINNINGS, 1) if word[:3] in begins.split())
        for y, d in ((y, d) for y in (1984, 1985, 2000) for d in range(1, 32)):
            texts += [f"{d} {word} {y}", f"{d:02}-{word.title()}-{y}", f"{d}{word.lower()}{y}"]
            days += [day_or_none(y, month, d)] * 3
    assert_read(read(texts), days)


ORDERS = [(d, m, y) for d in range(1, 13) for m in range(1, 13) for y in (1960, 1985, 2004)]


@pytest.mark.parametrize("female", [False, True])
@pytest.mark.parametrize("write", ["{d:02}-{m:02}-{y}", "{d}/{m}/{y}", "{d:02}{m:02}{y}", "{d:02} {m:02} {y}"])
def test_the_nik_decides_between_day_and_month(write: str, female: bool) -> None:
    """A text whose day and month stand the other way in the NIK is read that way, and said to be repaired."""
    rows = [(d, m, y, told) for d, m, y in ORDERS for told in ((d, m), (m, d), (d, d), (m, m), (d % 12 + 1, m))]
    niks = [f"357101{day + 40 * female:02}{month:02}{y % 100:02}9901" for _d, _m, y, (day, month) in rows]
    found = read((write.format(d=d, m=m, y=y) for d, m, y, _told in rows), niks)
    other = [told == (m, d) and d != m for d, m, _y, told in rows]
    days = [dt.date(y, d, m) if swap else dt.date(y, m, d) for (d, m, y, _told), swap in zip(rows, other, strict=True)]
    assert found["birth_date"].to_list() == days
    assert found["birth_date_fixed"].to_list() == [
        f"{day:%d-%m-%Y}" if swap else None for day, swap in zip(days, other, strict=True)
    ]
    assert found["birth_date_open"].to_list() == [d != m for d, m, _y, _told in rows]


@pytest.mark.parametrize("write", ["{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}{m:02}{d:02}", "{d}-{word}-{y}"])
def test_the_nik_moves_nothing_that_can_be_read_one_way(write: str) -> None:
    """A year that comes first and a month in words leave no doubt, whatever the NIK says."""
    niks = [f"357101{m:02}{d:02}{y % 100:02}9901" for d, m, y in ORDERS]
    found = read((write.format(d=d, m=m, y=y, word=SHORT[m - 1]) for d, m, y in ORDERS), niks)
    assert_read(found, [dt.date(y, m, d) for d, m, y in ORDERS])
    assert not found["birth_date_open"].any()
    assert found["birth_date_fixed"].null_count() == len(ORDERS)


@pytest.mark.parametrize("female", [False, True])
def test_a_date_cell_that_the_nik_reverses_keeps_its_day_and_names_the_other(female: bool) -> None:
    """The other day of a date cell is named only where the NIK has exactly that, its year too."""
    rows = [(d, m, y, short) for d, m, y in ORDERS for short in (y % 100, (y + 1) % 100)]
    niks = [f"357101{m + 40 * female:02}{d:02}{short:02}9901" for d, m, _y, short in rows]
    found = read((f"{y}-{m:02}-{d:02}" for d, m, y, _short in rows), niks, Kind.DATE)
    assert_read(found, [dt.date(y, m, d) for d, m, y, _short in rows])
    assert found["birth_date_swapped"].to_list() == [
        dt.date(y, d, m) if d != m and short == y % 100 else None for d, m, y, short in rows
    ]
