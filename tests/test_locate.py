"""Finding the roster in a sheet: never by position, and nobody is lost."""

from __future__ import annotations

import pytest

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.locate import locate
from rosterkit.schema.load import load_roster
from tests.helpers import SPEC, findings_of, read_files_of, vocabulary_of

NIK = "35710101018599{:02}"


def place(rows, spec=SPEC, **options) -> Table:
    width = max(map(len, rows))
    sheet = Sheet("RT", [[*row, *[""] * (width - len(row))] for row in rows], **options)
    found = locate(sheet, spec, vocabulary_of(spec))
    assert isinstance(found, Table)
    return found


def reasons(table: Table) -> dict[int, str]:
    return {row: out.reason for out in table.left_out for row in range(out.first, out.last + 1)}


def test_letterhead_numbering_totals_and_signatures_are_left_out():
    table = place(
        [
            ["RUKUN TETANGGA 03"],
            [],
            ["NO", "NAMA LENGKAP", "NO. KTP", "TTL", "PEKERJAAN"],
            [1.0, 2.0, 3.0, 4.0, 5.0],
            [1.0, "SITI CONTOH", NIK.format(1), "Kediri, 1-1-1985", "becak"],
            ["RT 02"],
            [2.0, "BUDI MISAL", "", "", ""],
            ["", "ANI REKAAN", "-", "", "Pemulung"],
            ["NO", "NAMA LENGKAP", "NO. KTP", "TTL", "PEKERJAAN"],
            [3.0, "EKO UMPAMA", NIK.format(2), "Kediri, 1-1-1985", "becak"],
            [4.0, "", "", "", ""],
            ["", "JUMLAH", 4.0],
            [],
            ["", "", "", "Kediri, 3 Maret 2025"],
            ["", "Mengetahui,", "", "Ketua RT 03"],
            [],
            ["", "SUTRISNO CONTOH", "", "BAMBANG MISAL"],
            ["", "NIP. 196501011990031001"],
        ]
    )
    assert table.header_rows == (2,)
    assert table.people == (4, 6, 7, 9)
    assert reasons(table) == {
        0: "title", 3: "numbering", 5: "note", 8: "repeated-header", 10: "blank", 11: "total", 12: "blank",
        13: "signature", 14: "signature", 15: "blank", 16: "signature", 17: "signature",
    }  # fmt: skip


def test_two_header_rows_with_groups():
    table = place(
        [
            ["No", "Nama", "Identitas", "", "Kelahiran", "", "RT/RW"],
            ["", "", "NIK", "No KK", "Tempat", "Tanggal", ""],
            [1.0, "Contoh", NIK.format(1), NIK.format(2), "Kediri", "1-1-1985", "003/005"],
        ],
        merged=((0, 2, 0, 3), (0, 4, 0, 5), (0, 1, 1, 1)),
    )
    assert table.header_rows == (0, 1)
    assert table.columns == {"name": 1, "nik": 2, "kk": 3, "birth_place": 4, "birth_date": 5, "rt": 6, "rw": 6}


@pytest.mark.parametrize(
    "header",
    ["NIK", "NO KTP", "No. KTP", "Nomor KTP", "NIK KTP", "NIK (16 Digit)", "Nomor Induk Kependudukan", "KTP",
     "No. Induk Kependudukan", "No Identitas", "Nomor Identitas", "NO NIK", "N I K", "nik\n(16 digit)", "NIK*",
     "Nomor Induk Kependudukkan"],
)  # fmt: skip
def test_headers_of_the_nik(header):
    table = place([["Nama", header], ["Contoh", NIK.format(1)]])
    assert table.columns["nik"] == 1


@pytest.mark.parametrize(
    ("header", "field"),
    [("NO. KARTU KELUARGA", "kk"), ("NAMA_LGKP", "name"), ("NAMA PENERIMA", "name"), ("TGL_LHR", "birth_date"),
     ("Jenis Kelamin", "sex"), ("L/P", "sex"), ("JENIS_KLMIN", "sex"), ("KEL/DESA", "kelurahan"), ("KEC", "kecamatan"),
     ("NO. HP/WA", "phone"), ("NAMA_LGKP_IBU", "mother_name"), ("ALAMAT DOMISILI", "address"), ("KET", "remark"),
     ("JENIS PEKERJAAN", "category"), ("Alamat  KTP", "address"), ("TANGAL LAHIR", "birth_date")],
)  # fmt: skip
def test_headers_of_other_fields(header, field):
    table = place([["NIK", header], [NIK.format(1), "x"]])
    assert table.columns.get(field) == 1


def test_occupation_is_the_category_only_where_there_are_categories():
    rows = [["NIK", "Nama", "Pekerjaan"], [NIK.format(1), "Contoh", "becak"]]
    assert "category" in place(rows).columns
    assert "occupation" in place(rows, load_roster("pekerja-rentan")).columns
    both = place([["NIK", "Pekerjaan", "Kategori"], [NIK.format(1), "buruh", "Pemulung"]])
    assert (both.columns["occupation"], both.columns["category"]) == (1, 2)


def test_better_alias_wins_and_only_the_same_header_is_a_duplicate():
    table = place([["NIK", "Alamat Domisili", "Alamat KTP", "NIK"], [NIK.format(1), "a", "b", NIK.format(2)]])
    assert table.columns["address"] == 2
    assert table.duplicates == (("nik", 0, 3),)


def test_a_sheet_of_codes_is_no_roster():
    sheet = Sheet("KODE", [["1", "Tukang becak"], ["2", "Pemulung"]])
    assert locate(sheet, SPEC, vocabulary_of(SPEC)) == Skipped("KODE", "no-header")


def test_people_after_a_subtotal_are_people():
    table = place(
        [
            ["No", "Nama", "NIK", "Alamat"],
            [1.0, "Contoh", NIK.format(1), "x"],
            ["", "JUMLAH", 1.0],
            [2.0, "Misal", "", "Jl. Contoh"],
        ]
    )
    assert table.people == (1, 3)


def test_every_row_is_accounted_for():
    table = place(
        [["judul"], [], ["NIK", "Nama"], [NIK.format(1), "a"], [], [NIK.format(2), "b"], ["", "JUMLAH 2"], []]
    )
    told = set(table.people) | set(table.header_rows) | set(reasons(table))
    assert told | {1} == set(range(8))  # a blank row above the header is nothing to tell of


@pytest.mark.parametrize(
    "name", ["Total Sutrisno", "Mengetahui Contoh", "Lurah Contoh", "Ketua RT Contoh", "RT Contoh"]
)
def test_a_numbered_person_is_a_person_whatever_the_name(name):
    table = place([["No", "Nama", "NIK", "Alamat"], [1.0, name, "", "Jl. Contoh"], [2.0, "Misal", NIK.format(1), "x"]])
    assert table.people == (1, 2)


def test_a_person_typed_over_the_example_is_a_person_and_only_ours_is_left_out() -> None:
    rows = [
        ["NO", "NIK", "NAMA", "TGL LAHIR", "KATEGORI"],
        ["contoh", "3571010101859901", "Contoh Satu", "01-01-1985", "Pemulung"],
        ["Contoh", "3571010201859902", "Umpama Dua", "02-01-1985", "Pemulung"],
        ["contoh", "357101030185990", "Umpama Tiga", "03-01-1985", "Pemulung"],
        ["cth", "", "NAMA LENGKAP", "dd-mm-yyyy", ""],
    ]
    found = findings_of(Sheet("RT", rows))
    assert [(one.place.cell, str(one.severity)) for one in found if one.code == "RK116"] == [
        ("A3", "error"), ("A4", "error")
    ]  # fmt: skip
    (file,) = read_files_of(Sheet("RT", rows))
    assert file.tables[0].people == (2, 3)
    assert [(part.first, part.last) for part in file.tables[0].left_out if part.reason == "example"] == [(1, 1), (4, 4)]


@pytest.mark.parametrize("hints", [0, 1])
@pytest.mark.parametrize("last", ["RT", "lihat bawah"])  # the same header, or that of a table below
def test_a_person_without_a_nik_between_a_header_and_the_same_again_is_a_person(hints: int, last: str) -> None:
    head: list[object] = ["NIK", "Nama", "TMP LAHIR", "TGL_LHR", "L/P", "Kategori", "NAMA IBU KANDUNG", "RT"]
    hint: list[object] = ["dd-mm-yyyy", "", "L / P", "16 angka", "L / P", "sesuai KTP", "L / P", "sesuai KTP"]
    lost: list[object] = ["", "Contoh Satu", "Blitar", 24339.0, "P", "Tukang becak", "Contoh Ibu", "RT 01"]
    person: list[object] = [NIK.format(1), "Contoh Dua", *lost[2:]]
    again = [str(text).upper() for text in head[:-1]]
    table = place([head, *[hint] * hints, lost, [*again, last], person])
    assert table.header_rows == (0,)
    assert table.people == ((1 + hints, 3 + hints) if last == "RT" else (1 + hints,))


def test_rows_looked_at_together_are_sorted_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[object]] = [["NO", "NIK", "NAMA", "TGL LAHIR"]]
    rows += [[float(row), f"35710101018{row:05}", "Contoh", "01-01-1985"] for row in range(9000, 9900)]
    no, two = ["NO", "NIK", "NAMA", "TGL LAHIR"], f"{NIK.format(4)} {NIK.format(5)}"
    odd = [[], ["Contoh", NIK.format(1), "Contoh", ""], no, ["", NIK.format(2), "", "01-01-1985"], ["Mengetahui"],
           [1.0, 3571010101859903.0, "Contoh", ""], [1.0, two, "Contoh", ""], [1.0, "", "Contoh", ""],
           ["JUMLAH", "", "", 5.0], [1.0, NIK.format(6)[:15], "Contoh", ""]]  # fmt: skip
    for position, row in enumerate(odd):
        rows.insert(50 + 83 * position, row)
    together = place(rows)
    monkeypatch.setattr("rosterkit.read.people._are_plain_people", lambda *_: False)
    one_by_one = place(rows)
    assert (together.people, together.left_out) == (one_by_one.people, one_by_one.left_out)
