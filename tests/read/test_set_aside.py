"""People below a heading, or in a sheet, that says that they are not proposed are held back, and nobody else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rosterkit.model.cells import Sheet, Workbook
from rosterkit.read.tables import locate_all
from tests.helpers import SPEC, findings_of
from tests.test_blocks import nik

HEAD = ["NO", "NIK", "NAMA", "TGL LAHIR", "KATEGORI"]


def person(number: int) -> list[Any]:
    name = f"Contoh {'ABCDEFGHIJ'[number] * 4}"
    return [float(number), nik(number), name, f"{number + 1:02}-01-1985", "Pemulung"]


def aside(*sheets: tuple[str, list[list[Any]]], file: str = "usulan.xlsx") -> dict[str, str]:
    """What is said of everybody who is set aside."""
    made = [Sheet(name, [[*row, *[""] * (5 - len(row))] for row in rows]) for name, rows in sheets]
    tables, _skipped = locate_all(Workbook(Path(file), "", "xlsx", tuple(made)), SPEC)
    assert sum(len(table.people) for table in tables) == sum(
        row[-1] == "Pemulung" for _, rows in sheets for row in rows
    )
    return {
        str(table.sheet.value(row, table.columns["nik"])): one.says
        for table in tables
        for one in table.aside
        for row in table.people
        if one.holds and one.first <= row <= one.last
    }


@pytest.mark.parametrize(
    ("heading", "says"),
    [("MENINGGAL DUNIA", "deceased"), ("YANG SUDAH MENINGGAL", "deceased"), ("B. Meninggal", "deceased"),
     ("PINDAH DOMISILI", "withdrawn"), ("DICORET / KELUAR", "withdrawn"), ("PESERTA KELUAR", "withdrawn"),
     ("TIDAK DIUSULKAN LAGI (sudah punya BPJS):", "withdrawn"), ("DAFTAR PESERTA YANG MENGUNDURKAN DIRI", "withdrawn")],
)  # fmt: skip
@pytest.mark.parametrize("column", [0, 2])
@pytest.mark.parametrize("again", [False, True])
def test_below_a_heading(heading: str, says: str, column: int, again: bool) -> None:
    rows = [HEAD, person(1), [*[""] * column, heading], *([HEAD] if again else []), person(2), ["RT 02"], person(3)]
    assert aside(("Lembar", rows)) == {nik(2): says, nik(3): says}


@pytest.mark.parametrize("end", ["PESERTA AKTIF", "PEMULUNG", "USULAN BARU", "PENJUAL BAKSO"])
def test_a_heading_of_people_who_are_proposed_ends_it(end: str) -> None:
    rows = [HEAD, person(1), ["MENINGGAL DUNIA"], person(2), [end], person(3)]
    assert aside(("Lembar", rows)) == {nik(2): "deceased"}


def test_a_category_below_the_heading_does_not_end_it() -> None:
    rows = [HEAD, person(1), ["MENINGGAL DUNIA"], ["PEMULUNG"], person(2), ["TUKANG BECAK"], person(3)]
    assert aside(("Lembar", rows)) == {nik(2): "deceased", nik(3): "deceased"}


@pytest.mark.parametrize(
    "text",
    ["Bu Contoh sudah meninggal", "2 orang meninggal", "Mohon yang meninggal dicoret", "Merah = meninggal", "PINDAHAN",
     "Pindah datang", "belum meninggal", "(meninggal)", "Lurah Pindahan", "DAFTAR PENGGANTI PESERTA MENINGGAL",
     "DATA PESERTA BPJS KETENAGAKERJAAN", "Catatan: yang keluar dicoret", "JUMLAH MENINGGAL"],
)  # fmt: skip
def test_a_remark_between_people_or_above_them_sets_nobody_aside(text: str) -> None:
    assert aside(("Lembar", [HEAD, person(1), [text], person(2)])) == {}
    assert aside(("Lembar", [[text], HEAD, person(1), person(2)])) == {}


def test_a_word_in_the_column_of_remarks_is_no_heading() -> None:
    assert aside(("Lembar", [HEAD, person(1), ["", "", "", "", "meninggal"], person(2)])) == {}


@pytest.mark.parametrize("title", ["MENINGGAL DUNIA", "DAFTAR PESERTA YANG MENINGGAL DUNIA / KELUAR TAHUN 2025"])
def test_below_a_title(title: str) -> None:
    rows = [["KELURAHAN CONTOHREJO"], [title], [""], HEAD, person(1), ["PEMULUNG"], person(2)]
    assert aside(("Lembar", rows)) == {nik(1): "deceased", nik(2): "deceased"}
    assert aside(("Lembar", [*rows, [""], ["DAFTAR USULAN"], HEAD, person(3)])).keys() == {nik(1), nik(2)}


@pytest.mark.parametrize(
    ("name", "says"),
    [("MENINGGAL", "deceased"), ("Data meninggal 2024", "deceased"), ("KELUAR", "withdrawn"), ("2024 (lama)", "older"),
     ("AHLI WARIS", "others"), ("Petugas pendata", "others"), ("dobel", "withdrawn")],
)  # fmt: skip
def test_in_a_sheet(name: str, says: str) -> None:
    assert aside(("RT 01", [HEAD, person(1)]), (name, [HEAD, person(2), person(3)])) == {nik(2): says, nik(3): says}


@pytest.mark.parametrize(
    "name", ["Peserta lama", "Petugas sampah", "Ketua RT", "Pindahan", "RT 02", "Pengganti keluar"]
)
def test_another_name_of_a_sheet_sets_nobody_aside(name: str) -> None:
    assert aside(("RT 01", [HEAD, person(1)]), (name, [HEAD, person(2)])) == {}


@pytest.mark.parametrize("name", ["Data lama", "Pengurus"])
def test_a_lone_list_is_no_earlier_one_and_not_that_of_others(name: str) -> None:
    assert aside((name, [HEAD, person(1)])) == {}


def test_side_by_side_each_table_has_its_own_title() -> None:
    rows = [["PESERTA KELUAR", "", "", "", "", "", "PESERTA MASUK", "", "", "", ""], [*HEAD, "", *HEAD],
            *([*person(n), "", *person(n + 4)] for n in (1, 2))]  # fmt: skip
    tables, _skipped = locate_all(Workbook(Path("a.xlsx"), "", "xlsx", (Sheet("Lembar", rows),)), SPEC)
    assert [[one.says for one in table.aside] for table in tables] == [["withdrawn"], []]


def test_each_is_told_with_the_heading_and_the_name_of_a_file_only_warns() -> None:
    rows = [HEAD, person(1), ["MENINGGAL DUNIA"], person(2), ["PESERTA KELUAR"], person(3)]
    found = findings_of(Sheet("Lembar", [[*row, *[""] * (5 - len(row))] for row in rows]))
    said = [(one.code, one.facts["written"]) for one in found if one.severity == "error"]
    assert said == [("RK261", "MENINGGAL DUNIA"), ("RK262", "PESERTA KELUAR")]
    assert aside(("Lembar", [HEAD, person(1)]), file="Daftar yang meninggal.xlsx") == {}
