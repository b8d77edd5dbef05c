"""What BPJS and Dukcapil answer, as they write it: statuses in words, NIKs as numbers, sheets that are no list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.helpers import check_json, cli, write_book

pytestmark = pytest.mark.slow

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori"]
NAMES = ("Contoh Satu", "Misal Dua", "Umpama Tiga", "Andai Empat", "Rekaan Lima", "Khayal Enam")


def person(number: int) -> list[str]:
    """An invented person who needs nothing more."""
    return [f"357101{number:02}0185990{number}", NAMES[number - 1], f"{number:02}-01-1985", "Pemulung"]


def as_number(nik: str) -> float:
    """A NIK as Excel keeps a number: the last digit is gone."""
    return float(nik[:15] + "0")


def check(folder: Path, kind: str, rows: list[list[Any]], people: list[list[Any]], *more: object) -> Any:
    """Check people against a list of one kind."""
    write_book(folder / "acuan.xlsx", rows)
    roster = write_book(folder / "RT 01.xlsx", [HEAD, *people])
    document, _done = check_json(roster, f"--{kind}", folder / "acuan.xlsx", "--schema", "kediri-2025", *more)
    return document


def found(document: Any, *codes: str) -> dict[int, tuple[str, str]]:
    """Row -> code and severity, of some rules."""
    return {
        finding["row"]: (finding["code"], finding["severity"])
        for finding in document["files"][0]["findings"]
        if finding["code"] in codes
    }


def message(document: Any, code: str) -> str:
    (finding,) = [one for one in document["files"][0]["findings"] if one["code"] == code]
    return str(finding["message"])


STATUS_HEAD = ["NIK", "NAMA", "STATUS KEPESERTAAN"]
MEMBER_CODES = ("RK505", "RK506")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("AKTIF", ("RK505", "error")),
        ("active", ("RK505", "error")),
        ("NON AKTIF", ("RK506", "info")),
        ("Non-Aktif", ("RK506", "info")),
        ("TIDAK AKTIF", ("RK506", "info")),
        ("keluar", ("RK506", "info")),
        ("Menunggu Verval", ("RK505", "error")),
        ("", ("RK505", "error")),
    ],
)
def test_a_list_of_nothing_but_statuses(word: str, said: tuple[str, str], tmp_path: Path) -> None:
    rows = [STATUS_HEAD, [person(1)[0], person(1)[1], word], [*person(6)[:2], "AKTIF"]]
    document = check(tmp_path, "participants", rows, [person(1), person(2)])
    assert found(document, *MEMBER_CODES) == {2: said}
    assert document["totals"]["clean_rows"] == (1 if said[1] == "error" else 2)
    assert not any("TGL_BERAKHIR" in remark for remark in document.get("remarks", []))


def test_an_unknown_status_is_told_once_and_can_be_added(tmp_path: Path) -> None:
    rows = [STATUS_HEAD, *([*person(number)[:2], "Cuti Iuran"] for number in (1, 2, 3))]
    people = [person(number) for number in range(1, 5)]
    document = check(tmp_path, "participants", rows, people)
    assert set(found(document, *MEMBER_CODES)) == {2, 3, 4}
    texts = [one["message"] for one in document["files"][0]["findings"] if one["code"] == "RK505"]
    assert all('"Cuti Iuran"' in text for text in texts)
    (remark,) = [remark for remark in document["remarks"] if "Cuti Iuran" in remark]
    assert "words.membership" in remark
    for meaning, held in (("inactive", "RK506"), ("active", "RK505")):
        added = f'schema = "kediri-2025"\n[words.membership]\n"Cuti Iuran" = "{meaning}"\n'
        (tmp_path / "rosterkit.toml").write_text(added, encoding="utf-8")
        document = check(tmp_path, "participants", rows, people)
        assert {code for code, _severity in found(document, *MEMBER_CODES).values()} == {held}
        assert not any("Cuti Iuran" in remark for remark in document.get("remarks", []))


DATED = ["NIK", "KPJ", "NAMA", "TGL_KEPESERTAAN", "TGL_BERAKHIR", "STATUS PESERTA"]


@pytest.mark.parametrize(
    ("until", "word", "said"),
    [
        ("31-12-2030", "AKTIF", "RK505"),
        ("31-12-2023", "AKTIF", "RK506"),  # the dates say more than a word
        ("", "AKTIF", "RK505"),
        ("", "NON AKTIF", "RK506"),
        ("", "Entah", "RK505"),  # asked
        ("31-12-2023", "Entah", "RK506"),
        ("31-12-2030", "NON AKTIF", "RK505"),  # the two contradict each other: asked
    ],
)
def test_statuses_beside_dates(until: str, word: str, said: str, tmp_path: Path) -> None:
    rows = [DATED, [person(1)[0], "25000009901", person(1)[1], "01-03-2019", until, word]]
    assert found(check(tmp_path, "participants", rows, [person(1)]), *MEMBER_CODES)[2][0] == said


def test_a_list_without_statuses_or_dates_is_no_list_of_participants(tmp_path: Path) -> None:
    rows = [["NIK", "NAMA", "STATUS"], [*person(1)[:2], "Kawin"]]
    write_book(tmp_path / "acuan.xlsx", rows)
    roster = write_book(tmp_path / "RT 01.xlsx", [HEAD, person(1)])
    done = cli("check", roster, "--participants", tmp_path / "acuan.xlsx")
    assert done.returncode == 2
    assert "STATUS KEPESERTAAN" in done.stderr


RESULTS = ["NIK", "NAMA", "Hasil Pemadanan"]


@pytest.mark.parametrize("word", ["Typo", "NIK tidak valid di Adminduk"])
def test_an_unknown_result_holds_the_person_and_is_told_once(word: str, tmp_path: Path) -> None:
    rows = [RESULTS, *([*person(number)[:2], word] for number in (1, 2)), [*person(3)[:2], "Padan"]]
    document = check(tmp_path, "population", rows, [person(number) for number in (1, 2, 3)])
    assert found(document, "RK509") == {2: ("RK509", "error"), 3: ("RK509", "error")}
    assert document["totals"]["clean_rows"] == 1
    (remark,) = [remark for remark in document["remarks"] if word in remark]
    assert "words.population" in remark
    added = f'schema = "kediri-2025"\n[words.population]\n"{word}" = "matching"\n'
    (tmp_path / "rosterkit.toml").write_text(added, encoding="utf-8")
    document = check(tmp_path, "population", rows, [person(number) for number in (1, 2, 3)])
    assert found(document, "RK509") == {}
    assert document["totals"]["clean_rows"] == 3


def test_nothing_but_unknown_results(tmp_path: Path) -> None:
    document = check(tmp_path, "population", [RESULTS, [*person(1)[:2], "Typo"]], [person(1)])
    assert found(document, "RK509") == {2: ("RK509", "error")}


def test_of_several_results_an_unknown_one_is_asked_before_a_match_counts(tmp_path: Path) -> None:
    rows = [RESULTS, [*person(1)[:2], "Padan"], [*person(1)[:2], "Typo"], [*person(2)[:2], "Typo"],
            [*person(2)[:2], "Meninggal"]]  # fmt: skip
    document = check(tmp_path, "population", rows, [person(1), person(2)])
    texts = [finding["message"] for finding in document["files"][0]["findings"] if finding["code"] == "RK509"]
    assert ["Typo" in text for text in texts] == [True, False]


def test_one_unreadable_nik_in_a_decree_silences_no_rule(tmp_path: Path) -> None:
    rows = [["NIK", "Nama"], person(1)[:2], ["35710l", "Rusak Contoh"], ["", "Kosong Contoh"], person(4)[:2]]
    document = check(tmp_path, "decree", rows, [person(1), person(2)])
    assert found(document, "RK501") == {3: ("RK501", "error")}
    done = cli("check", tmp_path, "--decree", tmp_path / "acuan.xlsx", "--schema", "kediri-2025", "--format", "json")
    assert '"RK504"' in done.stdout
    assert any("2 NIK tidak terbaca" in remark for remark in document["remarks"])


@pytest.mark.parametrize("kind", ["decree", "participants", "population"])
def test_a_sheet_of_a_list_that_is_not_understood_is_told_by_name(kind: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Lampiran I"
    for row in ([*STATUS_HEAD, "KPJ", "HASIL PEMADANAN"], [*person(1)[:2], "NON AKTIF", "25000009901", "Padan"]):
        page.append(row)
    second = book.create_sheet("Lampiran II")
    second.append([person(2)[1], person(2)[0]])
    third = book.create_sheet("Lampiran III")
    third.append(["Nama", "Tanggal Lahir", "Alamat"])
    third.append([person(3)[1], person(3)[2], "Jl. Contoh 1"])
    book.create_sheet("Kosong")
    book.save(tmp_path / "acuan.xlsx")
    roster = write_book(tmp_path / "RT 01.xlsx", [HEAD, person(1)])
    document, _done = check_json(roster, f"--{kind}", tmp_path / "acuan.xlsx", "--schema", "kediri-2025")
    said = " ".join(document["remarks"])
    assert '"Lampiran II"' in said
    assert '"Lampiran III"' in said
    assert '"Kosong"' not in said
