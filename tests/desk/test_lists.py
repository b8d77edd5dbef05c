"""The lists of the office: shown with date and number, chosen, replaced; the project's file changes in one line."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from rosterkit.desk.desk import Desk
from rosterkit.desk.project_file import set_key
from rosterkit.errors import UsageError
from tests.desk.desks import OWN, browser, check, drop, new_desk
from tests.desk.test_run import person, roster

DECREE = roster(person(901, "Contoh Satu"), person(902, "Contoh Dua"))


def counted(desk: Desk) -> str:
    """The part of the page with the lists, when all are counted."""
    client = browser(desk)
    client.get("/")
    desk.worker.do(lambda: None).result(60)
    return client.get("/acuan").text


def put(desk: Desk, kind: str, name: str, content: bytes) -> int:
    """Replace a list by a file from elsewhere."""
    return browser(desk).put(f"/acuan/{kind}/{name}", content=content, headers=OWN).status_code


def known(desk: Desk) -> dict[str, object]:
    """What the project's file says."""
    return tomllib.loads((desk.folder / "rosterkit.toml").read_text(encoding="utf-8"))


def test_a_list_from_elsewhere_is_stored_used_and_counted(tmp_path):
    desk = new_desk(tmp_path)
    (tmp_path / "rosterkit.toml").write_text('# punya kantor\nschema = "kediri-2025"\n\n[quota]\ntotal = 5\n')
    assert put(desk, "decree", "SK.xlsx", DECREE) == 201
    assert known(desk)["decree"] == "acuan/SK.xlsx"
    text = counted(desk)
    assert "2 orang" in text
    assert dt.date.today().strftime("%d-%m-%Y") in text
    newer = roster(person(901, "Contoh Satu"), person(903, "Contoh Tiga"), person(904, "Contoh Empat"))
    assert put(desk, "decree", "SK.xlsx", newer) == 201  # the older one stays
    assert known(desk)["decree"] == "acuan/SK rev 2.xlsx"
    assert "3 orang" in counted(desk)
    drop(browser(desk), "RT.xlsx", roster(person(901, "Contoh Satu"), person(902, "Contoh Dua")))
    check(browser(desk))
    assert {one["name"]: one["state"] for one in desk.last.persons}["Contoh Dua"] == "not-in-decree"


def test_a_list_is_chosen_from_the_folder_or_none(tmp_path):
    desk = new_desk(tmp_path)
    (tmp_path / "SK 'a' & b.xlsx").write_bytes(DECREE)
    client = browser(desk)
    form = {"berkas": "SK 'a' & b.xlsx"}
    assert client.post("/acuan/decree", data=form, headers=OWN).status_code == 303
    assert known(desk) == {"decree": "SK 'a' & b.xlsx"}
    assert client.post("/acuan/decree", data={"berkas": ""}, headers=OWN).status_code == 303
    assert known(desk) == {}


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("decree", "SK.xlsx", b"no workbook"),
        ("participants", "SK.xlsx", DECREE),  # not what BPJS gives
        ("decree", "..%5cSK.xlsx", DECREE),
        ("decree", "keputusan.xlsx", DECREE),
        ("x", "SK.xlsx", DECREE),
    ],
)
def test_what_cannot_be_used_is_told_and_does_not_stay(tmp_path, kind, name, content):
    desk = new_desk(tmp_path)
    assert put(desk, kind, name, content) == 422
    assert not (tmp_path / "rosterkit.toml").exists()
    assert list(tmp_path.rglob("*.xlsx")) == []


@pytest.mark.parametrize("name", ["../luar.xlsx", "/etc/passwd", "masuk/RT.xlsx", "tiada.xlsx"])
def test_no_file_from_elsewhere_is_chosen(tmp_path, name):
    desk = new_desk(tmp_path / "kerja")
    (tmp_path / "luar.xlsx").write_bytes(DECREE)
    (desk.inbox / "RT.xlsx").write_bytes(DECREE)
    assert browser(desk).post("/acuan/decree", data={"berkas": name}, headers=OWN).status_code == 422


def test_a_list_that_is_wrong_or_gone_is_a_sentence_on_the_page(tmp_path):
    desk = new_desk(tmp_path)
    (tmp_path / "rosterkit.toml").write_text('decree = "SK.xlsx"\nparticipants = "tiada.xlsx"\n')
    (tmp_path / "SK.xlsx").write_bytes(b"no workbook")
    text = counted(desk)
    assert "SK.xlsx" in text
    assert "tiada.xlsx tidak ada" in text
    assert text.count('<span class="alert">') == 2
    (tmp_path / "rosterkit.toml").write_text("decree = ")
    assert browser(desk).get("/acuan").status_code == 422
    assert "bukan TOML" in browser(desk).get("/").text


def test_a_folder_that_is_gone_is_told(tmp_path):
    desk = new_desk(tmp_path / "kerja")
    (desk.folder / "masuk").rmdir()
    desk.folder.rmdir()
    assert put(desk, "decree", "SK.xlsx", DECREE) in (422, 507)
    assert browser(desk).get("/").status_code == 200


def test_a_list_outside_of_the_folder_is_asked_about_and_not_opened(tmp_path, monkeypatch):
    desk = new_desk(tmp_path / "kerja")
    (tmp_path / "luar.xlsx").write_bytes(DECREE)
    (desk.folder / "rosterkit.toml").write_text('decree = "../luar.xlsx"\nparticipants = "//server/peserta.xlsx"\n')
    touched = []
    real = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **more: touched.append(str(path)) or real(path, **more))
    assert browser(desk).get("/acuan").status_code == 422
    assert "luar.xlsx" in browser(desk).get("/").text
    desk.worker.do(lambda: None).result(60)
    assert [path for path in touched if "luar.xlsx" in path or "server" in path] == []


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("", "decree", "a.xlsx", 'decree = "a.xlsx"\n'),
        ("# x\r\nschema = 'k'\r\n", "schema", "b", '# x\r\nschema = "b"\r\n'),
        ('schema = "k" # mine\n', "decree", "a", 'schema = "k" # mine\ndecree = "a"\n'),
        ('schema = "k"\n\n[quota]\ndecree = 1\n', "decree", "a", 'schema = "k"\ndecree = "a"\n\n[quota]\ndecree = 1\n'),
        ('decree = "a"\nout = "b"', "out", None, 'decree = "a"\n'),
        ("[quota]\ntotal = 1\n", "decree", 'a"\\b', 'decree = "a\\"\\\\b"\n[quota]\ntotal = 1\n'),
    ],
)
def test_one_line_changes(tmp_path: Path, before, key, value, after):
    (tmp_path / "rosterkit.toml").write_bytes(before.encode())
    set_key(tmp_path, key, value)
    assert (tmp_path / "rosterkit.toml").read_bytes().decode() == after


@pytest.mark.parametrize("text", ['decree = """\nx"""\n', "x = ", '"decree" = "a"\n'])
def test_a_file_that_one_line_cannot_change_stays(tmp_path: Path, text):
    (tmp_path / "rosterkit.toml").write_text(text)
    with pytest.raises(UsageError):
        set_key(tmp_path, "decree", "b")
    assert (tmp_path / "rosterkit.toml").read_text() == text
