"""``rosterkit init``, and a first run in the folder that it makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rosterkit.cli.desk import _folder
from rosterkit.run.dropped import dropped_paths
from tests.command_line import ROOT
from tests.helpers import SAMPLE, check_json, cli, good_book, upload_paths, write_book

pytestmark = pytest.mark.slow


def test_a_folder_is_laid_out_and_works(tmp_path):
    folder = tmp_path / "Pekerja rentan 2025"
    done = cli("init", folder, "--schema", "kediri-2025")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in folder.iterdir()) == [
        "BACA-SAYA.txt",
        "Meja kerja.daftar",
        "Periksa.bat",
        "acuan",
        "hasil",
        "masuk",
        "periksa.sh",
        "rosterkit.toml",
    ]
    assert "rosterkit check\n" in (folder / "BACA-SAYA.txt").read_text(encoding="utf-8")
    shutil.copytree(SAMPLE / "masuk", folder / "masuk", dirs_exist_ok=True)
    shutil.copytree(SAMPLE / "acuan", folder / "acuan", dirs_exist_ok=True)
    annex = next((folder / "acuan").glob("*.xlsx"))
    toml = folder / "rosterkit.toml"
    toml.write_text(toml.read_text().replace('# decree = "acuan/SK penerima.xlsx"', f'decree = "acuan/{annex.name}"'))
    document, _ = check_json("masuk", cwd=folder)
    wanted, _ = check_json(SAMPLE / "masuk", "--out", tmp_path / "o")
    assert document["schema"] == "kediri-2025"
    assert document["totals"] == wanted["totals"]
    assert (folder / "hasil" / "hasil.json").exists()
    assert (folder / upload_paths(document)[0]).parent == folder / "hasil"


def test_nothing_is_written_over(tmp_path):
    assert cli("init", tmp_path).returncode == 0
    (tmp_path / "rosterkit.toml").write_text('schema = "jambi-2025"\n', encoding="utf-8")
    again = cli("init", tmp_path)
    assert again.returncode == 2
    assert "sudah ada" in again.stderr
    assert (tmp_path / "rosterkit.toml").read_text(encoding="utf-8") == 'schema = "jambi-2025"\n'


def test_what_cannot_be_laid_out(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    for arguments in ((tmp_path / "a", "--schema", "tidak-ada"), (tmp_path / "file",)):
        done = cli("init", *arguments)
        assert done.returncode == 2, arguments
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "a").exists()
    assert Path(tmp_path / "file").is_file()


def test_files_of_the_folder_stay_as_they_are(tmp_path):
    (tmp_path / "Periksa.bat").write_text("milik orang lain", encoding="utf-8")
    (tmp_path / "BACA-SAYA.txt").write_text("catatan kantor", encoding="utf-8")
    done = cli("init", tmp_path)
    assert done.returncode == 0
    assert done.stdout.count("sudah ada, jadi tidak diubah") == 2
    assert (tmp_path / "Periksa.bat").read_text(encoding="utf-8") == "milik orang lain"
    assert (tmp_path / "BACA-SAYA.txt").read_text(encoding="utf-8") == "catatan kantor"
    assert (tmp_path / "periksa.sh").exists()


def test_the_readme_of_the_folder_names_what_a_run_writes(tmp_path):
    assert cli("init", tmp_path, "--schema", "kediri-2025").returncode == 0
    good_book(tmp_path / "masuk" / "a.xlsx")
    good_book(tmp_path / "masuk" / "b.xlsx", 9902)
    document, _ = check_json(cwd=tmp_path)
    told = (tmp_path / "BACA-SAYA.txt").read_text(encoding="utf-8")
    for path in upload_paths(document):
        assert Path(path).name in told
    assert "gabungan-belum-lengkap." in told


def test_start_files_hold_no_path_of_this_machine(tmp_path):
    assert cli("init", tmp_path).returncode == 0
    batch = (tmp_path / "Periksa.bat").read_bytes()
    batch.decode("ascii")  # cmd reads it before its code page is changed
    assert batch.count(b"\n") == batch.count(b"\r\n")  # cmd loses labels otherwise
    for text in (batch.decode(), (tmp_path / "periksa.sh").read_text(encoding="utf-8")):
        assert not [place for place in (str(tmp_path), str(ROOT), sys.prefix, "/home", "C:\\") if place in text]
    labels = set(re.findall(r"^:(\w+)", batch.decode(), re.M))
    assert set(re.findall(r"goto (\w+)", batch.decode())) == labels


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        ("", []),
        (r'C:\Windows\system32\cmd.exe /c ""C:\kerja & co\Periksa.bat" "', []),
        (r'cmd.exe /c ""C:\kerja\Periksa.bat" C:\a&b^c%PATH%!x!.xlsx"', [r"C:\a&b^c%PATH%!x!.xlsx"]),
        (
            r'cmd.exe /C ""C:\kerja\Periksa.bat" "C:\RT 03 & 04.xlsx" C:\RT(5).xlsx "D:\daftar baru""',
            [r"C:\RT 03 & 04.xlsx", r"C:\RT(5).xlsx", r"D:\daftar baru"],
        ),
        (r'cmd /c Periksa.bat "C:\RT 03.xlsx"', [r"C:\RT 03.xlsx"]),
    ],
)
def test_dropped_files_are_read_from_the_line_as_windows_wrote_it(line, paths):
    assert dropped_paths({"ROSTERKIT_DROPPED": line}) == paths


@pytest.mark.skipif(os.name == "nt", reason="periksa.sh is for other systems; cmd runs Periksa.bat")
def test_the_start_file_finds_the_program_beside_it(tmp_path):
    folder = tmp_path / "kerja & 100% 'baru'"
    assert cli("init", folder, "--schema", "kediri-2025").returncode == 0
    program = tmp_path / ".venv" / "bin" / "rosterkit"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m rosterkit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    good_book(folder / "masuk" / "RT 03.xlsx")
    dropped = good_book(tmp_path / "a & b^c%PATH%!.xlsx", 9902)
    for words, name in (((), "RT 03.xlsx"), ((dropped,), dropped.name)):
        done = subprocess.run(
            [folder / "periksa.sh", *words], capture_output=True, text=True, cwd=tmp_path, stdin=subprocess.DEVNULL
        )
        assert name in done.stdout, done.stdout + done.stderr
        assert "Kota Kediri" in done.stdout  # the project of the start file
    assert (folder / "hasil" / "rekap.xlsx").exists()


def test_a_form_for_each_expected_sender(tmp_path):
    rows = [["Pengirim", "RT", "RW", "Kelurahan"], ["RT 3/5: Contohrejo", "3", "5", "Contohrejo"]]
    rows += [["kader", "", "", ""], ["Kader", "", "", ""], ["con", "7", "5", "Contohrejo"]]
    write_book(tmp_path / "pengirim.xlsx", rows)
    words = ("template", "kediri-2025", "--from", tmp_path / "pengirim.xlsx", "-o", tmp_path / "formulir")
    done = cli(*words)
    assert done.returncode == 0, done.stderr
    names = ["Kader (2).xlsx", "RT 3 5 Contohrejo.xlsx", "con_.xlsx", "kader.xlsx"]
    assert sorted(path.name for path in (tmp_path / "formulir").iterdir()) == names
    (tmp_path / "formulir" / "kader.xlsx").write_bytes(b"diubah")
    (tmp_path / "formulir" / "con_.xlsx").unlink()
    again = cli(*words)
    assert "1 formulir ditulis" in again.stdout
    assert "3 sudah ada" in again.stdout
    assert (tmp_path / "formulir" / "kader.xlsx").read_bytes() == b"diubah"
    assert cli(*words, "--rt", "3").returncode == 2
    assert cli(*words[:-1], tmp_path / "a.xlsx").returncode == 2


def test_the_desk_opens_on_the_folder_that_is_meant(tmp_path):
    assert cli("init", tmp_path / "kerja").returncode == 0
    assert _folder(tmp_path / "kerja" / "Meja kerja.daftar") == tmp_path / "kerja"
    assert _folder(tmp_path / "kerja") == tmp_path / "kerja"
    assert _folder(tmp_path / "tidak ada.daftar") == tmp_path / "tidak ada.daftar"  # it will be told
    assert str(_folder(Path('D:"'))) == "D:\\"  # how Explorer's "D:\" arrives
