"""What is told beside files and people: senders, other files, versions, the recap, a change of the decree."""

from __future__ import annotations

import re

import openpyxl
import pytest

from rosterkit.desk.desk import Desk
from tests.desk.desks import OWN, browser, check, new_desk
from tests.desk.test_run import person, roster


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with a decree, senders, a note, and a list that was checked twice."""
    desk = new_desk(tmp_path_factory.mktemp("meja"))
    (desk.folder / "acuan").mkdir()
    (desk.folder / "rosterkit.toml").write_text('schema = "kediri-2025"\ndecree = "acuan/SK.xlsx"\n', encoding="utf-8")
    (desk.folder / "acuan" / "SK lama.xlsx").write_bytes(roster(person(901, "Contoh Satu"), person(909, "Misal Lama")))
    everybody = person(901, "Contoh Satu"), person(902, "Rekaan Dua"), person(903, "Umpama Tiga")
    (desk.folder / "acuan" / "SK.xlsx").write_bytes(roster(*everybody))
    senders = openpyxl.Workbook()
    for row in (["Kelurahan", "RT", "RW"], ["Contohrejo", "1", "1"]):
        senders.active.append(row)
    senders.save(desk.folder / "acuan" / "pengirim.xlsx")
    (desk.inbox / "catatan.docx").write_bytes(b"x")
    for name in ("Rekaan", "Rekaan Dua"):
        (desk.inbox / "RT.xlsx").write_bytes(roster(person(901, "Contoh Satu"), person(902, name, "123")))
        assert check(browser(desk))["message"] == ""
    return desk


def test_who_has_not_sent_what_is_no_list_and_which_versions_there_were(desk):
    client = browser(desk)
    text = client.get("/berkas").text
    assert re.search(r"Belum kirim</h2><ul>\s*<li>[^<]*Contohrejo", text)
    assert "catatan.docx" in text
    assert client.get(f"/berkas/{desk.last.key}/0").text.count(": 2 orang, 1 siap, 1 salah") == 2


def test_the_results_say_who_is_ready_who_is_left_out_and_why(desk):
    text = browser(desk).get("/hasil").text
    assert re.search(r"✔ Siap: 1 orang.*! Belum lengkap: 0 orang.*Tidak ikut diunggah", text, re.S)
    assert re.search(r'<a href="/orang\?keadaan=error">Ada kesalahan</a>: 1 orang', text)
    assert "tidak ada di daftar mana pun: 1 orang" in text
    assert text.count("<rect") >= 3
    cost = re.search(r"juga yang belum lengkap</th>(.*?)</tr>", text)[1]
    assert re.findall(r'"n">(?:Rp )?([\d.]+)', cost)[:2] == ["1", "12"]  # people, months
    assert "style=" not in text  # the policy of contents would drop it


def test_people_in_trouble_come_first(desk):
    text = browser(desk).get("/orang").text
    assert text.index("Rekaan Dua") < text.index("Contoh Satu")


def test_a_change_of_the_decree_is_written_and_fetched(desk):
    client = browser(desk)
    form = {"lama": "acuan/SK lama.xlsx", "baru": "acuan/SK.xlsx"}
    assert client.post("/mutasi", data=form, headers=OWN).status_code == 303
    text = client.get("/hasil").text
    assert "SK lama 2 orang, SK baru 3 orang" in text
    at = [path.name for path in desk.mutation.paths].index("mutasi.xlsx")
    assert client.get(f"/mutasi/{at}").content == (desk.last.folder / "mutasi.xlsx").read_bytes()
    assert client.get("/mutasi/99").status_code == 404
    for wrong in ({"lama": "acuan/SK.xlsx", "baru": "acuan/SK.xlsx"}, {"lama": "../x.xlsx", "baru": "acuan/SK.xlsx"}):
        assert client.post("/mutasi", data=wrong, headers=OWN).status_code == 422


def test_the_help_shows_examples(desk):
    text = browser(desk).get("/bantuan").text
    assert text.count("<caption>Contoh yang salah</caption>") == text.count("<caption>Contoh yang benar</caption>") > 50


def test_the_browser_finds_the_icon(desk):
    answer = browser(desk).get("/static/favicon.svg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
