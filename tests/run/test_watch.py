"""A folder that is watched: every change is checked once, afterwards, whole; nothing that happens to it ends that."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from rosterkit.run.look import Sight, Stamp, is_elsewhere, look_into
from rosterkit.run.watch import Look, Watcher, can_open
from rosterkit.run.watch_folder import watch_folder
from tests.helpers import check_json, good_book


class Folder:
    """A folder that is only told of, and a watcher of it whose clock goes with its looks."""

    def __init__(self, **lists: int) -> None:
        self.lists: dict[str, Stamp] = {name: (size, 0) for name, size in lists.items()}
        self.cloud: tuple[str, ...] = ()
        self.shut: set[str] = set()
        self.away = False
        self.seconds = 0.0
        self.checks: list[dict[str, Stamp]] = []
        self.succeeds = True
        self.watcher = Watcher(lambda _known: self._scan(), lambda name: name not in self.shut, lambda: self.seconds)

    def _scan(self) -> Sight:
        if self.away:
            raise FileNotFoundError
        return Sight(dict(self.lists), cloud=self.cloud)

    def check(self) -> bool:
        self.checks.append(dict(self.lists))
        return self.succeeds

    def looks(self, count: int = 1) -> Look:
        """Look so many times, three seconds apart, and check where it is due."""
        for _ in range(count):
            self.seconds += 3
            look = self.watcher.look()
            if look.due:
                self.watcher.check(self.check)
        return look


def test_what_lies_there_is_checked_once():
    folder = Folder(a=1, b=2)
    first = folder.looks()
    assert (first.due, first.waiting, first.lists, first.writing) == (False, 2, 2, ())
    assert folder.looks().due
    assert folder.looks(5).waiting == 0
    assert len(folder.checks) == 1


def test_nothing_is_checked_where_nothing_lies():
    folder = Folder()
    folder.looks(5)
    folder.lists["a"] = (1, 0)
    folder.looks(2)
    folder.lists.clear()
    folder.looks(5)
    assert len(folder.checks) == 1


def test_a_file_that_is_written_over_ten_seconds_is_checked_once_afterwards():
    folder = Folder(a=1)
    folder.looks(2)
    for size in (0, 10, 20, 30):
        folder.lists["slow"] = (size, size)
        assert folder.looks().writing == ("slow",)
    folder.looks(5)
    assert [checked.get("slow") for checked in folder.checks] == [None, (30, 30)]


def test_a_run_waits_for_the_whole_folder_and_nothing_is_forgotten():
    folder = Folder()
    folder.looks()
    for count in range(0, 300, 100):
        folder.lists |= {f"{number}": (1, 0) for number in range(count, count + 100)}
        folder.looks()
    folder.looks(3)
    assert [len(checked) for checked in folder.checks] == [300]


def test_a_list_that_cannot_be_opened_is_waited_for_but_not_for_ever():
    folder = Folder(a=1)
    folder.shut = {"a"}
    folder.looks(10)
    assert folder.looks().writing == ("a",)
    assert folder.checks == []
    folder.shut = set()
    folder.looks(2)
    assert len(folder.checks) == 1
    folder.lists["b"], folder.shut = (1, 0), {"b"}
    folder.looks(50)
    assert len(folder.checks) == 2


def test_placeholders_of_a_cloud_are_not_pulled_and_nobody_is_left_out_for_them():
    folder = Folder(a=1, b=1)
    folder.cloud = ("b",)
    assert folder.looks(5).cloud == ("b",)
    assert folder.checks == []
    folder.cloud = ()
    folder.looks(2)
    assert len(folder.checks) == 1


@pytest.mark.parametrize("attributes", [0x1000, 0x40000, 0x400020])
def test_a_placeholder_is_known_by_its_attributes(attributes):
    assert is_elsewhere(SimpleNamespace(st_file_attributes=attributes))
    assert not is_elsewhere(SimpleNamespace(st_file_attributes=0x20))


def test_a_share_that_is_gone_for_a_minute_costs_nothing():
    folder = Folder(a=1)
    folder.looks(3)
    folder.away = True
    assert folder.looks(20).away
    folder.away = False
    assert not folder.looks(3).away
    assert len(folder.checks) == 1
    folder.away = True
    folder.looks(20)
    folder.away, folder.lists["b"] = False, (1, 0)
    folder.looks(3)
    assert len(folder.checks) == 2


def test_a_share_that_goes_during_a_check_is_checked_again():
    folder = Folder(a=1)

    def check() -> bool:
        folder.away = True
        return True

    folder.looks()
    assert folder.looks(0 + 1).lists == 1
    folder.watcher.check(check)
    folder.looks(5)
    folder.away = False
    folder.looks(30)
    assert len(folder.checks) == 2  # the first one, and the one that was cut short


def test_what_changes_during_a_check_is_checked_again():
    folder = Folder(a=1)

    def check() -> bool:
        folder.lists["a"] = (2, 2)
        return True

    folder.watcher.check(check)
    folder.looks(4)
    assert folder.checks == [{"a": (2, 2)}]


def test_what_could_not_be_written_is_tried_again_ever_more_rarely():
    folder = Folder(a=1)
    folder.succeeds = False
    assert folder.looks(2 + 1200).again  # an hour
    assert len(folder.checks) == 8  # after 1, 2, 4, 8, 15, 15 ... minutes
    folder.succeeds = True
    folder.looks(300)
    assert (len(folder.checks), folder.looks().again) == (9, False)


def test_what_is_allowed_since_is_checked_again():
    folder = Folder(a=1)
    folder.looks(5)
    folder.watcher.recheck()
    folder.looks(5)
    assert len(folder.checks) == 2


def test_a_mistake_in_a_check_does_not_end_watching():
    folder = Folder(a=1)

    def check() -> bool:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        folder.watcher.check(check)
    folder.looks(2)
    assert folder.checks == []
    folder.looks(30)
    assert len(folder.checks) == 1


def touch(path: Path, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_results_signs_and_other_kinds_are_no_lists(tmp_path):
    for name in ("a.xlsx", "Kel. A/b.CSV", "hasil/c.xlsx", "x/hasil/d.xlsx", ".e.xlsx", ".rosterkit-1", "foto.jpg"):
        touch(tmp_path / name)
    for name in ("keputusan.xlsx", "~$a.xlsx", "Kel. A/~$b.CSV", "~$gone.xlsx", "lain/f.xlsx", ".git/g.xlsx"):
        touch(tmp_path / name)
    touch(tmp_path / "rosterkit.toml")
    office = [tmp_path / "rosterkit.toml", tmp_path / "sk.xlsx"]
    sight = look_into(tmp_path, tmp_path / "lain", office)
    assert sorted(sight.lists) == ["Kel. A/b.CSV", "a.xlsx"]
    assert sight.open == ("Kel. A/b.CSV", "a.xlsx")
    assert list(sight.office or ()) == [str(tmp_path / "rosterkit.toml")]
    with pytest.raises(OSError, match="gone"):
        look_into(tmp_path / "gone")


@pytest.mark.slow
def test_a_real_folder_saved_by_rename_and_a_folder_of_300_moved_in(tmp_path):
    inbox, checks = tmp_path / "masuk", []
    touch(inbox / "a.xlsx")
    watcher = Watcher(lambda known: look_into(inbox, known=known), lambda name: can_open(inbox / name))

    def check() -> bool:
        checks.append(sorted(look_into(inbox).lists))
        return True

    def looks(count: int) -> None:
        for _ in range(count):
            if watcher.look().due:
                watcher.check(check)

    looks(4)
    touch(inbox / "~$a.xlsx")
    touch(inbox / "A1B2C3D4", b"longer")
    (inbox / "A1B2C3D4").replace(inbox / "a.xlsx")
    (inbox / "~$a.xlsx").unlink()
    looks(4)
    for number in range(300):
        touch(tmp_path / "RT" / f"{number}.xlsx")
    (tmp_path / "RT").rename(inbox / "RT")
    looks(4)
    assert list(map(len, checks)) == [1, 1, 301]
    os.utime(inbox / "RT" / "7.xlsx", ns=(1, 1))
    (inbox / "RT" / "8.xlsx").unlink()
    looks(4)
    assert list(map(len, checks)) == [1, 1, 301, 300]


@pytest.mark.slow
def test_what_is_open_is_no_failure_and_is_told(tmp_path):
    good_book(tmp_path / "RT 01.xlsx")
    touch(tmp_path / "~$RT 01.xlsx", b"\x05clerk" + bytes(160))
    document, done = check_json(tmp_path)
    assert (done.returncode, len(document["files"])) == (0, 1)
    assert any("RT 01.xlsx" in remark and "dibuka" in remark for remark in document["remarks"])


def test_what_a_check_writes_itself_is_no_change_and_what_she_decides_is(tmp_path: Path) -> None:
    """A check rewrites the sheet of decisions; her answer there, and a sheet that was marked as sent, are news."""
    (tmp_path / "RT 01.xlsx").write_bytes(b"list")
    duplicates, sent = tmp_path / "hasil" / "ganda.xlsx", tmp_path / "terunggah.json"
    duplicates.parent.mkdir()
    watcher = watch_folder(tmp_path)

    def run() -> bool:
        duplicates.write_bytes(b"asked")
        return True

    def is_due() -> bool:
        watcher.look()
        return watcher.look().due

    assert is_due()
    watcher.check(run)
    assert not is_due()
    for path in (duplicates, sent):
        path.write_bytes(b"answered by her")
        assert is_due(), path
        watcher.check(run)
        assert not is_due(), path
