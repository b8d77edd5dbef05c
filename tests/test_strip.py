"""``rosterkit strip`` and ``--apply-fixes`` by the real command line."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.helpers import SAMPLE, check_json, cli, good_book

pytestmark = pytest.mark.slow

SCHEMA = ("--schema", "kediri-2025")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_samples_come_back_as_they_were(tmp_path):
    document, _ = check_json(SAMPLE / "masuk", "--out", tmp_path / "hasil", *SCHEMA)
    for file in document["files"]:
        copy = Path(file["outputs"]["annotated"])
        done = cli("strip", copy, "--out", tmp_path / "asal")
        assert done.returncode == 0, done.stderr
        same = "persis seperti" if file["path"].endswith((".xlsx", ".xlsm")) else "isi yang sama dengan"
        assert same in done.stdout
        assert Path(file["path"]).name in done.stdout
        back = tmp_path / "asal" / copy.name.replace(".periksa", ".tanpa-tanda")
        if file["path"].endswith((".xlsx", ".xlsm")):
            assert parts(back) == parts(Path(file["path"]))


def test_other_files_are_refused_and_the_rest_goes_on(tmp_path):
    good_book(tmp_path / "a.xlsx")
    (tmp_path / "b.txt").write_text("halo", encoding="utf-8")
    document, _ = check_json(SAMPLE / "masuk" / "kader kesehatan FINAL.xlsx", "--out", tmp_path / "hasil", *SCHEMA)
    copy = document["files"][0]["outputs"]["annotated"]
    done = cli("strip", tmp_path / "a.xlsx", tmp_path / "b.txt", tmp_path / "gone.xlsx", copy)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 3
    assert "Ini bukan salinan bertanda" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "hasil" / "kader kesehatan FINAL.tanpa-tanda.xlsx").exists()


def test_a_mended_copy_goes_back_into_the_folder(tmp_path):
    """The sender gives back NAME.periksa.xlsx; it lies in the folder, is checked, and its results have NAME's names."""
    shutil.copytree(SAMPLE, tmp_path / "k", ignore=shutil.ignore_patterns("hasil"))
    folder = tmp_path / "k" / "masuk"
    document, _ = check_json(folder / "Usulan RT 03 RW 05 Contohrejo.xlsx")
    copy = Path(document["files"][0]["outputs"]["annotated"])
    for roster in list(folder.glob("*.*")):
        roster.unlink()
    openpyxl.load_workbook(copy).save(folder / copy.name)
    again, _ = check_json(folder)
    (file,) = again["files"]
    assert Path(file["outputs"]["annotated"]) == copy
    key = [(finding["code"], finding["cell"]) for finding in document["files"][0]["findings"]]
    assert [(finding["code"], finding["cell"]) for finding in file["findings"]] == key
    summary = openpyxl.load_workbook(file["outputs"]["annotated"]).worksheets[0]
    listed = sum(finding["severity"] != "info" for finding in file["findings"])
    told = [row[0] for row in summary.iter_rows(values_only=True)]
    assert f"Dibanding pemeriksaan yang lalu: 0 catatan sudah beres, {listed} masih ada, 0 baru." in told


def test_repairs_reach_the_cells_only_when_asked_for(tmp_path):
    roster = SAMPLE / "masuk" / "kader kesehatan FINAL.xlsx"
    plain, _ = check_json(roster, "--out", tmp_path / "a", "--unmask", *SCHEMA)
    mended, _ = check_json(roster, "--out", tmp_path / "b", "--unmask", "--apply-fixes", *SCHEMA)
    assert plain["files"][0]["findings"] == mended["files"][0]["findings"]
    before = openpyxl.load_workbook(plain["files"][0]["outputs"]["annotated"])
    after = openpyxl.load_workbook(mended["files"][0]["outputs"]["annotated"])
    source = openpyxl.load_workbook(roster)
    written = 0
    for finding in plain["files"][0]["findings"]:
        if finding["code"] not in ("RK241", "RK250"):
            continue
        name, cell = finding["sheet"], finding["cell"]
        assert before[name][cell].value == source[name][cell].value
        assert after[name][cell].value == finding["fix"]["value"] != source[name][cell].value
        assert after[name][cell].number_format == "@"
        assert f"semula: {finding['value']}" in after[name][cell].comment.text
        written += 1
    assert written > 10
