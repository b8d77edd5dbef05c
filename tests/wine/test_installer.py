"""One installer: it holds nothing of the tests, what it installs works as on Linux, and it goes without a trace."""

from __future__ import annotations

import hashlib
import http.cookiejar
import os
import re
import shutil
import urllib.request
from html import escape
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.command_line import ROOT, cli
from tests.wine.computer import Computer, wait_until, windows_path
from tests.wine.same_outputs import differences

pytestmark = pytest.mark.wine

SAMPLES = sorted(path.parent.name for path in (ROOT / "samples").glob("*/masuk"))
LIBRARIES = os.environ.get("ROSTERKIT_TEST_LIBRARIES", "")
TESTS = ("tests/test_rules.py", "tests/read", "tests/test_read.py", "tests/write", "tests/test_normalise.py")
SHIMS = {"bcryptprimitives.dll", "sitecustomize.py", "wbemprox.dll", "run_tests.py", "conftest.py", "_pytest", "tests"}


def test_it_holds_no_shim_and_the_python_that_was_given(installed: Computer):
    names = {path.name.lower() for path in installed.program.rglob("*")}
    assert not names & SHIMS
    assert not [name for name in names if name.endswith((".pyi", ".map"))]
    if archive := os.environ.get("ROSTERKIT_EMBEDDABLE"):
        with ZipFile(archive) as package:
            for info in package.infolist():
                if not info.is_dir() and not info.filename.endswith("._pth"):
                    here = installed.program / "python" / Path(info.filename).name
                    assert here.read_bytes() == package.read(info), here
    notices = (installed.program / "LISENSI.txt").read_text(encoding="utf-8-sig")
    for name in ("PYTHON SOFTWARE FOUNDATION LICENSE", "polars", "pydantic_core", "rosterkit/data/regions.txt"):
        assert name in notices


def test_its_modules_are_compiled_and_stay_so(installed: Computer):
    lib = installed.program / "lib"
    sources = [path for path in lib.rglob("*.py") if path.stat().st_size]
    missing = [path for path in sources if not list((path.parent / "__pycache__").glob(f"{path.stem}.cpython-*.pyc"))]
    assert missing == []
    compiled = next(lib.joinpath("rosterkit", "__pycache__").glob("pipeline.*.pyc"))
    assert compiled.read_bytes()[4:8] == b"\x01\0\0\0"  # by its hash, which is not looked at


@pytest.mark.parametrize("name", SAMPLES)
def test_a_project_gives_the_same_results_as_on_linux(installed: Computer, tmp_path: Path, name: str):
    for system in ("linux", "windows"):
        shutil.copytree(ROOT / "samples" / name, tmp_path / system, ignore=shutil.ignore_patterns("hasil"))
    here = cli("check", cwd=tmp_path / "linux")
    code, said = installed.rosterkit("check", cwd=tmp_path / "windows")
    assert (code, said) == (here.returncode, here.stdout)
    assert len(list((tmp_path / "windows" / "hasil").iterdir())) > 3
    assert differences(tmp_path / "linux", tmp_path / "windows") == []


def test_several_processes_give_the_same_and_leave_nobody_in_the_temporary_folder(installed: Computer, tmp_path: Path):
    for system in ("linux", "windows"):
        shutil.copytree(ROOT / "samples" / "kediri-2025", tmp_path / system, ignore=shutil.ignore_patterns("hasil"))
    place = tmp_path / "sementara"
    place.mkdir()
    here = cli("check", cwd=tmp_path / "linux")
    temporary = str(windows_path(place))
    done = installed.rosterkit("check", "--jobs", "2", cwd=tmp_path / "windows", TEMP=temporary, TMP=temporary)
    assert done == (here.returncode, here.stdout)
    assert differences(tmp_path / "linux", tmp_path / "windows") == []
    assert list(place.rglob("*.arrow")) == []


def test_a_project_made_on_linux_goes_on_there(installed: Computer, tmp_path: Path):
    """Results, memory and decisions of a run here are those of the next run there."""
    for system in ("linux", "windows"):
        shutil.copytree(ROOT / "samples" / "jambi-2025", tmp_path / system, ignore=shutil.ignore_patterns("hasil"))
    first = cli("check", cwd=tmp_path / "linux")
    shutil.copytree(tmp_path / "linux" / "hasil", tmp_path / "windows" / "hasil")
    assert cli("check", cwd=tmp_path / "linux").returncode == first.returncode
    installed.rosterkit("check", cwd=tmp_path / "windows")
    assert differences(tmp_path / "linux", tmp_path / "windows") == []


@pytest.mark.skipif(not LIBRARIES, reason="ROSTERKIT_TEST_LIBRARIES names no folder (.ci/run fetches it)")
def test_the_tests_of_rules_frame_read_and_write_pass_there(installed: Computer):
    words = ["-o", "addopts=", "-q", "-p", "no:cacheprovider", "--import-mode=append", "-m", "not random and not bench"]
    script = windows_path(ROOT / "tests" / "wine" / "run_tests.py")
    folders = (windows_path(Path(LIBRARIES).resolve()), windows_path(ROOT))
    code, said = installed.python("-X", "utf8", script, *folders, *words, *TESTS, cwd=ROOT)
    print(said.strip().rpartition("\n")[2], end=" ")
    assert code == 0, said[-8_000:]
    (count,) = re.findall(r"(\d+) passed", said)
    assert int(count) > 700


def test_the_desk_opens_as_its_shortcut_opens_it(installed: Computer):
    for place in ("Desktop", "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"):
        shortcut = (installed.home / place / "Meja Kerja rosterkit.lnk").read_bytes()
        assert "-m rosterkit desk".encode("utf-16-le") in shortcut or b"-m rosterkit desk" in shortcut
    installed.start(installed.program / "python" / "pythonw.exe", "-m", "rosterkit", "desk")
    page = _page(installed)
    assert "Meja kerja rosterkit" in page
    assert (installed.home / "Meja kerja rosterkit" / "masuk").is_dir()


@pytest.mark.parametrize("key", [r"Directory\shell\rosterkit", r"rosterkit.daftar\shell\open"])
def test_explorer_opens_the_desk_on_a_folder(installed: Computer, tmp_path: Path, key: str):
    folder = tmp_path / "Pekerja & rentan 100% (baru)"
    code, said = installed.rosterkit("init", windows_path(folder), "--schema", "kediri-2025")
    assert code == 0, said
    target = folder / "Meja kerja.daftar" if "daftar" in key else folder
    installed.open_with(rf"Software\Classes\{key}\command", windows_path(target))
    assert escape(folder.name) in _page(installed)


def test_explorer_is_told_of_all_verbs(installed: Computer):
    classes = installed.registry(r"Software\Classes")
    for key in (
        "Directory",
        r"Directory\Background",
        "Drive",
        *(f".{suffix}" for suffix in ("xlsx", "xls", "ods", "csv")),
    ):
        assert re.search(re.escape(key) + r"\\shell\\rosterkit\n.*Periksa dengan rosterkit", classes), key
    assert (installed.home / "AppData/Roaming/Microsoft/Windows/SendTo/Periksa dengan rosterkit.lnk").is_file()


def test_a_second_installation_ends_a_desk_and_replaces_the_program(installed: Computer, setup: Path):
    left = installed.program / "lib" / "rosterkit" / "of_an_older_version.py"
    left.write_text("", encoding="utf-8")
    damaged = installed.program / "lib" / "rosterkit" / "pipeline.py"
    before = hashlib.sha256(damaged.read_bytes()).digest()
    damaged.unlink()
    desk = installed.start(installed.program / "python" / "pythonw.exe", "-m", "rosterkit", "desk")
    _page(installed)
    code, said = installed.run(setup, "/S")
    assert code == 0, said
    desk.wait(timeout=30)
    assert not left.exists()
    assert hashlib.sha256(damaged.read_bytes()).digest() == before
    assert not (installed.program / "lama").exists()
    path = re.findall(r"Path\s+REG\w*SZ\s+(.*)", installed.registry("Environment"))
    assert path[0].lower().count("rosterkit\\bin") == 1


def _page(computer: Computer) -> str:
    """The page that the browser was asked to open, as a browser gets it."""
    address = str(
        wait_until(lambda: computer.browsed.is_file() and computer.browsed.read_text(encoding="utf-8"))
    ).strip()
    computer.browsed.unlink()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with opener.open(address, timeout=30) as answer:
        assert answer.status == 200
        return answer.read().decode()
