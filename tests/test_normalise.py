"""Typing: the same information, written properly; never a guess."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import FIELDS
from rosterkit.model.cells import Kind
from tests.helpers import SPEC, TODAY


def typed(**columns: list[str]) -> pl.DataFrame:
    """A frame of text cells, typed; ``nik_kind=...`` overrides the kinds of a column."""
    size = len(next(iter(columns.values())))
    data: dict[str, pl.Series] = {}
    for field in FIELDS:
        values = columns.get(field)
        kinds = columns.get(f"{field}_kind") or [Kind.TEXT if values else Kind.ABSENT] * size
        data[f"{field}_raw"] = pl.Series(values or [None] * size, dtype=pl.String)
        data[f"{field}_kind"] = pl.Series(kinds, dtype=pl.UInt8)
        data[f"{field}_merged"] = pl.Series([False] * size)
    data |= {name: pl.Series([0] * size, dtype=pl.UInt32) for name in ("_file", "_table")}
    data["_date_1904"] = pl.Series([False] * size)
    data["_rt_rw_joined"] = pl.Series([columns.get("rt") == columns.get("rw") is not None] * size)
    return normalise(pl.DataFrame(data), SPEC, TODAY)


@pytest.mark.parametrize(
    "text",
    ["17-AGS-85", "17 Agustus 1985", "17.08.1985", "17/8/85", "Kediri, 17 Agustus 1985", "Kediri 17-08-1985", "31276",
     "1985-08-17", "17081985", "08/17/1985", "17 AGT 1985", "17 Agust 85", "17AGS1985", "1985/08/17 00:00:00",
     "17 - 08 - 1985", "17-AUG-1985", "Kediri,17 agustus 1985"],
)  # fmt: skip
def test_dates_as_people_write_them(text):
    assert typed(birth_date=[text])["birth_date"][0] == dt.date(1985, 8, 17)


@pytest.mark.parametrize(
    ("text", "month"),
    [("1 MEI 80", 5), ("1 OKT 80", 10), ("1 NOP 80", 11), ("1 DES 80", 12), ("1 PEBRUARI 1980", 2),
     ("1 NOPEMBER 1980", 11), ("1 Mrt 1980", 3), ("1 Juli 1980", 7)],
)  # fmt: skip
def test_indonesian_months(text, month):
    assert typed(birth_date=[text])["birth_date"][0] == dt.date(1980, month, 1)


@pytest.mark.parametrize("text", ["1985", "00-00-1960", "x", "tahun 1985", "17-1985", "NOPEMBER 1980", "12345678901"])
def test_what_is_no_date_never_becomes_one(text):
    frame = typed(birth_date=[text])
    assert frame["birth_date"][0] is None
    assert frame["birth_date_state"][0] == "unreadable"


@pytest.mark.parametrize(
    ("text", "state"),
    [("31-02-1985", "impossible"), ("29-02-1985", "impossible"), ("17-08-2085", "future"), ("31/12/1899", "old")],
)
def test_impossible_dates(text, state):
    assert typed(birth_date=[text])["birth_date_state"][0] == state


@pytest.mark.parametrize("text", ["", "-", "0", "tidak ada"])
def test_an_empty_date_is_no_date(text):
    frame = typed(birth_date=[text])
    assert (frame["birth_date"][0], frame["birth_date_state"][0]) == (None, None)


def test_two_digit_years_are_past():
    assert [date.year for date in typed(birth_date=["1-1-60", "1-1-05"])["birth_date"]] == [1960, 2005]


def test_the_nik_decides_between_day_and_month():
    frame = typed(birth_date=["03/04/1985", "03/04/1985"], nik=["3571010403859901", "3571010304859901"])
    assert frame["birth_date"].to_list() == [dt.date(1985, 3, 4), dt.date(1985, 4, 3)]
    assert frame["birth_date_fixed"].to_list() == ["04-03-1985", None]


def test_joined_place_and_date():
    cells = ["Kediri, 17 Agustus 1985", "Nganjuk 05-05-1979", "Kota Kediri / 1-1-1990", "17-08-1985"]
    frame = typed(birth_date=cells, birth_place=cells)
    assert frame["birth_place"].to_list() == ["Kediri", "Nganjuk", "Kota Kediri", None]
    assert frame["birth_place_fixed"].null_count() == 4


@pytest.mark.parametrize(
    "text",
    ["3571010101859901", "3571.0101.0185.9901", " 3571010101859901\u00a0", "3571010101859901.0", "'3571010101859901",
     "35 71 01 01 01 85 99 01", "3571010101859901\u200b", "3571-0101-0185-9901"],
)  # fmt: skip
def test_niks_that_say_everything(text):
    frame = typed(nik=[text])
    assert frame["nik"][0] == "3571010101859901"
    assert (frame["nik_fixed"][0] is None) == (text == "3571010101859901")


def test_a_number_is_never_a_nik():
    frame = typed(nik=["3571010101859900", "3571010101859901"], nik_kind=[Kind.NUMBER, Kind.NUMBER])
    assert frame["nik"].to_list() == [None, None]
    assert frame["nik_scientific"].to_list() == [True, True]


def test_century_comes_from_the_birth_date():
    frame = typed(nik=["3571010101259901"] * 2, birth_date=["01-01-1925", "01-01-2025"])
    assert [date.year for date in frame["nik_date"]] == [1925, 2025]


def test_leap_days():
    frame = typed(nik=["3571012902009901", "3571012902859901", "3571016902849901"])
    assert frame["nik_date"].to_list() == [dt.date(2000, 2, 29), None, dt.date(1984, 2, 29)]


def test_rt_and_rw():
    frame = typed(rt=["003/005", "RT 006", "3", "RT 3 RW 5", "7/12"])
    assert frame["rt"].to_list() == ["003", "006", "003", "003", "007"]
    assert frame["rw"].to_list() == ["005", None, None, "005", "012"]
    joined = typed(rt=["003/005", "3"], rw=["003/005", "3"])
    assert (joined["rt"].to_list(), joined["rw"].to_list()) == (["003", "003"], ["005", None])
    dated = typed(rt=["2025-05-03"], rt_kind=[Kind.DATE], rw=["2025-05-03"], rw_kind=[Kind.DATE])
    assert (dated["rt"][0], dated["rw"][0]) == ("003", "005")


def test_phones():
    texts = ["+62 812-3456-7890", "81234567890", "081234567890", "0812345678/08123456789", "6281234567890", "x", "123"]
    right = "081234567890"
    assert typed(phone=texts)["phone"].to_list() == [right, right, right, "0812345678", right, None, None]


def test_money():
    texts = ["Rp 1.000.000", "1,000,000.00", "1000000", "Rp. 1.000.000,-", "1 juta", "x", "1.5"]
    assert typed(income=texts)["income"].to_list() == [1_000_000] * 5 + [None, 1]


def test_sex():
    texts = ["L", "lk", "Laki-laki", "LAKI - LAKI", "P", "PR", "PEREMPUAN", "Wanita", "?"]
    assert typed(sex=texts)["sex"].to_list() == ["L"] * 4 + ["P"] * 4 + [None]


def test_categories():
    frame = typed(category=["becak", "PEMULUNG", "Pemulumg", "pemungut", "Tukang  becak", "abc"])
    assert frame["category"].to_list() == ["Tukang becak", "Pemulung", "Pemulung", None, "Tukang becak", None]
    assert frame["category_fixed"].to_list() == ["Tukang becak", None, "Pemulung", None, None, None]


def test_normalising_twice_equals_once():
    first = typed(nik=["3571.0101.0185.9901"], name=[" Contoh  Satu "], phone=["+62812-3456-7890"], rt=["3"])
    again = typed(**{field: [first[field][0]] for field in ("nik", "name", "phone", "rt")})
    for field in ("nik", "name", "phone", "rt"):
        assert again[field][0] == first[field][0]
        assert again[f"{field}_fixed"][0] is None
