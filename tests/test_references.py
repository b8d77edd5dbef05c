"""The lists that rosters are held against: participants, matching results, where a list comes from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from rosterkit.check.senders import find_versions
from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Table
from rosterkit.read.locate import locate
from rosterkit.read.sender import find_level, find_sender
from rosterkit.reference.participants import read_participants
from rosterkit.reference.population import read_population
from rosterkit.rules.membership import memberships
from rosterkit.schema.load import load_contributions, load_population, load_roster
from tests.helpers import SPEC, TODAY, check_json, vocabulary_of, write_book

DAY = dt.date(2025, 1, 1)
NIK = "35710101018599{:02}"
HEAD = ["NIK", "KPJ", "NAMA", "TGL_LAHIR", "TGL_KEPESERTAAN", "TGL_BERAKHIR", "MASA_GRACE"]


def participants(path: Path, *rows: list[object]) -> pl.DataFrame:
    return read_participants(write_book(path, [HEAD, *rows]), SPEC, TODAY)


def test_the_list_of_bpjs_with_two_header_rows(tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "p.xlsx")
    page = book.add_worksheet()
    page.write(0, 0, "DAFTAR PESERTA BPU KOTA CONTOH")
    heads = ["NIK", "KPJ", "NAMA", "TGL_LAHIR", "NO_HANDPHONE"]
    for column, text in enumerate(heads):
        page.merge_range(3, column, 4, column, text)
    page.merge_range(3, 5, 3, 7, "PROGRAM")
    page.write_row(4, 5, ["JHT", "JKK", "JKM"])
    for column, text in enumerate(["JENIS_PEKERJAAN", "TGL_KEPESERTAAN", "TGL_BERAKHIR", "MASA_GRACE"], 8):
        page.merge_range(3, column, 4, column, text)
    page.write_row(
        5, 0, [NIK.format(1), 24990000001, "Contoh Satu", "1-Jan-85", "081200000001", "T", "Y", "Y", "Becak"]
    )
    page.write_row(5, 9, ["1-Mar-19", "31-Des-26", ""])
    page.write_row(
        6, 0, [NIK.format(2), "24990000002", "Contoh Dua", 31048, "", "T", "Y", "Y", "Becak", 43525, 45565, 45657]
    )
    book.close()
    rows = read_participants(tmp_path / "p.xlsx", SPEC, TODAY).select(
        "nik", "kpj", "birth_date", "since", "until", "grace"
    )
    assert rows.rows() == [
        (NIK.format(1), "24990000001", dt.date(1985, 1, 1), dt.date(2019, 3, 1), dt.date(2026, 12, 31), None),
        (
            NIK.format(2),
            "24990000002",
            dt.date(1985, 1, 1),
            dt.date(2019, 3, 1),
            dt.date(2024, 9, 30),
            dt.date(2024, 12, 31),
        ),
    ]


def test_the_day_decides_who_is_insured(tmp_path):
    told = participants(
        tmp_path / "p.xlsx",
        [NIK.format(1), "1", "Berakhir sehari sebelum", "01-01-1985", "01-03-2019", "31-12-2024", ""],
        [NIK.format(2), "2", "Berakhir pada harinya", "01-01-1985", "01-03-2019", "01-01-2025", ""],
        [NIK.format(3), "3", "Mulai pada harinya", "01-01-1985", "01-01-2025", "", ""],
        [NIK.format(4), "4", "Mulai sesudahnya", "01-01-1985", "02-01-2025", "", ""],
        [NIK.format(5), "5a", "Dua kali", "01-01-1985", "01-01-2019", "31-12-2020", ""],
        [NIK.format(5), "5b", "Dua kali", "01-01-1985", "01-01-2022", "31-12-2025", ""],
        [NIK.format(6), "6a", "Dua kali terputus", "01-01-1985", "01-01-2022", "31-12-2023", ""],
        [NIK.format(6), "6b", "Dua kali terputus", "01-01-1985", "01-01-2019", "31-12-2020", ""],
    )
    rows = {nik[-1]: (kpj, active) for nik, kpj, active in memberships(told, DAY).select("nik", "kpj", "active").rows()}
    assert rows == {"1": ("1", False), "2": ("2", True), "3": ("3", True), "5": ("5b", True), "6": ("6a", False)}


def test_an_end_that_cannot_be_read_is_asked_about(tmp_path):
    rows = [[NIK.format(1), "1", "Contoh", "01-01-1985", "01-03-2019", "31-02-2024", ""]]
    write_book(tmp_path / "p.xlsx", [HEAD, *rows])
    row = [NIK.format(1), "Contoh Satu", "01-01-1985", "Pemulung"]
    roster = write_book(tmp_path / "a.xlsx", [["NIK", "Nama", "Tanggal Lahir", "Kategori"], row])
    document, _done = check_json(roster, "--participants", tmp_path / "p.xlsx", "--schema", "kediri-2025")
    (finding,) = [one for one in document["files"][0]["findings"] if one["code"] in ("RK505", "RK506")]
    assert (finding["code"], document["totals"]["clean_rows"]) == ("RK505", 0)
    assert "belum jelas apakah kepesertaannya" in finding["message"]
    assert "1 orang dalam daftar peserta" in document["remarks"][0]


@pytest.mark.parametrize(
    ("until", "grace", "said"),
    [
        ("30-09-2024", "", "berakhir 30-09-2024: terputus 3 bulan sebelum program ini."),
        ("31-12-2024", "", "Kepesertaannya berakhir 31-12-2024."),
        ("15-11-2023", "", "terputus 13 bulan"),
        ("30-11-2024", "28-02-2025", "terputus 1 bulan; masa tenggang sampai 28-02-2025"),
    ],
)
def test_the_months_between_are_counted(until, grace, said, tmp_path):
    write_book(tmp_path / "p.xlsx", [HEAD, [NIK.format(1), "1", "Contoh", "01-01-1985", "01-03-2019", until, grace]])
    row = [NIK.format(1), "Contoh Satu", "01-01-1985", "Pemulung"]
    roster = write_book(tmp_path / "a.xlsx", [["NIK", "Nama", "Tanggal Lahir", "Kategori"], row])
    document, _done = check_json(roster, "--participants", tmp_path / "p.xlsx", "--schema", "kediri-2025")
    (finding,) = [one for one in document["files"][0]["findings"] if one["code"] == "RK506"]
    assert said in finding["message"]
    assert (finding["severity"], document["totals"]["clean_rows"]) == ("info", 1)


def test_words_of_matching_results(tmp_path):
    words = ["padan", "TIDAK  PADAN", "Tidak Ditemukan.", "meninggal dunia", "Entah"]
    rows = [[n, NIK.format(n), f"Contoh {n}", word] for n, word in enumerate(words, 1)]
    told = read_population(
        write_book(tmp_path / "d.xlsx", [["No", "NIK", "Nama", "Hasil Pemadanan"], *rows]), SPEC, TODAY
    )
    statuses = dict(told.select("nik", "status").rows())
    assert [statuses[NIK.format(n)] for n in range(1, 6)] == ["matching", "mismatching", "missing", "deceased", None]
    twice = [["NIK", "Nama", "Status"], [NIK.format(1), "a", "Padan"], [NIK.format(1), "a", "Meninggal"]]
    told = read_population(write_book(tmp_path / "t.xlsx", twice), SPEC, TODAY)
    assert told["status"].to_list() == ["deceased"]
    assert load_population().words()["TIDAK PADAN"] == "mismatching"


def origin(path: str, title: list[str], name: str = "Sheet1", mark: dict[str, str] | None = None):
    rows = [[text, "", "", ""] for text in title]
    rows += [["NIK", "Nama", "Tanggal Lahir", "Kategori"], [NIK.format(1), "Contoh", "01-01-1985", "Pemulung"]]
    table = locate(Sheet(name, rows), SPEC, vocabulary_of(SPEC))
    assert isinstance(table, Table)
    return find_sender(Path(path), table, mark or {})


def test_where_a_list_comes_from():
    one = origin(
        "masuk/x.xlsx", ["RUKUN TETANGGA 03 RUKUN WARGA 05", "KELURAHAN CONTOHREJO KECAMATAN MISAL KOTA KEDIRI"]
    )
    assert (one.rt, one.rw, one.kelurahan, one.kecamatan) == ("003", "005", "Contohrejo", "Misal")
    assert str(one) == "RT 003 RW 005 Kel. Contohrejo Kec. Misal"
    two = origin("masuk/Kel. Misalan/RT.04_RW.02 final.xlsx", ["DAFTAR PEKERJA RENTAN TAHUN 2025"])
    assert (two.rt, two.rw, two.kelurahan, two.kecamatan) == ("004", "002", "Misalan", None)
    three = origin("x.xlsx", ["DATA PEKERJA RT/RW : 003/005 KEL. BANJAR MLATI, KEC. MOJOROTO"], name="RT 9")
    assert (three.rt, three.rw, three.kelurahan, three.kecamatan) == ("003", "005", "Banjar Mlati", "Mojoroto")
    assert str(origin("x.xlsx", ["DINAS CONTOH KOTA KEDIRI"])) == "Dinas Contoh Kota Kediri"
    for name in ("Kelurahan.periksa", "Kel. revisi 2", "Kelurahan Desember 2025", "DESA final", "Desa - usulan"):
        assert str(origin(f"{name}.xlsx", [])) == "", name
    assert str(origin("Kel. Contohrejo Desember.xlsx", [])) == "Kel. Contohrejo"
    assert str(origin("daftar.xlsx", ["Keluarga besar, desain baru"])) == ""
    marked = origin("RT 01.xlsx", ["KELURAHAN LAIN"], mark={"rt": "007", "kelurahan": "Contohrejo"})
    assert (marked.rt, marked.kelurahan) == ("007", "Contohrejo")


def test_how_far_a_list_has_come():
    chain = load_roster("jambi-2025").chain
    assert chain == ("rt", "kelurahan", "kecamatan")
    levels = [
        find_level(Path(path), chain)
        for path in ("1-rt/a.xlsx", "x/2-Kelurahan/b.xlsx", "3 kecamatan/c/d.xlsx", "rt.xlsx")
    ]
    assert levels == [0, 1, 2, None]


def test_names_of_versions():
    from rosterkit.model.report import ReadFile

    names = ["RT 03.xlsx", "RT 03 final_rev2 (1).xlsx", "Copy of RT 03.xlsx", "RT 04.xlsx", "RT 04 RW 02.xlsx"]
    assert find_versions([ReadFile(Path("masuk", name)) for name in names], SPEC.words.versions) == [tuple(names[:3])]


def test_contributions_have_their_days():
    spec = load_roster("blitar-2025")
    assert load_contributions().monthly(spec, dt.date(2015, 6, 30)) is None
    assert load_contributions().monthly(spec, dt.date(2015, 7, 1)) == 16_800
    assert load_contributions().cost(spec, 0) == 0
