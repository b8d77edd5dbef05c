"""Every workbook that we write passes the validation of the Open XML SDK; a copy has no finding of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from tests.golden.audit import audit
from tests.golden.books import BOOKS, HEAD, PEOPLE
from tests.golden.test_fidelity import annotated
from tests.helpers import ROOT, cli
from tests.test_other_formats import ods
from tests.write.test_template import HEADERS, form

pytestmark = pytest.mark.bench  # test_fidelity asks about some copies, the tests of our workbooks about some of those


@pytest.mark.parametrize("name", BOOKS)
def test_a_copy_has_no_finding_that_its_original_had_not(tmp_path: Path, name: str) -> None:
    path = tmp_path / (name + (".xlsm" if "macros" in name else ".xlsx"))
    BOOKS[name](path)
    copy = annotated(path, tmp_path / "hasil", apply_fixes=True).written.annotated
    assert audit(copy) - audit(path) == {}


def rosters(folder: Path) -> None:
    """The roster in every format that is read, each with its wrong NIK."""
    folder.mkdir()
    BOOKS["notes_of_theirs"](folder / "a.xlsx")
    rows = [[cell.replace("Contoh Satu", "Contoh Empat") for cell in row] for row in (HEAD, *PEOPLE)]
    lines = [";".join(row).replace("85990", "85991") for row in rows]
    (folder / "b.csv").write_text("\n".join(lines), encoding="utf-8")
    book = xlwt.Workbook()
    for title in ("RT 01", "RT 02"):
        sheet = book.add_sheet(title)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell.replace("85990", title[-1] + "5992"))
    book.save(str(folder / "c.xls"))
    ods(folder / "d.ods")
    cells = ("".join(f"<td>{cell.replace('85990', '85993')}</td>" for cell in row) for row in rows)
    page = "".join(f"<tr>{row}</tr>" for row in cells)
    (folder / "e.xls").write_text(f"<html><table>{page}</table></html>", encoding="utf-8")


def small_workbooks(folder: Path) -> Iterator[Path]:
    """Every kind of workbook that the commands write, of a few people."""
    given = ("--schema", "kediri-2025")
    rosters(folder / "masuk")
    template = form(folder / "Formulir.xlsx", HEADERS)
    cli("check", folder / "masuk", "--out", folder / "hasil", *given)
    cli("check", folder / "masuk", "--out", folder / "per", "--per-file", *given)
    cli("check", folder / "masuk" / "a.xlsx", "--out", folder / "isi", "--template", template, "--apply-fixes", *given)
    cli("recap", folder / "hasil", "--annex", folder / "lampiran.xlsx", *given)
    cli("template", "kediri-2025", "-o", folder / "form.xlsx")
    for name in ("lama", "baru"):
        with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
            sheet = book.add_worksheet("Lampiran")
            for number, row in enumerate([HEAD, PEOPLE[0] if name == "lama" else PEOPLE[2]]):
                sheet.write_row(number, 0, row)
    pair = (folder / "lama.xlsx", folder / "baru.xlsx")
    cli("compare", *pair, "--out", folder / "versi.xlsx", *given)
    cli("decree", "diff", *pair, "--out", folder / "perubahan.xlsx", *given)
    cli("decree", "mutation", *pair, "--out", folder / "mutasi", *given)
    cli("decree", "check", folder / "masuk" / "a.xlsx", "--out", folder / "sk", *given)
    inputs = {template, *pair, *(folder / "masuk").iterdir()}
    return (path for path in folder.rglob("*.xls*") if path not in inputs and path.suffix != ".xls")


def test_workbooks_of_our_own_have_no_finding(tmp_path: Path) -> None:
    found = {path.relative_to(tmp_path).as_posix(): audit(path) for path in small_workbooks(tmp_path)}
    assert {name: errors for name, errors in found.items() if errors} == {}
    names = sorted(found)
    copies = [f"hasil/{letter}.periksa.xlsx" for letter in "abcde"]
    assert set(copies) <= set(names), names
    kinds = ("Formulir", "form", "gabungan", "lampiran", "sk/a.periksa", "mutasi.xlsx", "perubahan", "rekap", "versi")
    assert [kind for kind in kinds if not any(kind in name for name in names)] == [], names


def test_what_the_samples_give_has_no_finding(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "s", ignore=shutil.ignore_patterns("hasil", "*.py"))
    inputs = set(tmp_path.rglob("*.xls*"))
    for sample in sorted(path for path in (tmp_path / "s").iterdir() if path.is_dir()):
        cli("check", sample / "masuk")
        cli("check", sample / "masuk", "--per-file")
        cli("recap", sample / "hasil", "--annex", sample / "lampiran.xlsx", cwd=sample)
    subprocess.run([sys.executable, ROOT / "samples" / "decrees.py", tmp_path / "sk"], check=True)
    inputs |= set((tmp_path / "sk").iterdir())
    cli("decree", "mutation", tmp_path / "sk" / "SK 2024 lama.xlsx", tmp_path / "sk" / "SK 2024 baru.xlsx", "--schema",
        "kediri-2024", "--out", tmp_path / "mutasi")  # fmt: skip
    outputs = [path for path in tmp_path.rglob("*.xlsx") if path not in inputs]
    assert len(outputs) > 60
    found = {path.relative_to(tmp_path).as_posix(): audit(path) for path in outputs}
    assert {name: errors for name, errors in found.items() if errors} == {}
