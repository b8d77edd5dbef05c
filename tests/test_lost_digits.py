"""A NIK that a list of the office holds as a number: 15 digits and a name say whose it is, 15 digits alone nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers import check_json, write_book
from tests.test_answers import HEAD, as_number, check, found, message, person

pytestmark = pytest.mark.slow

PARTICIPANTS = ["NIK", "KPJ", "NAMA", "TGL_LAHIR", "TGL_KEPESERTAAN", "TGL_BERAKHIR"]
STEM = "357101010185990"


def member(nik: Any, name: str, born: str = "", until: str = "31-12-2030") -> list[Any]:
    return [nik, "25000009901", name, born, "01-03-2019", until]


@pytest.mark.parametrize(
    ("name", "born", "said"),
    [
        ("CONTOH SATU", "", True),  # the name
        ("Tjontoh Satoe, S.Pd", "01-01-1985", True),
        ("", "01-01-1985", True),  # the birth date, where there is no name
        ("", "", False),  # 15 digits alone
        ("Rekaan Lain", "", False),
        ("Rekaan Lain", "02-01-1985", False),
    ],
)
def test_name_or_birth_date_decide(name: str, born: str, said: bool, tmp_path: Path) -> None:
    rows = [PARTICIPANTS, member(as_number(person(1)[0]), name, born), member(person(2)[0], "Misal Dua")]
    document = check(tmp_path, "participants", rows, [person(1), person(3)])
    assert (found(document, "RK505") == {2: ("RK505", "error")}) is said
    assert any("digit terakhir" in remark for remark in document["remarks"])


def test_a_list_of_nothing_but_numbers(tmp_path: Path) -> None:
    rows = [["NIK", "NAMA"], [as_number(person(1)[0]), "Contoh Satu"], [as_number(person(2)[0]), "Misal Dua"]]
    document = check(tmp_path, "decree", rows, [person(1), person(2), person(3)])
    assert found(document, "RK501") == {4: ("RK501", "error")}
    assert document["totals"]["clean_rows"] == 2


def test_the_birth_date_with_another_name_is_asked(tmp_path: Path) -> None:
    """A twin has the same 15 digits and birth date."""
    rows = [PARTICIPANTS, member(as_number(person(1)[0]), "Rekaan Kembar", "01-01-1985")]
    document = check(tmp_path, "participants", rows, [person(1)])
    assert found(document, "RK505") == {2: ("RK505", "error")}
    assert "digit terakhir" in message(document, "RK505")


def test_two_candidates_are_asked_and_none_is_chosen(tmp_path: Path) -> None:
    one, other = ([STEM + last, "Contoh Satu", "01-01-1985", "Pemulung"] for last in "13")
    lost = as_number(STEM + "1")
    document = check(tmp_path, "decree", [["NIK", "Nama"], [lost, "Contoh Satu"]], [one, other])
    assert found(document, "RK501") == {2: ("RK501", "error"), 3: ("RK501", "error")}
    document = check(tmp_path, "participants", [PARTICIPANTS, member(lost, "Contoh Satu")], [one, other])
    assert found(document, "RK505") == {2: ("RK505", "error"), 3: ("RK505", "error")}
    results = [["NIK", "Nama", "Hasil Pemadanan"], [lost, "Contoh Satu", "Padan"]]
    document = check(tmp_path, "population", results, [one, other])
    assert found(document, "RK509") == {2: ("RK509", "error"), 3: ("RK509", "error")}
    for finding in document["files"][0]["findings"]:
        assert STEM not in finding["message"]


def test_whole_niks_of_a_list_are_what_they_are(tmp_path: Path) -> None:
    """Whoever stands in the decree with a whole NIK is in it, whatever a number beside her may be."""
    one, other = ([STEM + last, "Contoh Satu", "01-01-1985", "Pemulung"] for last in "13")
    rows = [["NIK", "Nama"], [one[0], "Contoh Satu"], [as_number(one[0]), "Contoh Satu"]]
    document = check(tmp_path, "decree", rows, [one, other])
    assert found(document, "RK501") == {3: ("RK501", "error")}


def test_a_dead_person_whose_nik_is_a_number(tmp_path: Path) -> None:
    results = [["NIK", "Nama", "Status"], [as_number(person(1)[0]), "Contoh Satu", "Meninggal"],
               [person(2)[0], "Misal Dua", "Padan"]]  # fmt: skip
    document = check(tmp_path, "population", results, [person(1), person(2)])
    assert found(document, "RK509") == {2: ("RK509", "error")}
    assert "meninggal" in message(document, "RK509")
    assert not any("belum dipadankan" in remark for remark in document["remarks"])


def test_who_is_missing_from_the_rosters_is_missing_with_a_number_too(tmp_path: Path) -> None:
    (tmp_path / "masuk").mkdir()
    rows = [["NIK", "Nama"], *([as_number(person(number)[0]), person(number)[1]] for number in (1, 2)), person(4)[:2]]
    write_book(tmp_path / "acuan.xlsx", rows)
    write_book(tmp_path / "masuk" / "RT 01.xlsx", [HEAD, person(1)])
    document, _done = check_json(tmp_path / "masuk", "--decree", tmp_path / "acuan.xlsx", "--schema", "kediri-2025")
    assert [missing["cell"] for missing in document["decree"]["findings"]] == ["A3", "A4"]
