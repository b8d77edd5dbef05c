"""Upload rows in the office's own form: by header name, its own file name, everything else as it was."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from rosterkit.schema.load import load_upload
from tests.helpers import SAMPLE, check_json, cli, good_book, upload_paths

FORM = load_upload("sipp-tk-baru")


def form(path: Path, headers: list[str], row: int = 0, example: str = "") -> Path:
    """A form as an office downloads it: another order of columns, a drop-down, a sheet of instructions."""
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("PETUNJUK").write(0, 0, "Isi semua kolom")
    sheet = book.add_worksheet("data_tk_baru")
    text = book.add_format({"num_format": "@", "border": 1})
    sheet.set_column(0, 40, 14, text)
    for column, header in enumerate(headers):
        sheet.write_string(row, column, header, book.add_format({"bold": True}))
    sheet.data_validation(row + 1, 0, 500, 0, {"validate": "list", "source": ["L", "P"]})
    if example:
        sheet.write_string(row + 1, 1, example)
    book.close()
    return path


HEADERS = ["JENIS_KELAMIN", *(c.header for c in FORM.columns if c.header != "JENIS_KELAMIN"), "KOLOM_BARU"]


def test_rows_go_into_a_copy_under_the_forms_own_name(tmp_path):
    template = form(tmp_path / "Template TK (2).xlsx", HEADERS, row=2)
    roster = SAMPLE / "masuk" / "Usulan RT 03 RW 05 Contohrejo.xlsx"
    with_form, _ = check_json(roster, "--template", template, "--out", tmp_path / "a", "--schema", "kediri-2025")
    without, _ = check_json(roster, "--out", tmp_path / "b", "--schema", "kediri-2025")
    (filled,) = upload_paths(with_form["files"][0])
    (plain,) = upload_paths(without["files"][0])
    assert Path(filled) == tmp_path / "a" / f"{roster.stem}-belum-lengkap" / "Template TK (2).xlsx"
    book = openpyxl.load_workbook(filled)
    assert book.sheetnames == ["PETUNJUK", "data_tk_baru"]
    page = book["data_tk_baru"]
    head = [cell.value for cell in page[3]]
    assert head == HEADERS
    wanted = list(openpyxl.load_workbook(plain).active.iter_rows(values_only=True))
    found = list(page.iter_rows(min_row=4, values_only=True))
    assert len(found) == len(wanted) - 1 > 5
    for row, values in zip(found, wanted[1:], strict=True):
        assert dict(zip(head, row, strict=True)) == {**dict(zip(wanted[0], values, strict=True)), "KOLOM_BARU": None}
    cells = [cell for row in page.iter_rows(min_row=4) for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.number_format, cell.border.left.style) for cell in cells} == {("s", "@", "thin")}
    assert page.data_validations.count == 1
    with zipfile.ZipFile(template) as before, zipfile.ZipFile(filled) as after:
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize(
    ("headers", "example", "says"),
    [
        (["NAMA", "ALAMAT"], "", "tidak punya kolom"),
        ([header for header in HEADERS if header != "NOMOR_IDENTITAS"], "", "NOMOR_IDENTITAS"),
        (HEADERS, "CONTOH PENGISIAN", 'sel B2 di lembar "data_tk_baru"'),
    ],
)
def test_a_template_that_cannot_be_used_stops_the_run(tmp_path, headers, example, says):
    template = form(tmp_path / "t.xlsx", headers, example=example)
    done = cli("check", good_book(tmp_path / "a.xlsx"), "--template", template, "--schema", "kediri-2025")
    assert done.returncode == 2
    assert says in done.stderr
    assert not (tmp_path / "hasil").exists()


@pytest.mark.slow
def test_a_template_that_is_no_workbook(tmp_path):
    for name, content in (("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("t.csv", b"NIK;NAMA"), ("t.xlsx", b"PK")):
        (tmp_path / name).write_bytes(content)
        done = cli("check", good_book(tmp_path / "a.xlsx"), "--template", tmp_path / name)
        assert done.returncode == 2, name
        assert "--template" in done.stderr
        assert "Traceback" not in done.stderr


def test_headers_over_two_rows_hide_nobody(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    sheet = book.add_worksheet("data_tk_baru")
    for column, header in enumerate(HEADERS):
        sheet.merge_range(0, column, 1, column, header)
    book.close()
    document, _ = check_json(good_book(tmp_path / "a.xlsx"), "--template", tmp_path / "t.xlsx")
    page = openpyxl.load_workbook(upload_paths(document["files"][0])[0]).active
    assert page.cell(3, HEADERS.index("NAMA_LENGKAP") + 1).value == "Contoh Satu"
