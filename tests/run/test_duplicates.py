"""Duplicates are decided on a sheet: what the office writes into ganda.xlsx holds from the next run on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.helpers import check_json, cli, upload_paths, write_book
from tests.test_across import HEAD, found, person, uploaded

A, B, C = "RT 01.xlsx", "RT 02.xlsx", "RT 03.xlsx"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One NIK in two files, two people of one name and birth date in two others, and a project that remembers."""
    (tmp_path / "masuk").mkdir()
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nout = "hasil"\n', encoding="utf-8")
    write_book(tmp_path / "masuk" / A, [HEAD, person(1), person(2, "Umpama Ganda")])
    write_book(tmp_path / "masuk" / B, [HEAD, person(2, "Umpama Ganda"), person(3)])
    return tmp_path


def check(project: Path) -> dict[str, Any]:
    document, _done = check_json("masuk", cwd=project)
    return document


def people(project: Path, document: dict[str, Any]) -> list[str]:
    return sorted(uploaded([str(project / path) for path in upload_paths(document)]))


def decide(project: Path, decision: str, who: str = "Siti Rekaan", block: int = 1) -> None:
    """Write a decision as a clerk does."""
    path = project / "hasil" / "ganda.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["GANDA"]
    columns = {cell.value: cell.column for cell in page[1]}
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == block)
    page.cell(row, columns["Keputusan"]).value = decision
    page.cell(row, columns["Oleh"]).value = who or None
    book.save(path)


def test_one_of_two_rows_is_used_and_the_other_stays_held(project: Path) -> None:
    document = check(project)
    assert (found(document, A), found(document, B)) == ([("RK402", "A3")], [("RK402", "A2")])
    decide(project, "pakai B")
    document = check(project)
    assert (found(document, A), found(document, B)) == ([("RK402", "A3")], [])
    assert people(project, document) == [person(number)[0] for number in (1, 2, 3)]
    (accepted,) = document["files"][1]["accepted"]
    assert accepted["accepted"]["by"] == "Siti Rekaan"


def test_a_decision_outlives_the_results_and_moved_rows(project: Path) -> None:
    check(project)
    decide(project, "pakai A")
    check(project)
    for path in (project / "hasil").rglob("*"):
        if path.is_file():
            path.unlink()
    write_book(project / "masuk" / A, [HEAD, person(9), person(8), person(1), person(2, "Umpama Ganda")])
    document = check(project)
    assert (found(document, A), found(document, B)) == ([], [("RK402", "A2")])
    page = openpyxl.load_workbook(project / "hasil" / "ganda.xlsx")["GANDA"]
    assert [cell.value for cell in page[2]][2:4] == ["pakai A", "Siti Rekaan"]


@pytest.mark.parametrize("keeps_old", [True, False])
def test_a_decision_goes_on_with_a_mended_copy_and_back(project: Path, keeps_old: bool) -> None:
    write_book(project / "masuk" / A, [HEAD, [person(1)[0], "X" * 300, *person(1)[2:]], person(2, "Umpama Ganda")])
    check(project)
    decide(project, "pakai A")
    document = check(project)
    copy = Path(document["files"][0]["outputs"]["annotated"])
    book = openpyxl.load_workbook(project / copy)
    book[book.sheetnames[-1]]["B2"] = person(1)[1]
    book.save(project / "masuk" / copy.name)
    old = (project / "masuk" / A).rename(project / A)
    if keeps_old:
        shutil.copy(old, project / "masuk" / A)
    document = check(project)
    assert (found(document, copy.name), found(document, B)) == ([], [("RK402", "A2")])
    page = openpyxl.load_workbook(project / "hasil" / "ganda.xlsx")["GANDA"]
    assert [cell.value for cell in page[2]][2:4] == ["pakai A", "Siti Rekaan"]
    (project / "masuk" / copy.name).unlink()
    shutil.copy(old, project / "masuk" / A)
    document = check(project)
    assert ("RK402", "A3") not in found(document, A)
    assert found(document, B) == [("RK402", "A2")]


def test_a_third_row_is_asked_for_again(project: Path) -> None:
    check(project)
    decide(project, "pakai A")
    check(project)
    write_book(project / "masuk" / C, [HEAD, person(2, "Umpama Ganda"), person(4)])
    document = check(project)
    assert [found(document, name) for name in (A, B, C)] == [[("RK402", "A3")], [("RK402", "A2")], [("RK402", "A2")]]
    assert person(2)[0] not in people(project, document)
    (remark,) = document["remarks"]
    assert "Umpama Ganda. Putuskan lagi" in remark
    decide(project, "pakai C")
    document = check(project)
    assert person(2)[0] in people(project, document)
    assert "remarks" not in document or not document["remarks"]


def test_without_a_name_nothing_is_applied_and_the_choice_stays_in_the_sheet(project: Path) -> None:
    check(project)
    decide(project, "pakai A", who="")
    document = check(project)
    assert person(2)[0] not in people(project, document)
    assert any("Oleh kosong" in remark for remark in document["remarks"])
    page = openpyxl.load_workbook(project / "hasil" / "ganda.xlsx")["GANDA"]
    assert page["C2"].value == "pakai A"
    assert not (project / "keputusan.xlsx").exists()


@pytest.mark.parametrize("words", ["orang berbeda", "pakai Z", "ya"])
def test_one_nik_is_never_two_people_and_other_words_are_told(project: Path, words: str) -> None:
    check(project)
    decide(project, words)
    document = check(project)
    assert person(2)[0] not in people(project, document)
    assert len(document["remarks"]) == 1


def test_unsure_takes_a_decision_back(project: Path) -> None:
    check(project)
    decide(project, "pakai A")
    assert person(2)[0] in people(project, check(project))
    decide(project, "belum pasti")
    assert person(2)[0] not in people(project, check(project))


def twins(project: Path) -> None:
    """Two rows with one name and birth date, and other NIKs."""
    first = person(5, "Contoh Serupa")
    second = [f"{first[0][:12]}9977", *first[1:]]
    write_book(project / "masuk" / A, [HEAD, person(1), first])
    write_book(project / "masuk" / B, [HEAD, second, person(3)])


def test_people_who_are_alike_are_different_or_one_of_them_is_used(project: Path) -> None:
    twins(project)
    document = check(project)
    codes = {code for name in (A, B) for code, _cell in found(document, name)}
    assert codes <= {"RK403", "RK404"}
    assert codes
    decide(project, "orang berbeda")
    document = check(project)
    assert [found(document, name) for name in (A, B)] == [[], []]
    assert document["totals"]["clean_rows"] == 4
    decide(project, "pakai A")
    document = check(project)
    assert found(document, A) == []
    assert document["totals"]["clean_rows"] == 3
    assert person(5)[0] in people(project, document)


def test_a_sheet_that_cannot_be_read_is_told_and_not_written_over(project: Path) -> None:
    check(project)
    sheet = project / "hasil" / "ganda.xlsx"
    sheet.write_bytes(b"PK\x03\x04 half of it")
    document = check(project)
    assert any("ganda.xlsx tidak bisa dibaca" in remark for remark in document["remarks"])
    assert sheet.read_bytes().startswith(b"PK\x03\x04 half")


def test_without_duplicates_there_is_no_sheet_and_the_terminal_names_it_where_there_is(project: Path) -> None:
    assert "Putuskan orang ganda di ganda.xlsx" in cli("check", "masuk", cwd=project).stdout
    assert "1 kelompok perlu keputusan" in cli("check", "masuk", cwd=project).stdout
    write_book(project / "masuk" / B, [HEAD, person(3)])
    assert "ganda" not in cli("check", "masuk", cwd=project).stdout
    assert not (project / "hasil" / "ganda.xlsx").exists()


@pytest.mark.parametrize("locked", ["ganda.xlsx", "rekap.xlsx", "laporan.html"])
def test_a_result_that_cannot_be_written_costs_nothing_of_the_others(project: Path, locked: str) -> None:
    """A workbook that is open in Excel: here a folder stands in its place."""
    (project / "hasil" / locked / "x").mkdir(parents=True)
    document, done = check_json("masuk", cwd=project)
    assert (done.returncode, locked in document["error"]["message"]) == (3, True)
    names = {path.name for path in (project / "hasil").iterdir() if path.is_file()}
    expected = {"ganda.xlsx", "rekap.xlsx", "laporan.html", "hasil.json", "gabungan.bpjs-sipp-tk-baru.xlsx"}
    assert names >= expected - {locked}
    assert len(people(project, document)) == document["totals"]["clean_rows"]
    assert "Keadaan: Ganda" in cli("find", "umpama ganda", cwd=project).stdout
