"""One person on the page: why, who must act, and her history, which is never that of somebody else."""

from __future__ import annotations

import pytest

from rosterkit.desk.desk import Desk
from tests.desk.desks import browser, check, new_desk
from tests.desk.test_run import person, roster


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk after two runs: one NIK was mended, one person stands in two lists, two have no readable NIK."""
    desk = new_desk(tmp_path_factory.mktemp("meja"))
    (desk.folder / "rosterkit.toml").write_text('schema = "kediri-2025"\ndecree = "SK.xlsx"\n', encoding="utf-8")
    (desk.folder / "SK.xlsx").write_bytes(roster(person(901, "Contoh Satu")))
    wrong = person(902, "Rekaan Dua", "12"), person(903, "Umpama Tiga", "12")
    (desk.inbox / "RT 02.xlsx").write_bytes(roster(person(901, "Contoh Satu")))
    (desk.inbox / "RT 01.xlsx").write_bytes(roster(person(901, "Contoh Satu", "3571010101859991"), *wrong))
    check(browser(desk))
    wrong = person(902, "Rekaan Dua", "123"), person(903, "Umpama Tiga", "12")
    (desk.inbox / "RT 01.xlsx").write_bytes(roster(person(901, "Contoh Satu"), *wrong))
    check(browser(desk))
    return desk


def page(desk: Desk, file: str, name: str, query: str = "") -> str:
    """The page of a person."""
    number = next(n for n, one in enumerate(desk.last.persons) if (one["file"], one["name"]) == (file, name))
    answer = browser(desk).get(f"/orang/{desk.last.key}/{number}{query}")
    assert answer.status_code == 200
    return answer.text


def test_a_person_is_shown_with_her_other_rows_and_what_the_office_knows(desk):
    text = page(desk, "RT 01.xlsx", "Contoh Satu")
    assert "3571010101859901" not in text
    assert "RT 02.xlsx, lembar" in text
    assert "SK: Contoh Satu (357101******9901)" in text
    assert "Yang perlu bertindak" in text
    assert "3571010101859901" in page(desk, "RT 01.xlsx", "Contoh Satu", "?utuh=1")


def test_her_history_is_hers_alone(desk):
    text = page(desk, "RT 01.xlsx", "Rekaan Dua")
    assert text.count("RK210") >= 2  # now and before
    assert "Umpama" not in text
    assert "Belum pernah lain" in page(desk, "RT 01.xlsx", "Umpama Tiga")


def test_her_row_is_one_link_away(desk):
    assert f"/berkas/{desk.last.key}/0?lembar=Sheet&amp;sel=A3#r3" in page(desk, "RT 01.xlsx", "Rekaan Dua")


def test_whoever_is_not_there_is_told(desk):
    for address in (f"/orang/{desk.last.key}/999", "/orang/other/0"):
        assert browser(desk).get(address).status_code == 404
    desk.running = True
    assert "Tunggu sampai" in page(desk, "RT 01.xlsx", "Rekaan Dua")
    desk.running = False


def test_who_must_act_can_be_asked_for(desk):
    page = browser(desk).get("/orang", params={"oleh": "sender"}).text
    assert "Rekaan Dua" in page
    assert browser(desk).get("/orang", params={"oleh": "x"}).text.count("<tr>") == 0
