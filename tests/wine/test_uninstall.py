"""The last of these tests: the program goes, and all but her data with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wine.computer import REAL, Computer, wait_until

pytestmark = pytest.mark.wine


def test_it_goes_without_a_trace(installed: Computer):
    desk = installed.home / "Meja kerja rosterkit"
    (desk / "masuk").mkdir(parents=True, exist_ok=True)
    (desk / "masuk" / "RT 03.csv").write_text("NIK;NAMA\n", encoding="utf-8")
    code, said = installed.run(installed.program / "uninstall.exe", "/S")
    assert code == 0, said
    wait_until(lambda: not installed.program.exists())
    assert [path for path in _places(installed) if path.name != desk.name and "rosterkit" in path.name.lower()] == []
    assert (desk / "masuk" / "RT 03.csv").is_file()
    for key in ("Software", "Environment"):
        assert "rosterkit" not in installed.registry(key).lower(), key


def _places(installed: Computer) -> list[Path]:
    """All of the user's files under Wine, where there are few; else those where something of ours could be."""
    if not REAL:
        return [
            path
            for path in installed.home.rglob("*")
            if not path.is_relative_to(installed.home / "Meja kerja rosterkit")
            and not any(part.startswith("pytest-of-") for part in path.relative_to(installed.home).parts)
        ]
    roaming = installed.home / "AppData/Roaming/Microsoft/Windows"
    folders = [
        installed.home,
        installed.home / "Desktop",
        installed.program.parent,
        roaming / "SendTo",
        roaming / "Start Menu/Programs",
    ]
    return [path for folder in folders if folder.is_dir() for path in folder.iterdir()]
