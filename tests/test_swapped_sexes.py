"""A column in which nearly all sexes contradict the NIKs is asked about once; single ones stay warnings."""

from __future__ import annotations

import pytest

from rosterkit.model.finding import Severity
from tests.helpers import findings_of

HEAD = "| NIK | Nama | Tanggal Lahir | Kategori | JK |\n|---|---|---|---|---|"


def told(count: int, wrong: int, word: str = "") -> list[tuple[str, Severity]]:
    lines = [HEAD]
    for number in range(count):
        woman = number % 2 == 1 and not word
        sex = word or "LP"[woman != (number < wrong)]
        lines.append(
            f"| 357101{1 + 40 * woman:02}0185{9900 + number} | Contoh {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number]} "
            f"| 01-01-1985 | Pemulung | {sex} |"
        )
    found = findings_of("\n".join(lines))
    return [(finding.code, finding.severity) for finding in found if finding.field == "sex"]


@pytest.mark.parametrize(("count", "wrong"), [(4, 4), (6, 6), (10, 9), (20, 18)])
def test_a_column_of_swapped_sexes_is_one_error(count: int, wrong: int) -> None:
    assert told(count, wrong) == [("RK111", Severity.ERROR)]


def test_p_for_pria_in_a_list_of_men_is_one_error() -> None:
    assert told(6, 0, "P") == [("RK111", Severity.ERROR)]


@pytest.mark.parametrize(("count", "wrong"), [(3, 3), (10, 8), (10, 1)])
def test_fewer_are_warnings_of_their_own(count: int, wrong: int) -> None:
    assert told(count, wrong) == [("RK302", Severity.WARNING)] * wrong


def test_a_right_column_is_silent() -> None:
    assert told(10, 0) == []
