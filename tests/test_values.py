"""Values in the dresses of real lists, from the cell to the person; what remains unsaid is as important."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import stack
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Table
from rosterkit.read.locate import locate
from rosterkit.read.workbook import read_workbook
from tests.helpers import HEAD, SPEC, TODAY, findings_of, vocabulary_of
from tests.test_normalise import typed

NIK = "3571010101859901"


@pytest.mark.parametrize(
    "text",
    ["NIK. {}", "NIK : {}", "NIK{}", "KTP {}", "{} (KTP)", "{} (baru)", "No. {}", "{}.", "{},", "{} *", "#{}", "({})",
     "{}L", "NIK = {}", '="{}"', "NO. KTP: {}", "[{}]", "`{}", "nik {}", "= {}"],
)  # fmt: skip
def test_a_number_with_a_label_or_signs_around_it_is_the_number(text: str) -> None:
    found = typed(nik=[text.format(NIK), text.format("3571-0101–0185 9901")])
    assert found["nik"].to_list() == [NIK, NIK]
    assert found["nik_fixed"].to_list() == [NIK, NIK]


@pytest.mark.parametrize(
    "text",
    ["{} (salah)", "{} / 3571010101859902", "Contoh {}", "{} a.n. Contoh", "1. {}", "{} 2", "{}x", "KK {}", "NIK {}9"],
)
def test_anything_else_beside_a_number_is_no_number(text: str) -> None:
    """A remark, a name, another number, a letter that may be a digit: only the sender knows."""
    assert typed(nik=[text.format(NIK)])["nik"].to_list() == [None]


def test_a_label_before_too_few_digits_is_told_by_the_digits() -> None:
    found = findings_of(HEAD + "| NIK: 357101010185990 | Contoh Satu | 01-01-1985 | Pemulung |")
    assert [one.code for one in found] == ["RK210"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kediri,", "Kediri"),
        ("Kediri -", "Kediri"),
        (": Kediri", "Kediri"),
        ("Kab. Kediri", "Kab. Kediri"),
        ("Kediri", "Kediri"),
        (".", None),
    ],
)
def test_a_place_has_no_signs_around_it(text: str, place: str | None) -> None:
    assert typed(birth_place=[text])["birth_place"].to_list() == [place]


def test_a_place_before_a_date_keeps_its_words() -> None:
    cells = ["Kediri, tgl 17 Agustus 1985", "Kediri, 17-VIII-1985", "Tulung Agung 17–08–1985"]
    found = typed(birth_place=cells, birth_date=cells)
    assert found["birth_place"].to_list() == ["Kediri", "Kediri", "Tulung Agung"]
    assert found["birth_date"].to_list() == [dt.date(1985, 8, 17)] * 3


@pytest.mark.parametrize("old_mac", [False, True])
def test_serial_numbers_follow_the_workbook(tmp_path: Path, old_mac: bool) -> None:
    """The same day as a date and as a number, in both date systems."""
    book = openpyxl.Workbook()
    if old_mac:
        book.epoch = dt.datetime(1904, 1, 1)
    first = dt.date(1904, 1, 1) if old_mac else dt.date(1899, 12, 30)
    day = dt.date(1985, 8, 17)
    page: Any = book.active
    for row in (["NIK", "Nama", "Tanggal Lahir"], [NIK, "Contoh", (day - first).days], [NIK, "Contoh", day]):
        page.append(row)
    book.save(tmp_path / "contoh.xlsx")
    (sheet,) = read_workbook(tmp_path / "contoh.xlsx").sheets
    assert sheet.extras.date_1904 == old_mac
    table = locate(sheet, SPEC, vocabulary_of(SPEC))
    assert isinstance(table, Table)
    assert normalise(stack([(0, table)]), SPEC, TODAY)["birth_date"].to_list() == [day, day]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("August 17, 1985", None),
        ("Aug 17th 1985", None),
        ("Kediri, Agustus 17, 1985", "Kediri"),
        ("Tulungagung,17081985", "Tulungagung"),
        ("Tulungagung 17081985", "Tulungagung"),
        ("Blitar; 17.08.1985", "Blitar"),
        ("１７-０８-１９８５", None),
        ("١٧-٠٨-١٩٨٥", None),
        ("۱۷/۰۸/۱۹۸۵", None),
    ],
)
def test_whole_dates_in_other_dresses(text: str, place: str | None) -> None:
    found = typed(birth_place=[text], birth_date=[text])
    assert found["birth_date"].to_list() == [dt.date(1985, 8, 17)]
    assert found["birth_place"].to_list() == [place]


@pytest.mark.parametrize("text", ["Blitar, 1999", "Agustus 1985", "Agustus 85", "Blok A 12345678", "Jl. A 31131985"])
def test_parts_of_dates_and_other_numbers_are_none(text: str) -> None:
    assert typed(birth_date=[text])["birth_date"].to_list() == [None]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("081234567892 (anak)", "081234567892"),
        ("WA: 0812-3456-7892", "081234567892"),
        ("+62 812 3456 7892 milik anaknya", "081234567892"),
        ("0812345678xx", None),
        ("0812 3456 78 xx", None),
        ("O81234567892", None),
        ("8,12345E+10", None),
        ("anak", None),
    ],
)
def test_a_phone_number_among_words(text: str, number: str | None) -> None:
    assert typed(phone=[text])["phone"].to_list() == [number]


@pytest.mark.parametrize(
    ("cell", "code", "variant"),
    [
        (f"{NIK}/3571011203159902", "RK210", "two"),
        (f"NIK {NIK} KK 3571011203159902", "RK210", "two"),
        ("35710101018599011", "RK210", "long"),
        ("n:3571010101859900", "RK212", None),
        ("n:3571010101859907", "RK212", "number"),
        ("3,57101E+15", "RK212", "cut"),
    ],
)
def test_what_is_said_of_a_nik_fits_the_cell(cell: str, code: str, variant: str | None) -> None:
    head = "| NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|\n"
    found = findings_of(f"{head}| {cell} | Contoh | 01-01-1985 | Pemulung |")
    assert [(finding.code, finding.facts.get("variant")) for finding in found] == [(code, variant)]


def test_the_kk_number_of_somebody_else_is_no_nik() -> None:
    """Where it holds her own birth date, it is the other's column that is wrong."""
    head = "| NIK | Nama | Tanggal Lahir | Kategori | No KK |\n|---|---|---|---|---|\n"
    first = f"| {NIK} | Contoh | 01-01-1985 | Pemulung | 3571011203159902 |\n"
    for born, expected in (("12-06-1971", ["RK303"]), ("12-03-2015", [])):
        found = findings_of(f"{head}{first}| 3571011203159902 | Misal | {born} | Pemulung | |")
        assert [finding.code for finding in found if finding.code in ("RK303", "RK301")] == expected


def test_a_birth_date_after_the_first_covered_day_is_none() -> None:
    head = "| NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|\n"
    for date, expected in (("17-08-2025", ["RK222"]), ("17-08-2022", ["RK301", "RK309"])):
        found = findings_of(f"{head}| {NIK} | Contoh | {date} | Pemulung |")
        assert [finding.code for finding in found] == expected


def test_codes_of_a_sex_are_told_where_no_nik_proves_them() -> None:
    table = (
        "| NIK | Nama | Tanggal Lahir | Kategori | JK |\n|---|---|---|---|---|\n"
        "| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | {} |\n"
        "| 3571014101859902 | Misal Dua | 01-01-1985 | Pemulung | {} |"
    )
    assert [one.code for one in findings_of(table.format("n:1", "n:2"))] == []
    assert [(one.code, one.severity) for one in findings_of(table.format("L", "Perempuaan"))] == [
        ("RK202", Severity.INFO)
    ]
    assert [one.code for one in findings_of(table.format("n:2", "n:1"))] == ["RK202", "RK202", "RK302", "RK302"]
    assert [one.code for one in findings_of(table.format("Pria", "W"))] == []
    assert [one.code for one in findings_of(table.format("P", "W"))] == ["RK202"]


def test_an_office_adds_its_own_words() -> None:
    table = HEAD.replace("Kategori |", "Kategori | JK |").replace("---|\n", "---|---|\n")
    table += f"| IDENTITAS {NIK} | Contoh Satu | 01-01-1985 | Pemulung | Bapak |"
    words = {"words": {"sex": {"BAPAK": "L"}, "labels": {"IDENTITAS": "nik"}}}
    assert [one.code for one in findings_of(table, given=words)] == ["RK202"]
    assert {one.code for one in findings_of(table)} == {"RK203", "RK211"}


@pytest.mark.parametrize(("head", "cell"), [("RT", "Mawar"), ("Penghasilan", "cukup"), ("Penghasilan", "e:#REF!"),
                                            ("RW", "f:")])  # fmt: skip
def test_what_no_form_takes_holds_nobody_back(head: str, cell: str) -> None:
    table = f"| NIK | Nama | Tanggal Lahir | Kategori | {head} |\n|---|---|---|---|---|\n"
    table += f"| {NIK} | Contoh Satu | 01-01-1985 | Pemulung | {cell} |"

    def weights(**options: Any) -> list[Severity]:
        found = findings_of(table, **options)
        return [one.severity for one in found if one.code in ("RK107", "RK108", "RK203")]

    assert weights(form="sipp-tk-baru") == [Severity.WARNING]
    assert weights() == [Severity.ERROR]
    assert weights(form="sipp-tk-baru", given={"rules": {"RK203": {"severity": "error"}}}) == [
        Severity.ERROR if cell in ("Mawar", "cukup") else Severity.WARNING
    ]


def test_what_a_form_takes_or_the_schema_requires_holds() -> None:
    table = (
        "| NIK | Nama | Tanggal Lahir | Kategori | JK | RT |\n|---|---|---|---|---|---|\n"
        f"| {NIK} | Contoh Satu | 01-01-1985 | Pemulung | Mawar | Mawar |"
    )
    required = {"columns": {"rt": {"label": "RT", "required": True}}}
    found = {(one.field, one.severity) for one in findings_of(table, form="sipp-tk-baru") if one.code == "RK203"}
    assert found == {("sex", Severity.ERROR), ("rt", Severity.WARNING)}
    held = findings_of(table, form="sipp-tk-baru", given=required)
    assert {one.severity for one in held if one.code == "RK203"} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("ages", "severity"), [(None, Severity.WARNING), ({"min": 15}, Severity.ERROR), ({"min": 0}, None)]
)
def test_a_minimum_age_holds_where_the_schema_sets_it(ages: dict[str, int] | None, severity: Severity | None) -> None:
    table = HEAD + "| 3571010101139901 | Contoh Satu | 01-01-2013 | Pemulung |"
    found = findings_of(table, given={"ages": ages} if ages else None)
    assert [(one.code, one.severity) for one in found] == ([("RK309", severity)] if severity else [])
    found = findings_of(table, given={"rules": {"RK309": {"severity": "info"}}, "ages": {"min": 15}})
    assert [one.severity for one in found] == [Severity.INFO]


@pytest.mark.parametrize("name", ["x", "IBU", "Ibu.", "Mama", "contoh  satu", "Z", "tidak tahu"])
def test_a_mothers_name_that_is_none_is_asked(name: str) -> None:
    table = HEAD.replace("Kategori |", "Kategori | Nama Ibu |").replace("---|\n", "---|---|\n")
    found = findings_of(table + f"| {NIK} | Contoh Satu | 01-01-1985 | Pemulung | {name} |")
    assert {one.code for one in found} - {"RK202", "RK201"} <= {"RK308"}
    assert name == "tidak tahu" or "RK308" in {one.code for one in found}


@pytest.mark.parametrize("name", ["IBU BUDI", "Ibu Contoh", "Contoh Satuwati", "Siti", "Umi", "Bu"])
def test_a_mother_may_be_called_so(name: str) -> None:
    table = HEAD.replace("Kategori |", "Kategori | Nama Ibu |").replace("---|\n", "---|---|\n")
    assert findings_of(table + f"| {NIK} | Contoh Satu | 01-01-1985 | Pemulung | {name} |") == []


def test_a_nik_and_a_kk_number_that_changed_places_are_called_so() -> None:
    """The number of the family stands in the column NIK, and in other rows where it belongs: RK303 spoke instead."""
    found = findings_of("""
| NIK | Nama | Tanggal Lahir | Kategori | No KK |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 3571011205109902 |
| 3571011205109902 | Contoh Dua | 02-02-1985 | Pemulung | 3571010202859903 |
""")
    assert [finding.code for finding in found if finding.code in ("RK110", "RK303")] == ["RK110"]
