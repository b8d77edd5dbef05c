"""A desk as its own process, and a Chromium that looks at it: Debian's, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.helpers import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"wide": (1280, 720), "phone": (390, 844)}
_ARGUMENTS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
_PATIENCE = 60_000  # ms for whatever is waited for

Opener = Callable[..., "Page"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    assert path, "install chromium (apt-get install chromium), or leave these tests out (-m 'not browser')"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def open_desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Return what starts a desk on a folder and opens its first page.

    Every request must go to this computer, and nothing may go wrong in the scripts of a page.
    """
    started: list[subprocess.Popen[str]] = []
    outside: list[str] = []
    broken: list[str] = []

    def open_(folder: Path, size: str = "wide") -> Page:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path_factory.mktemp("home"))}
        command = [sys.executable, "-m", "rosterkit", "desk", str(folder), "--no-browser", "--no-watch", "--lang", "id"]
        desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        started.append(desk)
        assert desk.stdout is not None
        address = desk.stdout.readline().strip()
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="id-ID")
        context.set_default_timeout(_PATIENCE)
        context.on("request", lambda request: note_outside(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda message: broken.append(message.text) if "Content Security" in message.text else None)
        page.goto(address)
        return page

    def note_outside(url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws") and urlsplit(url).hostname != "127.0.0.1":
            outside.append(url)

    yield open_
    for desk in started:
        desk.terminate()
        desk.wait(30)
        assert desk.stdout is not None
        desk.stdout.close()
    assert outside == []
    assert broken == []
