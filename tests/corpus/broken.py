"""Files that are broken, hostile or something else."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

from tests.helpers import GOOD_ROW, good_book, write_book


def encrypted(path: Path) -> None:
    """A workbook with a password, as Excel saves it."""
    plain = io.BytesIO(good_book(path).read_bytes())
    with path.open("wb") as target:
        OOXMLFile(plain).encrypt("rahasia", target)


def replaced(path: Path, name: str, body: bytes) -> None:
    """A good workbook with one part replaced."""
    good_book(path)
    source = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, body if part.endswith(name) else old.read(part))


def stray(path: Path) -> None:
    write_book(path, [["NIK", "Nama", "Tanggal Lahir", "Kategori"], GOOD_ROW])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.save(path)


def zip_bomb(path: Path) -> None:
    replaced(path, "sheet1.xml", b"<worksheet>" + b" " * 200_000_000)


def lying_zip(path: Path) -> None:
    """Says that its sheet is small; unpacks to much more."""
    replaced(path, "sheet1.xml", b"<worksheet>" + b" " * 20_000_000)
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", 11 + 20_000_000)
    while size in data:
        at = data.index(size)
        data[at : at + 4] = struct.pack("<I", 100)
    path.write_bytes(bytes(data))


def truncated(path: Path) -> None:
    good_book(path)
    path.write_bytes(path.read_bytes()[:-900])


def entities(path: Path) -> None:
    body = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    replaced(path, "sheet1.xml", body)


def missing_part(path: Path) -> None:
    good_book(path)
    source = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            if not part.endswith("sheet1.xml"):
                new.writestr(part, old.read(part))


MHTML = b"""MIME-Version: 1.0\r
X-Document-Type: Workbook\r
Content-Type: multipart/related; boundary="----=_Next"\r
\r
------=_Next\r
Content-Type: text/html; charset="us-ascii"\r
\r
<html><body><table><tr><td>NIK</td></tr></table></body></html>"""
XML_2003 = b"""<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="x"/></Workbook>"""
FLAT_ODS = b"""<?xml version="1.0"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body/></office:document>"""
