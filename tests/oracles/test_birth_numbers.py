"""What a NIK says of birth and sex, for every six digits that it may hold, against the calendar of plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import polars as pl
import pytest

from rosterkit.frame.normalise import nik
from rosterkit.rules.rk110_shifted_cells import RULE as SHIFTED
from rosterkit.rules.rk213_nik_birth_date import RULE as NO_DATE
from rosterkit.rules.rk301_nik_date_mismatch import RULE as OTHER_DATE
from rosterkit.rules.rk302_nik_sex_mismatch import RULE as OTHER_SEX
from tests.helpers import TODAY
from tests.oracles.helpers import DAYS, context_with, facts, verdicts


def number(day: dt.date, female: bool) -> str:
    """The NIK of somebody born on a day."""
    return f"357101{day.day + 40 * female:02}{day.month:02}{day.year % 100:02}9901"


def read(niks: Iterable[str], born: Sequence[dt.date | None] | None = None, today: dt.date = TODAY) -> pl.DataFrame:
    """The birth columns of NIKs, with the birth dates of their rows."""
    column = pl.Series("nik", niks, dtype=pl.String)
    dates = pl.Series("birth_date", [None] * len(column) if born is None else born, dtype=pl.Date)
    frame = pl.DataFrame([column, dates]).with_columns(nik_scientific=pl.lit(False))
    frame = frame.with_columns(_file=pl.lit(0, pl.UInt32), _table=pl.lit(0, pl.UInt32))
    return nik.add_birth_columns(frame, today)


def birth_date(digits: str, year: int | None, today: dt.date) -> dt.date | None:
    """The date in a NIK: in the row's own year, else this century up to this year; never ahead."""
    day, month, short = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    likely = 2000 + short if short <= today.year % 100 else 1900 + short
    first = year if year is not None and year % 100 == short else likely
    for one in (first, first + 100 if first < 2000 else first - 100):
        try:
            date = dt.date(one, month, day - 40 if day > 40 else day)
        except ValueError:
            continue
        if date <= today:
            return date
    return None


@pytest.mark.slow
def test_every_six_digits_hold_the_latest_day_of_the_past_that_is_written_so() -> None:
    """Without a birth date beside it, a NIK holds the latest day with its digits (40 more for women), or none."""
    latest: dict[str, dt.date] = {}
    for day in DAYS:
        if day <= TODAY:
            latest |= {number(day, female)[6:12]: day for female in (False, True)}
    digits = [f"{value:06}" for value in range(1_000_000)]
    found = read(["357101" + text + "9901" for text in digits])
    assert found["nik_date"].to_list() == [latest.get(text) for text in digits]
    assert found["nik_female"].to_list() == [text[:2] > "40" for text in digits]
    assert verdicts(NO_DATE, "nik", found, context_with()) == [text not in latest for text in digits]


@pytest.mark.parametrize("female", [False, True])
def test_the_birth_date_beside_a_nik_decides_the_century(female: bool) -> None:
    """Beside its own birth date a NIK holds exactly that, for every day up to today and both sexes."""
    days = [day for day in DAYS if day <= TODAY]
    found = read((number(day, female) for day in days), days)
    assert found["nik_date"].to_list() == days
    assert set(found["nik_female"]) == {female}
    assert set(verdicts(OTHER_DATE, "birth_date", found, context_with())) == {False}


@pytest.mark.slow
@pytest.mark.parametrize("beside", ["nothing", "the next day", "100 years away"])
def test_a_nik_beside_another_birth_date_holds_its_own(beside: str) -> None:
    """Whatever stands beside, a NIK holds its digits' date; another birth date is said to differ, with both dates."""
    days = [day for day in DAYS if day < TODAY]
    beside_them: dict[str, Sequence[dt.date | None]] = {
        "nothing": [None] * len(days),
        "the next day": [day + dt.timedelta(days=1) for day in days],
        "100 years away": [
            day.replace(year=(day.year - 1900 + 100) % 200 + 1900, day=min(day.day, 28)) for day in days
        ],
    }
    born = [other if other is not None and other <= TODAY else None for other in beside_them[beside]]
    niks = [number(day, day.day % 2 == 0) for day in days]
    found = read(niks, born)
    held = [birth_date(text[6:12], day.year if day else None, TODAY) for text, day in zip(niks, born, strict=True)]
    assert found["nik_date"].to_list() == held
    differ = [None if day is None else day != own for day, own in zip(born, held, strict=True)]
    assert verdicts(OTHER_DATE, "birth_date", found, context_with()) == differ
    told = facts(OTHER_DATE, "birth_date", found, context_with())
    assert told["nik_says"].to_list() == [f"{own:%d-%m-%Y}" if own else None for own in held]
    assert told["written"].to_list() == [f"{day:%d-%m-%Y}" if day else None for day in born]


@pytest.mark.parametrize("sex", ["L", "P", None])
def test_a_sex_differs_where_the_day_says_the_other(sex: str | None) -> None:
    """Days above 40 are women's: another sex differs; where there is no date or no sex, nothing is said."""
    days = [f"{day:02}{month:02}85" for day in range(100) for month in range(100)]
    found = read(f"357101{text}9901" for text in days).with_columns(sex=pl.lit(sex, pl.String))
    meant = [None if birth_date(text, None, TODAY) is None else "P" if int(text[:2]) > 40 else "L" for text in days]
    differ = [None if own is None or sex is None else own != sex for own in meant]
    assert verdicts(OTHER_SEX, "sex", found, context_with()) == differ


@pytest.mark.parametrize("female", [False, True])
@pytest.mark.parametrize("own", ["in the NIK", "not in the NIK", "no NIK"])
def test_a_nik_in_the_kk_column_is_known_by_its_date(own: str, female: bool) -> None:
    """A KK number with the person's birth date is a NIK, unless the NIK has that date too."""
    days = [day for day in DAYS if day <= TODAY]
    other = dt.date(1971, 3, 9)
    niks = {"in the NIK": [number(day, female) for day in days], "not in the NIK": [number(other, female)] * len(days)}
    column = pl.Series("nik", niks.get(own, [None] * len(days)), dtype=pl.String)
    frame = read(column, days).with_columns(kk=pl.Series([number(day, female)[:12] + "9955" for day in days]))
    is_nik = [own != "in the NIK" and not (own == "not in the NIK" and day == other) for day in days]
    assert verdicts(SHIFTED, "kk", frame, context_with()) == is_nik
    wrong = frame.with_columns(kk=pl.col("kk").shift(1))  # the date of the day before
    assert not any(verdicts(SHIFTED, "kk", wrong, context_with()))
