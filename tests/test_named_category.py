"""The category from a title, the sheet's name or the file's name, where no column and no heading tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rosterkit.check.judge import judge
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
