"""Words outside of the lists that may speak of people are told, and only people are counted."""

from __future__ import annotations

from typing import Any

import pytest

from rosterkit.model.cells import Sheet
from tests.helpers import findings_of
from tests.test_blocks import nik, tables_of


@pytest.mark.parametrize(
    "text", ["tambahan: Contoh Dua (pemulung)", "Catatan: no 2 sudah meninggal", "Bu Contoh belum dimasukkan"]
)
def test_words_beside_or_below_a_list_are_told(text: str) -> None:
    head = ["NO", "NIK", "NAMA", "TGL LAHIR", ""]
    rows: list[list[Any]] = [
        [1.0, nik(1), "Contoh Satu", "02-01-1985", ""],
        [2.0, nik(2), "Contoh Dua", "03-01-1985", ""],
    ]
    beside: list[list[Any]] = [head, [*rows[0][:4], text], rows[1]]
    below: list[list[Any]] = [head, *rows, [""] * 5, [text, "", "", "", ""]]
    for sheet, cell in ((beside, (1, 4)), (below, (4, 0))):
        found = [one for one in findings_of(Sheet("RT", sheet)) if one.code == "RK121"]
        assert [(one.severity, one.facts["text"]) for one in found] == [("warning", text)]
        (table,) = tables_of(sheet)
        assert table.calls == (cell,)
        assert table.people == (1, 2)


@pytest.mark.parametrize(
    "text", ["Peserta yang meninggal harap dicoret", "Jumlah 2 orang", "tambahan", "Lurah Contohrejo"]
)
def test_instructions_and_other_words_are_not(text: str) -> None:
    rows: list[list[Any]] = [
        ["NO", "NIK", "NAMA", "TGL LAHIR"],
        [1.0, nik(1), "Contoh Satu", "02-01-1985"],
        ["", text, "", ""],
    ]
    (table,) = tables_of([["DAFTAR USULAN TAMBAHAN", "", "", ""], *rows])
    assert table.calls == ()


def test_a_kk_number_beside_a_nik_is_no_person() -> None:
    rows: list[list[Any]] = [[f"Contoh {n}", nik(n), f"357101010118{9900 + n}"] for n in range(1, 4)]
    (found,) = [one for one in findings_of(Sheet("RT", [["x", "", ""], *rows])) if one.code == "RK112"]
    assert found.facts["count"] == 3


def test_a_count_is_nobody() -> None:
    rows: list[list[Any]] = [
        ["NO", "NIK", "NAMA", "TGL LAHIR"],
        [1.0, nik(1), "Contoh Satu", "02-01-1985"],
        ["", "", "Laki-laki : 1", ""],
    ]
    (table,) = tables_of(rows)
    assert table.people == (1,)
