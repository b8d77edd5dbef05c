"""Metamorphic properties of reading: whatever is laid around a list, nobody is lost and no value changes owner."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Skipped
from rosterkit.read.locate import locate_tables
from tests.helpers import SPEC, examples, vocabulary_of

HEAD = ["NO", "NIK", "NO KK", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "JK", "ALAMAT", "PEKERJAAN"]
FIELDS = ("nik", "kk", "name", "birth_place", "birth_date", "sex", "address", "category")
VOCABULARY = vocabulary_of(SPEC)
few = examples(8)


def person(serial: int) -> list[Any]:
    nik = f"357101{serial % 28 + 1:02}0185{9900 + serial}"
    name = f"Contoh {'ABCDEFGHIJ'[serial % 10] * 3} {'KLMNOPQRST'[serial // 10] * 3}"
    return [float(serial), nik, f"3571011203159{800 + serial}", name, f"Kota {name[7:10]}",
            f"{serial % 28 + 1:02}-01-1985", "L", f"Jl. Contoh {serial}", "Pemulung"]  # fmt: skip


def read(rows: list[list[Any]]) -> list[tuple[str, ...]]:
    """The values of everybody who was read, by field."""
    width = max(map(len, rows))
    sheet = Sheet("RT", [[*row, *[""] * (width - len(row))] for row in rows])
    found = locate_tables(sheet, SPEC, VOCABULARY)
    assert not isinstance(found, Skipped)
    return sorted(
        tuple(str(table.sheet.rows[row][table.columns[field]]) for field in FIELDS)
        for table in found
        for row in table.people
    )


def wanted(serials: range) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, person(serial)[1:])) for serial in serials)


sizes = st.integers(1, 12)
TITLES = ["DAFTAR USULAN PEKERJA RENTAN", "RT 03 RW 05", "Kelurahan Contohrejo", "Tahun 2025"]


@few
@given(sizes, st.lists(st.integers(0, 12), max_size=4))
def test_blank_rows_lose_nobody(size: int, blanks: list[int]) -> None:
    rows = [HEAD, *map(person, range(size))]
    for position in blanks:
        rows.insert(min(position, len(rows)), [])
    assert read(rows) == wanted(range(size))


@few
@given(sizes, st.lists(st.sampled_from(TITLES), max_size=4))
def test_titles_lose_nobody(size: int, titles: list[str]) -> None:
    assert read([*([title] for title in titles), HEAD, *map(person, range(size))]) == wanted(range(size))


@few
@given(sizes, st.integers(0, 9))
def test_an_empty_column_loses_nobody(size: int, at: int) -> None:
    rows = [HEAD, *map(person, range(size))]
    assert read([[*row[:at], "", *row[at:]] for row in rows]) == wanted(range(size))


@few
@given(sizes, st.permutations(range(len(HEAD))))
def test_another_order_of_columns_loses_nobody(size: int, order: list[int]) -> None:
    rows = [HEAD, *map(person, range(size))]
    assert read([[row[column] for column in order] for row in rows]) == wanted(range(size))


@few
@given(st.integers(1, 8), st.integers(1, 8), st.permutations(range(len(HEAD))), st.integers(0, 3))
def test_a_second_list_below_loses_nobody(first: int, second: int, order: list[int], gap: int) -> None:
    below = [HEAD, *map(person, range(first, first + second))]
    rows = [HEAD, *map(person, range(first)), *([[]] * gap), *([row[column] for column in order] for row in below)]
    assert read(rows) == wanted(range(first + second))


def test_a_header_of_other_columns_begins_another_list() -> None:
    """Any two columns change places, or one holds something else, in a list that goes on below without a gap."""
    for one, other in combinations(range(len(HEAD)), 2):
        order = list(range(len(HEAD)))
        order[one], order[other] = order[other], order[one]
        below = [[row[column] for column in order] for row in [HEAD, *map(person, range(3, 5))]]
        assert read([HEAD, *map(person, range(3)), *below]) == wanted(range(5)), (HEAD[one], HEAD[other])
    for column in (4, 7):  # birth place, address
        head = [*HEAD[:column], "NAMA IBU KANDUNG", *HEAD[column + 1 :]]
        rows = [HEAD, *map(person, range(3)), head, *map(person, range(3, 5))]
        found = locate_tables(Sheet("RT", rows), SPEC, VOCABULARY)
        assert [(len(table.people), table.columns.get("mother_name")) for table in found] == [(3, None), (2, column)]


@few
@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 2))
def test_a_second_list_to_the_right_loses_nobody(first: int, second: int, gap: int) -> None:
    left = [HEAD, *map(person, range(first))]
    right = [HEAD, *map(person, range(first, first + second))]
    height = max(len(left), len(right))
    left += [[""] * len(HEAD)] * (height - len(left))
    right += [[""] * len(HEAD)] * (height - len(right))
    rows = [[*one, *[""] * gap, *two] for one, two in zip(left, right, strict=True)]
    assert read(rows) == wanted(range(first + second))
