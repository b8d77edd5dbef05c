"""What is dropped is checked as ``rosterkit check`` does it, and every name stays text."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest

from rosterkit.desk.desk import Desk
from tests.desk.desks import OWN, browser, check, drop, new_desk
from tests.helpers import REST, REST_ROW, check_json, cli

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori", *REST]
HOSTILE = "<script>alert('x')</script> & \"Contoh\" 😀"


def roster(*people: list[str]) -> bytes:
    """A workbook with a header and people."""
    book = openpyxl.Workbook()
    for row in (HEAD, *people):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def person(number: int, name: str, nik: str | None = None) -> list[str]:
    """An invented person whose NIK fits her birth date."""
    return [nik or f"3571010101859{number:03}", name, "01-01-1985", "Pemulung", *REST_ROW]


FILES = {
    "RT 01.xlsx": roster(person(901, "Contoh Satu"), person(902, HOSTILE), person(903, "Contoh Tiga", "123")),
    "Kel. A/RT 02 <b>.xlsx": roster(person(904, "Contoh Empat"), person(901, "Contoh Satu")),
    "rusak.xlsx": b"no workbook",
    "kurang.csv": b"NIK;Nama;Tanggal Lahir;Kategori\n3571010101859905;Contoh Lima;01-01-1985;Pemulung\n",
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on which files were dropped and checked."""
    desk = new_desk(tmp_path_factory.mktemp("meja"))
    client = browser(desk)
    for name, content in FILES.items():
        assert drop(client, name.replace(" ", "%20"), content).status_code == 201
    assert client.post("/program", data={"program": "kediri-2025"}, headers=OWN).status_code == 303
    state = check(client)
    assert (state["message"], bool(state["run"])) == ("", True)
    return desk


def numbers(page: str) -> dict[str, int]:
    """The totals that a page shows."""
    names = ("rows", "ready", "incomplete", "held", "aside", "sent")
    return {name: int(re.search(rf'data-{name}="(\d+)"', page)[1]) for name in names}


def test_the_numbers_are_those_of_the_command(checked):
    document, _done = check_json(checked.inbox, "--no-write")
    totals = document["totals"]
    for path in ("/", "/berkas"):
        shown = numbers(browser(checked).get(path).text)
        assert shown["rows"] == totals["rows"] == 6
        assert shown["ready"] == totals["clean_rows"] - totals["incomplete_rows"]
        assert shown["incomplete"] == totals["incomplete_rows"] == 1
        assert shown["rows"] == shown["ready"] + shown["incomplete"] + shown["held"] + shown["aside"]
    of_files = {file["path"]: sum(sheet["rows"] for sheet in file["sheets"]) for file in document["files"]}
    assert {str(file.path): file.rows for file in checked.last.files} == of_files
    assert len(checked.last.persons) == totals["rows"]


def test_names_and_values_stay_text(checked):
    client, run = browser(checked), checked.last
    pages = ["/", "/berkas", "/orang", "/orang?utuh=1", "/ganda", "/hasil", f"/orang?q={HOSTILE}&keadaan={HOSTILE}"]
    pages += [f"/berkas/{run.key}/{file.number}" for file in run.files]
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<b>.xlsx" not in answer.text
    assert "&lt;script&gt;alert" in client.get("/orang").text


def test_a_person_is_found_with_her_reason(checked):
    client = browser(checked)
    page = client.get("/orang", params={"q": "contoh TIGA"}).text
    assert page.count("<tr>") == 2  # with the header
    assert "RK210" in page
    assert "pengirim" in page
    masked, full = (client.get("/orang", params={"q": "859904", "utuh": show}).text for show in ("", "1"))
    assert ("357101******9904" in masked, "3571010101859904</td>" in masked) == (True, False)
    assert "3571010101859904</td>" in full
    assert "Tidak ada orang" in client.get("/orang", params={"q": "Tiada"}).text


def test_results_are_those_of_the_run(checked):
    client, run = browser(checked), checked.last
    by_name = {file.name: file for file in run.files}
    first = by_name["RT 01.xlsx"]
    copy = client.get(f"/ambil/{run.key}/{first.number}/annotated/0")
    assert copy.content == first.outputs["annotated"][0].read_bytes()
    assert "attachment" in copy.headers["content-disposition"]
    assert "Yth." in client.get(f"/ambil/{run.key}/{first.number}/reply/0").text
    zipped = zipfile.ZipFile(io.BytesIO(client.get(f"/semua/{run.key}").content))
    names = set(zipped.namelist())
    assert {"rekap.xlsx", "ganda.xlsx", "RT 01.periksa.xlsx", "balasan/RT 01.txt"} <= names
    assert any(name.startswith("gabungan.") for name in names)
    assert not any(".rosterkit" in name for name in names)
    for path in (
        f"/ambil/{run.key}/999/annotated/0",
        f"/ambil/{run.key}/0/x/0",
        f"/ambil/other/{first.number}/reply/0",
    ):
        assert client.get(path).status_code == 404


def test_a_folder_that_is_opened_again_shows_its_last_run(checked):
    again = new_desk(checked.folder)
    again.load()
    again.worker.do(lambda: None).result(30)
    assert [(file.name, file.state, file.rows, file.held) for file in again.last.files] == [
        (file.name, file.state, file.rows, file.held) for file in checked.last.files
    ]
    assert again.last.outputs == checked.last.outputs
    assert [file.outputs for file in again.last.files] == [file.outputs for file in checked.last.files]
    assert list(again.last.steps) == list(checked.last.steps)
    assert again.last.persons == checked.last.persons


def test_a_result_outside_of_the_folder_is_never_given(tmp_path):
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(b"secret")
    desk = new_desk(tmp_path / "meja")
    client = browser(desk)
    drop(client, "RT.xlsx", roster(person(901, "Contoh Satu"), person(902, "Contoh Dua", "123")))
    check(client)
    path = desk.last.folder / "hasil.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["files"][0]["outputs"]["annotated"] = str(secret)
    document["outputs"]["combined"] = [f"{desk.last.folder}/../../../secret.xlsx"]
    path.write_text(json.dumps(document), encoding="utf-8")
    again = new_desk(desk.folder)
    again.load()
    again.worker.do(lambda: None).result(30)
    client = browser(again)
    for address in (f"{again.last.files[0].number}/annotated/0", "semua/combined/0"):
        assert client.get(f"/ambil/{again.last.key}/{address}").status_code == 404


def test_one_run_at_a_time_and_it_can_be_stopped(tmp_path):
    desk = new_desk(tmp_path)
    client = browser(desk)
    drop(client, "RT.xlsx", FILES["RT 01.xlsx"])
    busy = threading.Event()
    desk.worker.do(busy.wait)
    assert client.post("/periksa", headers=OWN).status_code == 202
    assert client.post("/periksa", headers=OWN).status_code == 409
    assert client.post("/putuskan", headers=OWN).status_code == 409
    client.post("/hentikan", headers=OWN)
    busy.set()
    desk.worker.do(lambda: None).result(30)
    assert "Dihentikan" in client.get("/keadaan").json()["message"]
    assert not (desk.inbox / "hasil" / "rekap.xlsx").exists()
    assert check(client)["message"] == ""


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("rosterkit.toml", "schema = ", "bukan TOML"),
        ("rosterkit.toml", 'schema = "x"', "tidak dikenal"),
        ("masuk/catatan.txt", "", "tidak berisi berkas Excel"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(tmp_path: Path, file, text, told):
    desk = new_desk(tmp_path)
    client = browser(desk)
    if file == "rosterkit.toml":
        drop(client, "RT.xlsx", FILES["RT 01.xlsx"])
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert told in str(check(client)["message"])
    assert told in client.get("/").text


def test_a_mistake_of_the_program_is_a_sentence_without_data(tmp_path, monkeypatch, caplog):
    def fail(*_arguments: object) -> None:
        raise ValueError("Contoh Rahasia")

    desk = new_desk(tmp_path)
    client = browser(desk)
    monkeypatch.setattr("rosterkit.pipeline.run", fail)
    drop(client, "RT.xlsx", FILES["RT 01.xlsx"])
    message = str(check(client)["message"])
    assert "ValueError" in message
    assert "Rahasia" not in message + caplog.text
    assert not desk.running


def test_the_help_has_every_rule_in_words(checked):
    from rosterkit.rules import RULES

    page = browser(checked).get("/bantuan").text
    assert all(f'<dt id="{rule.code}">' in page for rule in RULES)
    assert not re.search(r"\{\w+\}", page)


def test_who_was_sent_is_counted_apart(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    client = browser(desk)
    drop(client, "RT%2001.xlsx", roster(person(901, "Contoh Satu"), person(902, "Contoh Dua")))
    client.post("/program", data={"program": "kediri-2025"}, headers=OWN)
    check(client)
    (sheet,) = tmp_path.rglob("gabungan.*")
    assert cli("uploaded", sheet).returncode == 0
    drop(client, "RT%2002.xlsx", roster(person(904, "Contoh Empat")))
    check(client)
    shown = numbers(client.get("/").text)
    assert shown == {"rows": 3, "ready": 1, "incomplete": 0, "held": 0, "aside": 0, "sent": 2}
    assert " + 2 sudah diunggah" in client.get("/").text
    assert "Sudah diunggah: 2 orang." in client.get("/hasil").text
    files = client.get("/berkas").text
    assert 'data-state="sent"' in files
