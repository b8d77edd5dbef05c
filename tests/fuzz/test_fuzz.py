"""Fuzzed files, the same in every run: none ends a process, changes an input, loses a person or gets a broken copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.cases import DRAWERS, draw, name_of
from tests.fuzz.pool import check_all
from tests.fuzz.worker import check_name

# Names at which a fault was found and mended.
MENDED = {
    "roster-51": "the NIKs of a list below a letterhead with a Ketua RT were left out without a word",
    "roster-154": "the birth date of a merged cell was given to the person below it",
    "xml-107": "a sheet whose relation begins with ./ was called damaged",
    "xml-257": "a sheet in UTF-16 passed for empty",
    "xml-540": "parts whose names begin with a slash were called damaged",
    "xml-10267": "cells were marked in other rows where rows have no numbers: two readers saw different values",
    "xml-12955": "an infinite number below the header was a mistake of the program",
    "bytes-10543": "an .ods with a damaged entry was a mistake of the program",
    "bytes-13819": "a raised 2 in the column NO was a mistake of the program",
    "xml-15010": "changes of rows within rows overlapped",
    "xml-20665": "an encoding that nobody knows was a mistake of the program",
    "roster-14831": "a person without a NIK between a header and the same again was a part of the header",
    "roster-32364": "a list below a letterhead with a Ketua RT was joined to the one beside it",
    "bytes-31459": "a mark in an empty cell of the column that became ours stood there twice",
    "xml-43477": "of two sheets of one name the first was read twice, and the second one never",
    "other-456": "a text in UTF-16 called .xls was no workbook",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*MENDED, *(name_of(number) for number in range(8))])
def test_what_must_be_true_of_every_file(name: str) -> None:
    result = check_name(name)
    assert result.complaints == [], result.done


@pytest.mark.bench
def test_hundreds_of_files_in_bounded_processes() -> None:
    complaints = [(result.name, result.complaints) for result in check_all(map(name_of, range(5000, 5400)), 2)]
    assert len(complaints) == 400
    assert [found for found in complaints if found[1]] == []


@pytest.mark.parametrize("kind", DRAWERS)
def test_a_name_draws_the_same_file_again(kind: str, tmp_path: Path) -> None:
    drawn = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        drawn.append(draw(f"{kind}-7", folder).path.read_bytes())
    assert drawn[0] == drawn[1]


@pytest.mark.slow
def test_a_process_that_dies_or_hangs_is_the_result_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.pool.SECONDS", -9.99)  # ten more for the first file of a process
    (hung, _again) = check_all(["xml-1", "nothing-1"], 1)
    assert hung.outcome == "hang"
