"""Values in the neighbouring column: held where they are known to be wrong, asked elsewhere."""

from __future__ import annotations

import pytest

from rosterkit.model.finding import Severity
from tests.helpers import findings_of

HEAD = ["NIK", "No KK", "Nama", "Tempat Lahir", "Tanggal Lahir", "JK", "Nama Ibu Kandung", "Kelurahan", "Kategori"]
GOOD = ["3571010101859901", "3571011203159902", "Contoh Satu", "Kediri", "01-01-1985", "L", "Contoh Ibu", "Misalan"]


def weights(**values: str) -> dict[str | None, Severity]:
    """What RK110 says of a person with some other values: field -> severity."""
    fields = ["nik", "kk", "name", "birth_place", "birth_date", "sex", "mother_name", "kelurahan"]
    row = [values.get(field, value) for field, value in zip(fields, GOOD, strict=True)]
    lines = [HEAD, ["---"] * len(HEAD), [*row, "Pemulung"]]
    found = findings_of("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return {finding.field: finding.severity for finding in found if finding.code == "RK110"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Pemulung"),
        ("name", "PENGEMUDI OJEK"),
        ("name", "3571011203159902"),
        ("name", "01-01-1985"),
        ("mother_name", "Tukang becak"),
        ("mother_name", "3571011203159902"),
        ("birth_place", "12-05-1980"),
        ("birth_place", "3571011203159902"),
    ],
)
def test_what_is_known_to_be_wrong_holds_the_person(field: str, value: str) -> None:
    assert weights(**{field: value}) == {field: Severity.ERROR}


@pytest.mark.parametrize(("field", "value"), [("kelurahan", "Buruh tani"), ("birth_place", "Pemulung")])
def test_what_may_be_a_place_is_asked(field: str, value: str) -> None:
    assert weights(**{field: value}) == {field: Severity.WARNING}


@pytest.mark.parametrize("name", ["Siti Ojek", "Kader", "Becak", "Mawar", "RT"])
def test_a_name_with_a_word_of_work_in_it_or_a_short_one_is_a_name(name: str) -> None:
    """A short word counts only where the category is missing."""
    assert weights(name=name) == {}


def test_a_swapped_nik_is_one_error_that_offers_the_swap() -> None:
    found = findings_of(
        "| NIK | No KK | Nama | Tanggal Lahir | JK | Kategori |\n|---|---|---|---|---|---|\n"
        "| 3571011203159902 | 3571010101859901 | Contoh Satu | 01-01-1985 | L | Pemulung |\n"
        "| 3571011203159902 | 3571014201859904 | Contoh Dua | 02-01-1985 | P | Pemulung |\n"
        "| 3571013304159902 | 3571010301859905 | Contoh Tiga | 03-01-1985 | L | Pemulung |"
    )
    assert [(finding.code, finding.severity, finding.fix and finding.fix.value) for finding in found] == [
        ("RK110", Severity.ERROR, "3571011203159902"),
        ("RK110", Severity.ERROR, "3571011203159902"),
        ("RK110", Severity.ERROR, "3571013304159902"),
    ]


def test_an_office_sets_the_severity_of_all() -> None:
    table = (
        "| NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|\n"
        "| 3571010101859901 | Pemulung | 01-01-1985 | Pemulung |"
    )
    for severity in Severity:
        found = findings_of(table, given={"rules": {"RK110": {"severity": str(severity)}}})
        assert [finding.severity for finding in found] == [severity]
