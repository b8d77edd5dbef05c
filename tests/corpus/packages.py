"""Packages that are written in other ways than usual, valid ones and hostile ones."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.golden.books import BOOKS, repack

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def in_sheet(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """A roster whose sheet is written in another way."""
    BOOKS["plain"](path)
    repack(path, lambda name, data: change(data) if name.endswith("sheet1.xml") else data)
    return path


def with_row(row: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"</sheetData>", row + b"</sheetData>")


def prefixed(data: bytes) -> bytes:
    data = with_row(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')(data)
    names = (b"sheetData", b"row", b"c", b"v", b"is", b"t")
    for name in names:
        data = data.replace(b"<" + name + b">", b"<x:" + name + b">").replace(b"<" + name + b" ", b"<x:" + name + b" ")
        data = data.replace(b"</" + name + b">", b"</x:" + name + b">")
    return data.replace(
        b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    )


FAR = {
    "plain": with_row(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "the row lies": with_row(b'<row r="9"><c r="XFD1048576"><v>1</v></c></row>'),
    "single quotes": with_row(b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
    "blanks": with_row(b'<row r="1048576"><c r = "XFD1048576" ><v>1</v></c ></row>'),
    "another line": with_row(b'<row r="1048576"><c\nr="XFD1048576"><v>1</v></c></row>'),
    "small letters": with_row(b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>'),
    "other order": with_row(b'<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>'),
    "a sign in an attribute": with_row(b'<row r="1048576"><c cm="&gt;" x=">" r="XFD1048576"><v>1</v></c></row>'),
    "a row without its number": with_row(b'<row r="1048575"/><row><c r="XFD1048576"><v>1</v></c></row>'),
    "cells without places": with_row(b'<row r="1048576">' + b"<c/>" * 16_000 + b"<c><v>1</v></c></row>"),
    "beyond Excel": with_row(b'<row r="9"><c r="ZZZZ9"><v>1</v></c></row>'),
    "rows beyond Excel": with_row(b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>'),
    "prefixes": prefixed,
}


WAYS = {
    "quotes": lambda data: re.sub(rb'="([^"]*)"', rb"='\1'", data),
    "no places": lambda data: re.sub(rb'<(row|c) r="\w+"', rb"<\1", data),
    "no numbers of rows": lambda data: re.sub(rb'<row r="\w+"', rb"<row", data),
}


def utf16(path: Path) -> None:
    def encode(name: str, data: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")):
            return data
        text = data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        return text.encode("utf-16" if "sheet" in name else "utf-16-be")

    repack(path, encode)


def renamed(path: Path, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(change(name), data)


def other_case(path: Path) -> None:
    renamed(path, lambda name: name if name.startswith(("[", "_rels")) else name.replace("sheet1", "SHEET1").upper())


def no_folder(path: Path) -> None:
    """All parts lie in the root of the package; the relations say where."""

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"/xl/", b"/").replace(b'"xl/', b'"') if name.endswith((".rels", "Types].xml")) else data

    repack(path, change)
    renamed(path, lambda name: name.removeprefix("xl/"))


def sheets_of_one_name(path: Path) -> None:
    """Readers that go by names see the first of two sheets twice; Excel gives the second one another name."""
    BOOKS["several_sheets"](path)
    repack(path, lambda name, data: re.sub(rb'<sheet name="[^"]*"', b'<sheet name="RT"', data))


def one_part_many_times(path: Path) -> None:
    BOOKS["plain"](path)

    def change(name: str, data: bytes) -> bytes:
        start, end = data.find(b"<sheets>"), data.find(b"</sheets>")
        if name != "xl/workbook.xml":
            return data
        sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, 1500))
        return data[:start] + b"<sheets>" + sheets + data[end:]

    repack(path, change)
