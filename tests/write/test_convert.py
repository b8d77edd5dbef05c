"""Inputs in other formats: the copy is a new workbook with all their sheets and values, and the same marks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from rosterkit.errors import FileError
from rosterkit.model.cells import Sheet, Workbook
from rosterkit.pipeline import run
from rosterkit.read.workbook import read_any
from rosterkit.settings import Settings
from rosterkit.write.copies.convert import convert_workbook
from rosterkit.write.patch.verify import ValueChanges, verify_values
from tests.golden.audit import audit
from tests.helpers import TODAY

VALUES = ["teks", " spasi ", "=1+1", "@x", 3.5, 7, True, dt.date(1985, 1, 2), dt.datetime(1985, 1, 2, 3, 4)]
VALUES += [dt.time(3, 4, 5), dt.timedelta(hours=30), "baris\nbaru", "kendali\x07\r\nx", "x" * 40_000, float("inf")]


def test_every_kind_of_value_stays_what_it_is():
    sheets = (Sheet("A/B: nama yang terlalu panjang untuk Excel", [["", *VALUES]], hidden=True), Sheet("B", [["x"]]))
    target, titles = convert_workbook(Workbook(Path("a.xls"), "", "xls", sheets))
    first, _second = read_any(target)
    assert first.name == titles[sheets[0].name] == "A_B_ nama yang terlalu panjang "
    assert first.hidden
    wanted = [*VALUES[:12], "kendali\nx", "x" * 32_767, "inf"]
    assert first.rows[0][1:] == [value if value is not True else True for value in wanted]
    page = openpyxl.load_workbook(target)[titles[sheets[0].name]]
    formats = {cell.column_letter: cell.number_format for cell in page[1]}
    assert (formats["I"], formats["J"]) == ("dd-mm-yyyy", "dd-mm-yyyy hh:mm")
    assert page["D1"].data_type == "s"


def test_names_of_sheets_stay_apart():
    sheets = tuple(Sheet(name, [["x"]]) for name in ("a" * 40, "a" * 35, "A" * 31, "'", "history"))
    _target, titles = convert_workbook(Workbook(Path("a.ods"), "", "ods", sheets))
    assert len({title.casefold() for title in titles.values()}) == 5
    assert all(len(title) <= 31 for title in titles.values())


def test_a_csv_comes_back_as_a_marked_workbook(tmp_path):
    name = "daftar usulan RT 03 RW 05 [kelurahan Contohrejo]"
    text = "NIK;Nama;Tanggal Lahir;Kategori\n357101020185990;=SUM(A1);13-01-1985;Pemulung\n"
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (file,) = run(Settings((tmp_path / f"{name}.csv",), "kediri-2025", TODAY)).files
    assert file.failure is None
    assert audit(file.written.annotated) == {}
    book = openpyxl.load_workbook(file.written.annotated)
    assert book.sheetnames == ["Hasil Periksa", "daftar usulan RT 03 RW 05 _kelu"]
    page = book.worksheets[1]
    assert page["A2"].fill.fgColor.rgb == "FFFFB4A8"
    assert "NIK hanya" in page["A2"].comment.text
    assert (page["B2"].value, page["B2"].data_type) == ("=SUM(A1)", "s")
    assert page["E1"].value == "CATATAN ROSTERKIT"
    told = [cell.value for row in book.worksheets[0] for cell in row]
    assert "Berkas ini salinan yang diubah dari format csv." in told
    assert "Bukan orang" not in told  # a heading with nothing below it
    links = [cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink]
    assert links[0] == "'daftar usulan RT 03 RW 05 _kelu'!A2"


def test_what_other_programs_hold_is_compared_as_they_hold_it():
    values = [dt.datetime(2025, 1, 21, 2, 57, 46, 666667), dt.timedelta(microseconds=999_993), dt.date(1899, 12, 31)]
    values += ["Jl. _x000D_ Contoh_x0041_"]
    workbook = Workbook(Path("a.ods"), "", "ods", (Sheet("S", [values]),))
    target, titles = convert_workbook(workbook)
    verify_values(target, workbook, ValueChanges({}, {}, {}), titles)
    other = Workbook(Path("a.ods"), "", "ods", (Sheet("S", [[dt.datetime(2025, 1, 21, 3), *values[1:]]]),))
    with pytest.raises(FileError):
        verify_values(target, other, ValueChanges({}, {}, {}), titles)
