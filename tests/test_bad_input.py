"""Bad input is the normal case: one clear message with what to do, the other files go on, exit code 3."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from tests.corpus.broken import MHTML, XML_2003, stray
from tests.golden.books import repack
from tests.helpers import GOOD_ROW, check_json, cli, good_book, write_book


def test_old_formats_in_a_folder_are_told_and_other_xml_is_passed_over(tmp_path):
    (tmp_path / "page.mht").write_bytes(MHTML)
    (tmp_path / "2003.xml").write_bytes(XML_2003)
    (tmp_path / "other.xml").write_bytes(b"<html><body/></html>")
    good_book(tmp_path / "zz good.xlsx")
    document, done = check_json(tmp_path, "--schema", "kediri-2025")
    assert done.returncode == 3
    assert [Path(file["path"]).name for file in document["files"]] == ["2003.xml", "page.mht", "zz good.xlsx"]
    assert [file["error"] and file["error"]["code"] for file in document["files"]] == ["old-xml", "mhtml", None]


def test_message_in_the_terminal(tmp_path):
    stray(tmp_path / "a.xlsx")
    done = cli("check", tmp_path / "a.xlsx")
    assert done.returncode == 3
    assert "TIDAK BISA DIBACA" in done.stdout
    assert "hapus baris dan kolom kosong" in done.stdout
    assert done.stderr == ""


@pytest.mark.slow
def test_empty_formatted_rows_are_read_past(tmp_path):
    path = tmp_path / "rows.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["NIK", "Nama", "Tanggal Lahir", "Kategori"])
    book.active.append(GOOD_ROW)
    book.active["A3"].fill = PatternFill("solid", start_color="FFFFFF")
    book.save(path)

    def lengthen(name: str, data: bytes) -> bytes:
        row = re.search(rb'<row r="3".*?</row>', data)
        if row is None:
            return data
        more = (row[0].replace(b'"3"', b'"%d"' % n).replace(b"A3", b"A%d" % n) for n in range(4, 200_003))
        return data.replace(row[0], row[0] + b"".join(more))

    repack(path, lengthen)
    with zipfile.ZipFile(path) as package:
        assert package.read("xl/worksheets/sheet1.xml").count(b"<row") == 200_002
    document, done = check_json(path, "--schema", "kediri-2025")
    assert done.returncode == 0
    assert document["totals"]["rows"] == 1


def test_missing_file_and_missing_pattern(tmp_path):
    document, done = check_json(tmp_path / "nobody.xlsx")
    assert done.returncode == 3
    assert document["files"][0]["error"]["code"] == "missing"
    done = cli("check", tmp_path / "*.xlsx")
    assert done.returncode == 2
    assert "Tidak ada berkas" in done.stderr


def test_folder_without_workbooks(tmp_path):
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")
    done = cli("check", tmp_path)
    assert done.returncode == 2
    assert "tidak berisi berkas Excel" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("kind: roster\nname: x\ntitle: X\ncolums: {}\n", 4, 'Maksudnya "columns"?'),
        (
            "kind: roster\nname: x\ntitle: X\ncolumns:\n  nik: {label: NIK, requierd: true}\n",
            5,
            'Maksudnya "required"?',
        ),
        ("kind: roster\nname: x\ntitle: X\ncolumns:\n  nikk: {label: NIK}\n", 5, "Yang boleh"),
        ("kind: roster\ntitle: X\n", 1, "wajib ada"),
        ("kind: roster\nname: x\n  title: X\n", 3, "YAML"),
    ],
)
def test_a_schema_with_a_mistake_names_file_line_and_key(text, line, words, tmp_path):
    schema = tmp_path / "own.yaml"
    schema.write_text(text, encoding="utf-8")
    done = cli("check", good_book(tmp_path / "a.xlsx"), "--schema", schema)
    assert done.returncode == 2
    assert f"own.yaml, baris {line}" in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_categories_that_cannot_be_told_apart(tmp_path):
    schema = tmp_path / "own.yaml"
    schema.write_text(
        "kind: roster\nname: x\ntitle: X\nextends: pekerja-rentan\ncategories:\n"
        "  - {code: A, label: Pemulung}\n  - {code: B, label: Ojek, synonyms: [pemulung]}\n",
        encoding="utf-8",
    )
    done = cli("check", good_book(tmp_path / "a.xlsx"), "--schema", schema)
    assert done.returncode == 2
    assert "PEMULUNG" in done.stderr


def test_a_decree_without_niks(tmp_path):
    decree = write_book(tmp_path / "sk.xlsx", [["Nama", "Alamat"], ["Contoh", "Jl. Misal"]])
    done = cli("check", good_book(tmp_path / "a.xlsx"), "--decree", decree)
    assert done.returncode == 2
    assert "tidak ada kolom NIK" in done.stderr
    assert not (tmp_path / "hasil").exists()


def test_unknown_schema_suggests(tmp_path):
    done = cli("check", good_book(tmp_path / "a.xlsx"), "--schema", "kediri-2052")
    assert done.returncode == 2
    assert 'Maksudnya "kediri-2025"?' in done.stderr


def test_markup_and_formulas_in_cells_stay_text(tmp_path):
    nasty = ["3571010101859901", "[bold]Contoh[/nope]", "01-01-1985", "=cmd|' /C calc'!A0"]
    path = write_book(tmp_path / "a.xlsx", [["NIK", "Nama", "Tanggal Lahir", "Kategori"], [*GOOD_ROW[:3], "Pemulung"]])
    book = openpyxl.load_workbook(path)
    book.active.append(nasty)
    book.active["D3"].data_type = "s"
    book.save(path)
    done = cli("check", path, "--schema", "kediri-2025")
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    for made in (tmp_path / "hasil").iterdir():
        for sheet in openpyxl.load_workbook(made):
            assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"] == []


@pytest.mark.parametrize("name", ["called.xls", "called.xlsb", "called.ods", "called.csv"])
def test_a_workbook_under_another_name_is_read_as_what_it_is(name, tmp_path):
    good_book(tmp_path / "a.xlsx").rename(tmp_path / name)
    document, done = check_json(tmp_path / name, "--schema", "kediri-2025")
    assert (done.returncode, document["totals"]["rows"]) == (0, 1)


@pytest.mark.slow
@pytest.mark.parametrize("schema", [(), ("--schema", "kediri-2025"), ("--schema", "jambi-2025")])
@pytest.mark.parametrize("kind", ["broken", "letter", "empty form", "missing", "all"])
def test_a_folder_in_which_nobody_is_found(tmp_path, schema, kind):
    """Each file has its own message; the recap has no empty chart; nobody is uploaded, and nothing breaks."""
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    wanted = {"broken": 3, "letter": 1, "empty form": 1, "missing": 3, "all": 3}[kind]
    if kind in ("broken", "all"):
        paths[0].write_bytes(b"PK broken")
    if kind in ("letter", "all"):
        write_book(paths[1], [["Yth. Bapak Lurah"], ["bersama ini kami sampaikan"]])
    if kind == "empty form":
        write_book(paths[0], [["NIK", "Nama", "Tanggal Lahir", "Kategori"]])
    folder = kind != "missing"
    given = [tmp_path] if folder else paths
    document, done = check_json(*given, "--out", tmp_path / "hasil", *schema)
    assert (done.returncode, done.stderr) == (wanted, "")
    for file in document["files"]:
        assert (file["error"] or file["findings"]) is not None
        assert file["error"] or [finding["code"] for finding in file["findings"]] in (["RK104"], ["RK105"])
    assert document["totals"]["rows"] == 0
    book = openpyxl.load_workbook(document["outputs"]["recap"])
    assert all(chart.series for page in book for chart in page._charts)
    text = cli("check", *given, "--out", tmp_path / "hasil", *schema)
    assert (text.returncode, text.stderr) == (wanted, "")
