"""Somebody who is held back reads in her own copy why, in words that ask nothing of her and tell no office business."""

from __future__ import annotations

from pathlib import Path

import pytest
import python_calamine

from tests.helpers import check_json, write_book
from tests.test_across import HEAD, person

WAITING = "Ditunda di kantor: masih kami proses. Tidak ada yang perlu diubah."


def run_copy(folder: Path, rows: list[list[object]], settings: str) -> tuple[list[str], list[str], str, str]:
    """States and remarks of the people in the copy of a list, its summary, and the reply."""
    (folder / "masuk").mkdir()
    (folder / "rosterkit.toml").write_text(f'schema = "kediri-2025"\nout = "hasil"\n{settings}\n', encoding="utf-8")
    write_book(folder / "masuk" / "RT 01.xlsx", rows)
    check_json("masuk", cwd=folder)
    book = python_calamine.load_workbook(folder / "hasil" / "RT 01.periksa.xlsx")
    summary, sheet = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    reply = (folder / "hasil" / "balasan" / "RT 01.txt").read_text(encoding="utf-8-sig")
    width = len(rows[0])
    remarks, states = ([str(row[column]) for row in sheet[1:]] for column in (width, width + 1))
    return states, remarks, "\n".join(str(cell) for row in summary for cell in row), reply


@pytest.mark.parametrize(
    "settings",
    [
        "[quota]\ntotal = 1",
        'in_force = {number = "SK 9", start = "2024-01-01", end = "2024-02-01"}',
    ],
)
def test_who_is_held_by_the_office_reads_so_and_nothing_of_its_business(tmp_path: Path, settings: str) -> None:
    states, remarks, summary, reply = run_copy(tmp_path, [HEAD, person(1), person(2)], settings)
    assert states == ["Ditunda", "Ditunda"]
    assert remarks == [WAITING, WAITING]
    told = "2 orang ditunda di kantor: masih kami proses. Tidak ada yang perlu diubah."
    assert told in summary
    assert told in reply
    for text in (*remarks, summary, reply):
        assert not any(word in text.lower() for word in ("kuota", "sk 9", "masa berlaku"))


def test_what_is_told_of_a_row_or_of_its_sheet_is_the_reason(tmp_path: Path) -> None:
    wrong = ["123", *person(2)[1:]]
    states, remarks, summary, reply = run_copy(tmp_path, [HEAD, person(1), wrong], "[quota]\ntotal = 9")
    assert states == ["Siap", "Ditunda"]
    assert (remarks[0], "NIK" in remarks[1]) == ("", True)
    assert "di kantor" not in summary + reply


def test_a_sheet_that_is_held_back_says_where_the_reason_stands(tmp_path: Path) -> None:
    rows = [[cell for at, cell in enumerate(row) if at != 3] for row in (HEAD, person(1), person(2))]
    states, remarks, summary, _reply = run_copy(tmp_path, rows, "")
    assert states == ["Ditunda", "Ditunda"]
    assert remarks == ["Ditunda: lihat lembar Hasil Periksa."] * 2
    assert "Kategori" in summary
