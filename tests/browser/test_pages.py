"""Every page, wide and on a phone, in both languages: nothing that axe objects to, nothing beside the window."""

from __future__ import annotations

import http.client
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import SIZES
from tests.helpers import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SAMPLE = ROOT / "samples" / "kediri-2025"
PAGES = {
    "meja": "/",
    "berkas": "/berkas",
    "satu": "{file}",
    "satu-semua": "{file}?tampil=semua",
    "satu-daftar": "{file}?tampil=daftar",
    "orang": "/orang",
    "satu-orang": "{person}?utuh=1",
    "ganda": "/ganda",
    "hasil": "/hasil",
    "bantuan": "/bantuan",
    "tiada": "/tiada",
}
_OUTCOME = "axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(found.violations))"


@pytest.fixture(scope="module")
def page(open_desk: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The desk of the sample, after a check."""
    folder = tmp_path_factory.mktemp("meja") / "Pekerja rentan 2025"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("hasil"))
    page = open_desk(folder)
    page.click("#run")
    page.wait_for_url("**/berkas")
    return page


@pytest.fixture(scope="module")
def addresses(page: Page) -> dict[str, str]:
    """The address of each page."""
    base = "http://" + urlsplit(page.url).netloc
    page.goto(base + "/berkas")
    file = page.locator("#rows th a").first.get_attribute("href")
    page.goto(base + "/orang?keadaan=duplicate")
    person = str(page.locator("tbody th a").first.get_attribute("href"))
    return {name: base + path.format(file=file, person=person) for name, path in PAGES.items()}


def axe(page: Page) -> list[tuple[str, str]]:
    """What axe objects to: the rule, and the first place."""
    from axe_playwright_python.base import AXE_FILE_PATH

    # the policy of contents refuses scripts from elsewhere, and takes this one as it comes by the debugger
    page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8") + "\n; null")
    found = json.loads(page.evaluate(_OUTCOME))
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_beside_the_window(page, addresses, name, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(addresses[name])
    kept = os.environ.get("ROSTERKIT_PICTURES")  # a folder: look at the pages
    if kept:
        page.screenshot(path=Path(kept) / f"{name}-{size}.png")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_in_a_note_that_is_open_nor_in_english(page, addresses):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(addresses["satu"])
    page.locator(".mark").first.focus()
    assert page.locator(".note:visible").count() == 1
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert page.locator(".note:visible").count() == 0
    page.locator("#sheet td.s:not(.m)").last.hover()
    page.locator("td.m").nth(1).hover()
    assert page.locator("td.m").nth(1).locator(".note").is_visible()
    page.keyboard.press("Escape")
    page.click("text=English")
    assert page.locator("html").get_attribute("lang") == "en"
    for name in ("meja", "hasil", "satu"):
        page.goto(addresses[name])
        assert axe(page) == []
    page.click("text=Bahasa Indonesia")


def test_a_touch_opens_a_note(page, addresses, chromium):
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.add_cookies(page.context.cookies())
    touched = phone.new_page()
    touched.goto(addresses["satu"])
    touched.locator(".mark").first.tap()
    assert touched.locator(".note:visible").count() == 1
    phone.close()


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 403),
        ("GET", "/", {"Host": "evil.example"}, 421),
        ("GET", "/masuk?t=x", {}, 403),
        ("POST", "/periksa", {"Origin": "http://evil.example"}, 403),
        ("GET", "/static/desk.js", {}, 403),
    ],
)
def test_a_stranger_is_refused(page, method, path, headers, status):
    door = http.client.HTTPConnection(urlsplit(page.url).netloc, timeout=10)
    door.request(method, path, headers=headers)
    assert door.getresponse().status == status
    door.close()


def test_another_page_can_neither_show_the_desk_nor_send_to_it(page, addresses, chromium):
    context = chromium.new_context()
    context.add_cookies(page.context.cookies())
    other = context.new_page()
    other.set_content(
        f"<iframe src='{addresses['meja']}'></iframe><form method=post action='{addresses['meja']}periksa'>"
    )
    other.wait_for_timeout(500)
    assert other.frames[1].locator("#run").count() == 0
    with other.expect_response("**/periksa") as answer:
        other.evaluate("document.forms[0].submit()")
    assert answer.value.status == 403
    context.close()
