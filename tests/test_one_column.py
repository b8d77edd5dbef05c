"""Everything in column A: split where it is certain, told where it is not."""

from __future__ import annotations

from typing import Any

import pytest

from rosterkit.check.judge import judge
from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Skipped
from rosterkit.report.words import REASONS
from tests.helpers import context_of, findings_of, read_files_of
from tests.test_blocks import nik

PEOPLE = [[nik(n), f"Contoh {'ABCDE'[n] * 4}", f"{n + 1:02}-01-1985", "Pemulung"] for n in range(1, 4)]
HEAD = ["NIK", "NAMA", "TGL LAHIR", "KATEGORI"]


def sheet_of(*lines: str) -> Sheet:
    return Sheet("RT", [[line] for line in lines])


def lines_of(separator: str, numbered: bool = False) -> list[str]:
    rows = [separator.join(row) for row in PEOPLE]
    return [separator.join(HEAD), *(f"{n}. {row}" if numbered else row for n, row in enumerate(rows, 1))]


def ready(sheet: Sheet) -> list[tuple[Any, ...]]:
    verdict = judge(read_files_of(sheet), context_of())
    return verdict.clean_people().select("nik", "name", "birth_date", "category").rows()


@pytest.mark.parametrize("separator", [";", "; ", " | ", "\t"])
@pytest.mark.parametrize("numbered", [True, False])
def test_lines_with_one_separator_are_split_with_one_warning(separator: str, numbered: bool) -> None:
    sheet = sheet_of("DAFTAR USULAN", *lines_of(separator, numbered), "Ketua RT 03", "CONTOH KETUA")
    assert [(row[0], row[1], row[2].isoformat(), row[3]) for row in ready(sheet)] == [
        (number, name, f"1985-01-{date[:2]}", category) for number, name, date, category in PEOPLE
    ]
    found = [(finding.code, finding.place.cell) for finding in findings_of(sheet) if finding.severity != "info"]
    assert found == [("RK117", "A2")]


@pytest.mark.parametrize(
    "lines",
    [lines_of(","), lines_of(";")[1:], [*lines_of(";"), f"{nik(9)}; Contoh Lagi; 01-01-1985"],
     [*lines_of(";"), "357101; Contoh Rusak; 01-01-1985"], [*lines_of(";")[:2], *lines_of("|")[2:]],
     [line.replace("Pemulung", "Ketua RT") for line in lines_of(",")]],
)  # fmt: skip
def test_what_is_not_certain_is_told_with_what_to_do(lines: list[str]) -> None:
    sheet = sheet_of(*lines)
    assert ready(sheet) == []
    (told,) = [finding for finding in findings_of(sheet) if finding.code == "RK112"]
    assert (told.severity, told.facts["variant"]) == ("error", "one_column")
    (file,) = read_files_of(sheet)
    assert isinstance(file.skipped[0], Skipped)
    assert file.skipped[0].reason in REASONS


def test_two_niks_in_a_line_are_a_question() -> None:
    lines = ["NIK; NIK PENERIMA; NAMA; TGL LAHIR", *(f"{row[0]}; {nik(9)}; {row[1]}; {row[2]}" for row in PEOPLE)]
    assert ready(sheet_of(*lines)) == []


def test_notes_in_one_column_are_no_list() -> None:
    assert read_files_of(sheet_of("Catatan; rapat; RT", "Hadir: 3 orang"))[0].skipped[0].reason == "no-header"
