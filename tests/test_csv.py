"""CSV files as people make them: quotes of every kind, and nobody lost."""

from __future__ import annotations

import pytest

from rosterkit.model.cells import Swallowed
from rosterkit.read.csv_text import read_csv
from tests.helpers import check_json, findings_of, upload_paths

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori", "Alamat"]


def person(number: int, address: str = "", separator: str = ";") -> str:
    nik = f"357101{number:02}0185{9900 + number}"
    return separator.join([nik, f"Contoh {number}", f"{number:02}-01-1985", "Pemulung", address])


def read(*lines: str, head: str = ";".join(HEAD), end: str = "\r\n"):
    return read_csv("daftar", (end.join([head, *lines]) + end).encode())


def test_a_stray_quote_swallows_nobody():
    sheet = read(person(1), person(2, '"janda'), person(3), person(4, 'lansia" '), person(5))
    assert [row[4] for row in sheet.rows] == ["Alamat", "", "janda", "", "lansia", ""]
    assert sheet.extras.swallowed == ()


def test_a_quote_that_is_never_closed_swallows_nobody():
    signed = ["", "JUMLAH;2;;;", ";;;;Ketua RT"]
    sheet = read(person(1, '"Jl. Contoh'), person(2), person(3), *signed)
    assert [row[0][:4] for row in sheet.rows] == ["NIK", "3571", "3571", "3571", "", "JUML", ""]
    assert sheet.rows[1][4] == "Jl. Contoh"
    assert sheet.extras.swallowed == ()


def test_a_quote_that_breaks_the_pairs_below_it():
    sheet = read(person(1, '"janda'), person(2, '"Jl. A; No 2"'), person(3, '"Jl. B\nRT 3"'), person(4))
    assert [row[4] for row in sheet.rows[1:]] == ["janda", "Jl. A; No 2", "Jl. B\nRT 3", ""]
    assert sheet.extras.swallowed == ()


@pytest.mark.parametrize("address", ["Jl. A\nRT 3", "Jl. A; No 2\r\nRT 3; RW 5", "Jl. A\rRT 3", 'Gang ""Mawar""\nNo 1'])
def test_line_breaks_within_quotes_stay_in_their_cell(address):
    sheet = read(person(1, f'"{address}"'), person(2))
    assert [row[4] for row in sheet.rows] == ["Alamat", address.replace('""', '"'), ""]
    assert sheet.extras.swallowed == ()


def test_nik_and_kk_in_two_lines_of_a_cell():
    sheet = read('"3571010101859901\n3571010101159801";Contoh Satu;01-01-1985;Pemulung;', person(2))
    assert sheet.rows[1][0] == "3571010101859901\n3571010101159801"
    assert sheet.extras.swallowed == ()


def test_where_it_cannot_be_decided_each_line_is_a_row_and_a_mark():
    sheet = read(person(1, '"Jl. A'), "RT 3", person(2, 'Jl. B"'), person(3))
    assert [row[0] for row in sheet.rows[1:]] == ["3571010101859901", "RT 3", "3571010201859902", "3571010301859903"]
    assert sheet.extras.swallowed == (Swallowed(row=1, column=4, line=2, count=2),)


def test_a_quote_that_moves_values_to_other_columns_is_marked():
    sheet = read(person(1), '3571010201859902;"Contoh; S.Pd;02-01-1985;Pemulung;Jl. A', end="\n")
    assert sheet.extras.swallowed == (Swallowed(row=2, column=1, line=3, count=0),)


def test_undecided_lines_hold_the_sheet_back(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_text("\n".join([";".join(HEAD), person(1, '"Jl. A'), "RT 3", person(2, 'Jl. B"'), person(3)]) + "\n")
    document, done = check_json(path, "--schema", "kediri-2025")
    (file,) = document["files"]
    found = [(one["cell"], one["message"]) for one in file["findings"] if one["code"] == "RK113"]
    assert done.returncode == 1
    assert [cell for cell, _message in found] == ["E2", None]
    assert "baris 2 berkas" in found[0][1]
    assert "2 baris sesudahnya (3-4)" in found[0][1]
    assert file["sheets"][0]["clean_rows"] == 0
    assert upload_paths(file) == []


def test_the_people_of_a_mended_file_are_all_there():
    sheet = read(person(1), person(2, '"janda'), person(3), person(4))
    found = findings_of(sheet)
    assert {finding.code for finding in found} & {"RK113", "RK203", "RK204"} == set()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("head", ["", "sep=;", '"sep=;"', "SEP=;;;;;"])
def test_ends_of_lines_and_the_line_of_the_separator(head, end):
    text = end.join([*([head] if head else []), ";".join(HEAD), person(1), person(2, '"Jl. A; No 1"')])
    rows = read_csv("daftar", text.encode()).rows
    assert [row[0] for row in rows] == ["NIK", "3571010101859901", "3571010201859902"]
    assert rows[2][4] == "Jl. A; No 1"


def test_a_blank_before_a_quote():
    sheet = read('"3571010101859901"; "Contoh Satu"; "01-01-1985"; "Pemulung";  "Jl. A; No 1" ')
    assert sheet.rows[1] == ["3571010101859901", "Contoh Satu", "01-01-1985", "Pemulung", "Jl. A; No 1"]


def test_a_text_dressed_as_a_formula():
    sheet = read('="3571010101859901";"=""0812""";=A1;="a"&"b";')
    assert sheet.rows[1] == ["3571010101859901", "0812", "=A1", '="a"&"b"', ""]


def test_separators_are_found_with_quotes_in_mind():
    head = 'NIK;Nama;"Tempat, Tgl Lahir";Alamat'
    rows = [
        f'357101{n:02}01859{900 + n};Contoh {n};"Kediri,\n{n:02}-01-1985";"Jl. A, RT 1,\nRW 2"' for n in range(1, 9)
    ]
    assert {len(row) for row in read(*rows, head=head).rows} == {4}


@pytest.mark.parametrize("quotes", ["", '"'])
def test_a_cell_of_megabytes(quotes):
    assert len(read(person(1, quotes + "x" * 12_000_000 + quotes)).rows[1][4]) == 12_000_000


def test_a_separator_line_of_nonsense_and_nothing_else():
    assert read_csv("daftar", b'sep="\r\n').rows == [['sep="']]
    assert read_csv("daftar", b"sep=;").rows == []


def test_many_stray_quotes_take_no_time():
    lines = [person(number % 28 + 1, '5"; "x') for number in range(20_000)]
    assert len(read(*lines, head=";".join([*HEAD, "HP"])).rows) == 20_001


def test_a_total_with_a_blank_after_its_quotes_is_no_fault():
    assert read(person(1, '"Jl. A"'), '"JUMLAH" ; "1 orang" ').extras.swallowed == ()


def test_people_without_a_nik_are_not_swallowed_either():
    without = ";Contoh Dua;02-01-1985;Pemulung;"
    sheet = read(person(1, '"janda'), without + 'lansia"', person(3))
    assert len(sheet.rows) == 4
    assert [place.line for place in sheet.extras.swallowed] == [2]


def test_the_first_of_two_people_does_not_swallow_the_second():
    lines = [
        '"NIK";"Nama";"Kategori"',
        '"3571010101859901";"Contoh A";"Pemulung""',
        '"3571010201859902";"Contoh B";"A\nB"',
    ]
    sheet = read_csv("daftar", "\n".join(lines).encode())
    assert [row[0] for row in sheet.rows][:3] == ["NIK", "3571010101859901", "3571010201859902"]
    assert [place.line for place in sheet.extras.swallowed] == [2]  # the line break of Contoh B leaves it open
