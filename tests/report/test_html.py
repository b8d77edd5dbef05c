"""The HTML report is one file that needs nothing else, masked, with every person and finding of the run."""

from __future__ import annotations

import re

import polars as pl
import pytest

from rosterkit.recap.people import PERSONS
from rosterkit.report import as_html
from rosterkit.run import persons
from rosterkit.run.persons import person_texts
from tests.helpers import HEAD, check_json, cli

HOSTILE = "<script>alert(1)</script>"
ROWS = "".join(
    f"{nik};{name};01-01-1985;Pemulung\n"
    for nik, name in (("3571010101859901", "Contoh Satu"), ("123", f'"{HOSTILE}"'), ("3571010101859903", "Contoh Tiga"))
)


@pytest.fixture
def folder(tmp_path):
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    for name in ("RT 01.csv", "RT 02.csv"):
        header = HEAD.splitlines()[0].strip("| ").replace(" | ", ";")
        (inbox / name).write_text(f"{header}\n{ROWS}", encoding="utf-8")
    (inbox / "rusak.xlsx").write_bytes(b"x")
    return inbox


def test_a_run_of_a_folder_writes_it(folder):
    document, _done = check_json(folder, "--schema", "kediri-2025")
    page = (folder / "hasil" / "laporan.html").read_text(encoding="utf-8")
    assert not re.search(r"https?:|src=|href=|@import|url\(|<script", page)
    assert HOSTILE not in page
    assert not re.search(r"\d{16}", page)
    found = [one for file in document["files"] for one in file["findings"] if one["severity"] != "info"]
    assert all(one["code"] in page for one in found)
    assert page.count("RT 01.csv, lembar") == page.count("RT 02.csv, lembar") == 3
    assert "rusak.xlsx" in page
    assert "&lt;script&gt;alert(1)" in page


def test_of_very_many_findings_the_gravest_are_listed(folder, monkeypatch):
    monkeypatch.setattr(as_html, "_FEWEST", 1)
    monkeypatch.setattr(as_html, "_LINES", 1)
    document, _done = check_json(folder, "--schema", "kediri-2025")
    page = (folder / "hasil" / "laporan.html").read_text(encoding="utf-8")
    counts = [sum(one["severity"] != "info" for one in file["findings"]) for file in document["files"]]
    for count in filter(lambda count: count > 1, counts):
        assert f"dan {count - 1} catatan lagi" in page


def test_it_goes_to_standard_output_too(folder):
    done = cli("check", folder, "--schema", "kediri-2025", "--no-write", "--format", "html", "--lang", "en", "--unmask")
    assert done.returncode in (1, 3)
    assert done.stdout.startswith('<!doctype html>\n<html lang="en">')
    assert not (folder / "hasil").exists()


def test_of_very_many_those_who_are_ready_are_counted(monkeypatch):
    states = ["clean", "error", "clean", "incomplete"]
    rows = [["RT.csv", "RT", at, "Contoh", None, "", state, "", ""] for at, state in enumerate(states)]
    people = pl.DataFrame(rows, schema=PERSONS, orient="row")
    assert [len(person_texts(people)[0]), person_texts(people)[1]] == [4, ""]
    monkeypatch.setattr(persons, "_MOST", 3)
    shown, note = person_texts(people)
    assert [person[2] for person in shown] == ["Ditunda", "Siap, belum lengkap"]
    assert note.startswith("2 orang yang siap")
