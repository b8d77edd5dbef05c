"""What a sender sees in a copy: cells with something to do, a state for everybody, and what to do first."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from rosterkit.rules import RULES
from rosterkit.write.copies.own_texts import is_own_text
from tests.helpers import REST, REST_ROW, check_json, cli, write_book

HEAD = ["No", "NIK", "Nama", "Tanggal Lahir", "Kategori", "No HP", *REST]


def person(number: int, nik: str = "", phone: str = "", rest: tuple[str, ...] = tuple(REST_ROW)) -> list[object]:
    own = nik or f"3571012{number}0185990{number}"
    return [number, own, f"Contoh {'ABCDEFGH'[number]}", f"2{number}-01-1985", "Pemulung", phone, *rest]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list with an error, a person who lacks her mother's name, and spellings that are merely tidied."""
    folder = tmp_path_factory.mktemp("copy")
    rows = [
        person(1, phone="+62 812-0000-9901"),
        person(2, nik="35710122018599"),
        person(3, rest=("Kediri", "L", "", "Jl. Contoh 1")),
        person(4, nik="3571 0124 0185 9904"),
    ]
    write_book(folder / "RT 03.xlsx", [HEAD, *rows], "RT 03")
    document, _done = check_json(folder / "RT 03.xlsx", "--schema", "kediri-2025")
    return Path(document["files"][0]["outputs"]["annotated"])


def column(page: Worksheet, header: str) -> list[object]:
    found = next(cell.column for cell in page[1] if cell.value == header)
    return [page.cell(row, found).value for row in range(2, page.max_row + 1)]


def test_repairs_of_mere_form_are_not_marked(copy: Path) -> None:
    page = openpyxl.load_workbook(copy)["RT 03"]
    remarks = column(page, "CATATAN ROSTERKIT")
    assert [bool(text) for text in remarks] == [False, True, True, False]
    assert remarks[1] == "NIK hanya 14 digit, seharusnya 16. Mohon cek KTP-nya, lalu ketik ulang NIK-nya."
    assert page["F2"].fill.fill_type is None
    assert page["F2"].comment is None
    assert page["B5"].fill.fill_type is None
    assert page["B3"].comment.text == "NIK hanya 14 digit, seharusnya 16.\nMohon cek KTP-nya, lalu ketik ulang NIK-nya."


def test_everybody_has_a_state(copy: Path) -> None:
    page = openpyxl.load_workbook(copy)["RT 03"]
    assert column(page, "STATUS ROSTERKIT") == ["Siap", "Ditunda", "Belum lengkap", "Siap"]


def test_the_summary_begins_with_what_to_do(copy: Path) -> None:
    page = openpyxl.load_workbook(copy).worksheets[0]
    first = [row[0] for row in page.iter_rows(values_only=True)]
    assert first[:9] == [
        "HASIL PERIKSA",
        "4 orang: 2 siap, 1 siap tetapi belum lengkap, 1 belum bisa didaftarkan.",
        "RT 03.xlsx",
        None,
        "Yang perlu dilakukan",
        '1. Perbaiki sel MERAH di lembar "RT 03". Keterangannya ada di kolom CATATAN ROSTERKIT.',
        "2. Lihat sel KUNING: cocokkan dengan KTP. Bila sudah benar, biarkan.",
        "3. Simpan, lalu kirim kembali berkas ini.",
        None,
    ]
    rows = [row[:7] for row in page.iter_rows(values_only=True)]
    assert (1, "NIK bukan 16 digit", "Cek KTP-nya, lalu ketik ulang NIK-nya.") in [row[:3] for row in rows]
    assert (1, "Nomor HP dirapikan", "Tidak perlu apa-apa.") in [row[:3] for row in rows]
    assert ("2", "Contoh C", "NIK hanya 14 digit, seharusnya 16.", None, "B3", "RT 03", "RK210") in rows
    assert not [row for row in rows if row[6] in ("RK202", "RK241")]
    assert "SHA-256" in first[-1]


def test_an_answer_in_our_column_that_decides_is_read(copy: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(copy)
    found = next(cell.column for cell in book["RT 03"][1] if cell.value == "CATATAN ROSTERKIT")
    book["RT 03"].cell(5, found).value = "sudah meninggal"
    book.save(tmp_path / "RT 03.periksa.xlsx")
    document, _done = check_json(tmp_path / "RT 03.periksa.xlsx", "--schema", "kediri-2025")
    again = openpyxl.load_workbook(document["files"][0]["outputs"]["annotated"])
    assert column(again["RT 03"], "STATUS ROSTERKIT")[-1] == "Ditunda"
    assert {"RK261"} <= {finding["code"] for finding in document["files"][0]["findings"] if finding["row"] == 5}


def test_what_an_edited_copy_lists_is_known(copy: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(copy)
    book["RT 03"]["B3"] = "3571012201859902"
    found = next(cell.column for cell in book["RT 03"][1] if cell.value == "CATATAN ROSTERKIT")
    book["RT 03"].cell(5, found).value = "Sudah saya cek"
    book.save(tmp_path / "RT 03.periksa.xlsx")
    document, _done = check_json(tmp_path / "RT 03.periksa.xlsx", "--schema", "kediri-2025")
    again = openpyxl.load_workbook(document["files"][0]["outputs"]["annotated"])
    page = again["RT 03"]
    assert column(page, "STATUS ROSTERKIT") == ["Siap", "Siap", "Belum lengkap", "Siap"]
    assert page.cell(5, found).value == "Sudah saya cek"
    assert column(page, "CATATAN ROSTERKIT")[1::2] == [None, None]
    assert sum(cell.value == "STATUS ROSTERKIT" for cell in page[1]) == 1
    told = [row[0] for row in again.worksheets[0].iter_rows(values_only=True)]
    assert "Dibanding pemeriksaan yang lalu: 1 catatan sudah beres, 1 masih ada, 0 baru." in told


def test_a_stripped_copy_has_no_columns_of_ours(copy: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(copy)
    book.save(tmp_path / "edited.xlsx")
    assert cli("strip", tmp_path / "edited.xlsx", "--out", tmp_path / "plain").returncode == 0
    (plain,) = (tmp_path / "plain").iterdir()
    page = openpyxl.load_workbook(plain)["RT 03"]
    assert {cell.value for row in page.iter_rows(min_col=len(HEAD) + 1) for cell in row} <= {None}


def test_remarks_are_known_by_how_they_begin() -> None:
    own = "NIK hanya 15 digit, seharusnya 16. Mohon cek KTP-nya, lalu ketik ulang NIK-nya."
    assert is_own_text("CATATAN ROSTERKIT", own)
    for theirs in (own + " Sudah?", "Sudah pindah", "NIK sudah benar, Bu", "rumahnya kosong.", "", None, 12):
        assert not is_own_text("CATATAN ROSTERKIT", theirs)
    assert is_own_text("STATUS ROSTERKIT", "Ditunda")
    assert not is_own_text("STATUS ROSTERKIT", "Ditunda dulu ya")
    for rule in RULES:
        if rule.sender and rule.sender.message:
            filled = rule.sender.message.replace("{", "<").replace("}", ">") + " " + rule.sender.hint
            assert is_own_text("CATATAN ROSTERKIT", filled.strip()), rule.code
