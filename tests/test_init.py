"""``rosterkit init``, and a first run in the folder that it makes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.helpers import SAMPLE, check_json, cli, upload_paths

pytestmark = pytest.mark.slow


def test_a_folder_is_laid_out_and_works(tmp_path):
    folder = tmp_path / "Pekerja rentan 2025"
    done = cli("init", folder, "--schema", "kediri-2025")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in folder.iterdir()) == [
        "BACA-SAYA.txt",
        "acuan",
        "hasil",
        "masuk",
        "rosterkit.toml",
    ]
    assert "rosterkit check masuk" in (folder / "BACA-SAYA.txt").read_text(encoding="utf-8")
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
