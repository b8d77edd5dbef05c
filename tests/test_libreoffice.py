"""What LibreOffice makes of the outputs: every annotated copy opens with its fills, notes, column and summary."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from rosterkit.pipeline import run
from rosterkit.settings import Settings
from rosterkit.write.copies.unmark import strip_copy
from tests.golden.books import BOOKS
from tests.golden.test_audit import small_workbooks
from tests.helpers import SAMPLE, TODAY, check_json, load, upload_paths

pytestmark = pytest.mark.libreoffice


def convert(paths: list[Path], kind: str, folder: Path) -> None:
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            folder,
        ]
        + [str(path) for path in paths],
        check=True,
        capture_output=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kediri") / "kediri-2025"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("hasil"))
    return check_json(folder / "masuk")[0]


def test_marks_survive_libreoffice(document, tmp_path):
    copies = [Path(file["outputs"]["annotated"]) for file in document["files"]]
    convert(copies, "xlsx", tmp_path)
    for file, copy in zip(document["files"], copies, strict=True):
        book = load(tmp_path / copy.name)
        assert book.sheetnames[0] == "Hasil Periksa"
        marked = 0
        for finding in (found for found in file["findings"] if found["cell"] and found["severity"] != "info"):
            cell = book[finding["sheet"]][finding["cell"]]
            if isinstance(cell, openpyxl.cell.cell.MergedCell):
                continue
            assert cell.fill.fgColor.rgb != "00000000", finding
            assert cell.comment.text
            marked += 1
        assert marked or not any(found["cell"] and found["severity"] != "info" for found in file["findings"])
        for sheet in file["sheets"]:
            texts = {cell.value for row in book[sheet["name"]] for cell in row}
            assert "CATATAN ROSTERKIT" in texts


def test_copies_of_every_kind_open_in_libreoffice(tmp_path):
    """Fill and note stand on the wrong NIK, whatever else the workbook has; and they go again from what it saves."""
    copies = {}
    books = {name: build for name, build in BOOKS.items() if name != "backslashes"}  # which it cannot open at all
    for name, build in books.items():
        path = tmp_path / (name + (".xlsm" if "macros" in name else ".xlsx"))
        build(path)
        (file,) = run(Settings((path,), "kediri-2025", TODAY, out=tmp_path / "hasil")).files
        copies[name] = file
    convert([file.written.annotated for file in copies.values()], "xlsx", tmp_path / "saved")
    for name, file in copies.items():
        saved = tmp_path / "saved" / f"{name}.periksa.xlsx"
        book = load(saved)
        wrong = [finding.place for finding in file.findings if finding.code == "RK210"]
        for place in wrong:
            cell = book[place.sheet][place.cell]
            assert cell.fill.fgColor.rgb == "FFFFB4A8", name
            assert name == "threaded_comments" or "NIK hanya 15 digit" in cell.comment.text, name
        assert any(row[0].value == "HASIL PERIKSA" for row in book.worksheets[0].iter_rows(max_row=1)), name
        plain = io.BytesIO()
        assert strip_copy(saved.read_bytes(), plain) == "", name
        book = load(plain)
        assert not any(title.startswith("Hasil Periksa") for title in book.sheetnames), name
        for place in wrong:
            page = book[place.sheet]
            if name != "styled_rows_and_columns":  # a colour under a mark is lost in what LibreOffice saves
                assert page[place.cell].fill.fill_type is None, name
            assert page[place.cell].comment is None or "NIK hanya" not in page[place.cell].comment.text, name
            assert "CATATAN ROSTERKIT" not in {cell.value for row in page for cell in row}, name


def test_upload_sheets_open_as_text(document, tmp_path):
    uploads = [Path(path) for path in upload_paths(document)]
    assert uploads
    convert(uploads, "xlsx", tmp_path)
    for path in uploads:
        page = load(tmp_path / path.name).active
        assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row if cell.value is not None} == {"s"}


def test_every_workbook_of_ours_opens(tmp_path):
    """Copies in all formats, uploads, recap, form, annex, mutation and comparison: all sheets, with their texts."""
    (tmp_path / "w").mkdir()
    books = {f"{number}.xlsx": path for number, path in enumerate(small_workbooks(tmp_path / "w"))}
    assert len(books) > 20
    (tmp_path / "in").mkdir()
    for name, path in books.items():
        shutil.copy(path, tmp_path / "in" / name)
    convert([tmp_path / "in" / name for name in books], "xlsx", tmp_path / "out")
    for name, path in books.items():
        before, after = load(path), load(tmp_path / "out" / name)
        assert after.sheetnames == before.sheetnames, path
        for page in before.worksheets:
            texts = {
                cell.coordinate: cell.value for row in page for cell in row if cell.data_type == "s" and cell.value
            }
            assert {place: after[page.title][place].value for place in texts} == texts, (path, page.title)


def test_rosters_that_libreoffice_saved(tmp_path):
    """The same roster as .ods, .xls and .xlsx says the same people."""
    roster = SAMPLE / "masuk" / "Usulan RT 03 RW 05 Contohrejo.xlsx"
    for kind in ("ods", "xls", "xlsx"):
        convert([roster], kind, tmp_path)
    wanted, _ = check_json(roster, "--schema", "kediri-2025", "--out", tmp_path / "o")
    codes = [(finding["code"], finding["cell"]) for finding in wanted["files"][0]["findings"]]
    for kind in ("ods", "xls", "xlsx"):
        found, _ = check_json(tmp_path / f"{roster.stem}.{kind}", "--schema", "kediri-2025", "--out", tmp_path / "o")
        assert [(f["code"], f["cell"]) for f in found["files"][0]["findings"] if f["code"] != "RK501"] == [
            pair for pair in codes if pair[0] != "RK501"
        ], kind
