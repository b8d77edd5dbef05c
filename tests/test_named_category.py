"""The category from a title, the sheet's name or the file's name, where no column and no heading tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rosterkit.check.judge import judge
from rosterkit.frame.stack import stack
from rosterkit.model.cells import Sheet, Workbook
from rosterkit.model.report import ReadFile
from rosterkit.read.tables import locate_all
from tests.helpers import SPEC, context_of, ready_people
from tests.test_blocks import nik

HEAD = ["NO", "NIK", "NAMA", "TGL LAHIR"]
PEOPLE: list[list[Any]] = [[float(n), nik(n), f"Contoh {'ABCDE'[n] * 4}", f"{n + 1:02}-01-1985"] for n in range(1, 4)]


def checked(titles: list[str], sheet: str = "Sheet1", file: str = "usulan.xlsx", head: Any = HEAD) -> tuple[Any, ...]:
    """The categories of everybody, what RK115 says of where they come from, and how many are ready."""
    width = len(head)
    rows = [[text, *[""] * (width - 1)] for text in titles]
    people = [[*row, *["Pemulung"] * (width - len(row))] for row in PEOPLE]
    workbook = Workbook(Path(file), "", "xlsx", (Sheet(sheet, [*rows, head, *people]),))
    tables, _skipped = locate_all(workbook, SPEC)
    files = [ReadFile(Path(file), tables=tuple(tables))]
    verdict = judge(files, context_of())
    (said,) = verdict.by_file(files, ready_people(verdict))
    found = [finding for finding in said.findings if finding.code == "RK115"]
    assert all(finding.severity == "warning" for finding in found)
    categories = {*verdict.frame["category"]}
    return categories, [finding.facts["variant"] for finding in found], len(verdict.clean)


@pytest.mark.parametrize(
    ("named", "source"),
    [({"titles": ["DAFTAR TUKANG BECAK RT 03 RW 05"]}, "title"),
     ({"titles": ["Usulan", "Daftar abang becak, Kelurahan Contohrejo"]}, "title"),
     ({"titles": [], "sheet": "Penarik becak"}, "sheet"),
     ({"titles": [], "file": "usulan_tukang_becak_rt03.xlsx"}, "file"),
     ({"titles": ["TUKANG BECAK"], "sheet": "becak", "file": "Becak RT 3.xlsx"}, "title")],
)  # fmt: skip
def test_one_category_is_taken_and_said_once(named: dict[str, Any], source: str) -> None:
    assert checked(**named) == ({"Tukang becak"}, [source], 3)


@pytest.mark.parametrize(
    "named",
    [{"titles": ["DAFTAR PEMULUNG DAN TUKANG BECAK"]}, {"titles": ["DAFTAR PEMULUNG"], "sheet": "Becak"},
     {"titles": [], "sheet": "Pemulung", "file": "tukang becak.xlsx"}],
)  # fmt: skip
def test_of_two_none_is_taken_and_all_are_held(named: dict[str, Any]) -> None:
    assert checked(**named) == ({None}, ["several"], 0)


@pytest.mark.parametrize(
    "title",
    ["USULAN KETUA RT 03", "Ketua RT 003 RW 005", "Diusulkan oleh Ketua RT", "Pekerja selain pemulung",
     "DAFTAR PEMULUNG DLL", "Kelurahan Becakan", "Pemulungan sampah"],
)  # fmt: skip
def test_a_sender_or_another_word_is_no_category(title: str) -> None:
    assert checked([title]) == ({None}, [], 0)


def test_the_longest_words_count() -> None:
    assert checked(["DAFTAR KADER KELUARGA BERENCANA"]) == ({"Kader keluarga berencana"}, ["title"], 3)


def test_a_column_wins() -> None:
    assert checked(["DAFTAR TUKANG BECAK"], head=[*HEAD, "KATEGORI"]) == ({"Pemulung"}, [], 3)


def test_heading_rows_win() -> None:
    rows = [["DAFTAR TUKANG BECAK", "", "", ""], HEAD, ["", "PEMULUNG", "", ""], *PEOPLE]
    tables, _skipped = locate_all(Workbook(Path("a.xlsx"), "", "xlsx", (Sheet("Sheet1", rows),)), SPEC)
    assert tables[0].named is None
    assert {*tables[0].derived["category"].values()} == {"PEMULUNG"}


def test_a_title_is_not_given_to_a_list_below_one_with_categories() -> None:
    first = [[*HEAD, "KATEGORI"], *([*row, "Pemulung"] for row in PEOPLE)]
    second = [[*HEAD, ""], *([row[0], nik(int(row[0]) + 9), row[2], row[3], ""] for row in PEOPLE)]
    rows = [["DAFTAR PEMULUNG", "", "", "", ""], *first, [""] * 5, *second]
    tables, _skipped = locate_all(Workbook(Path("a.xlsx"), "", "xlsx", (Sheet("RT", rows),)), SPEC)
    assert not any(table.named or table.given for table in tables)


def located(rows: list[list[Any]]) -> dict[str, str | None]:
    """The category of each NIK, as text, in a sheet."""
    width = max(map(len, rows))
    sheet = Sheet("Lembar", [[*row, *[""] * (width - len(row))] for row in rows])
    tables, _skipped = locate_all(Workbook(Path("a.xlsx"), "", "xlsx", (sheet,)), SPEC)
    frame = stack([(0, table) for table in tables])
    return dict(frame.select("nik_raw", "category_raw").rows())


def person(number: int) -> list[Any]:
    return [float(number), nik(number), f"Contoh {'ABCDEFGH'[number] * 4}", f"{number + 1:02}-01-1985"]


@pytest.mark.parametrize("second", ["DAFTAR PEMULUNG", "KATEGORI : PEMULUNG", "Kategori: pemulung", "B. PEMULUNG"])
@pytest.mark.parametrize("blanks", [0, 2])
def test_a_later_title_ends_the_earlier_one(second: str, blanks: int) -> None:
    rows = [["DAFTAR TUKANG BECAK"], HEAD, person(1), *[[""]] * blanks, [second], HEAD, person(2)]
    assert located(rows) == {nik(1): "Tukang becak", nik(2): "Pemulung"}


@pytest.mark.parametrize(
    "second", ["DAFTAR PEDAGANG KELILING", "KATEGORI : NELAYAN", "PENJUAL BAKSO", "DAFTAR LAIN-LAIN"]
)
def test_a_later_title_that_the_schema_does_not_know_ends_it_too(second: str) -> None:
    found = located([["DAFTAR TUKANG BECAK"], HEAD, person(1), [second], HEAD, person(2)])
    assert found == {nik(1): "Tukang becak", nik(2): second.removeprefix("KATEGORI : ")}


@pytest.mark.parametrize("heading", ["PENJUAL BAKSO", "USULAN BARU", "LAIN-LAIN", "Tukang pijat"])
@pytest.mark.parametrize("column", [0, 2])
def test_a_heading_that_the_schema_does_not_know_ends_the_one_above(heading: str, column: int) -> None:
    def row(text: str) -> list[Any]:
        return [*[""] * (column if text != "USULAN BARU" else 0), text]

    rows = [HEAD, row("TUKANG BECAK"), person(1), row(heading), person(2), row("PEMULUNG"), person(3)]
    found = located(rows)
    assert [found[nik(1)], found[nik(2)], found[nik(3)]] == ["TUKANG BECAK", heading, "PEMULUNG"]


@pytest.mark.parametrize(
    "heading", ["A. TUKANG BECAK", "II. TUKANG BECAK", "1) Tukang becak", "KATEGORI: TUKANG BECAK",
                "Tukang becak (2 orang)", "RT 02 - TUKANG BECAK", "DAFTAR TUKANG BECAK"]
)  # fmt: skip
def test_a_heading_may_have_a_number_or_a_label(heading: str) -> None:
    found = located([HEAD, [heading], person(1), ["B. PEMULUNG"], person(2)])
    assert {key: str(value).capitalize() for key, value in found.items()} == {
        nik(1): "Tukang becak",
        nik(2): "Pemulung",
    }


@pytest.mark.parametrize(
    "text", ["RT 02", "Kelurahan Contohrejo", "LANJUTAN", "Halaman 2", "LAKI-LAKI", "Pasar Umpama"]
)
@pytest.mark.parametrize("titles", [["DAFTAR TUKANG BECAK"], ["KOTA KEDIRI", "DAFTAR TUKANG BECAK", "BULAN MEI"]])
@pytest.mark.parametrize("again", [False, True])
def test_a_place_or_a_page_ends_nothing(text: str, titles: list[str], again: bool) -> None:
    above = [[title] for title in titles]
    rows = [*above, HEAD, person(1), [text], *([*above, HEAD] if again else []), person(2)]
    assert located(rows) == {nik(1): "Tukang becak", nik(2): "Tukang becak"}


def test_tables_side_by_side_have_titles_of_their_own() -> None:
    rows = [
        ["TUKANG BECAK", "", "", "", "", "PEMULUNG", "", "", ""],
        [*HEAD, "", *HEAD],
        *([*person(n), "", *person(n + 4)] for n in (1, 2)),
    ]
    assert located(rows) == {nik(1): "Tukang becak", nik(2): "Tukang becak", nik(5): "Pemulung", nik(6): "Pemulung"}


def test_headings_fill_a_column_of_the_category_that_is_empty() -> None:
    rows = [[*HEAD, "KATEGORI"], ["PEMULUNG"], person(1), ["TUKANG BECAK"], person(2)]
    assert located(rows) == {nik(1): "PEMULUNG", nik(2): "TUKANG BECAK"}
    assert located([*rows, [*person(3), "Pemulung"]])[nik(1)] is None


@pytest.mark.parametrize(
    "title",
    ["KETUA RT : REKAANTO SEMU", "Petugas pendata: Kader Posyandu", "DAFTAR ISTRI TUKANG BECAK", "Anak pemulung",
     "Data janda tukang becak"],
)  # fmt: skip
def test_a_label_of_somebody_and_a_family_name_no_category(title: str) -> None:
    assert checked([title]) == ({None}, [], 0)


@pytest.mark.parametrize(
    "title", ["Kategori: Tukang becak", "DAFTAR TUKANG BECAK : RT 03", "Daftar tukang becak (12 orang)"]
)
def test_a_label_of_the_list_names_one(title: str) -> None:
    assert checked([title]) == ({"Tukang becak"}, ["title"], 3)
