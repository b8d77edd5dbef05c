"""Which rows and files are brought together, against looking at every change that can be made to one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import pairwise

import polars as pl
import pytest

from rosterkit.frame.same_lists import count_shared, describe_files, find_copies, most_shared, value_hashes
from rosterkit.rules.rk404_near_nik import RULE as NEAR
from rosterkit.schema.spec import FIELDS
from tests.oracles.helpers import found_across

WRONG = str.maketrans("0123456789", "5678901234")
Change = Callable[[str], str]


def number(person: int) -> str:
    """A NIK of nobody's region; those of two people differ in three digits at least."""
    return f"{person:03}{person:03}2304{person:03}917"


def with_digit(at: int, digit: str) -> Change:
    """One digit is another one."""
    return lambda nik: nik[:at] + digit + nik[at + 1 :]


def with_swap(at: int) -> Change:
    """Two neighbours are swapped."""
    return lambda nik: nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]


def with_two_wrong(one: int, two: int) -> Change:
    """Two digits are 5 more."""
    return lambda nik: "".join(d.translate(WRONG) if at in (one, two) else d for at, d in enumerate(nik))


def partners(pairs: Sequence[tuple[str, str]]) -> list[list[int] | None]:
    """The rows that each row is paired with; the NIKs of each pair stand below each other, all under one name."""
    frame = pl.DataFrame({"nik": [nik for pair in pairs for nik in pair]}).with_columns(
        name_key=pl.lit("CONTOH MISAL"), name_initials=pl.lit("CM"), sex=pl.lit(None, pl.String),
        birth_date=pl.lit(None, pl.Date), nik_date=pl.lit(None, pl.Date), nik_female=pl.lit(None, pl.Boolean),
        proposed=pl.lit(True), _level=pl.lit(None, pl.UInt8), _file=pl.lit(0, pl.UInt32),
    )  # fmt: skip
    frame = frame.with_columns(_id=pl.int_range(pl.len(), dtype=pl.UInt64))
    found = found_across(NEAR, frame)
    return frame.join(found, on="_id", how="left", maintain_order="left")["nik_near"].to_list()


@pytest.mark.parametrize("first", [100, 321, 567, 789])
def test_every_single_mistake_in_a_nik_finds_its_partner(first: int) -> None:
    """One wrong digit anywhere, and any two neighbours swapped: the two rows are found, and no others."""
    changes = [with_digit(at, digit) for at in range(16) for digit in "0123456789"] + [
        with_swap(at) for at in range(15)
    ]
    niks = [(number(person), change(number(person))) for person, change in enumerate(changes, first)]
    pairs = [pair for pair in niks if pair[0] != pair[1]]
    assert partners(pairs) == [[row + 1 - 2 * (row % 2)] for row in range(2 * len(pairs))]


def test_two_mistakes_in_a_nik_are_two_niks() -> None:
    """A NIK with two wrong digits is no partner, wherever they stand, unless they are two neighbours swapped."""
    changes = [with_two_wrong(one, two) for one in range(16) for two in range(one + 1, 16)]
    niks = [(number(person), change(number(person))) for person, change in enumerate(changes, 200)]
    swapped = [any(with_swap(at)(nik) == other for at in range(15)) for nik, other in niks]
    pairs = [pair for pair, swap in zip(niks, swapped, strict=True) if not swap]
    found = partners(pairs)
    assert [row for row in range(2 * len(pairs)) if row + 1 - 2 * (row % 2) in (found[row] or [])] == []


def files(*contents: list[dict[str, object]]) -> pl.DataFrame:
    """The typed rows of files."""
    rows = [{**row, "_file": number} for number, content in enumerate(contents) for row in content]
    typed = {"birth_date": pl.Date, "income": pl.Int64}
    given = {"_file": pl.UInt32, "_level": pl.UInt8, "_struck": pl.List(pl.String), "_aside_says": pl.String}
    schema = {**given, **{field: typed.get(field, pl.String) for field in FIELDS}}
    return pl.DataFrame(rows, schema=schema, orient="row")


def sent_again(frame: pl.DataFrame) -> set[int]:
    """The files that are the same as an earlier one."""
    return set(find_copies(describe_files(frame.with_columns(_values=value_hashes(frame))))["_file"])


def test_a_file_is_sent_again_in_any_order_and_with_no_other_value() -> None:
    """The same rows in another order are the same file; one value changed, or moved to another column, makes two."""
    person: dict[str, object] = dict.fromkeys(FIELDS, "Contoh") | {
        "birth_date": dt.date(1985, 1, 1),
        "income": 1_000_000,
    }
    content: list[dict[str, object]] = [{**person, "nik": f"35710101018599{number:02}"} for number in range(4)]
    assert sent_again(files(content, content[::-1])) == {1}
    assert sent_again(files(content, content[1:])) == set()
    assert sent_again(files(content, [*content, content[0]])) == set()
    for field in FIELDS:
        for value in (None, dt.date(1985, 1, 2) if field == "birth_date" else 2 if field == "income" else "Misal"):
            other = [{**content[0], field: value}, *content[1:]]
            assert sent_again(files(content, other)) == set(), field
    texts = [field for field in FIELDS if field not in ("birth_date", "income")]
    for one, two in pairwise(texts):
        here = [{**row, one: "Misal", two: "Rekaan"} for row in content]
        there = [{**row, one: "Rekaan", two: "Misal"} for row in content]
        assert sent_again(files(here, there)) == set(), (one, two)
        blank = (
            [{**row, one: None, two: "Misal"} for row in content],
            [{**row, one: "Misal", two: None} for row in content],
        )
        assert sent_again(files(*blank)) == set(), (one, two)


def test_a_nik_of_very_many_files_is_nobody_whom_they_share() -> None:
    """Five hundred lists with one placeholder share nobody, however few they are; two with the same people do."""
    placeholder = pl.DataFrame({"_file": range(500), "nik": "3571010101859900"})
    own = pl.DataFrame({"_file": [7, 7, 7, 9, 9, 9], "nik": [number(person) for person in (1, 2, 3, 1, 2, 3)]})
    people = pl.concat([placeholder, own]).with_columns(_level=pl.lit(None, pl.UInt8), _values=pl.lit(1, pl.UInt64))
    counts = count_shared(people)
    assert counts.rows() == [(9, 7, 3)]
    halves = pl.concat([counts.with_columns(shared=pl.lit(part, pl.UInt32)) for part in (1, 3)])
    assert most_shared(halves, describe_files(people)).rows() == [(9, 7, 4)]
