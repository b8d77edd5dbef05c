"""Columns belong together, a sheet is cut into blocks, and nobody outside of them disappears."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.locate import locate_tables
from rosterkit.rules import rule_codes
from rosterkit.schema.layers import Layer
from rosterkit.schema.load import load_roster
from tests.helpers import HEAD, SPEC, findings_of, vocabulary_of, write_book

VOCABULARY = vocabulary_of(SPEC)


def nik(serial: int) -> str:
    return f"357101{serial % 28 + 1:02}0185{9900 + serial}"


def tables_of(rows: list[list[Any]], **options: Any) -> tuple[Table, ...]:
    width = max(map(len, rows))
    sheet = Sheet("RT", [[*row, *[""] * (width - len(row))] for row in rows], **options)
    found = locate_tables(sheet, SPEC, VOCABULARY)
    assert not isinstance(found, Skipped)
    return found


def people_of(tables: tuple[Table, ...]) -> list[tuple[str, str]]:
    """The NIK and name of everybody who was read."""
    return [
        (str(table.sheet.rows[row][table.columns["nik"]]), str(table.sheet.rows[row][table.columns["name"]]))
        for table in tables
        for row in table.people
    ]


@pytest.mark.parametrize("other", ["AHLI WARIS", "PENGUSUL", "PENDATA", "Data Ayah", "WALI", "SUAMI", "KETUA RT"])
def test_a_group_of_somebody_else_is_never_the_person(other: str) -> None:
    rows: list[list[Any]] = [
        ["NO", other, "", "", "CALON PESERTA", "", ""],
        ["", "NAMA", "NIK", "NO HP", "NAMA", "NIK", "TGL LAHIR"],
        [1.0, "Contoh Lain", nik(9), "081200009909", "Contoh Satu", nik(1), "02-01-1985"],
    ]
    (table,) = tables_of(rows, merged=((0, 1, 0, 3), (0, 4, 0, 6)))
    assert people_of((table,)) == [(nik(1), "Contoh Satu")]
    assert "phone" not in table.columns


@pytest.mark.parametrize("other", ["AHLI WARIS", "PENGUSUL", "KOORDINATOR", "ISTRI"])
def test_a_word_in_brackets_says_whose_a_column_is(other: str) -> None:
    head = ["NIK (SESUAI KTP)", "NAMA (SESUAI KTP)", "TGL LAHIR", f"NAMA LENGKAP ({other})", f"NIK ({other})"]
    (table,) = tables_of([head, [nik(1), "Contoh Satu", "02-01-1985", "Contoh Lain", nik(9)]])
    assert people_of((table,)) == [(nik(1), "Contoh Satu")]


def test_the_name_beside_the_nik_wins_over_a_better_word_far_away() -> None:
    head = ["NIK", "NAMA", "TEMPAT LAHIR", "TGL LAHIR", "JK", "ALAMAT", "RT", "RW", "NAMA LENGKAP"]
    row = [nik(1), "Contoh Satu", "Kediri", "02-01-1985", "L", "Jl. Contoh", "003", "005", "Contoh Petugas"]
    (table,) = tables_of([head, row])
    assert table.columns["name"] == 1


def test_the_name_below_the_mother_is_hers() -> None:
    rows: list[list[Any]] = [
        ["NIK", "Nama", "Tgl Lahir", "Data Ayah", "", "Data Ibu", ""],
        ["", "", "", "Nama", "NIK", "Nama", "NIK"],
        [nik(1), "Contoh Satu", "02-01-1985", "Contoh Ayah", nik(8), "Contoh Ibu", nik(9)],
    ]
    (table,) = tables_of(rows, merged=((0, 3, 0, 4), (0, 5, 0, 6), (0, 0, 1, 0)))
    assert (table.columns["name"], table.columns["mother_name"], table.columns["nik"]) == (1, 5, 0)


def test_a_list_of_heads_only_is_a_list_of_them() -> None:
    (table,) = tables_of([["NAMA KETUA RT", "NIK KETUA RT", "TGL LAHIR"], ["Contoh Satu", nik(1), "02-01-1985"]])
    assert people_of((table,)) == [(nik(1), "Contoh Satu")]


def test_husband_and_wife_in_a_row_are_two_people_with_one_address() -> None:
    rows: list[list[Any]] = [
        ["NO", "SUAMI", "", "", "ISTRI", "", "", "ALAMAT"],
        ["", "NAMA", "NIK", "TGL LAHIR", "NAMA", "NIK", "TGL LAHIR", ""],
        [1.0, "Contoh Satu", nik(1), "02-01-1985", "Contoh Dua", nik(2), "03-01-1985", "Jl. Contoh 1"],
        [2.0, "Contoh Tiga", nik(3), "04-01-1985", "", "", "", "Jl. Contoh 2"],
    ]
    tables = tables_of(rows, merged=((0, 1, 0, 3), (0, 4, 0, 6)))
    assert people_of(tables) == [(nik(1), "Contoh Satu"), (nik(3), "Contoh Tiga"), (nik(2), "Contoh Dua")]
    assert [table.columns["address"] for table in tables] == [7, 7]


DAYS = ("02-01-1985", "03-01-1985")


def test_who_has_no_wife_is_no_gap_in_the_numbers_of_the_wives() -> None:
    head = ["NO", "NAMA SUAMI", "NIK SUAMI", "NAMA ISTRI", "NIK ISTRI", "TGL LAHIR SUAMI", "TGL LAHIR ISTRI", "ALAMAT"]
    couples: list[list[Any]] = [
        [float(number), f"Contoh {letters}", nik(number), f"Misal {letters}", nik(number + 9), *DAYS, "Jl. Contoh"]
        for number, letters in enumerate(("Aaaa", "Bbbb", "Cccc", "Dddd"), 1)
    ]
    couples[2][3:5], couples[2][6] = ["", ""], ""
    sheet = Sheet("RT", [head, *couples])
    assert "RK109" not in {finding.code for finding in findings_of(sheet)}
    del sheet.rows[3]
    assert [finding.code for finding in findings_of(sheet)].count("RK109") == 2


def test_husband_and_wife_with_one_header_row() -> None:
    head = ["NAMA SUAMI", "NIK SUAMI", "TGL LAHIR SUAMI", "NAMA ISTRI", "NIK ISTRI", "TGL LAHIR ISTRI", "ALAMAT"]
    row = ["Contoh Satu", nik(1), "02-01-1985", "Contoh Dua", nik(2), "03-01-1985", "Jl. Contoh 1"]
    tables = tables_of([head, row])
    assert people_of(tables) == [(nik(1), "Contoh Satu"), (nik(2), "Contoh Dua")]
    assert [table.columns["birth_date"] for table in tables] == [2, 5]


LIST: list[Any] = ["NO", "NIK", "NAMA LENGKAP", "TGL LAHIR"]
ROWS = [
    [float(number), nik(number), f"Contoh {'ABCDEF'[number] * 3}", f"{number + 1:02}-01-1985"] for number in range(6)
]
EVERYBODY = sorted((str(row[1]), str(row[2])) for row in ROWS)


def test_lists_side_by_side_are_all_read() -> None:
    sides = [[*LIST, "", *LIST], *([*left, "", *right] for left, right in zip(ROWS[:3], ROWS[3:], strict=True))]
    assert sorted(people_of(tables_of(sides))) == EVERYBODY


@pytest.mark.parametrize("columns", [4, 3], ids=["with dates", "NO, NIK and NAMA only"])
def test_lists_side_by_side_without_a_gap_are_all_read(columns: int) -> None:
    sides = [LIST[:columns] * 3, *([*one[:columns], *two[:columns], *three[:columns]]
                                  for one, two, three in zip(ROWS[:2], ROWS[2:4], ROWS[4:], strict=True))]  # fmt: skip
    assert sorted(people_of(tables_of(sides))) == EVERYBODY


@pytest.mark.parametrize(
    ("head", "values"),
    [
        (["WARGA MENINGGAL", "KETERANGAN"], ["Contoh Lain", "meninggal"]),
        (["NAMA", "KET"], ["Contoh Lain", "pindah"]),
        (["PETUGAS", "NO HP"], ["Contoh Lain", "0812-0000-9901"]),
        (["KATEGORI", "KODE"], ["Pemulung", "A"]),
    ],
)
def test_what_stands_beside_a_header_of_two_rows_is_nobodys(head: list[str], values: list[str]) -> None:
    people = [[*row[:3], "Kediri", row[3]] for row in ROWS]
    rows: list[list[Any]] = [
        ["NO", "NIK", "NAMA", "KELAHIRAN", "", "", *head],
        ["", "", "", "TEMPAT", "TGL", "", *values],
    ]
    rows += [[*people[0], "", *values], *people[1:]]
    (table,) = tables_of(rows, merged=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4)))
    assert people_of((table,)) == [(str(row[1]), str(row[2])) for row in ROWS]
    assert table.columns == {"nik": 1, "name": 2, "birth_place": 3, "birth_date": 4}


def test_a_list_to_the_right_may_begin_in_another_row_with_other_words() -> None:
    other = ["Nomor KTP", "Nama", "Tanggal Lahir"]
    rows: list[list[Any]] = [[*LIST, "", "", "", ""], *([*row, "", "", "", ""] for row in ROWS[:2])]
    rows += [[*ROWS[2], "", *other], *(["", "", "", "", "", *row[1:]] for row in ROWS[3:])]
    assert sorted(people_of(tables_of(rows))) == EVERYBODY


def test_a_list_below_with_another_order_is_a_list_of_its_own() -> None:
    below = [[row[0], row[2], row[1], row[3]] for row in ROWS[3:]]
    rows: list[list[Any]] = [
        ["A. RT 03"],
        LIST,
        *ROWS[:3],
        [],
        ["B. RT 04"],
        ["NO", "NAMA LENGKAP", "NIK", "TGL LAHIR"],
        *below,
    ]
    assert sorted(people_of(tables_of(rows))) == EVERYBODY


def test_heirs_behind_the_people_are_no_second_list() -> None:
    head = [*LIST, "AHLI WARIS", "NAMA LENGKAP", "NIK"]
    tables = tables_of([head, *([*row, "Anak", "Contoh Lain", nik(30)] for row in ROWS)])
    assert len(tables) == 1
    assert tables[0].duplicates


@pytest.mark.parametrize("gap", [[], [""]], ids=["no gap", "gap"])
@pytest.mark.parametrize("between", [0, 1], ids=["heading above", "blank row between"])
def test_a_list_below_a_heading_of_heirs_is_none(gap: list[str], between: int) -> None:
    groups = ["PESERTA", "", "", "", *gap, "DATA AHLI WARIS", "", "", ""]
    rows: list[list[Any]] = [groups, *[[]] * between, [*LIST, *gap, *LIST]]
    rows += [[*one, *gap, *two] for one, two in zip(ROWS[:3], ROWS[3:], strict=True)]
    assert sorted(people_of(tables_of(rows))) == sorted((str(row[1]), str(row[2])) for row in ROWS[:3])


def test_an_empty_column_with_the_same_header_is_no_twin() -> None:
    (table,) = tables_of([["NIK", *LIST[1:]], *(["", *row[1:]] for row in ROWS)])
    assert not table.duplicates
    assert sorted(people_of((table,))) == EVERYBODY


@pytest.mark.parametrize(
    ("header", "field"),
    [("Nama Petani", "name"), ("NAMA PENGEMUDI", "name"), ("402 Nama", "name"), ("namaLengkap", "name"),
     ("Full Name", "name"), ("NMPPPNPN", "name"), ("Siapa nama lengkap Anda (sesuai KTP)?", "name"),
     ("Nama Juru Parkir", "name"), ("NO. KTP ELEKTRONIK", "nik"), ("403 NIK", "nik"), ("NIK PESERTA", "nik"),
     ("Berapa Nomor Induk Kependudukan (NIK) Anda? (16 digit)", "nik"), ("NIK (mis. 3571010101859901)", "nik"),
     ("jenisKelamin", "sex"), ("JENKEL", "sex"), ("JNS KLM", "sex"), ("tanggalLahir", "birth_date"),
     ("identityNumber", "nik"),
     ("Date of Birth", "birth_date"), ("TGLLHR", "birth_date"), ("noKK", "kk"), ("NMKEL", "kelurahan"),
     ("NM KEC", "kecamatan"), ("Apa pekerjaan Anda saat ini?", "category"), ("NMR HP", "phone")],
)  # fmt: skip
def test_words_of_headers(header: str, field: str) -> None:
    other = ["NIK", nik(1)] if field != "nik" else ["Nama", "Contoh Satu"]
    (table,) = tables_of([[other[0], header, "Alamat"], [other[1], nik(1) if field == "nik" else "Contoh", "x"]])
    assert table.columns.get(field) == 1


@pytest.mark.parametrize(
    "header", ["Nama Usaha", "Nama Poktan", "Nama Kios", "Nama Bank", "Nama Penyuluh", "Nama Ayah"]
)
def test_a_name_of_something_else_is_no_name(header: str) -> None:
    (table,) = tables_of([["NIK", header, "Tgl Lahir"], [nik(1), "Contoh", "02-01-1985"]])
    assert "name" not in table.columns


def test_two_niks_that_differ_are_a_question_that_settings_answer() -> None:
    text = HEAD.replace("| NIK |", "| NIK | NIK PENERIMA |", 1).replace("|---|", "|---|---|", 1)
    text += f"| {nik(1)} | {nik(2)} | Contoh Satu | 02-01-1985 | Pemulung |"
    (question,) = [finding for finding in findings_of(text) if finding.code == "RK114"]
    assert question.severity == "error"
    assert not [f for f in findings_of(text, given={"columns": {"nik": "NIK PENERIMA"}}) if f.code == "RK114"]


def test_settings_name_the_header_of_a_field(tmp_path: Path) -> None:
    layer = Layer(tmp_path / "rosterkit.toml", {"columns": {"name": "Nama Usaha"}})
    spec = load_roster("kediri-2025", rule_codes, layer)
    sheet = Sheet("RT", [["NIK", "Nama", "Nama Usaha"], [nik(1), "Contoh", "Contoh Dua"]])
    (table,) = locate_tables(sheet, spec, vocabulary_of(spec))  # type: ignore[misc] # one or an error
    assert table.columns["name"] == 2


def test_niks_outside_of_all_lists_are_told_and_hold_nobody() -> None:
    rows: list[list[Any]] = [[*LIST, "KATEGORI", ""], *([*row, "Pemulung", ""] for row in ROWS[:5])]
    rows[2][5] = nik(20)
    findings = findings_of(Sheet("RT", rows))
    (lost,) = [finding for finding in findings if finding.code == "RK112"]
    assert lost.place.cell == "F3"


@pytest.mark.parametrize("words", [["Ketua RT 03", nik(20)], [f"Mengetahui, NIK {nik(20)}"], ["NIP", nik(20)]])
def test_a_nik_beside_a_signature_is_accounted_for(words: list[str]) -> None:
    rows: list[list[Any]] = [LIST, *ROWS, [], [*words, *[""] * (4 - len(words))]]
    (table,) = tables_of(rows)
    assert not table.outside


def test_a_sheet_without_a_header_goes_on_with_the_one_before(tmp_path: Path) -> None:
    import openpyxl

    from rosterkit.read.tables import read_tables

    path = write_book(tmp_path / "a.xlsx", [LIST, *ROWS[:3]])
    book = openpyxl.load_workbook(path)
    page = book.create_sheet("RT 02")
    for row in ROWS[3:]:
        page.append(row)
    page = book.create_sheet("Lain")
    page.append(["kode", nik(20)])
    book.save(path)
    _book, tables, skipped = read_tables(path, SPEC)
    assert sorted(people_of(tables)) == EVERYBODY
    assert tables[1].header_rows == ()
    assert [region.niks for sheet in skipped for region in sheet.outside] == [(nik(20),)]
