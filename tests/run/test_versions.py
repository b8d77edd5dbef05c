"""Versions of one list in a run: the newest counts, nobody is lost, nobody is there twice, and names do not grow."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlwt

from rosterkit.check.version_names import read_version_name
from rosterkit.run.output_names import list_name
from tests.helpers import SPEC, TODAY, check_json, cli, upload_paths, write_book
from tests.test_across import HEAD, KEDIRI, found, person, uploaded

pytestmark = pytest.mark.slow

WORDS = SPEC.words.versions


def roster(path: Path, *people: list[Any], title: str = "", sheet: str = "Daftar") -> Path:
    path.parent.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in ([title],) * bool(title) + (HEAD, *people):
        book.active.append(row)
    book.save(path)
    return path


def numbers(document: dict[str, Any]) -> tuple[int, int, int]:
    """People found, ready, and counted in a newer version."""
    totals = document["totals"]
    return totals["rows"], totals["clean_rows"], totals.get("set_aside", 0)


def niks(document: dict[str, Any]) -> list[str]:
    return sorted(uploaded(upload_paths(document)))


def edited(path: Path, target: Path, **cells: object) -> Path:
    """What a sender gives back: the copy with other values, saved by a program that keeps no ledger."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book[book.sheetnames[-1]][place] = value
    book.save(target)
    return target


@pytest.fixture
def returned(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with a list that was checked (the NIK of its third person is a digit short), and the marked copy."""
    people = [person(number) for number in range(1, 6)]
    people[2][0] = people[2][0][:15]
    inbox = tmp_path / "masuk"
    roster(inbox / "RT 03.xlsx", *people)
    document, _done = check_json(inbox, *KEDIRI)
    assert numbers(document) == (5, 4, 0)
    return inbox, Path(document["files"][0]["outputs"]["annotated"])


@pytest.mark.parametrize("name", ["RT 03.periksa.xlsx", "RT 03.periksa (1).xlsx", "WhatsApp kiriman 7.xlsx"])
def test_a_mended_copy_replaces_the_list_that_it_was_made_from(returned: tuple[Path, Path], name: str) -> None:
    """The README's way: the copy goes into the folder beside the old list, whatever it is called by now."""
    inbox, copy = returned
    edited(copy, inbox / name, A4=person(3)[0])
    document, done = check_json(inbox, *KEDIRI)
    assert numbers(document) == (10, 5, 5)
    assert niks(document) == sorted(person(number)[0] for number in range(1, 6))
    assert (found(document, "RT 03.xlsx"), found(document, name), done.returncode) == ([("RK408", None)], [], 0)
    assert name in next(file for file in document["files"] if file.get("set_aside"))["findings"][0]["message"]
    text = cli("check", inbox, *KEDIRI).stdout
    assert [line.split() for line in text.splitlines() if line.startswith("LAMA")] == [
        ["LAMA", "RT", "03.xlsx", "5", "Tidak", "dipakai:", *name.split(), "lebih", "baru."]
    ]
    assert re.search(r"10 orang: .*, 0 ditunda, 5 dihitung di versi baru", text)


def test_a_mended_copy_that_was_saved_in_an_older_format_is_known_too(returned: tuple[Path, Path]) -> None:
    inbox, copy = returned
    old = xlwt.Workbook()
    for sheet in python_calamine.load_workbook(edited(copy, copy, A4=person(3)[0])).sheet_names:
        page = old.add_sheet(sheet)
        for at, row in enumerate(python_calamine.load_workbook(copy).get_sheet_by_name(sheet).to_python()):
            for column, cell in enumerate(row):
                page.write(at, column, cell)
    old.save(str(inbox / "RT 03.periksa.xls"))
    document, done = check_json(inbox, *KEDIRI)
    assert (numbers(document), done.returncode) == ((10, 5, 5), 0)
    assert niks(document) == sorted(person(number)[0] for number in range(1, 6))
    assert found(document, "RT 03.xlsx") == [("RK408", None)]


def test_a_copy_whose_list_alone_was_saved_as_csv_is_told(returned: tuple[Path, Path]) -> None:
    inbox, copy = returned
    rows = openpyxl.load_workbook(edited(copy, copy, A4=person(3)[0]))["Daftar"].iter_rows(values_only=True)
    with (inbox / "RT 03.periksa.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    document, _done = check_json(inbox, *KEDIRI)
    assert any("tidak lagi menyebut daftar asalnya: RT 03.periksa.csv" in remark for remark in document["remarks"])
    (inbox / "RT 03.xlsx").unlink()
    document, done = check_json(inbox, *KEDIRI)
    assert (numbers(document), done.returncode) == ((5, 5, 0), 0)


@pytest.mark.parametrize("name", ["RT 03.periksa.xlsx", "RT 03.periksa.csv"])
def test_a_copy_without_its_list_is_refused(returned: tuple[Path, Path], name: str) -> None:
    """Saved as CSV, a workbook leaves its first sheet alone: ours."""
    inbox, copy = returned
    (inbox / "RT 03.xlsx").unlink()
    book = openpyxl.load_workbook(copy)
    rows = list(book["Hasil Periksa"].iter_rows(values_only=True))
    del book["Daftar"]
    if name.endswith(".csv"):
        with (inbox / name).open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)
    else:
        book.save(inbox / name)
    document, done = check_json(inbox, *KEDIRI)
    (file,) = document["files"]
    assert (file["status"], file["error"]["code"], done.returncode) == ("failed", "results-alone", 3)


def test_names_do_not_grow_from_round_to_round(returned: tuple[Path, Path]) -> None:
    inbox, copy = returned
    edited(copy, inbox / "RT 03.periksa (1).xlsx", A5=person(4)[0][:15])
    document, _done = check_json(inbox, *KEDIRI)
    second = next(file for file in document["files"] if not file.get("set_aside"))["outputs"]["annotated"]
    assert second == str(copy)
    edited(copy, inbox / "RT 03.periksa (1).periksa (2).xlsx", A4=person(3)[0], A5=person(4)[0])
    document, _done = check_json(inbox, *KEDIRI)
    assert numbers(document) == (15, 5, 10)
    assert sorted(path.name for path in (inbox / "hasil").glob("*.xlsx")) == [
        "gabungan.bpjs-sipp-tk-baru.xlsx", "rekap.xlsx",
    ]  # fmt: skip
    assert list_name(Path("RT 03.periksa (1).periksa - Copy.xlsx")) == "RT 03"
    assert list_name(Path(".periksa.xlsx")) == ".periksa"


def test_a_copy_that_a_neighbour_typed_over_replaces_nothing(returned: tuple[Path, Path]) -> None:
    inbox, copy = returned
    others = {
        f"{column}{row}": value
        for row, number in enumerate(range(11, 16), 2)
        for column, value in zip("AB", person(number, f"Tetangga {'ABCDE'[row - 2] * 4}"), strict=False)
    }
    edited(copy, inbox / "RT 04.xlsx", **others)
    document, _done = check_json(inbox, *KEDIRI)
    assert numbers(document)[0] == 10
    assert numbers(document)[2] == 0


def test_somebody_who_stands_in_the_older_list_alone_is_asked_for(tmp_path: Path) -> None:
    inbox = tmp_path / "masuk"
    roster(inbox / "RT 03.xlsx", *(person(number) for number in range(1, 6)))
    roster(inbox / "RT 03 revisi.xlsx", *(person(number) for number in (1, 2, 4, 5, 6)))
    document, done = check_json(inbox, *KEDIRI)
    assert (found(document, "RT 03.xlsx"), done.returncode) == ([("RK408", None), ("RK409", "A4")], 1)
    assert found(document, "RT 03 revisi.xlsx") == []
    assert niks(document) == sorted(person(number)[0] for number in (1, 2, 4, 5, 6))
    assert numbers(document) == (10, 5, 4)
    old = next(file["outputs"] for file in document["files"] if file.get("set_aside"))
    assert old["annotated"] is None  # nobody is to go on working on the older version
    reply = Path(old["reply"]).read_text(encoding="utf-8-sig")
    assert "Ada di daftar yang lama, tetapi tidak ada di daftar yang baru." in reply
    assert "Mohon dijawab." in reply
    head = ["NIK", "Berkas", "Baris", "Kode", "Alasan", "Oleh", "Tanggal"]
    yes = ["Tetap diusulkan", "Kasi Contoh", TODAY]
    write_book(tmp_path / "pengecualian.xlsx", [head, [person(3)[0], "", "", "RK409", *yes]])
    document, _done = check_json(inbox, *KEDIRI, "--exceptions", tmp_path / "pengecualian.xlsx")
    assert niks(document) == sorted(person(number)[0] for number in range(1, 7))


def test_a_list_of_one_more_person_is_a_version_and_a_list_that_adds_is_none(tmp_path: Path) -> None:
    roster(tmp_path / "a" / "RT 03 lama.xlsx", *(person(number) for number in range(1, 5)))
    roster(tmp_path / "a" / "RT 03.xlsx", *(person(number) for number in range(1, 6)))
    document, _done = check_json(tmp_path / "a", *KEDIRI)
    assert numbers(document) == (9, 5, 4)
    roster(tmp_path / "b" / "RT 03.xlsx", *(person(number) for number in range(1, 5)))
    roster(tmp_path / "b" / "RT 03 tambahan rev 2.xlsx", *(person(number) for number in range(1, 6)))
    document, _done = check_json(tmp_path / "b", *KEDIRI)
    assert numbers(document) == (9, 1, 0)  # held by RK402, and asked for


@pytest.mark.parametrize(
    ("older", "newer"), [("RT 03.xlsx", "RT 03 (1).xlsx"), ("RT 03 final.xlsx", "RT 03 rev.xlsx"), ("a.xlsx", "b.xlsx")]
)
def test_where_nothing_says_which_is_newer_it_is_asked(tmp_path: Path, older: str, newer: str) -> None:
    roster(tmp_path / older, *(person(number) for number in range(1, 6)), title="DAFTAR RT 03")
    roster(tmp_path / newer, *(person(number) for number in range(1, 7)), title="DAFTAR RT 03")
    document, _done = check_json(tmp_path, *KEDIRI)
    codes = {finding["code"] for file in document["files"] for finding in file["findings"]}
    assert codes == {"RK402", "RK405"}
    assert numbers(document) == (11, 1, 0)


def test_another_sender_is_another_list(tmp_path: Path) -> None:
    """Two RTs whose lists have most people in common are two senders, whatever a name says."""
    roster(tmp_path / "Usulan.xlsx", *(person(number) for number in range(1, 6)), title="DAFTAR RT 03 RW 01")
    roster(tmp_path / "Usulan revisi.xlsx", *(person(number) for number in range(1, 6)), person(9), title="RT 04 RW 01")
    document, _done = check_json(tmp_path, *KEDIRI)
    assert numbers(document)[2] == 0


def test_a_few_people_who_are_sent_once_more_are_no_version_of_their_list(tmp_path: Path) -> None:
    """A sender gives back only those who were wrong: the others are not asked for, and none of them is lost."""
    roster(tmp_path / "RT 03.xlsx", *(person(number) for number in range(1, 11)))
    roster(tmp_path / "RT 03 revisi.xlsx", *(person(number) for number in range(1, 4)))
    document, _done = check_json(tmp_path, *KEDIRI)
    codes = {finding["code"] for file in document["files"] for finding in file["findings"]}
    assert "RK409" not in codes
    assert "RK402" in codes
    assert numbers(document) == (13, 7, 0)


def test_one_rt_replaces_no_list_of_several(tmp_path: Path) -> None:
    """A file with a sheet for each RT, and a revision from one of them: two senders, whoever is newer."""
    book = openpyxl.Workbook()
    for sheet, first in (("RT 03", 1), ("RT 04", 6)):
        page = book.create_sheet(sheet)
        for row in (HEAD, *(person(number) for number in range(first, first + 5))):
            page.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "Usulan.xlsx")
    roster(tmp_path / "Usulan revisi.xlsx", *(person(number) for number in range(1, 6)), sheet="RT 03")
    document, _done = check_json(tmp_path, *KEDIRI)
    codes = {finding["code"] for file in document["files"] for finding in file["findings"]}
    assert numbers(document) == (15, 5, 0)
    assert codes == {"RK402", "RK405"}


def test_three_versions_leave_the_last(tmp_path: Path) -> None:
    for name, last in (("RT 03.xlsx", 5), ("RT 03 rev 1.xlsx", 6), ("RT 03 rev2 (1).xlsx", 7)):
        roster(tmp_path / name, *(person(number) for number in range(1, last)))
    shutil.copy(tmp_path / "RT 03.xlsx", tmp_path / "RT 03 - Copy.xlsx")
    document, _done = check_json(tmp_path, *KEDIRI)
    assert numbers(document) == (4 + 4 + 5 + 6, 6, 13)
    assert niks(document) == sorted(person(number)[0] for number in range(1, 7))


def test_a_name_that_two_people_have_hides_neither(tmp_path: Path) -> None:
    """Two namesakes in the older list, one in the newer with a mended NIK: nobody can tell which of them it is."""
    common = [person(number) for number in range(1, 9)]
    twins = [[f"357101{day}05859911", "Sama Nama", "", *person(1)[3:]] for day in (11, 12)]
    mended = ["3571011305859911", "Sama Nama", "", *person(1)[3:]]
    roster(tmp_path / "RT 03.xlsx", *common, *twins)
    roster(tmp_path / "RT 03 revisi.xlsx", *common, mended)
    document, _done = check_json(tmp_path, *KEDIRI)
    assert [cell for code, cell in found(document, "RT 03.xlsx") if code == "RK409"] == ["A10", "A11"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RT 03 rev 2.xlsx", "RT 03 rev 1.xlsx"), ("RT 03 revisi.xlsx", "RT 03.xlsx"), ("RT_03_FIX.xlsx", "RT 03.xlsx"),
        ("RT 03.xlsx", "RT 03 lama.xlsx"), ("RT 03 v2.xlsx", "RT 03 v1.xlsx"),
        ("RT 03 final2.xlsx", "RT 03 final.xlsx"), ("RT 03 Final rev 2.xlsx", "RT 03 final rev.xlsx"),
    ],
)  # fmt: skip
def test_words_that_say_which_is_newer(one: str, other: str) -> None:
    new, old = (read_version_name(name, WORDS) for name in (one, other))
    assert new.stem == old.stem == "RT 03"
    assert new.is_newer_than(old)
    assert not old.is_newer_than(new)


@pytest.mark.parametrize(
    ("one", "other"),
    [("RT 03 (2).xlsx", "RT 03 (1).xlsx"), ("RT 03 final.xlsx", "RT 03 rev.xlsx"), ("RT 04.xlsx", "RT 03.xlsx"),
     ("RT 03 - Copy.xlsx", "RT 03.xlsx"), ("RT 03 rev 1 final 2.xlsx", "RT 03 rev 2 final 1.xlsx")],
)  # fmt: skip
def test_words_that_do_not(one: str, other: str) -> None:
    new, old = (read_version_name(name, WORDS) for name in (one, other))
    assert not new.is_newer_than(old)
    assert not old.is_newer_than(new)


def test_who_takes_a_doubled_row_out_as_told_misses_nobody(tmp_path: Path) -> None:
    """The numbers of a mended copy have a gap, and its total is one too high: that is what she was asked for."""

    def write(path: Path, *numbers: int, total: int) -> Path:
        rows = [[number, *person(1 if number == 4 else number)] for number in numbers]
        return write_book(path, [["No", *HEAD], *rows, ["", "JUMLAH", f"{total} orang"]])

    inbox = tmp_path / "masuk"
    inbox.mkdir()
    write(inbox / "RT 03.xlsx", 1, 2, 3, 4, 5, 6, 7, total=7)
    document, _done = check_json(inbox, *KEDIRI)
    assert [code for code, _cell in found(document, "RT 03.xlsx")] == ["RK401", "RK401"]
    book = openpyxl.load_workbook(document["files"][0]["outputs"]["annotated"])
    book["RT 01"].delete_rows(5)
    book.save(inbox / "RT 03.periksa.xlsx")
    document, _done = check_json(inbox, *KEDIRI)
    assert found(document, "RT 03.periksa.xlsx") == []
    assert numbers(document) == (13, 6, 7)
    book["RT 01"].delete_rows(2, 2)  # three are gone, two were told to go
    book.save(inbox / "RT 03.periksa.xlsx")
    document, _done = check_json(inbox, *KEDIRI)
    assert [code for code, _cell in found(document, "RT 03.periksa.xlsx")] == ["RK109"]
    assert {code for code, _cell in found(document, "RT 03.xlsx")} == {"RK408", "RK401", "RK409"}


def test_people_of_whom_nothing_can_be_read_are_not_the_same(tmp_path):
    """Numbers of 15 digits, which differ: neither list is a copy of the other."""
    for file in (1, 2):
        rows = [[f"35710101018{file}9{row:02}", "", "", "Pemulung"] for row in range(4)]
        write_book(tmp_path / f"RT 0{file}.xlsx", [["NIK", "Nama", "Tanggal Lahir", "Kategori"], *rows])
    document, _ = check_json(tmp_path, "--schema", "kediri-2025", "--no-write")
    assert "set_aside" not in document["totals"]
    assert {f["code"] for file in document["files"] for f in file["findings"]} >= {"RK210"}
    assert "RK408" not in {f["code"] for file in document["files"] for f in file["findings"]}


def test_another_person_under_the_same_nik_replaces_nobody(tmp_path):
    """The NIK of somebody of the older list stands beside another name and birth date in the newer one."""
    people = [person(number) for number in range(1, 6)]
    other = [people[0][0], "Zubaidah Lainnya", "17-08-1970", *people[0][3:]]
    roster(tmp_path / "RT 01.xlsx", *people)
    roster(tmp_path / "RT 01 revisi.xlsx", other, *people[1:])
    document, _ = check_json(tmp_path, "--schema", "kediri-2025", "--no-write")
    old = next(file for file in document["files"] if Path(file["path"]).name == "RT 01.xlsx")
    assert old["set_aside"] == 4
    assert "RK409" in {finding["code"] for finding in old["findings"]}


@pytest.mark.parametrize("name", ["RT 01_revisi.xlsx", "RT 01 revisi.xlsx", "RT 01 (revisi).xlsx"])
def test_of_equal_lists_the_mended_one_counts(tmp_path, name):
    """A revision that only mends a header has the same people: they count there, and not where the sheet is wrong."""
    people = [person(number) for number in range(1, 5)]
    (tmp_path / "masuk").mkdir()
    write_book(tmp_path / "masuk" / "RT 01.xlsx", [[*HEAD, HEAD[3]], *([*one, one[3]] for one in people)])
    write_book(tmp_path / "masuk" / name, [HEAD, *people])
    document, _ = check_json(tmp_path / "masuk", *KEDIRI, "--no-write")
    aside = {Path(file["path"]).name: file.get("set_aside", 0) for file in document["files"]}
    assert aside == {"RT 01.xlsx": 4, name: 0}
    assert document["totals"]["clean_rows"] == 4
