"""What goes wrong on a clerk's day is told on the page, and nothing is lost or done twice."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.browser.lists import person, write_lists
from tests.desk.test_run import HOSTILE, roster

pytestmark = pytest.mark.browser


def pick(page: Any, *paths: Path) -> str:
    """Choose files on the page and return what it says of them."""
    page.locator("#status").evaluate("status => { status.textContent = ''; }")
    page.set_input_files("#files", list(paths))
    page.locator("#status", has_text="berkas masuk").wait_for()
    return str(page.locator("#status").inner_text())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to work in."""
    folder = tmp_path / "kerja 'a' & b"
    (folder / "masuk").mkdir(parents=True)
    return folder


def test_a_page_that_is_reloaded_follows_its_run_and_a_second_window_too(open_desk, folder):
    write_lists(folder / "masuk", 60)
    page = open_desk(folder)
    page.click("#run")
    page.locator("#stop:visible").wait_for()
    page.reload()
    second = page.context.new_page()
    second.goto(page.url)
    for window in (page, second):
        window.wait_for_url("**/berkas")
        assert "60 dari 60 berkas" in window.locator("#shown").inner_text()


def test_a_file_that_comes_twice_counts_once_and_another_of_its_name_is_asked_about(open_desk, folder, tmp_path):
    first, other = tmp_path / "satu" / "RT.xlsx", tmp_path / "dua" / "RT.xlsx"
    for path, people in ((first, [person(1)]), (other, [person(1), person(2)])):
        path.parent.mkdir()
        path.write_bytes(roster(*people))
    page = open_desk(folder)
    assert pick(page, first) == "1 berkas masuk."
    assert "sudah ada dan isinya sama" in pick(page, first)
    assert pick(page, other) == "0 berkas masuk."
    assert "Simpan sebagai versi baru?" in page.locator("#same-names").inner_text()
    page.keyboard.press("Enter")  # the button has the focus
    page.locator("#status", has_text="1 berkas masuk").wait_for()
    assert sorted(path.name for path in (folder / "masuk").iterdir()) == ["RT rev 2.xlsx", "RT.xlsx"]


def test_names_with_signs_stay_text_wherever_they_are_shown(open_desk, folder, tmp_path):
    path = tmp_path / "RT 'satu' <b onmouseover=alert(1)> & 😀.xlsx"
    bad = person(1, "12")
    bad[1] = HOSTILE
    path.write_bytes(roster(bad, person(2)))
    page = open_desk(folder)
    page.on("dialog", lambda dialog: pytest.fail(f"a name was run as a script: {dialog.message}"))
    pick(page, path)
    page.click("#run")
    page.wait_for_url("**/berkas")
    link = page.locator("#rows th a")
    assert link.inner_text() == "RT 'satu' _b onmouseover=alert(1)_ & 😀.xlsx"
    with page.expect_download() as copy:
        page.locator("a[aria-label^='Salinan']").click()
    assert zipfile.is_zipfile(copy.value.path())
    link.click()
    page.wait_for_url("**/berkas/*/*")
    assert HOSTILE in page.locator("#sheet").inner_text()
    page.click("nav >> text=Orang")
    assert HOSTILE in page.locator("main").inner_text()
    page.click("nav >> text=Ganda")
    assert page.locator("h1").inner_text() == "Ganda"


def test_a_mistake_in_the_project_file_is_a_sentence_and_what_follows_works(open_desk, folder):
    write_lists(folder / "masuk", 3)
    page = open_desk(folder)
    (folder / "rosterkit.toml").write_text("schema = ", encoding="utf-8")
    page.click("#run")
    page.locator(".alert", has_text="bukan TOML").first.wait_for()
    for name in ("Berkas", "Orang", "Ganda", "Hasil", "Bantuan", "Meja"):
        page.click(f"nav >> text={name}")
        assert page.locator("h1").inner_text() == name
    (folder / "rosterkit.toml").write_text("", encoding="utf-8")
    page.click("#run")
    page.wait_for_url("**/berkas")


def test_a_folder_that_is_gone_is_told_and_may_come_back(open_desk, folder, tmp_path):
    write_lists(folder / "masuk", 3)
    page = open_desk(folder)
    page.click("#run")
    page.wait_for_url("**/berkas")
    file = page.locator("#rows th a").first.get_attribute("href")
    shutil.move(folder, tmp_path / "dipindah")
    page.goto(page.url.replace("/berkas", str(file)))
    assert page.locator(".alert").count() == 1
    page.click("nav >> text=Meja")
    page.click("#run")
    page.locator("#alert", has_text="tidak ditemukan").wait_for()
    for name in ("Berkas", "Orang", "Ganda", "Hasil", "Bantuan"):
        page.click(f"nav >> text={name}")
        assert page.locator("h1").inner_text() == name
    shutil.move(tmp_path / "dipindah", folder)
    page.click("nav >> text=Meja")
    page.click("#run")
    page.wait_for_url("**/berkas")
