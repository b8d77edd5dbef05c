"""``rosterkit decree diff``: the change of Kediri 2024, from 9,300 to 9,695 people, all invented here."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from tests.helpers import cli, write_book

pytestmark = pytest.mark.slow

HEAD = ["NO", "NIK", "NAMA", "TANGGAL LAHIR", "PEKERJAAN"]
KINDS = ["Pemulung", "Tukang becak", "Buruh tani", "Ketua RT"]


def person(number: int) -> list[str]:
    """An invented person, another for each number."""
    day, month, year = number % 28 + 1, number // 28 % 12 + 1, 60 + number // 336 % 35
    nik = f"35710{number // 11_760 % 3 + 1}{day:02}{month:02}{year}{9900 + number // 35_280}"
    name = f"Contoh {chr(65 + number % 26)}{chr(97 + number // 26 % 26) * 3} Misal {chr(65 + number // 676)}ara"
    return [nik, name, f"{day:02}-{month:02}-19{year}", KINDS[number % 4]]


def annex(path: Path, people: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Lampiran")
    page.write(0, 0, "LAMPIRAN KEPUTUSAN WALI KOTA")
    for number, row in enumerate([HEAD, *([str(n), *row] for n, row in enumerate(people, 1))], 2):
        for column, value in enumerate(row):
            page.write_string(number, column, value)
    book.close()
    return path


@pytest.fixture(scope="module")
def annexes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sk")
    old = [person(number) for number in range(9_300)]
    new = [list(row) for row in old[205:]] + [person(number) for number in range(9_300, 9_900)]
    for row in new[:40]:
        row[1] += " Rekaan"
    for row in new[40:50]:
        row[0] = row[0][:12] + "9977"
    for row in new[50:55]:
        row[3] = KINDS[(KINDS.index(row[3]) + 1) % 4]
    assert (len(old), len(new)) == (9_300, 9_695)
    return annex(folder / "SK lama.xlsx", old), annex(folder / "SK baru.xlsx", new)


def test_the_change_of_kediri_adds_up(annexes, tmp_path):
    book = tmp_path / "perubahan.xlsx"
    arguments = (*annexes, "--schema", "kediri-2024", "--out", book)
    done = cli("decree", "diff", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["old"]["people"], told["new"]["people"]) == (9_300, 9_695)
    assert (told["kept"], len(told["added"]), len(told["removed"]), len(told["changed"])) == (9_040, 600, 205, 55)
    assert 9_300 - 205 + 600 == told["kept"] + len(told["changed"]) + len(told["added"]) == 9_695
    kinds = [row["what"] for row in told["changed"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {"name": 40, "nik": 10, "category": 5}
    assert all("*" in row["nik"] for row in told["added"])
    pages = openpyxl.load_workbook(book)
    assert {page.title: page.max_row - 1 for page in pages} == {
        "TETAP": 9_040,
        "MASUK": 600,
        "KELUAR": 205,
        "BERUBAH": 55,
    }
    row = [cell.value for cell in pages["MASUK"][2]]
    assert row == [*person(9_300)]
    assert {cell.data_type for cell in pages["BERUBAH"][2]} == {"s"}
    assert {row[-1].value for row in pages["BERUBAH"].iter_rows(min_row=2)} == {"Nama", "NIK", "Kategori"}
    shown = cli("decree", "diff", *annexes, "--schema", "kediri-2024").stdout
    assert "SK lama 9300 orang, SK baru 9695 orang: 9040 tetap, 600 masuk, 205 keluar, 55 berubah." in shown
    assert person(9_300)[0] not in shown
    assert "dan 580 orang lagi" in shown


def test_annexes_with_other_columns(tmp_path):
    old = write_book(
        tmp_path / "a.xlsx", [["NIK", "Nama"], [person(1)[0], "Contoh Satu"], [person(2)[0], "Contoh Dua"]]
    )
    near = person(2)[0][:15] + "8"
    rows = [["No KTP", "Nama Lengkap", "Tgl Lahir", "Kategori"], [*person(1)], [near, "H. Contoh Doea", "", "Pemulung"]]
    new = write_book(tmp_path / "b.xlsx", rows)
    told = json.loads(cli("decree", "diff", old, new, "--format", "json").stdout)
    assert (told["kept"], told["added"], told["removed"]) == (0, [], [])
    assert [row["what"] for row in told["changed"]] == ["name", "nik, name"]


def test_what_is_no_annex(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    letter = write_book(tmp_path / "b.xlsx", [["Surat"], ["biasa"]])
    for pair in ((tmp_path / "a.xlsx", letter), (letter, letter), (tmp_path / "gone.xlsx", letter)):
        done = cli("decree", "diff", *pair)
        assert done.returncode == 2, pair
        assert "SK " in done.stderr
        assert "Traceback" not in done.stderr


def test_the_copy_of_an_annex_speaks_to_the_office_and_is_read_without_its_marks(tmp_path):
    first, second = (person(336 * 15 + number) for number in range(2))
    path = annex(tmp_path / "SK.xlsx", [[first[0][:15], *first[1:]], second, second])
    told = json.loads(cli("decree", "check", path, "--schema", "kediri-2025", "--format", "json").stdout)
    copy = tmp_path / "hasil" / "SK.periksa.xlsx"
    book = python_calamine.load_workbook(copy)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    text = "\n".join(str(cell) for rows in sheets for row in rows for cell in row)
    assert "Lampiran SK: 3 orang, 3 di antaranya harus diperbaiki." in text
    assert "Betulkan juga naskah lampiran SK-nya" in text
    assert "Minta foto KTP atau KK" in text
    for word in ("STATUS ROSTERKIT", "ohon", "kami", "kirim kembali", "didaftarkan", "siap", "unggah"):
        assert word not in text, word
    edited = openpyxl.open(copy)
    edited.save(copy)  # without our ledger
    again = json.loads(cli("decree", "check", copy, "--schema", "kediri-2025", "--format", "json").stdout)
    assert [one["code"] for one in again["files"][0]["findings"]] == [
        one["code"] for one in told["files"][0]["findings"]
    ]


def test_an_annex_is_spoken_of_as_one(tmp_path):
    first, second, third = (person(336 * 15 + number) for number in range(3))  # old and young enough
    people = [first, second, [third[0][:15], *third[1:]]]
    path = annex(tmp_path / "SK.xlsx", people)
    told = cli("decree", "check", path, "--schema", "kediri-2025").stdout
    assert "3 orang, 1 di antaranya harus diperbaiki." in told
    assert "RK210" in told
    assert "Perbaiki lampiran SK ini" in told
    clean = cli("decree", "check", annex(tmp_path / "SK baik.xlsx", people[:2]), "--schema", "kediri-2025").stdout
    assert "Tidak ada yang harus diperbaiki di lampiran SK ini." in clean
    for word in ("nggah", "alasan", "pengirim", "siap", "Siap", "formulir BPJS"):
        assert word not in told + clean
    twice = annex(tmp_path / "SK ganda.xlsx", [people[0], people[0]])
    document = json.loads(cli("decree", "check", path, "--schema", "kediri-2025", "--format", "json").stdout)
    assert document["kind"] == "decree-check"
    assert people[0][0] not in cli("decree", "check", twice, "--schema", "kediri-2025").stdout
    assert "--unmask" not in cli("decree", "check", twice, "--schema", "kediri-2025", "--unmask").stdout
