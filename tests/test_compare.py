"""``rosterkit compare``: a list of an RT and the version that was verified, everybody in it invented."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from rosterkit import language
from rosterkit.cli.compare import compare
from rosterkit.compare.rosters import compare_people, make_people
from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Table
from rosterkit.read.locate import locate
from rosterkit.write.books import versions as written
from tests.helpers import SPEC, TODAY, cli, examples, vocabulary_of, write_book

pytestmark = pytest.mark.slow
HEAD = ["NO", "NIK", "Nama", "Tanggal Lahir", "Kategori"]
SATU = ["3571010101859901", "Contoh Satu", "01-01-1985", "Pemulung"]
DUA = ["3571014202869902", "Contoh Dua", "02-02-1986", "Buruh tani"]
TIGA = ["3571010303879903", "Contoh Tiga", "03-03-1987", "Tukang becak"]

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(compare)


@pytest.fixture(autouse=True)
def indonesian():
    """The command chooses the language of the process that the tests share."""
    yield
    language.use("id")


def run(*arguments: object):
    return CliRunner().invoke(app, list(map(str, arguments)))


def told(*arguments: object) -> dict[str, Any]:
    done = run(*arguments, "--schema", "kediri-2025", "--unmask", "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def roster(path: Path, *people: list[Any], head: list[str] = HEAD, sheet: str = "RT 01") -> Path:
    numbered = [[number, *person] for number, person in enumerate(people, 1)] if head[0] == "NO" else list(people)
    return write_book(path, [head, *numbered], sheet)


def pair(tmp_path: Path, old: list[list[Any]], new: list[list[Any]]) -> tuple[Path, Path]:
    return roster(tmp_path / "a.xlsx", *old), roster(tmp_path / "b.xlsx", *new)


def counts(document: dict[str, Any]) -> tuple[int, int, int, int]:
    """People the same, added, removed; cells corrected."""
    return (document["same"], *(len(document[kind]) for kind in ("added", "removed", "corrected")))


def test_added_removed_and_corrected(tmp_path):
    old, new = pair(tmp_path, [SATU, DUA], [TIGA, [*SATU[:3], "Tukang becak"]])
    document = told(old, new)
    assert document["kind"] == "compare"
    assert document["schema"] == "kediri-2025"
    assert (document["old"], document["new"]) == ({"path": str(old), "people": 2}, {"path": str(new), "people": 2})
    nik, name, _date, category = TIGA
    born = {"birth_date": "1987-03-03", "sheet": "RT 01", "cell": "B2"}
    assert document["added"] == [{"nik": nik, "name": name, "category": category, **born}]
    assert [person["nik"] for person in document["removed"]] == [DUA[0]]
    assert document["removed"][0]["cell"] == "B3"
    (cell,) = document["corrected"]
    assert cell == {
        "nik": SATU[0],
        "name": "Contoh Satu",
        "field": "category",
        "old": "Pemulung",
        "old_cell": "E2",
        "old_sheet": "RT 01",
        "new": "Tukang becak",
        "new_cell": "E3",
        "new_sheet": "RT 01",
    }
    assert document["same"] == 0
    assert document["columns_added"] == document["columns_removed"] == []


def test_a_file_with_itself(tmp_path):
    path = roster(tmp_path / "a.xlsx", SATU, DUA, ["-", "Contoh Dua", "", ""], ["-", "Contoh Dua", "", ""])
    assert counts(told(path, path)) == (4, 0, 0, 0)


@pytest.mark.parametrize("nik", ["3571010101859910", "3571010110859901", "357101010859901", "3571010101859977"])
def test_a_corrected_nik_is_a_corrected_cell(tmp_path, nik):
    document = told(*pair(tmp_path, [[nik, SATU[1], "", "Pemulung"], DUA], [SATU, DUA]))
    assert counts(document) == (1, 0, 0, 2)
    assert [(cell["field"], cell["old"], cell["new"]) for cell in document["corrected"]] == [
        ("nik", nik, SATU[0]),
        ("birth_date", None, "01-01-1985"),
    ]


def test_another_nik_with_the_same_name_and_birth_date(tmp_path):
    document = told(*pair(tmp_path, [["3504010101859977", *SATU[1:]]], [SATU]))
    assert counts(document) == (0, 0, 0, 1)
    document = told(*pair(tmp_path, [["3504010101859977", SATU[1], "", ""]], [SATU]))
    assert counts(document) == (0, 1, 1, 0)


@pytest.mark.parametrize(
    "written", ["17-08-85", "17/08/1985", dt.date(1985, 8, 17), "17 Agustus 1985", "17-AGS-85", "31276"]
)
def test_another_notation_is_no_change(tmp_path, written):
    old = ["3571011708859901", "CONTOH SATU", written, "becak"]
    new = [" 3571.0117.0885.9901", "Contoh  Satu", "17-08-1985", "Tukang becak"]
    assert counts(told(*pair(tmp_path, [old], [new]))) == (1, 0, 0, 0)


def test_a_corrected_date_of_a_real_date_cell(tmp_path):
    old = [SATU[0], SATU[1], dt.date(1985, 1, 2), "Pemulung"]
    (cell,) = told(*pair(tmp_path, [old], [SATU]))["corrected"]
    assert (cell["field"], cell["old"], cell["new"]) == ("birth_date", "02-01-1985", "01-01-1985")


def test_the_same_date_text_is_no_correction_where_a_mended_nik_turns_it_round(tmp_path):
    old = ["357101X304859901", "Contoh Satu", "04/03/1985", "Pemulung"]
    new = ["3571010304859901", "Contoh Satu", "04/03/1985", "Pemulung"]
    document = told(*pair(tmp_path, [old], [new]))
    assert [cell["field"] for cell in document["corrected"]] == ["nik"]


def test_other_columns_headers_and_sheets(tmp_path):
    old = roster(tmp_path / "a.xlsx", SATU, DUA)
    rows = [
        ["DAFTAR PEKERJA RENTAN"],
        [],
        ["Tgl Lahir", "Nama Lengkap", "No KTP", "Jenis Pekerjaan"],
        ["1 Januari 1985", "Contoh Satu", SATU[0], "pemulung"],
        ["02/02/86", "Contoh Dua Misal", DUA[0], "buruh tani"],
    ]
    new = write_book(tmp_path / "b.xlsx", rows, "Kelurahan")
    document = told(old, new)
    assert counts(document) == (1, 0, 0, 1)
    (cell,) = document["corrected"]
    assert (cell["old_sheet"], cell["old_cell"], cell["new_sheet"], cell["new_cell"]) == (
        "RT 01",
        "C3",
        "Kelurahan",
        "B5",
    )
    assert cell["name"] == "Contoh Dua Misal"


def test_people_who_move_to_another_sheet(tmp_path):
    old = roster(tmp_path / "a.xlsx", SATU, DUA)
    book = openpyxl.load_workbook(roster(tmp_path / "b.xlsx", DUA, sheet="RT 01"))
    page = book.create_sheet("RT 02")
    for row in (["NIK", "Nama", "Tanggal Lahir"], [SATU[0], "Contoh Satu", "01-02-1985"]):
        page.append(row)
    book.save(tmp_path / "b.xlsx")
    document = told(old, tmp_path / "b.xlsx")
    assert counts(document) == (1, 0, 0, 1)
    assert [document["corrected"][0][key] for key in ("new_sheet", "new_cell")] == ["RT 02", "C2"]


@pytest.mark.parametrize("unread", [3571010101859900, "belum ada", "", "35710101", "3,57101E+15"])
def test_an_unreadable_nik_is_mended(tmp_path, unread):
    for date in ("01-01-1985", ""):
        document = told(*pair(tmp_path, [[unread, "Contoh Satu", date, "Pemulung"], DUA], [DUA, SATU]))
        assert counts(document)[1:3] == (0, 0), date
        cell = document["corrected"][0]
        shown = str(unread) or None
        assert (cell["field"], cell["old"], cell["old_cell"], cell["new"]) == ("nik", shown, "B2", SATU[0])


def test_a_name_alone_decides_nothing_where_somebody_else_has_it(tmp_path):
    slamet = ["3571010505709905", "Contoh Satu", "05-05-1970", "Pemulung"]
    old, new = pair(tmp_path, [["", "Contoh Satu", "", "Pemulung"], slamet], [SATU, slamet])
    assert counts(told(old, new)) == (1, 1, 1, 0)
    born = ["", "Contoh Satu", "01-01-1960", "Pemulung"]
    assert counts(told(*pair(tmp_path, [born], [SATU]))) == (0, 1, 1, 0)


def test_an_unreadable_nik_that_stays_so(tmp_path):
    old, new = pair(tmp_path, [["35710101018599", *SATU[1:]], DUA], [DUA, ["35710101018599", "Umpama Satu", *SATU[2:]]])
    document = told(old, new)
    assert counts(document) == (1, 0, 0, 1)
    assert document["corrected"][0]["field"] == "name"


def test_twins_are_not_mixed_up(tmp_path):
    twins = [["3571010101109911", "Contoh Hasan", "01-01-2010", "Pemulung"]]
    twins.append(["3571010101109912", "Contoh Husein", "01-01-2010", "Pemulung"])
    wrong = [[3571010101109910, *twin[1:]] for twin in twins]
    document = told(*pair(tmp_path, wrong, twins[::-1]))
    assert counts(document) == (0, 0, 0, 2)
    assert [(cell["name"], cell["new"]) for cell in document["corrected"]] == [(t[1], t[0]) for t in twins[::-1]]
    assert counts(told(*pair(tmp_path, twins, [twins[0]]))) == (1, 0, 1, 0)


def test_namesakes_of_one_household(tmp_path):
    father = ["3571010101609911", "Contoh Slamet", "01-01-1960", "Pemulung"]
    son = ["3571010202909912", "Contoh Slamet", "02-02-1990", "Pemulung"]
    mended = ["3571010101609977", *father[1:]]
    document = told(*pair(tmp_path, [father, son], [son, mended]))
    assert counts(document) == (1, 0, 0, 1)
    assert document["corrected"][0]["old"] == father[0]


def test_a_nik_that_several_people_have(tmp_path):
    same = "3571010101859999"
    old = [[same, "Contoh Satu", "01-01-1985", ""], [same, "Contoh Dua", "02-02-1986", ""], [same, "Umpama", "", ""]]
    new = [[same, "Khayal", "", ""], [*DUA[:3], ""], [same, "Contoh Satu", "01-01-1985", ""]]
    document = told(*pair(tmp_path, old, new))
    assert counts(document) == (1, 0, 0, 2)
    assert [(cell["old"], cell["new"]) for cell in document["corrected"]] == [("Umpama", "Khayal"), (same, DUA[0])]
    assert counts(told(*pair(tmp_path, [SATU, SATU, DUA], [DUA, SATU]))) == (2, 0, 1, 0)


def test_a_missing_column_says_nothing(tmp_path):
    old = roster(tmp_path / "a.xlsx", [*SATU[:3], "003/005"], [*DUA[:3], "003/005"], head=[*HEAD[:4], "RT/RW"])
    new = roster(tmp_path / "b.xlsx", SATU, DUA)
    document = told(old, new)
    assert counts(document) == (2, 0, 0, 0)
    assert (document["columns_added"], document["columns_removed"]) == (["category"], ["rt", "rw"])
    shown = run(old, new, "--schema", "kediri-2025").stdout
    assert "Kolom yang hanya ada di versi baru: Kategori." in shown
    assert "Kolom yang hanya ada di versi lama: RT, RW." in shown


def test_rt_and_rw_in_one_cell(tmp_path):
    old = roster(tmp_path / "a.xlsx", [*SATU[:3], "003/005"], head=[*HEAD[:4], "RT/RW"])
    new = roster(tmp_path / "b.xlsx", [*SATU[:3], "3", "RW 6"], head=[*HEAD[:4], "RT", "RW"])
    (cell,) = told(old, new)["corrected"]
    assert (cell["field"], cell["old_cell"], cell["new_cell"], cell["new"]) == ("rw", "E2", "F2", "RW 6")
    new = roster(tmp_path / "b.xlsx", [*SATU[:3], "003 / 006"], head=[*HEAD[:4], "RT"])
    (cell,) = told(old, new)["corrected"]
    assert (cell["field"], cell["old"], cell["new"], cell["new_cell"]) == ("rw", "003/005", "003 / 006", "E2")


def test_place_and_date_in_one_cell(tmp_path):
    old = roster(tmp_path / "a.xlsx", [*SATU[:2], "Kediri, 01-01-1985"], head=["NIK", "Nama", "Tempat, Tanggal Lahir"])
    head = ["NIK", "Nama", "Tempat Lahir", "Tanggal Lahir"]
    new = roster(tmp_path / "b.xlsx", [*SATU[:2], "KEDIRI", "1/1/85"], head=head)
    assert counts(told(old, new)) == (1, 0, 0, 0)


def test_an_annotated_copy_is_read_without_its_marks(tmp_path):
    old = roster(tmp_path / "a.xlsx", ["35710101018599", *SATU[1:]], DUA)
    done = cli("check", old, "--schema", "kediri-2025", "--out", tmp_path / "hasil")
    (copy,) = (tmp_path / "hasil").glob("*.periksa.xlsx")
    assert done.returncode == 1, done.stderr
    assert counts(told(old, copy)) == counts(told(copy, old)) == (2, 0, 0, 0)
    assert told(old, copy)["columns_added"] == []
    book = openpyxl.load_workbook(copy)
    page = book["RT 01"]
    (place,) = [cell for row in page.iter_rows() for cell in row if cell.value == "35710101018599"]
    place.value = SATU[0]
    book.save(copy)
    document = told(old, copy)
    assert [(cell["field"], cell["new_sheet"], cell["new_cell"]) for cell in document["corrected"]] == [
        ("nik", "RT 01", "B2")
    ]


def test_the_workbook(tmp_path):
    wrong = ["3571010101859910", *SATU[1:]]
    out = tmp_path / "hasil" / "beda.xlsx"
    shown = run(*pair(tmp_path, [wrong, DUA], [SATU, TIGA]), "--schema", "kediri-2025", "--out", out)
    assert (shown.exit_code, str(out) in shown.stdout) == (0, True)
    book = openpyxl.load_workbook(out)
    pages = {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book}
    person = ["NIK", "Nama", "Tanggal Lahir", "Kategori", "Lembar", "Sel"]
    assert pages["MASUK"] == [person, [*TIGA, "RT 01", "B3"]]
    assert pages["KELUAR"] == [person, [*DUA, "RT 01", "B3"]]
    cells = ["Isi Lama", "Sel Lama", "Lembar Lama", "Isi Baru", "Sel Baru", "Lembar Baru"]
    assert pages["DIPERBAIKI"] == [
        ["NIK", "Nama", "Kolom", *cells],
        [SATU[0], SATU[1], SPEC.labels()["nik"], wrong[0], "B2", "RT 01", SATU[0], "B2", "RT 01"],
    ]
    for page in book:
        assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref.startswith("A1:")
        setup = page.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)


def test_more_rows_than_a_sheet_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "_ROWS", 2)
    out = tmp_path / "beda.xlsx"
    assert (
        run(*pair(tmp_path, [DUA], [SATU, TIGA, ["3571014202869944", "Khayal", "", ""]]), "--out", out).exit_code == 0
    )
    assert openpyxl.load_workbook(out).sheetnames == ["MASUK", "MASUK 2", "KELUAR", "DIPERBAIKI"]


def test_personal_data_is_masked(tmp_path):
    head = ["NIK", "No KK", "Nama", "Nama Ibu Kandung", "No HP"]
    old = roster(
        tmp_path / "a.xlsx", [SATU[0], "3571011203159901", "Contoh Satu", "Contoh Ibu", "081200009901"], head=head
    )
    new = [["3571010101859910", "3571011203159910", "Contoh Satu", "Umpama Ibu", "081200009910"]]
    new.append([DUA[0], "", "Contoh Dua", "", ""])
    new = roster(tmp_path / "b.xlsx", *new, head=head)
    private = [SATU[0], DUA[0], "3571010101859910", "35710112031599", "Contoh Ibu", "Umpama Ibu", "0812000099"]
    for extra in ((), ("--format", "json")):
        shown = run(old, new, *extra).stdout
        assert not [text for text in private if text in shown], shown
        assert "357101******9902" in shown
        open_ = run(old, new, *extra, "--unmask").stdout
        assert not [text for text in private if text not in open_], open_
    lines = run(old, new).stdout.splitlines()
    assert [line.split(": ")[1] for line in lines if "(bedanya di bagian yang ditutupi;" in line] == ["Nomor HP"]


def test_the_terminal_shows_twenty_of_a_kind(tmp_path):
    people = [[f"35710101018{50 + n}{9900 + n}"[:16], f"Contoh {chr(65 + n)}anu", "", "Pemulung"] for n in range(23)]
    shown = run(*pair(tmp_path, [SATU], [SATU, *people]), "--schema", "kediri-2025").stdout
    assert "Versi lama 1 orang, versi baru 24 orang: 1 sama, 23 masuk, 0 keluar, 0 diperbaiki (0 sel)." in shown
    assert "Masuk (23)" in shown
    assert "dan 3 lagi" in shown
    assert "Contoh Tanu" in shown
    assert "Contoh Uanu" not in shown
    assert "Keluar" not in shown
    changed = run(*pair(tmp_path, [[*SATU[:3], ""]], [SATU]), "--schema", "kediri-2025").stdout
    assert "Contoh Satu: Kategori: (kosong) (RT 01!E2) -> Pemulung (RT 01!E2)" in changed


def test_a_file_that_cannot_be_read_or_written(tmp_path):
    good = roster(tmp_path / "a.xlsx", SATU)
    (tmp_path / "rusak.xlsx").write_bytes(b"PK rusak")
    for arguments in ((good, tmp_path / "rusak.xlsx"), (tmp_path / "rusak.xlsx", good), (good, tmp_path / "gone.xlsx")):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (3, "")
        assert done.stderr.strip()
        assert next(path for path in arguments if path != good).name in done.stderr
    done = run(good, good, "--out", good / "beda.xlsx")
    assert done.exit_code == 3
    assert "beda.xlsx" in done.stderr


def test_a_file_without_a_roster(tmp_path):
    good = roster(tmp_path / "a.xlsx", SATU)
    letter = write_book(tmp_path / "surat.xlsx", [["Surat"], ["biasa"]])
    for arguments in ((good, letter), (letter, good)):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{letter} tidak punya daftar orang" in done.stderr
    assert run(good, good, "--schema", "tidak-ada").exit_code == 2


def test_the_schema_of_the_project(tmp_path):
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2024"\n', encoding="utf-8")
    path = roster(tmp_path / "a.xlsx", SATU)
    assert json.loads(run(path, path, "--format", "json").stdout)["schema"] == "kediri-2024"


def test_versions_without_a_field_in_common(tmp_path):
    old = roster(tmp_path / "a.xlsx", [SATU[0], "L"], head=["NIK", "JK"])
    new = roster(tmp_path / "b.xlsx", ["Contoh Satu", "Jl. Contoh"], head=["Nama", "Alamat"])
    assert counts(told(old, new)) == (0, 1, 1, 0)


VALUES = {
    "NIK": [SATU[0], DUA[0], "3571010101859910", "35710101018599", 3571010101859900.0, "-", "", "1111111111111111"],
    "Nama": ["Contoh Satu", "H. Contoh Satu", "Contoh Dua", "CONTOH DUA", "Umpama", ""],
    "Tanggal Lahir": ["01-01-1985", "1 Januari 85", "02-02-1986", "31-02-1985", ""],
    "RT": ["003", "3", "003/005", ""],
}
SIDES = (("old", "new"), ("new", "old"))
VOCABULARY = vocabulary_of(SPEC)
rosters = st.lists(st.tuples(*map(st.sampled_from, VALUES.values())), min_size=1, max_size=10)
heads = st.sampled_from([(0, 1, 2, 3), (3, 2, 1, 0), (1, 2, 3), (0, 2), (1, 3), (0, 1)])
few = examples(6)


def people(rows: list[tuple[Any, ...]], columns: tuple[int, ...] = (0, 1, 2, 3)) -> pl.DataFrame:
    """The people of a sheet with some of the columns."""
    cells = [[row[column] for column in columns] for row in [tuple(VALUES), *rows]]
    table = locate(Sheet("RT 01", cells), SPEC, VOCABULARY)
    assert isinstance(table, Table)
    return make_people([table], SPEC, TODAY)


@few
@given(rows=rosters)
def test_a_version_does_not_differ_from_itself(rows):
    one = people(rows)
    found = compare_people(one, one)
    assert (len(found.added), len(found.removed), len(found.corrected), found.changed) == (0, 0, 0, 0)
    assert found.same == len(one)


@few
@given(old=rosters, new=rosters, head=heads)
def test_who_is_added_one_way_is_removed_the_other(old, new, head):
    one, other = people(old), people(new, head)
    there, back = compare_people(one, other), compare_people(other, one)
    assert there.added.equals(back.removed)
    assert there.removed.equals(back.added)
    turned = {f"{side}{part}": f"{further}{part}" for part in ("", "_cell", "_sheet") for side, further in SIDES}
    columns = ["field", *sorted(turned)]
    mirrored = back.corrected.rename(turned).select(columns).sort(columns)
    assert there.corrected.select(columns).sort(columns).equals(mirrored)
    assert (there.same, there.changed) == (back.same, back.changed)
    assert (there.columns_added, there.columns_removed) == (back.columns_removed, back.columns_added)
    assert (there.old, there.new) == (len(one), len(other))
    assert there.changed <= len(there.corrected)
