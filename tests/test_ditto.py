"""Marks for "as above" are no values: they count as empty, are told, and take nothing from the person above."""

from __future__ import annotations

import pytest

from tests.helpers import findings_of

HEAD = "| NIK | Nama | Tanggal Lahir | Kategori | Alamat | Nama Ibu Kandung | JK |\n|---|---|---|---|---|---|---|\n"
MARKS = ["sda", "s.d.a", "S/D/A", "s d a.", "idem", "Idem.", '"', "〃", '-"-', "Sama dengan di atas"]


def told(**values: str) -> list[tuple[str, str | None]]:
    row = {"nik": "3571010101859901", "name": "Contoh Satu", "date": "01-01-1985", "category": "Pemulung",
           "address": "Jl. Rekaan 1", "mother": "Contoh Ibu", "sex": "L"} | values  # fmt: skip
    found = findings_of(f"{HEAD}| {' | '.join(row.values())} |")
    return sorted((finding.code, finding.field) for finding in found)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_an_empty_cell_that_is_told(mark: str) -> None:
    assert told(address=mark, mother=mark, sex=mark) == [
        ("RK209", "address"), ("RK209", "mother_name"), ("RK209", "sex")
    ]  # fmt: skip
    assert told(name=mark, category=mark) == [("RK201", "category"), ("RK201", "name")]


@pytest.mark.parametrize("name", ["Dito", "Sama", "Idemawati", "Sdari", "Ida"])
def test_names_like_marks_are_names(name: str) -> None:
    assert told(name=name, mother=name + " Contoh") == []


@pytest.mark.parametrize("nothing", ["", "-"])
def test_an_empty_cell_is_no_mark(nothing: str) -> None:
    assert told(address=nothing) == []
