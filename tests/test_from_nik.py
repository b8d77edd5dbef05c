"""Birth date and sex from the NIK: only where the list has none, only where somebody asked for it, and told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rosterkit.check.judge import judge
from rosterkit.model.finding import Severity
from tests.helpers import check_json, context_of, findings_of, read_files_of, write_book

ON = {"from_nik": True}
ROWS = [["3571010101859901", "Contoh Satu", "Pemulung"], ["3571014201869902", "Misal Dua", "Pemulung"]]


def drawn(head: list[str], *rows: list[str]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows))


PLAIN = drawn(["NIK", "Nama", "Kategori"], *ROWS)


def test_a_list_with_nik_and_name_only_is_ready() -> None:
    files = read_files_of(PLAIN, ON)
    verdict = judge(files, context_of(given=ON))
    people = verdict.clean_people()
    assert people["birth_date"].dt.to_string("%d-%m-%Y").to_list() == ["01-01-1985", "02-01-1986"]
    assert people["sex"].to_list() == ["L", "P"]
    found = findings_of(PLAIN, given=ON)
    assert {(one.code, one.severity) for one in found} == {("RK207", Severity.WARNING)}
    assert len(found) == 4


def test_it_is_off_by_default_and_the_findings_say_that_it_exists() -> None:
    found = findings_of(PLAIN, form="sipp-tk-baru")
    told = {(one.code, one.field) for one in found if one.facts.get("variant") == "from_nik"}
    assert told == {("RK101", "birth_date"), ("RK206", "sex")}


@pytest.mark.parametrize(
    ("born", "code"), [("31-02-1985", "RK222"), ("tahun 85", "RK220"), ("e:#REF!", "RK108"), ("02-01-1985", "RK301")]
)
def test_what_is_written_is_never_replaced(born: str, code: str) -> None:
    table = drawn(
        ["NIK", "Nama", "Tanggal Lahir", "JK", "Kategori"], ["3571010101859901", "Contoh", born, "L", "Pemulung"]
    )
    assert [one.code for one in findings_of(table, given=ON) if one.severity is not Severity.INFO] == [code]


@pytest.mark.parametrize("nik", ["3571013202859901", "357101010185990", "n:3571010101859901", "1111111111111111"])
def test_whose_nik_is_wrong_is_held_with_that_reason_alone(nik: str) -> None:
    table = drawn(["NIK", "Nama", "Kategori"], [nik, "Contoh Satu", "Pemulung"])
    errors = [one for one in findings_of(table, given=ON) if one.severity is Severity.ERROR]
    assert [one.field for one in errors] == ["nik"]
    assert len(judge(read_files_of(table, ON), context_of(given=ON)).clean) == 0


def test_kk_numbers_as_niks_are_noticed() -> None:
    """Their dates are those of children, and none is a woman's."""
    rows = [[f"3571010{n}0315{9900 + n}", f"Contoh {'ABCDEFGH'[n] * 5}", "Pemulung"] for n in range(1, 7)]
    found = findings_of(drawn(["NIK", "Nama", "Kategori"], *rows), given=ON)
    assert [one.code for one in found if one.severity is Severity.ERROR] == ["RK111"]


def test_the_command_and_the_project_ask_for_it(tmp_path: Path) -> None:
    for folder, text, options in (("a", "from_nik = true\n", []), ("b", "", ["--from-nik"])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rosterkit.toml").write_text(text)
        path = write_book(tmp_path / folder / "RT 01.xlsx", [["NIK", "Nama"], ["3571014201869902", "Misal Dua"]])
        report, _done = check_json(str(path), *options, "--out", str(tmp_path / folder / "hasil"))
        assert report["totals"]["clean_rows"] == 1
        (sheet,) = (tmp_path / folder / "hasil").rglob("*.bpjs-*.xlsx")
        page = openpyxl.load_workbook(sheet).active
        assert page is not None
        head, row = page.iter_rows(values_only=True)
        values = dict(zip(head, row, strict=True))
        assert (values["TANGGAL_LAHIR"], values["JENIS_KELAMIN"]) == ("02-01-1986", "P")
