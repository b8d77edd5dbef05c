"""Workbooks that count days from 1904, as old Macs do, in the formats beside .xlsx."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from pathlib import Path

import pytest

from rosterkit.model.cells import Sheet, SheetExtras, Workbook
from rosterkit.read.ods_extras import add_ods_extras
from rosterkit.read.workbook import read_xlsx
from rosterkit.read.xls_extras import add_xls_extras
from rosterkit.write.copies.convert import convert_workbook

NIK = "3571010101859901"


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_days_of_old_macs_in_other_formats(tmp_path: Path, suffix: str) -> None:
    """The record or element that says so is read, and a copy of the list counts its days likewise."""
    extras = {"ods": _ods_extras, "xls": _xls_extras}[suffix]()
    assert extras.date_1904
    day = dt.date(1978, 11, 23)
    serial = float((day - dt.date(1904, 1, 1)).days)
    rows = [["NIK", "Nama", "Tanggal Lahir"], [NIK, "Contoh", serial], [NIK, "Contoh", day]]
    sheet = Sheet("RT", rows, extras=extras)
    copy, _titles = convert_workbook(Workbook(tmp_path / f"contoh.{suffix}", "", suffix, (sheet,)))
    (again,) = read_xlsx(copy.getvalue())
    assert again.extras.date_1904
    assert [row[2] for row in again.rows[1:]] == [serial, day]


def _ods_extras() -> SheetExtras:
    content = """<office:document-content><office:body><office:spreadsheet><table:calculation-settings>
        <table:null-date table:date-value="1904-01-01"/></table:calculation-settings><table:table table:name="RT"/>
        </office:spreadsheet></office:body></office:document-content>"""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("content.xml", content)
    return add_ods_extras(target.getvalue(), (Sheet("RT", [["x"]]),))[0].extras


def _xls_extras() -> SheetExtras:
    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<2H", kind, len(data)) + data

    begin, end = record(0x809, struct.pack("<2H", 0x0600, 5) + bytes(12)), record(0x0A, b"")
    head = begin + record(0x22, b"\x01\x00")
    start = len(head) + 4 + 10 + len(end)
    sheet = record(0x85, struct.pack("<IBBBB", start, 0, 0, 2, 0) + b"RT")
    return add_xls_extras(head + sheet + end + begin + end, (Sheet("RT", [["x"]]),))[0].extras
