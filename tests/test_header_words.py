"""Headers as forms and offices write them, and which of two columns of a field is meant."""

from __future__ import annotations

import pytest

from tests.helpers import SPEC, vocabulary_of
from tests.test_blocks import nik
from tests.test_layouts import values_of


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("8. Alamat lengkap (jalan, RT/RW)", "address"),
        ("ALAMAT JALAN", "address"),
        ("10. Nomor WhatsApp aktif", "phone"),
        ("grp/namaLengkap", "name"),
        ("grp/jenisKelamin", "sex"),
        ("P/W", "sex"),
        ("PEKERJAAN SEKARANG", "occupation"),
        ("Pekerjaan saat ini", "occupation"),
    ],
)
def test_a_header_is_understood(header: str, field: str) -> None:
    matches = vocabulary_of(SPEC).match(header)
    assert max(matches, key=lambda match: match.score).target == field


@pytest.mark.parametrize("former", ["PEKERJAAN LAMA", "Pekerjaan sebelumnya", "PEKERJAAN (DULU)", "Pekerjaan semula"])
@pytest.mark.parametrize("current", ["PEKERJAAN SEKARANG", "PEKERJAAN", "Pekerjaan baru", "Pekerjaan (saat ini)"])
@pytest.mark.parametrize("first", [True, False])
def test_the_work_of_today_counts_wherever_it_stands(former: str, current: str, first: bool) -> None:
    columns = [(former, "Pemulung"), (current, "Tukang becak")]
    heads, values = zip(*(columns if first else columns[::-1]), strict=True)
    rows = [["NIK", "NAMA", "TGL LAHIR", *heads], [nik(1), "Contoh Satu", "02-01-1985", *values]]
    assert values_of(rows, "category") == [("Tukang becak",)]


def test_a_former_value_counts_where_it_is_the_only_one() -> None:
    rows = [["NIK", "NAMA", "TGL LAHIR", "PEKERJAAN LAMA"], [nik(1), "Contoh Satu", "02-01-1985", "Pemulung"]]
    assert values_of(rows, "category") == [("Pemulung",)]


def test_ages_below_l_and_p_say_the_sex() -> None:
    rows = [
        ["NIK", "NAMA", "TGL LAHIR", "UMUR", ""],
        ["", "", "", "L", "P"],
        [nik(1), "Contoh Satu", "02-01-1985", 40.0, ""],
        [nik(2), "Contoh Dua", "02-01-1985", "", "41 th"],
    ]
    assert values_of(rows, "sex", merged=((0, 3, 0, 4),)) == [("L",), ("P",)]
