"""Dropped files get clean names, stay whole, and never take another file's place."""

from __future__ import annotations

import pytest

from rosterkit.desk import uploads
from rosterkit.desk.uploads import clean_name
from tests.desk.desks import browser, drop, new_desk


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("RT 03.xlsx", "RT 03.xlsx"),
        ("Kel. Contohrejo/RT 03.CSV", "Kel. Contohrejo/RT 03.CSV"),
        ("CON.xlsx", "_CON.xlsx"),
        ("aux/nul.tar.xlsx", "_aux/_nul.tar.xlsx"),
        ("RT 03: baru?.xlsx", "RT 03_ baru_.xlsx"),
        ("<img src=x onerror=alert(1)>.xlsx", "_img src=x onerror=alert(1)_.xlsx"),
        ("folder. /daftar.xlsx", "folder/daftar.xlsx"),
        ("daftar😀 'a' & \"b\".ods", "daftar😀 'a' & _b_.ods"),
        ("evil\u202exslx.xlsx", "evil_xslx.xlsx"),
        ("x" * 300 + ".xlsx", "x" * 115 + ".xlsx"),
        ("..\\x.xlsx", None),
        ("../x.xlsx", None),
        ("a/../x.xlsx", None),
        ("C:\\Users\\x.xlsx", None),
        ("C:x.xlsx", None),
        ("/etc/x.xlsx", None),
        ("\\\\server\\share\\x.xlsx", None),
        ("~$RT 03.xlsx", None),
        (".rosterkit/x.xlsx", None),
        ("hasil/RT 03.periksa.xlsx", None),
        ("keputusan.xlsx", None),
        ("foto.jpg", None),
        ("x.xlsx.exe", None),
        (".xlsx", None),
        ("", None),
        ("a/" * 20 + "x.xlsx", None),
    ],
)
def test_names_are_cleaned_or_refused(name, stored):
    found = clean_name(name)
    assert (None if found is None else str(found)) == stored


@pytest.mark.parametrize("name", ["..%5cx.xlsx", "%2e%2e/x.xlsx", "..%2fx.xlsx", "C:%5cx.xlsx", "%2fetc%2fx.xlsx"])
def test_no_address_leads_out_of_the_inbox(tmp_path, name):
    desk = new_desk(tmp_path / "meja")
    assert drop(browser(desk), name, b"x").status_code in (404, 405, 422)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_is_stored_once_and_another_one_beside_it(tmp_path):
    desk = new_desk(tmp_path)
    client = browser(desk)
    assert drop(client, "Kel.%20A/RT%2003.xlsx", b"one").status_code == 201
    assert drop(client, "Kel.%20A/RT%2003.xlsx", b"one").status_code == 200
    assert drop(client, "Kel.%20A/RT%2003.xlsx", b"two").status_code == 409
    assert drop(client, "Kel.%20A/RT%2003.xlsx", b"two", versi="1").status_code == 201
    assert drop(client, "Kel.%20A/RT%2003.xlsx", b"two", versi="1").status_code == 200
    stored = {path.name: path.read_bytes() for path in (desk.inbox / "Kel. A").iterdir()}
    assert stored == {"RT 03.xlsx": b"one", "RT 03 rev 2.xlsx": b"two"}
    assert len(desk.lists()) == 2


def test_what_is_too_large_leaves_nothing(tmp_path, monkeypatch):
    desk = new_desk(tmp_path)
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    answer = drop(browser(desk), "a.xlsx", b"x" * 11)
    assert answer.status_code == 413
    assert "a.xlsx" in answer.json()["text"]
    assert list(desk.inbox.iterdir()) == []


def test_a_folder_that_is_gone_and_a_full_disk_are_told(tmp_path, monkeypatch):
    desk = new_desk(tmp_path)
    client = browser(desk)

    def full(*_arguments: object, **_options: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(uploads.tempfile, "mkstemp", full)
        answer = drop(client, "a.xlsx", b"x")
    assert (answer.status_code, "penuh" in answer.json()["text"]) == (507, True)
    desk.inbox.rmdir()
    desk.folder.rmdir()
    answer = drop(client, "a.xlsx", b"x")
    assert (answer.status_code, "tidak ditemukan" in answer.json()["text"]) == (507, True)
    assert client.get("/").status_code == 200
