"""The desk watches its folder while it is open, and says what it sees."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from rosterkit.desk.desk import Desk
from rosterkit.desk.find_folder import open_folder
from rosterkit.desk.watching import Watching, watch_text
from tests.desk.desks import OWN, browser, new_desk
from tests.helpers import good_book


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = new_desk(tmp_path)
    desk.watching = True
    good_book(desk.inbox / "RT 01.xlsx")
    return desk


def looks(watching: Watching, count: int) -> None:
    """Look so many times, each after the run that the last one began."""
    desk = watching._desk
    for _ in range(count):
        watching.step()
        for _ in range(600):
            if not desk.running:
                break
            time.sleep(0.02)


@pytest.mark.slow
def test_what_lies_there_is_checked_and_what_comes_too(desk):
    watching, client = Watching(desk), browser(desk)
    assert client.get("/keadaan").json()["watch"] == "Memantau folder masuk."
    looks(watching, 1)
    assert "1 berkas baru atau berubah" in client.get("/keadaan").json()["watch"]
    looks(watching, 4)
    first = desk.last
    assert first.totals["rows"] == 1
    good_book(desk.inbox / "RT 02.xlsx", 9902)
    looks(watching, 4)
    assert desk.last.totals["rows"] == 2
    assert client.get("/keadaan").json()["run"] == desk.last.key != first.key
    assert "Terakhir dilihat" in client.get("/").text


@pytest.mark.slow
def test_a_run_by_hand_counts_and_the_switch_ends_it(desk):
    watching, client = Watching(desk), browser(desk)
    assert desk.start()
    looks(watching, 5)
    by_hand = desk.last
    looks(watching, 3)
    assert desk.last is by_hand
    assert client.post("/pantau", data={"pantau": "0"}, headers=OWN).status_code == 303
    good_book(desk.inbox / "RT 02.xlsx", 9902)
    looks(watching, 4)
    assert desk.last is by_hand
    assert watch_text(desk) == "Folder masuk tidak dipantau."
    assert "Pantau folder masuk" in client.get("/").text
    client.post("/pantau", data={"pantau": "1"}, headers=OWN)
    looks(watching, 3)
    assert desk.last.totals["rows"] == 2


def test_a_folder_that_is_gone_is_told_and_no_other_one_is_looked_into(desk, tmp_path):
    watching = Watching(desk)
    looks(watching, 3)
    checked = desk.last
    desk.inbox.rename(tmp_path / "away")
    good_book(tmp_path / "no list of hers.xlsx", 9903)
    looks(watching, 4)
    assert "tidak ditemukan" in watch_text(desk)
    (tmp_path / "away").rename(desk.inbox)
    looks(watching, 4)
    assert desk.last is checked


def test_what_is_open_is_told_and_the_next_folder_is_watched(desk, tmp_path):
    watching = Watching(desk)
    (desk.inbox / "~$RT 01.xlsx").touch()
    looks(watching, 3)
    assert "Sedang dibuka: RT 01.xlsx." in watch_text(desk)
    other = new_desk(tmp_path / "lain").folder
    assert open_folder(desk, other)
    assert desk.look is None
    looks(watching, 2)
    assert "Belum ada daftar" in watch_text(desk)


def test_a_mistake_while_looking_does_not_end_it(desk, monkeypatch):
    watching, calls = Watching(desk), []

    def look() -> None:
        calls.append(None)
        raise RuntimeError

    monkeypatch.setattr(desk.watcher, "look", look)
    monkeypatch.setattr(watching._waker, "wait", lambda _look: len(calls) > 2 and watching.stop())
    watching._go()
    assert len(calls) == 3


def test_a_run_that_she_asks_for_follows_one_of_the_watcher_at_once(desk, monkeypatch):
    ran, go = [], threading.Event()

    def run() -> bool:
        ran.append(desk.by_hand)
        while not go.wait(0.01) and not desk.stopping:
            pass
        return True

    monkeypatch.setattr(desk, "_run", run)
    assert desk.start(by_hand=False)
    assert not desk.start(by_hand=False)
    while not ran:
        time.sleep(0.01)
    assert desk.start()
    assert not desk.start()
    go.set()
    looks(Watching(desk), 1)
    assert len(ran) == 2
    assert (desk.running, desk.stopping) == (False, False)


def test_to_stop_means_also_the_run_that_would_follow(desk, monkeypatch):
    ran = []

    def run() -> bool:
        ran.append(None)
        while not desk.stopping:
            time.sleep(0.01)
        desk.start()
        desk.stop()
        return True

    monkeypatch.setattr(desk, "_run", run)
    desk.start(by_hand=False)
    while not ran:
        time.sleep(0.01)
    desk.stop()
    looks(Watching(desk), 1)
    assert len(ran) == 1
