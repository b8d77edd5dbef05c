"""A list of the office is replaced from the computer; a wrong one is told beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.lists import person
from tests.desk.test_run import roster

pytestmark = pytest.mark.browser


def test_a_list_of_the_office_is_replaced_and_a_wrong_one_is_told(open_desk: Any, tmp_path: Path) -> None:
    (tmp_path / "kerja" / "masuk").mkdir(parents=True)
    wrong, right = tmp_path / "bukan.xlsx", tmp_path / "SK 2026.xlsx"
    wrong.write_bytes(b"no workbook")
    right.write_bytes(roster(person(1), person(2)))
    page = open_desk(tmp_path / "kerja")
    decree = page.locator("#acuan li", has_text="Lampiran SK")
    decree.locator("input[type=file]").set_input_files(wrong)
    page.locator("#list-status", has_text="bukan.xlsx").wait_for()
    assert "(tidak dipakai)" in decree.locator("p").inner_text()
    decree.locator("input[type=file]").set_input_files(right)
    decree.get_by_text("2 orang").wait_for()  # it is counted while the page is open
    assert "acuan/SK 2026.xlsx" in decree.locator("p").inner_text()
    decree.locator("select").select_option("")
    decree.get_by_role("button", name="Ganti").click()
    decree.locator("p", has_text="(tidak dipakai)").wait_for()
    assert (tmp_path / "kerja" / "rosterkit.toml").read_text(encoding="utf-8") == ""
