"""What is otherwise on Windows: its shell, drives and consoles, files that are open, limits of memory."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.helpers import good_book
from tests.wine.computer import REAL, Computer, windows_path

pytestmark = pytest.mark.wine

ODD = "RT 03 & 04 ^ 100% !baru! (1).xlsx"
PLAIN = "RT&05^6%PATH%!a!.xlsx"  # without blanks: Explorer puts no quotes around it
FOLDER = "kerja & 100% (baru)" if REAL else "kerja & baru"  # Wine's cmd drops a percent sign of a folder


@pytest.fixture
def project(installed: Computer, tmp_path: Path) -> Path:
    """A project with two lists of odd names."""
    folder = tmp_path / FOLDER
    code, said = installed.rosterkit("init", windows_path(folder), "--schema", "kediri-2025")
    assert code == 0, said
    good_book(folder / "masuk" / ODD)
    good_book(folder / "masuk" / PLAIN, 9902)
    return folder


def test_a_double_click_on_periksa_checks_the_folder(installed: Computer, project: Path):
    code, said = installed.cmd(f'""{windows_path(project / "Periksa.bat")}""', project)
    assert "Kota Kediri" in said
    assert ODD in said
    assert PLAIN in said
    assert (project / "hasil" / "rekap.xlsx").is_file()
    assert code == 0, said


def test_files_with_any_name_are_dropped_on_periksa(installed: Computer, project: Path, tmp_path: Path):
    """Wine's cmd does not tell its own command line: there the start file takes the words as cmd hands them over."""
    names = (ODD, PLAIN) if REAL else ("RT 03 & 04 (1).xlsx", "RT-05.xlsx")
    (tmp_path / "lain").mkdir()
    paths = [good_book(tmp_path / "lain" / name, 9905 + at) for at, name in enumerate(names)]
    quoted, plain = map(windows_path, paths)
    code, said = installed.cmd(f'""{windows_path(project / "Periksa.bat")}" "{quoted}" {plain}"', tmp_path)
    assert code == 0, said
    for name in names:
        assert name in said
    assert names[0] == ODD or ODD not in said  # the lists of the folder are not checked with them
    assert "Kota Kediri" in said  # the project of the start file


def test_the_command_takes_words_as_they_are_and_gives_its_exit_code(installed: Computer, project: Path):
    code, said = installed.rosterkit("check", f"masuk\\{PLAIN}", "--no-write", cwd=project)
    assert PLAIN in said
    assert code in (0, 1)
    code, said = installed.rosterkit("chekc")
    assert code == 2
    assert "rosterkit --help" in said
    assert "python" not in said


def test_results_go_to_another_drive(installed: Computer, project: Path):
    out = installed.program.parent.parent / "hasil lain" if not REAL else project.parent / "hasil lain"
    name = "C:\\" + str(out).partition("drive_c/")[2].replace("/", "\\") if not REAL else str(out)
    code, said = installed.rosterkit("check", "masuk", "--out", name, cwd=project)
    assert code in (0, 1), said
    assert (out / "rekap.xlsx").is_file()
    shutil.rmtree(out)


def test_results_may_have_long_paths(installed: Computer, tmp_path: Path):
    """The list is one that Windows still takes; its results are not, without the mark of a long path."""
    room = 244 - len(str(windows_path(tmp_path / "masuk" / "RT 07.xlsx")))
    folder = tmp_path / ("x" * room) / "masuk"
    folder.mkdir(parents=True)
    good_book(folder / "RT 07.xlsx", 9903)
    good_book(folder / "RT 08.xlsx", 9904)
    for _time in range(2):
        code, said = installed.rosterkit("check", windows_path(folder), "--schema", "kediri-2025", cwd=tmp_path)
        assert code == 0, said
        results = [path for path in (folder / "hasil").rglob("*") if path.is_file()]
        assert any(len(str(windows_path(path))) > 260 for path in results)


OPEN_AND_CHECK = """
import ctypes, sys
kernel = ctypes.WinDLL("kernel32")
kernel.CreateFileW.restype = ctypes.c_void_p
handle = kernel.CreateFileW(sys.argv[1], 0x80000000, 1, None, 3, 0, None)  # as Excel: others may read, nobody writes
assert handle != ctypes.c_void_p(-1).value
sys.argv[1:] = ["check", "masuk"]
from rosterkit.cli import app
app()
"""


def test_a_result_that_is_open_in_excel_is_told_and_kept(installed: Computer, project: Path):
    name = "gabungan.bpjs-sipp-tk-baru.xlsx"
    installed.rosterkit("check", "masuk", cwd=project)
    results = project / "hasil"
    before = (results / name).read_bytes()
    good_book(project / "masuk" / "RT 08.xlsx", 9904)
    code, said = installed.python("-c", OPEN_AND_CHECK, windows_path(results / name), cwd=project)
    assert code == 3, said
    assert "Tutup berkas itu di Excel" in said
    assert (results / name).read_bytes() == before
    assert not list(results.glob(".rosterkit-*"))


LIMITED = """
import sys
from rosterkit.read.limits import limit_memory, max_memory
assert 100_000_000 < max_memory(1_000_000) < 2_000_000_000_000
limit_memory(600_000_000)
try:
    block = bytearray(1_500_000_000)
except MemoryError:
    sys.exit(7)
"""


def test_a_process_that_reads_is_bounded(installed: Computer):
    code, said = installed.python("-c", LIMITED)
    assert said == ""
    assert code == 7 or (code == 0 and not REAL), "Windows bounds the memory; Wine 8 takes the limit and ignores it"


@pytest.mark.parametrize("page", ["437", "1252", "65001"])
def test_no_code_page_breaks_the_output(installed: Computer, project: Path, page: str):
    batch = project / "halaman.bat"
    program = windows_path(installed.program / "bin" / "rosterkit.exe")
    batch.write_text(f'@chcp {page} >nul\r\n@"{program}" explain 401 > keluar.txt\r\n@"{program}" explain 401\r\n')
    code, said = installed.cmd("halaman.bat", project)
    assert code == 0, said
    assert (project / "keluar.txt").read_bytes().decode("utf-8").replace("\r\n", "\n") in said
