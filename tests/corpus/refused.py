"""What no reader takes: each file with the code of its refusal, what it truly is, and a word that the text must say."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.corpus import broken, formats, packages
from tests.helpers import write_book

Build = Callable[[Path], object]


class Refusal(NamedTuple):
    """A file that is refused."""

    build: Build
    code: str
    fact: str
    words: str


# What the text of each code says of a file; a file gets it only where one of these is true.
CLAIMS = {
    "encrypted": {"it has a password"},
    "damaged": {"it is cut off", "it is broken inside", "a part is missing"},
    "stray-cell": {"a cell is far from the table"},
    "too-large": {"it unpacks to more than any list", "its page is too wide or long"},
    "unsafe": {"it defines entities of XML"},
    "empty": {"no cell holds anything"},
    "no-table": {"it is a page without a table"},
    "locked": {"it is the lock of Excel"},
    "unreadable": {"the system does not open it"},
    "missing": {"it is not there"},
    "mhtml": {"it is MHTML"},
    "old-xml": {"it is XML Spreadsheet 2003"},
    "flat-ods": {"it is a flat OpenDocument spreadsheet"},
    "results-alone": {"only our sheet of results is in it"},
    "not-a-workbook": {"it is no list at all"},
    "reader-failed": {"it is broken inside", "it takes too much memory or time", "a cell is far from the table"},
    "cannot-mark": {"it is written in an unusual way"},
}
# Codes of which no file is the reason, and where they are tested or why not.
BESIDE = {
    "changed": "the file changed during the check: tests/run/test_contain.py",
    "cannot-write": "the folder of the outputs: tests/test_cli.py",
    "in-use": "another run: tests/run/test_lock.py",
    "would-overwrite": "the names of the outputs: tests/test_runs.py",
    "not-a-copy": "strip of what is no copy: tests/test_strip.py",
    "copy-differs": "a net below the writer: no file is known that gets it",
    "upload-differs": "a net below the writer: no file is known that gets it",
}


def content(data: bytes) -> Build:
    return lambda path: path.write_bytes(data)


def package(*names: str, **parts: str) -> Build:
    """A zip archive of some parts."""

    def build(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as target:
            for name in names:
                target.writestr(name, "x")
            for name, text in parts.items():
                target.writestr(name.replace("_xml", ".xml"), text)

    return build


def far(way: str) -> Build:
    return lambda path: packages.in_sheet(path, packages.FAR[way])


def part(name: str, body: bytes) -> Build:
    return lambda path: broken.replaced(path, name, body)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RSS = b'<?xml version="1.0"?><rss><item>NIK</item></rss>'
ENCRYPTED, DAMAGED, FAR = "encrypted", "damaged", ("stray-cell", "a cell is far from the table", "XFD1048576")
SIGNS = bytes(range(1, 256)) * 4  # of every kind, as what is packed has
NO_LIST = ("not-a-workbook", "it is no list at all", "bukan buku kerja")
PASSWORD, CUT = (ENCRYPTED, "it has a password", "kata sandi"), (DAMAGED, "it is cut off", "simpan ulang")
BROKEN, MISSING = (DAMAGED, "it is broken inside", "rusak"), (DAMAGED, "a part is missing", "rusak")
RESULTS = ("results-alone", "only our sheet of results is in it", "Hasil Periksa")
EMPTY = ("empty", "no cell holds anything", "kosong")
BOMB = ("too-large", "it unpacks to more than any list", "zip bomb")
PAGE = ("too-large", "its page is too wide or long", "terlalu lebar")
NO_TABLE = ("no-table", "it is a page without a table", "HTML")
MHTML = ("mhtml", "it is MHTML", ".xlsx")
XML_2003 = ("old-xml", "it is XML Spreadsheet 2003", "XML Spreadsheet 2003")
FLAT = ("flat-ods", "it is a flat OpenDocument spreadsheet", ".fods")
FAILED = ("reader-failed", "it is broken inside", "rusak")

REFUSED: dict[str, Refusal] = {
    name: Refusal(build, *said)
    for name, build, said in [
        ("encrypted.xlsx", broken.encrypted, PASSWORD), ("encrypted.xls", formats.xls_password, PASSWORD),
        ("stream.xls", formats.xls_password_without_container, PASSWORD),
        ("encrypted.ods", formats.ods_password, PASSWORD), ("stray.xlsx", broken.stray, FAR),
        *((f"far {way}.xlsx", far(way), (*FAR[:2], "sangat jauh")) for way in packages.FAR),
        ("bomb.xlsx", broken.zip_bomb, BOMB), ("lying.xlsx", broken.lying_zip, BROKEN),
        ("cut.xlsx", broken.truncated, CUT), ("head.xlsx", content(b"PK\3\4" + b"x" * 200), CUT),
        ("entities.xlsx", broken.entities, ("unsafe", "it defines entities of XML", "XML")),
        ("part.xlsx", broken.missing_part, MISSING), ("types.xlsx", package("xl/workbook.xml"), MISSING),
        ("not-xml.xlsx", part("workbook.xml", b"not xml"), BROKEN),
        ("many times.xlsx", packages.one_part_many_times, BROKEN),
        ("one name.xlsx", packages.sheets_of_one_name, BROKEN),
        ("no cell.xlsx", lambda path: write_book(path, []), EMPTY), ("nothing.xlsx", content(b""), EMPTY),
        ("blank.csv", content(b"\n \r\n\t\n"), EMPTY),
        ("page.xls", content(b"<html><body>Masuk dulu</body></html>"), NO_TABLE),
        ("wide.xls", formats.wide_page, PAGE), ("ragged.xls", formats.ragged_page, PAGE),
        ("~$open.xlsx", content(b"\x05clerk" + bytes(160)), ("locked", "it is the lock of Excel", "open.xlsx")),
        ("circle.xlsx", circle, ("unreadable", "the system does not open it", "tidak bisa dibuka")),
        ("gone.xlsx", lambda path: None, ("missing", "it is not there", "tidak ada")),
        ("photo.xlsx", content(b"\xff\xd8\xff\xe0" + bytes(500)), NO_LIST),
        ("results.csv", content(b'HASIL PERIKSA\n\n"Asal: RT 01.xlsx, SHA-256 ' + b"ab" * 32 + b'"\n'), RESULTS),
        ("start.jpg", content(b"\xff\xd8"), NO_LIST), ("photo.csv", content(b"RIFF\x10\1WEBP" + SIGNS), NO_LIST),
        ("sound.csv", content(b"OggS" + SIGNS), NO_LIST),
        ("list.csv", content(b"%PDF-1.7\n1 0 obj"), NO_LIST),
        ("letter.xls", content(b"{\\rtf1 Yth.}"), NO_LIST), ("letter.xlsx", package("word/document.xml"), NO_LIST),
        ("zipped.xlsx", package("RT 01.xlsx"), NO_LIST), ("news.xls", content(RSS), NO_LIST),
        ("text.ods", package(mimetype="application/vnd.oasis.opendocument.text", content_xml="<x/>"), NO_LIST),
        ("page.mht", content(broken.MHTML), MHTML), ("saved page.xls", content(broken.MHTML), MHTML),
        ("mail.csv", content(b"From: <x>\r\nSubject: x\r\n" + broken.MHTML), MHTML),
        ("2003.xml", content(broken.XML_2003), XML_2003),
        ("2003.xls", content(broken.XML_2003.decode().encode("utf-16")), XML_2003),
        ("flat.fods", content(broken.FLAT_ODS), FLAT), ("flat.xls", content(broken.FLAT_ODS), FLAT),
    ]
}  # fmt: skip

# Files that are read in a process of their own, or take half a gigabyte of zeros.
SLOW: dict[str, Refusal] = {
    "broken.xls": Refusal(content(OLE + bytes(3000)), *BROKEN),
    "looping.xls": Refusal(formats.looping_container, *FAILED),
    "repeats.ods": Refusal(formats.ods_repeats, *FAR[:2], "sangat jauh"),
    "bomb.xlsx": REFUSED.pop("bomb.xlsx"),
}


def doubled(path: Path) -> None:
    """A package with a part that is there twice, which readers take and no writer may touch."""
    packages.BOOKS["plain"](path)
    with zipfile.ZipFile(path, "a") as target:
        target.writestr("XL/THEME/THEME1.XML", "<a/>")


UNMARKED = {"doubled.xlsx": Refusal(doubled, "cannot-mark", "it is written in an unusual way", "tidak biasa")}
