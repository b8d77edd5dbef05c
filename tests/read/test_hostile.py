"""Files that would end the process or fill the memory, or were called by a wrong name: each gets the true word."""

from __future__ import annotations

import base64
import json
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt

from rosterkit.read import workbook
from rosterkit.read.limits import max_memory, max_seconds
from rosterkit.write.patch.ledger import _MAX_UNPACKED, NAMESPACE, read_ledger
from tests.command_line import process_environment
from tests.golden.books import BOOKS, HEAD, PEOPLE, repack
from tests.helpers import check_json

KEDIRI = ("--schema", "kediri-2025")
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


@pytest.mark.parametrize("kind", FAR)
def test_a_far_cell_is_found_however_it_is_written(tmp_path: Path, kind: str) -> None:
    path = in_sheet(tmp_path / "a.xlsx", FAR[kind])
    document, done = check_json(path, *KEDIRI)
    assert document["files"][0]["error"]["code"] == "stray-cell"
    assert done.returncode == 3


WAYS = {
    "quotes": lambda data: re.sub(rb'="([^"]*)"', rb"='\1'", data),
    "no places": lambda data: re.sub(rb'<(row|c) r="\w+"', rb"<\1", data),
    "no numbers of rows": lambda data: re.sub(rb'<row r="\w+"', rb"<row", data),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_written_in_another_way_is_read(tmp_path: Path, way: str) -> None:
    document, _done = check_json(in_sheet(tmp_path / "a.xlsx", WAYS[way]), *KEDIRI)
    assert document["totals"]["rows"] == len(PEOPLE)


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


@pytest.mark.parametrize("change", [utf16, other_case, no_folder])
def test_a_valid_package_is_read_and_marked(tmp_path: Path, change: Callable[[Path], None]) -> None:
    path = tmp_path / "a.xlsx"
    BOOKS["plain"](path)
    change(path)
    document, _done = check_json(path, *KEDIRI)
    assert document["files"][0]["error"] is None
    assert document["totals"]["rows"] == len(PEOPLE)
    copy = document["files"][0]["outputs"]["annotated"]
    again, _done = check_json(copy, *KEDIRI, "--out", tmp_path / "b")
    assert again["totals"]["rows"] == len(PEOPLE)


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


def one_part_many_times(path: Path) -> None:
    BOOKS["plain"](path)

    def change(name: str, data: bytes) -> bytes:
        start, end = data.find(b"<sheets>"), data.find(b"</sheets>")
        if name != "xl/workbook.xml":
            return data
        sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, 1500))
        return data[:start] + b"<sheets>" + sheets + data[end:]

    repack(path, change)


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


REFUSED = {
    "a.xls": (xls_password, "encrypted"),
    "b.xls": (xls_password_without_container, "encrypted"),
    "c.ods": (ods_password, "encrypted"),
    "d.ods": (ods_repeats, "stray-cell"),
    "e.xlsx": (one_part_many_times, "damaged"),
    "f.xls": (wide_page, "too-large"),
    "g.xls": (ragged_page, "too-large"),
    "h.xls": (looping_container, "reader-failed"),
}


def xlwt_book(path: Path, rows: list[list[object]] | None = None) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("RT 01")
    for number, row in enumerate(rows or [HEAD, *PEOPLE]):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(path))


def checked_within(kind: str, size: int, path: Path) -> subprocess.CompletedProcess[str]:
    """Check in a process that has a limit (``RLIMIT_...``) of so many bytes, within 30 seconds."""
    resource = pytest.importorskip("resource", reason="has no limits for a process")
    limit = getattr(resource, f"RLIMIT_{kind}")
    return subprocess.run(
        [sys.executable, "-m", "rosterkit", "check", str(path), *KEDIRI, "--format", "json"],
        capture_output=True, env=process_environment(), timeout=30, check=False, text=True,
        preexec_fn=lambda: resource.setrlimit(limit, (size, size)),
    )  # fmt: skip


@pytest.mark.slow
def test_what_cannot_be_read_is_refused_with_the_true_reason(tmp_path: Path) -> None:
    """All in one run, within 1.5 GB; the good file beside them is checked."""
    for name, (build, _code) in REFUSED.items():
        build(tmp_path / name)
    BOOKS["plain"](tmp_path / "z.xlsx")
    done = checked_within("DATA", 1_500_000_000, tmp_path)
    files = {Path(file["path"]).name: file for file in json.loads(done.stdout)["files"]}
    assert {name: (file["error"] or {}).get("code") for name, file in files.items()} == {
        **{name: code for name, (_build, code) in REFUSED.items()},
        "z.xlsx": None,
    }
    assert done.returncode == 3


@pytest.mark.slow
def test_a_lower_limit_of_the_caller_is_no_reason_to_fail(tmp_path: Path) -> None:
    xlwt_book(tmp_path / "a.xls")
    done = checked_within("AS", 4_000_000_000, tmp_path / "a.xls")
    assert json.loads(done.stdout)["totals"]["rows"] == len(PEOPLE)


def test_limits_grow_with_the_file() -> None:
    assert max_memory(1_000) <= 1_600_000_000
    assert max_memory(1_000_000) < max_memory(10_000_000)
    assert (max_seconds(0), max_seconds(200_000_000)) == (60, 160)


def test_a_project_sets_the_limits_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child gets them; a file that needs more is refused with a text that says so."""
    xlwt_book(tmp_path / "a.xls")
    taken = []

    def run(command: list[str], timeout: float, **_options: object) -> None:
        taken.append((int(command[-1]), timeout))
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(workbook.subprocess, "run", run)
    for text in ("", "[limits]\nmemory_mb = 700\nseconds = 7\n"):
        (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\n' + text, encoding="utf-8")
        document, _done = check_json(tmp_path / "a.xls", "--out", tmp_path / "hasil")
        error = document["files"][0]["error"]
        assert error["code"] == "reader-failed"
        assert "[limits]" in error["message"]
    size = (tmp_path / "a.xls").stat().st_size
    assert taken == [(1_500_000_000 + 12 * size, 60 + size / 2e6), (700_000_000 + 12 * size, 7 + size / 2e6)]


@pytest.mark.slow
def test_a_conversion_holds_every_digit_and_cells_of_blanks_lose_nobody(tmp_path: Path) -> None:
    head = [*HEAD, "Umur", "Lain", "Ket"]
    numbers = [40.413415468856949, 1 / 3, 1e-300, 123456789012345680.0, -0.1, 2.0**53]
    rows: list[list[object]] = [
        [*person, number, "  ", "\t"] for person, number in zip(PEOPLE * 2, numbers, strict=False)
    ]
    xlwt_book(tmp_path / "a.xls", [head, *rows])
    document, _done = check_json(tmp_path / "a.xls", *KEDIRI)
    copy = document["files"][0]["outputs"]["annotated"]
    assert document["files"][0]["error"] is None
    sheet = openpyxl.load_workbook(copy)["RT 01"]
    column = head.index("Umur") + 1
    assert [sheet.cell(row, column).value for row in range(2, len(rows) + 2)] == numbers[: len(rows)]


def test_a_page_whose_encoding_is_unknown_is_read(tmp_path: Path) -> None:
    cells = ("".join(f"<td>{value}</td>" for value in row) for row in (HEAD, *PEOPLE))
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    for name in ("undefined", "x-user-defined", "utf-7"):
        path = tmp_path / f"{name}.xls"
        path.write_text(f'<html><meta charset="{name}"><table>{table}</table></html>')
        document, _done = check_json(path, *KEDIRI)
        assert document["totals"]["rows"] == len(PEOPLE), name


GOOD: dict[str, object] = {
    "name": "a.xlsx", "sha256": "0" * 64, "repaired": False, "added": [], "parts": {}, "content": "",
}  # fmt: skip
FORGED: dict[str, bytes] = {
    "nothing": b"null",
    "a list": b"[]",
    "a name that is a number": json.dumps({**GOOD, "name": 3}).encode(),
    "added that is null": json.dumps({**GOOD, "added": None}).encode(),
    "added of numbers": json.dumps({**GOOD, "added": [1]}).encode(),
    "an undo that is a number": json.dumps({**GOOD, "parts": {"xl/workbook.xml": [1, 2, 3]}}).encode(),
    "a size that is a text": json.dumps({**GOOD, "parts": {"xl/workbook.xml": ["1", 2, ""]}}).encode(),
    "parts that are a list": json.dumps({**GOOD, "parts": [1]}).encode(),
    "something is missing": json.dumps({"name": "a"}).encode(),
    "very deep": b"[" * 100_000,
    "very large": b" " * (_MAX_UNPACKED + 1),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_ledger_is_none(kind: str) -> None:
    def read(content: bytes) -> object:
        text = base64.b64encode(zlib.compress(content, 1))
        return read_ledger(b'<ledger xmlns="' + NAMESPACE.encode() + b'">' + text + b"</ledger>")

    assert read(json.dumps(GOOD).encode()) is not None
    assert read(FORGED[kind]) is None
