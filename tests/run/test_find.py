"""Everybody of a run is found again: by name, by NIK, in the lists of the office, and as it was before."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rosterkit.run.memory import load_earlier, load_persons
from tests.helpers import check_json, cli, write_book
from tests.test_across import HEAD, person


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two senders; one person twice, one without a whole NIK, and a decree that holds one more."""
    (tmp_path / "masuk").mkdir()
    (tmp_path / "rosterkit.toml").write_text(
        'schema = "kediri-2025"\ndecree = "SK.xlsx"\nout = "hasil"\n', encoding="utf-8"
    )
    short = [person(3, "Rekaan Pendek")[0][:15], *person(3, "Rekaan Pendek")[1:]]
    write_book(
        tmp_path / "masuk" / "RT 01.xlsx", [HEAD, person(1, "Contoh Soekarno"), person(2, "Umpama Ganda"), short]
    )
    write_book(tmp_path / "masuk" / "RT 02.xlsx", [HEAD, person(2, "Umpama Ganda"), person(4, "Misal Siap")])
    listed = [person(n, name)[:2] for n, name in ((1, "Contoh Soekarno"), (2, "Umpama Ganda"), (4, "Misal Siap"))]
    write_book(tmp_path / "SK.xlsx", [["NIK", "NAMA"], *listed, person(9, "Andai Belum Masuk")[:2]])
    return tmp_path


def test_everybody_who_was_read_is_remembered_with_state_and_reason(project: Path) -> None:
    document, _done = check_json(project / "masuk")
    persons = load_persons(project / "hasil")
    assert len(persons) == document["totals"]["rows"] == 5
    states = dict(persons.group_by("state").len().iter_rows())
    assert states == {"clean": 2, "duplicate": 2, "error": 1}
    assert persons.filter(persons["state"] != "clean")["reason"].str.contains("RK").all()
    page = openpyxl.load_workbook(document["outputs"]["recap"])["ORANG"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [row[0] for row in rows][-2:] == ["Contoh Soekarno", "Misal Siap"]  # those who are ready come last
    assert all("****" in row[1] for row in rows)


def test_a_person_is_found_by_name_part_of_nik_and_another_spelling(project: Path) -> None:
    check_json(project / "masuk")
    by_name = cli("find", "umpama", "ganda", cwd=project).stdout
    assert by_name.count("Keadaan: Ganda") == 2
    assert ("RT 01.xlsx" in by_name, "RT 02.xlsx" in by_name, "SK: Umpama Ganda" in by_name) == (True, True, True)
    assert person(2)[0] not in by_name
    assert person(2)[0] in cli("find", person(2)[0], "--unmask", cwd=project).stdout
    assert "Contoh Soekarno" in cli("cari", "sukarno", cwd=project).stdout
    short = cli("find", "pendek", cwd=project).stdout
    assert "RK210" in short
    assert "Yang perlu bertindak: pengirim" in short


def test_who_stands_in_the_decree_alone_is_said_to(project: Path) -> None:
    check_json(project / "masuk")
    told = cli("find", "andai belum", cwd=project).stdout
    assert "Tidak ada orang dengan nama atau NIK itu di daftar mana pun." in told
    assert "SK: Andai Belum Masuk" in told


def test_how_it_went_before_is_kept_where_it_changed(project: Path) -> None:
    check_json(project / "masuk")
    check_json(project / "masuk")
    assert load_earlier(project / "hasil").is_empty()  # nothing changed
    whole = person(3, "Rekaan Pendek")
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(1, "Contoh Soekarno"), person(2, "Umpama Ganda"), whole])
    check_json(project / "masuk")
    assert load_earlier(project / "hasil")["name"].to_list() == ["Rekaan Pendek"]
    told = cli("find", "rekaan pendek", cwd=project).stdout
    assert "Sebelumnya:" in told
    assert "RK210" in told.partition("Sebelumnya:")[2]


def test_without_a_run_or_with_too_few_letters_it_says_what_to_do(project: Path) -> None:
    done = cli("find", "umpama", cwd=project)
    assert (done.returncode, "rosterkit check masuk" in done.stderr) == (2, True)
    check_json(project / "masuk")
    done = cli("find", "xy", cwd=project)
    assert (done.returncode, "paling sedikit 4 huruf" in done.stderr) == (2, True)
