"""Heading rows of families: their KK number and address are the members', and they are no people."""

from __future__ import annotations

from typing import Any

import pytest

from rosterkit.model.cells import Sheet
from rosterkit.report.words import REASONS
from tests.helpers import findings_of
from tests.test_blocks import nik, people_of, tables_of
from tests.test_layouts import values_of

KKS = ("3571011203159801", "3571011203159802")
HEAD = ["NO", "NIK", "NAMA", "TGL LAHIR", "ALAMAT"]


def person(number: int, address: str = "", kk: list[str] | None = None) -> list[Any]:
    name = f"Contoh {'ABCDEF'[number] * 3}"
    return [float(number), nik(number), name, f"{number + 1:02}-01-1985", address, *(kk or [])]


def headed(*headings: list[Any], head: list[str] = HEAD) -> list[list[Any]]:
    rows = [head, headings[0], person(1), person(2, "Jl. Sendiri 2"), headings[1], person(3)]
    return [[*row, *[""] * (len(head) - len(row))] for row in rows]


HEADINGS = {
    "one cell": lambda kk, street: [f"NO. KK: {kk}   KEPALA KELUARGA: UMPAMA KEPALA", "", "", "", f"Alamat: {street}"],
    "cells": lambda kk, street: ["NO. KK", kk, "UMPAMA KEPALA", "", f"ALAMAT {street}"],
    "below NIK": lambda kk, street: ["", f"No KK : {kk}", "KEPALA KELUARGA: UMPAMA", "", f"Alamat : {street}"],
    "below name": lambda kk, street: ["", "", f"Nomor Kartu Keluarga {kk}; Alamat: {street}", "", ""],
    "one cell with all": lambda kk, street: [f"KK: {kk}; Kepala Keluarga: Umpama; Alamat: {street}", "", "", "", ""],
}


@pytest.mark.parametrize("form", HEADINGS)
def test_the_members_get_the_number_and_the_address_of_the_heading(form: str) -> None:
    rows = headed(*(HEADINGS[form](kk, f"Jl. Umpama {number}") for number, kk in enumerate(KKS, 1)))
    assert values_of(rows, "nik", "kk", "address") == [
        (nik(1), KKS[0], "Jl. Umpama 1"),
        (nik(2), KKS[0], "Jl. Sendiri 2"),
        (nik(3), KKS[1], "Jl. Umpama 2"),
    ]
    found = [finding for finding in findings_of(Sheet("RT", rows)) if finding.code in ("RK112", "RK205")]
    assert sorted((finding.code, finding.field, finding.place.row) for finding in found) == [
        ("RK205", "address", 2), ("RK205", "address", 5), ("RK205", "kk", 2), ("RK205", "kk", 3), ("RK205", "kk", 5)
    ]  # fmt: skip
    assert {finding.facts["variant"] for finding in found} == {"family"}  # no cell is merged


def test_a_column_of_numbers_wins_and_a_heading_without_a_number_ends_the_family() -> None:
    head = [*HEAD, "NO KK"]
    first = [f"NO. KK: {KKS[0]}", *[""] * 5]
    other = ["", "", "KEPALA KELUARGA: UMPAMA", "", "", ""]
    rows = [head, first, person(1, "x", [""]), person(2, "x", [KKS[1]]), other, person(3, "x", [""])]
    assert values_of(rows, "nik", "kk") == [(nik(1), KKS[0]), (nik(2), KKS[1]), (nik(3), None)]


def test_a_head_with_data_of_her_own_is_a_person() -> None:
    rows = headed(
        [f"No. KK {KKS[0]}", nik(5), "Contoh Kepala", "02-01-1960", ""], [f"No. KK {KKS[1]}", "", "Umpama", "", ""]
    )
    assert values_of(rows, "nik", "name", "kk") == [
        (nik(5), "Contoh Kepala", KKS[0]), (nik(1), "Contoh BBB", KKS[0]), (nik(2), "Contoh CCC", KKS[0]),
        (nik(3), "Contoh DDD", KKS[1]),
    ]  # fmt: skip


def test_no_name_or_number_is_filled_down() -> None:
    rows = headed(*(HEADINGS["cells"](kk, "Jl. Umpama") for kk in KKS))
    rows[3][1] = rows[3][2] = ""
    tables = tables_of(rows)
    assert ("", "") in people_of(tables) or len(people_of(tables)) == 2
    assert not any("UMPAMA" in name or number in KKS for number, name in people_of(tables))


@pytest.mark.parametrize("name", ["Kelik Contoh", "Kakek Umpama", "KELUARDI CONTOH"])
def test_a_name_is_no_heading(name: str) -> None:
    rows = [HEAD, [1.0, nik(1), name, "02-01-1985", "x"], [2.0, "", name, "03-01-1985", ""], ["", "", name, "", ""]]
    assert len(people_of(tables_of(rows))) == 3


def test_the_reason_has_words() -> None:
    assert "family" in REASONS
