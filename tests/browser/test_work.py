"""A clerk's day in a real browser: 300 lists are dropped, checked, looked through, decided, fetched."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.lists import FILES, write_lists
from tests.helpers import check_json

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's folder."""
    folder = tmp_path_factory.mktemp("kerja")
    (folder / "masuk").mkdir()
    return folder


@pytest.fixture(scope="module")
def page(open_desk: Any, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The desk after all lists were dropped and checked."""
    lists = tmp_path_factory.mktemp("kiriman") / "daftar"
    write_lists(lists)
    (lists / "catatan.txt").write_text("x", encoding="utf-8")
    page = open_desk(folder)
    drop_files(page, [str(lists)])
    page.locator("#status", has_text="berkas masuk").wait_for()
    assert page.locator("#status").inner_text() == f"{FILES} berkas masuk. 1 bukan daftar: daftar/catatan.txt."
    page.select_option("select[name=program]", "kediri-2025")
    page.click("form[action='/program'] button")
    page.click("#run")
    page.wait_for_url("**/berkas")
    return page


def drop_files(page: Page, paths: list[str]) -> None:
    """Drop files or folders on the page as a file manager does."""
    box = page.locator("#drop").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": paths, "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data})
    session.detach()


@pytest.fixture(scope="module")
def document(page: Page, folder: Path) -> dict[str, Any]:
    """What the command line says of the same folder."""
    found, _done = check_json(folder / "masuk", "--no-write", "--unmask")
    assert isinstance(found, dict)
    return found


def test_the_numbers_are_those_of_the_command(page, document):
    page.goto(page.url)
    shown = json.loads(page.evaluate("JSON.stringify(document.querySelector('.sum').dataset)"))
    totals = document["totals"]
    assert int(shown["rows"]) == totals["rows"] == 2 * FILES + FILES // 30
    assert int(shown["ready"]) == totals["clean_rows"] - totals["incomplete_rows"]
    assert int(shown["incomplete"]) == totals["incomplete_rows"] == FILES // 50
    assert int(shown["rows"]) == sum(int(shown[name]) for name in ("ready", "incomplete", "held", "aside"))
    of_files = {Path(file["path"]).name: sum(sheet["rows"] for sheet in file["sheets"]) for file in document["files"]}
    texts = page.locator("#rows tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[0].textContent.trim(), row.cells[3].textContent])"
    )
    assert {Path(name).name: int(rows) for name, rows in texts} == of_files


def test_files_are_searched_filtered_and_sorted(page):
    page.goto(page.url)
    shown = page.locator("#rows tbody tr:visible")
    assert shown.count() == FILES
    page.fill("#q", "rt 01")
    assert shown.count() == 10
    page.select_option("#state", "error")
    assert [re.search(r"RT \d+", text)[0] for text in shown.all_inner_texts()] == ["RT 014"]
    page.fill("#q", "tiada")
    assert "Tidak ada yang cocok" in page.locator("#shown").inner_text()
    page.fill("#q", "")
    page.select_option("#state", "")
    page.get_by_role("button", name="Ditunda").click()
    page.get_by_role("button", name="Ditunda").click()
    held = [int(text) for text in page.locator("#rows tbody tr td:nth-child(7)").all_inner_texts()]
    assert held == sorted(held, reverse=True)


def test_every_message_of_a_sheet_is_read_by_keyboard_alone(page, document):
    page.goto(page.url)
    page.locator("#rows a", has_text="RT 004.xlsx").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/berkas/*/*")
    (file,) = [file for file in document["files"] if file["path"].endswith("RT 004.xlsx")]
    wanted = {(one["cell"], one["message"]) for one in file["findings"] if one["cell"]}
    assert len(wanted) >= 2
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('mark')"):
            break
    read, key = set(), ""
    for _step in range(60):
        cell = page.evaluate("document.activeElement.id")
        note = page.locator(f"#n{cell}")
        assert note.is_visible()
        text = note.inner_text()
        read |= {(where, message) for where, message in wanted if where == cell and message in text}
        if key == cell:
            break
        key = cell
        page.keyboard.press("ArrowRight")
    assert read == wanted
    page.keyboard.press("Escape")
    assert page.locator(".note:visible").count() == 0


def test_a_finding_leads_to_its_cell(page, document):
    page.goto(page.url.split("/berkas")[0] + "/berkas")
    page.click("text=RT 004.xlsx")
    page.wait_for_url("**/berkas/*/*")
    link = page.locator("td a", has_text=re.compile(r"^A\d+$")).first
    cell = link.inner_text()
    link.click()
    page.locator(".mark:focus").wait_for()
    assert page.evaluate("document.activeElement.id") == cell
    assert "357101" in page.locator(f"#{cell}").inner_text()


def test_copy_and_zip_are_fetched(page, tmp_path):
    page.goto(page.url.split("/berkas")[0] + "/berkas")
    with page.expect_download() as copy:
        page.locator("a[aria-label^='Salinan: daftar/Kelurahan 2/RT 004']").click()
    assert copy.value.suggested_filename == "RT 004.periksa.xlsx"
    assert zipfile.is_zipfile(copy.value.path())
    page.click("nav >> text=Hasil")
    with page.expect_download() as everything:
        page.click("text=Ambil semua (.zip)")
    names = zipfile.ZipFile(everything.value.path()).namelist()
    assert {"rekap.xlsx", "ganda.xlsx"} <= set(names)
    assert sum(name.endswith(".periksa.xlsx") for name in names) >= FILES // 10


def test_a_duplicate_is_decided_and_the_next_run_follows(page, folder):
    page.click("nav >> text=Ganda")
    pairs = int(re.search(r"(\d+) pasang", page.locator("main").inner_text())[1])
    first = page.locator("section.pair").first
    nik = first.locator("tbody tr").nth(1).locator("td").nth(1).inner_text()
    first.locator("input[name=oleh]").fill("Contoh Petugas")
    first.get_by_role("button", name="Pakai B").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ganda#*")
    assert f"{pairs - 1} pasang" in page.locator("main").inner_text()
    page.click("nav >> text=Meja")
    page.click("#run")
    page.wait_for_url("**/berkas")
    page.click("nav >> text=Orang")
    page.fill("input[name=q]", nik)
    page.keyboard.press("Enter")
    page.wait_for_url("**/orang?*")
    states = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert sorted(states) == ["Ganda", "Siap"]


def test_numbers_are_masked_until_they_are_asked_for(page):
    page.goto(page.url.split("/orang")[0] + "/orang")
    niks = page.locator("tbody tr td:nth-child(2)")
    assert "*" in niks.first.inner_text()
    page.click("text=Tampilkan NIK utuh")
    assert re.fullmatch(r"\d{16}", niks.first.inner_text())
    page.click("tbody a >> nth=0")
    assert "Yang perlu bertindak" in page.locator("main").inner_text() or "Keadaan" in page.locator("main").inner_text()
