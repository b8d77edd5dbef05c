"""Duplicates are decided on the page as in ``ganda.xlsx``, and the next run applies it."""

from __future__ import annotations

import re

import pytest

from rosterkit.desk import pages
from rosterkit.desk.desk import Desk
from tests.desk.desks import OWN, browser, check, drop, new_desk
from tests.desk.test_run import person, roster


@pytest.fixture
def desk(tmp_path) -> Desk:
    """A desk with one person in two lists, and two people who are alike in one."""
    desk = new_desk(tmp_path)
    client = browser(desk)
    drop(client, "RT%2001.xlsx", roster(person(901, "Contoh Satu"), person(902, "Contoh Dua")))
    drop(client, "RT%2002.xlsx", roster(person(901, "Contoh Satu"), person(905, "Contoh Lima")))
    assert check(client)["message"] == ""
    return desk


def decide(desk: Desk, choice: str, who: str) -> int:
    """Decide on the first pair of the page."""
    client = browser(desk)
    key = re.search(r'name="pasangan" value="(\w+)"', client.get("/ganda").text)[1]
    form = {"pasangan": key, "keputusan": choice, "oleh": who}
    return client.post("/putuskan", data=form, headers=OWN).status_code


def states(desk: Desk) -> dict[tuple[str, str], str]:
    """File and name of everybody, with the state."""
    return {(person["file"], person["name"]): person["state"] for person in desk.last.persons}


def test_a_decision_is_used_by_the_next_run_and_can_be_taken_back(desk):
    assert states(desk)["RT 01.xlsx", "Contoh Satu"] == "duplicate"
    assert decide(desk, "1", "Contoh Petugas") == 303
    assert "Contoh Petugas" in browser(desk).get("/ganda").text
    check(browser(desk))
    assert states(desk)["RT 01.xlsx", "Contoh Satu"] == "duplicate"
    assert states(desk)["RT 02.xlsx", "Contoh Satu"] in ("clean", "incomplete")
    assert decide(desk, "unsure", "") == 303
    check(browser(desk))
    assert states(desk)["RT 02.xlsx", "Contoh Satu"] == "duplicate"


@pytest.mark.parametrize(
    ("choice", "who"),
    [("0", ""), ("different", "Contoh Petugas"), ("7", "Contoh Petugas"), ("-1", "Contoh Petugas"), ("", "Contoh")],
)
def test_what_cannot_be_decided_is_refused(desk, choice, who):
    before = desk.last.outputs["duplicates"][0].read_bytes()
    assert decide(desk, choice, who) == 422
    assert desk.last.outputs["duplicates"][0].read_bytes() == before


def test_an_old_page_decides_nothing(desk):
    form = {"pasangan": "0" * 16, "keputusan": "0", "oleh": "Contoh Petugas"}
    assert browser(desk).post("/putuskan", data=form, headers=OWN).status_code == 422


def test_of_very_many_pairs_the_first_are_shown_and_all_are_counted(tmp_path, monkeypatch):
    desk = new_desk(tmp_path)
    client = browser(desk)
    people = [person(number, f"Contoh {letter}") for number in (901, 902) for letter in ("Satu", "Dua")]
    drop(client, "RT.xlsx", roster(*people))
    check(client)
    monkeypatch.setattr(pages, "SHOWN", 1)  # two NIKs twice, and two pairs who are alike
    page = client.get("/ganda").text
    assert "4 pasang perlu keputusan" in page
    assert "Di sini 1 dari 4 pasang" in page
