"""Files of other formats: with a password, with a bomb in them, or plain."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import xlwt

from tests.golden.books import HEAD, PEOPLE


def xls_password(path: Path) -> None:
    xlwt_book(path)
    data = path.read_bytes()
    place = data.index(b"\xe1\x00\x02\x00")  # INTERFACEHDR becomes FILEPASS
    path.write_bytes(data[:place] + b"\x2f\x00" + data[place + 2 :])


def xls_password_without_container(path: Path) -> None:
    records = [(0x809, struct.pack("<6H", 0x600, 5, 0, 0, 0, 0)), (0x2F, b"\1\0" * 3), (0x0A, b"")]
    path.write_bytes(b"".join(struct.pack("<2H", kind, len(data)) + data for kind, data in records))


def ods_password(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", b"\x91\x17\xa2")
        manifest = (
            '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
        )
        package.writestr("META-INF/manifest.xml", manifest)


def ods_repeats(path: Path) -> None:
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{space}:{name}:1.0"' for name in ("office", "table", "text"))
    rows = row.format(1, "".join(map(cell.format, HEAD)))
    rows += row.format(1_000_000, "".join(map(cell.format, PEOPLE[0])))
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        sheet = f'<table:table table:name="RT 01">{rows}</table:table>'
        body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
        package.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
        package.writestr("META-INF/manifest.xml", "<manifest/>")


def wide_page(path: Path) -> None:
    row = "<tr><td rowspan=100000 colspan=1000>x</td></tr>"
    path.write_text(f"<html><table>{row * 3000}</table></html>")


def ragged_page(path: Path) -> None:
    path.write_text(f"<html><table><tr>{'<td>x' * 20_000}</tr>{'<tr><td>x</tr>' * 20_000}</table></html>")


def looping_container(path: Path) -> None:
    """An OLE file whose table of sectors leads in a circle."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<8I", header, 44, 1, 0, 0, 4096, 0, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    path.write_bytes(bytes(header) + struct.pack("<128I", *[0] * 128))


def xlwt_book(path: Path, rows: list[list[object]] | None = None) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("RT 01")
    for number, row in enumerate(rows or [HEAD, *PEOPLE]):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(path))
