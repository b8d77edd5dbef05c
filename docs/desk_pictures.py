"""Makes the pictures of the desk from the sample: ``python docs/desk_pictures.py`` (chromium, playwright)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
ROSTER = "Usulan RT 03 RW 05 Contohrejo.xlsx"
_ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Check the sample on a desk and take a picture of where she begins, of a sheet, and of the results."""
    with tempfile.TemporaryDirectory() as name:
        sample = Path(name) / "Pekerja rentan 2025"
        shutil.copytree(ROOT / "samples" / "kediri-2025", sample, ignore=shutil.ignore_patterns("hasil"))
        command = [sys.executable, "-m", "rosterkit", "desk", str(sample), "--no-browser", "--lang", "id"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "HOME": name}) as desk:
            address = desk.stdout.readline().strip() if desk.stdout else ""
            with sync_playwright() as playwright:
                path = shutil.which("chromium")
                browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
                take_pictures(browser.new_page(viewport={"width": 1100, "height": 620}), address)
                browser.close()
            desk.terminate()


def take_pictures(page: Page, address: str) -> None:
    """Take the three pictures."""
    page.goto(address)
    page.click("#run")
    page.wait_for_url("**/berkas")
    base = re.sub(r"/berkas$", "", page.url)
    page.click(f"text={ROSTER}")
    page.wait_for_url("**/berkas/*/*")
    page.locator("#lembar").scroll_into_view_if_needed()
    page.locator("td.error .mark").first.focus()
    page.locator("#lembar").evaluate("header => header.scrollIntoView()")
    page.screenshot(path=ROOT / "docs" / "desk-lembar.png")
    page.set_viewport_size({"width": 1100, "height": 1000})
    page.goto(base + "/hasil")
    name_folder(page, "Folder hasil: Pekerja rentan 2025/hasil")
    page.screenshot(path=ROOT / "docs" / "desk-hasil.png")
    page.set_viewport_size({"width": 1100, "height": 620})
    page.goto(base + "/")
    page.locator("#acuan[data-counting='']").wait_for()
    name_folder(page, "Folder: Pekerja rentan 2025")
    page.screenshot(path=ROOT / "docs" / "desk-meja.png")


def name_folder(page: Page, text: str) -> None:
    """Name the folder as a clerk would, without the place on this machine."""
    line = page.locator("p", has_text=text.split(":")[0] + ":")
    line.evaluate("(line, text) => { line.textContent = text; }", text)


if __name__ == "__main__":
    main()
