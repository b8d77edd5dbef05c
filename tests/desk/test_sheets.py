"""The page of a file: its own rows and columns, marked cells, trouble first, whatever stands in it."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import replace

import openpyxl
import pytest

from rosterkit.desk.cells import CellCache
from rosterkit.desk.desk import Desk
from rosterkit.desk.run_view import FileView, RunView
from rosterkit.desk.sheet_view import Wanted, make_sheet_view
from tests.desk.desks import browser, check, drop, new_desk
from tests.desk.test_run import HEAD, HOSTILE, person, roster
from tests.helpers import REST_ROW, ROOT


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with one checked file: a title, a mistake far down, a note, a signature."""
    desk = new_desk(tmp_path_factory.mktemp("meja"))
    names = ("Contoh Satu", "Rekaan Dua", "Umpama Tiga", "Misal Empat", "Andaian Lima", "Permisalan Enam")
    people = [person(number, name) for number, name in enumerate(names, 901)]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = 'RT <1> & "satu"'
    for row in (["DAFTAR PEKERJA RENTAN"], HEAD, *people, person(950, HOSTILE), person(951, "Contoh Akhir", "123")):
        sheet.append(row)
    sheet.append([])
    sheet.append(["", "Mengetahui, Ketua RT"])
    book.create_sheet("Kode").append(["Pemulung", "A1"])
    path = desk.inbox / "RT 'satu' <i>.xlsx"
    book.save(path)
    assert check(browser(desk))["message"] == ""
    return desk


def page(desk: Desk, query: str = "") -> str:
    """The page of the only file."""
    answer = browser(desk).get(f"/berkas/{desk.last.key}/0{query}")
    assert answer.status_code == 200
    return answer.text


def rows(text: str) -> list[int]:
    """The numbers of the rows that are shown, in their order."""
    return [int(number) for number in re.findall(r'<th scope="row" class="rn \w*"[^\n]*?id="r(\d+)"', text)]


def test_trouble_comes_first_then_what_is_asked_for(desk):
    assert rows(page(desk)) == [2, 10, 9]  # the header, the mistake, the doubt
    assert rows(page(desk, "?tampil=semua")) == [2, 1, *range(3, 11), 12]
    assert rows(page(desk, "?kode=RK210")) == [2, 10]
    assert rows(page(desk, "?sel=A5&tampil=masalah")) == rows(page(desk, "?tampil=semua"))


def test_a_cell_has_its_place_its_sign_and_its_message_with_the_nik_in_full(desk):
    text = page(desk)
    cell = re.search(r'<td class="m error s">(<button [^>]*id="A10".*?)</td>', text)[1]
    assert ("✖" in cell, "123</button>" in cell, "RK210" in cell) == (True, True, True)
    assert 'aria-describedby="nA10"' in cell
    assert "3571010101859950" in text
    assert re.search(r'href="[^"]*sel=A10[^"]*#A10">A10</a>', text)


def test_nothing_of_a_file_is_markup(desk):
    for query in ("", "?tampil=semua", "?tampil=daftar"):
        text = page(desk, query)
        assert "<script>alert" not in text
        assert "<i>.xlsx" not in text
        assert "RT <1>" not in text


def test_what_is_left_out_says_why(desk):
    text = page(desk, "?tampil=semua")
    assert re.search(r'id="r12">12</th>\s*<td class="state"><em>tanda tangan</em>', text)
    assert "Lembar &#34;Kode&#34; tidak dibaca" in text


@pytest.mark.parametrize("query", ["?dari=-1", "?dari=9999", "?dari=x", "?sel=ZZZZ1", "?lembar=x", "?kode=x&tampil=y"])
def test_an_address_that_somebody_typed_gives_a_page(desk, query):
    assert rows(page(desk, query))


def test_a_file_that_has_changed_or_gone_is_told_and_its_notes_stay(tmp_path):
    desk = new_desk(tmp_path)
    client = browser(desk)
    drop(client, "RT.xlsx", roster(person(901, "Contoh Satu", "123")))
    check(client)
    (desk.inbox / "RT.xlsx").write_bytes(roster(person(901, "Contoh Satu")))
    assert "sudah berubah" in page(desk)
    assert "RK210" in page(desk)
    (desk.inbox / "RT.xlsx").unlink()
    assert "Berkas tidak ada" in page(desk)
    desk.running = True
    assert "Tunggu sampai" in page(desk)


def test_few_files_are_kept_and_a_changed_one_is_read_again(tmp_path):
    cache = CellCache(most_cells=3 * len(HEAD))
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(roster(person(901, "Contoh Satu")))
        assert cache.read(tmp_path / name) is cache.read(tmp_path / name)
    assert len(cache) == 1
    before = cache.read(tmp_path / "b.xlsx")
    (tmp_path / "b.xlsx").write_bytes(roster(person(901, "Contoh Satu"), person(902, "Contoh Dua")))
    assert cache.read(tmp_path / "b.xlsx") is not before


@pytest.mark.slow
def test_a_copy_that_came_back_is_shown_as_it_was_read(tmp_path):
    desk = new_desk(tmp_path)
    client = browser(desk)
    drop(client, "RT.xlsx", roster(person(901, "Contoh Satu", "123"), person(902, "Rekaan Dua")))
    check(client)
    copy = desk.last.files[0].outputs["annotated"][0].read_bytes()
    (desk.inbox / "RT.xlsx").unlink()
    drop(client, "RT.periksa.xlsx", copy)
    check(client)
    text = page(desk)
    assert re.search(r'id="A2".*?</button>', text)
    assert "CATATAN ROSTERKIT" not in text
    assert 'value="Hasil Periksa"' not in text


@pytest.mark.slow
def test_every_finding_of_every_format_stands_in_its_cell(tmp_path):
    shutil.copytree(ROOT / "samples" / "kediri-2024", tmp_path / "meja", ignore=shutil.ignore_patterns("hasil"))
    desk = new_desk(tmp_path / "meja")
    assert check(browser(desk))["message"] == ""
    assert {file.path.suffix for file in desk.last.files} == {".csv", ".xls", ".xlsx"}
    for file in desk.last.files:
        cells = CellCache().read(file.path)
        for one in file.findings:
            if one["cell"]:
                view = make_sheet_view(file, cells.sheets[one["sheet"]], {}, Wanted(cell=one["cell"]))
                (found,) = [
                    cell for row in (*view.header, *view.rows) for cell in row.cells if cell.name == one["cell"]
                ]
                assert one in found.findings
                assert one["value"] is None or found.text.strip() == one["value"].strip()


@pytest.mark.bench
def test_a_sheet_with_20000_bad_rows_opens_in_two_seconds(tmp_path):
    desk = new_desk(tmp_path)
    path = desk.inbox / "RT.xlsx"
    bad = [["123", f"Contoh {number}", "31-02-1985", "Pemulung", *REST_ROW] for number in range(20_000)]
    path.write_bytes(roster(*bad))
    note = {"sheet": "Sheet", "value": "123", "message": "x" * 80, "hint": "y" * 80, "severity": "error"}
    findings = [
        {**note, "code": code, "row": row, "cell": f"{column}{row}"}
        for row in range(2, 20_002)
        for code, column in (("RK210", "A"), ("RK220", "C"), ("RK260", "B"))
    ]
    table = {"name": "Sheet", "header_rows": [1], "left_out": []}
    people = [{"file": "RT.xlsx", "sheet": "Sheet", "row": row, "state": "error"} for row in range(2, 20_002)]
    counts = dict.fromkeys(("ready", "incomplete", "sent", "set_aside"), 0)
    outputs = dict.fromkeys(("annotated", "reply", "uploads", "incomplete"), ())
    file = FileView(
        0, "RT.xlsx", path, "", "error", 20_000, held=20_000, error="", findings=findings, outputs=outputs, **counts
    )
    desk.last = RunView(desk.inbox / "hasil", {}, [replace(file, tables=[table])], (), people, {}, {})
    page(desk, "?tampil=daftar")  # loads what a run has loaded
    for query, wanted in (("", range(2, 202)), ("?sel=A19000", range(18_802, 19_002))):
        before = time.process_time()
        assert rows(page(desk, query))[1:] == [*wanted]
        assert time.process_time() - before < 2
