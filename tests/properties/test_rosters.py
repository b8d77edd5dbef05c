"""Properties of a check, on rosters that nobody drew."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rosterkit.data.regions import regions
from rosterkit.model.cells import Sheet, cell_position
from rosterkit.model.finding import Finding
from rosterkit.rules import BY_CODE
from tests.helpers import EXAMPLE_DECREE, TODAY, examples, findings_of
from tests.test_normalise import typed

HEAD = ["NIK", "NO KK", "Nama", "Tempat Lahir", "Tanggal Lahir", "JK", "RT", "Kategori", "No HP", "Ket"]
VALUES: dict[str, list[Any]] = {
    "NIK": ["3571010101859901", "3571010101859902", "3571014101859903", "357101010185990", 3571010101859900.0, "-", "",
            "3571.0101.0185.9907", "35710101O1859901", "1111111111111111", "9971010101859901", "3571013201859901",
            "9101010101859901", "3571990101859905", "3571010101859910", "3571010101859920", "\u06f3\u06f5\u06f7\u06f1"],
    "NO KK": ["3571011203159902", "", "3571010101859901", "x", "3571011203159902"],
    "Nama": ["Contoh Satu", "Moch. Contoh Misal", "Muhammad Contoh Misal", "Contoh Dua (Alm)", "", "Pemulung",
             "Contoh 2",             "Hasan Contoh", "Husein Contoh", "Slamet", 12345.0,
             "=1+1", "H. Contoh, S.Pd", "\u200bContoh  Satu "],
    "Tempat Lahir": ["Kediri", "", "01-01-1985"],
    "Tanggal Lahir": ["01-01-1985", "02-01-1985", dt.date(1985, 1, 1), dt.date(1950, 1, 1), "1985", "31-02-1985", "",
                      "31048",                      "3/4/85", "1 Jan 85", "01-01-2085"],
    "JK": ["L", "P", "?", ""],
    "RT": ["003", "3", "003/005", "", "Mawar", dt.date(2025, 5, 3)],
    "Kategori": ["Pemulung", "becak", "kuli batu", "Tukang becak / Pemulung", "", "Pemulumg", "Ketua RT"],
    "No HP": ["081200009901", "+62812-0000-9901", "12", ""],
    "Ket": ["", "meninggal", "istri meninggal"],
}  # fmt: skip
CLEAN = ["3572024508779999", "3572021203159999", "Umpama Khayal", "Blitar", "05-08-1977", "P", "007", "Buruh tani"]
CLEAN += ["081299999999", ""]
rows = st.lists(st.tuples(*(st.sampled_from(VALUES[title]) for title in HEAD)).map(list), min_size=1, max_size=12)
fewer = examples(4)


def sheet(head: list[str], body: list[list[Any]]) -> Sheet:
    return Sheet("Contoh", [head, *([float(i) if isinstance(i, int) else i for i in row] for row in body)])


def told(findings: list[Finding], row: dict[int, int] | None = None) -> Counter[tuple[Any, ...]]:
    """What is found, without the cells' addresses; ``row`` gives back the original number of a row."""
    return Counter(
        (
            f.code,
            f.field,
            f.value,
            f.place.row if row is None or f.place.row is None else row.get(f.place.row, f.place.row),
        )
        for f in findings
    )


@fewer
@given(rows, st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_rows(body, chance):
    # Somebody who is certainly a person comes first, so that no row can be taken for a line under the header.
    order = list(range(len(body)))
    chance.shuffle(order)
    straight = told(findings_of(sheet(HEAD, [CLEAN, *body]), EXAMPLE_DECREE))
    turned = sheet(HEAD, [CLEAN, *(body[number] for number in order)])
    back = {position + 2: number + 2 for position, number in enumerate(order)} | {1: 1}
    assert told(findings_of(turned, EXAMPLE_DECREE), back) == straight


@fewer
@given(rows, st.permutations(range(len(HEAD))))
def test_findings_do_not_depend_on_the_order_of_columns(body, order):
    straight = told(findings_of(sheet(HEAD, [CLEAN, *body]), EXAMPLE_DECREE))
    turned = sheet([HEAD[n] for n in order], [[row[n] for n in order] for row in [CLEAN, *body]])
    assert told(findings_of(turned, EXAMPLE_DECREE)) == straight


@fewer
@given(rows)
def test_a_clean_row_adds_no_finding(body):
    before = told(findings_of(sheet(HEAD, [CLEAN, *body])))
    clean = ["3575034509788888", "3575031203148888", "Semu Peraga", "Pasuruan", "05-09-1978", "P", "008", "Pemulung"]
    after = told(findings_of(sheet(HEAD, [CLEAN, *body, [*clean, "081288888888", ""]])))
    across = {"RK401", "RK403", "RK404", "RK406", "RK218"}  # what one row says of another
    # A column that most values contradict is one finding, until too few of them do: then each speaks for itself.
    columns = {item[1] for item in before - after if item[0] == "RK111"}
    apart = {item for item in after if item[0] in ("RK110", "RK301", "RK302") and item[1] in columns}
    assert {item for item in after - before if item[0] not in across} - apart == set()


@fewer
@given(rows)
def test_a_finding_stands_at_the_cell_that_holds_its_value(body):
    page = sheet(HEAD, [CLEAN, *body])
    for finding in findings_of(page, EXAMPLE_DECREE):
        if finding.place.cell is None or finding.value is None:
            continue
        row, column = cell_position(finding.place.cell)
        cell = page.rows[row][column]
        shown = cell.isoformat() if isinstance(cell, dt.date) else f"{cell:.0f}" if isinstance(cell, float) else cell
        assert finding.value == shown


@fewer
@given(rows)
def test_one_cell_gets_one_error_for_one_cause(body):
    cells = Counter(
        (finding.place.cell, finding.code)
        for finding in findings_of(sheet(HEAD, [CLEAN, *body]), EXAMPLE_DECREE)
        if finding.severity == "error"
    )
    assert max(cells.values(), default=1) == 1
    errors = Counter(cell for cell, _code in cells)
    for cell, count in errors.items():
        codes = sorted(code for at, code in cells if at == cell)
        # Two errors of a cell have two causes: the person is listed twice AND is not in the decree, for instance.
        assert count == 1 or not any(one in BY_CODE[other].before for one in codes for other in codes), codes


KECAMATAN = [code for code in regions().names if len(code) == 6]
niks = st.builds(
    lambda region, day, female, serial: f"{region}{day.day + 40 * female:02}{day:%m%y}{serial:04}",
    st.sampled_from(KECAMATAN),
    st.dates(dt.date(1926, 1, 1), TODAY),
    st.booleans(),
    st.integers(1, 9999),
)
NIK_ERRORS = [code for code in BY_CODE if code.startswith("RK21") and BY_CODE[code].severity == "error"]


def verdicts(numbers: list[Any]) -> list[set[str]]:
    """The codes about the NIK of each number, in a roster with all of them."""
    body = [
        [number, f"Contoh {chr(65 + n % 26)}{chr(65 + n // 26)}", "05-08-1977", "Pemulung"]
        for n, number in enumerate(numbers)
    ]
    body.insert(0, ["3572024508779999", "Umpama Khayal", "05-08-1977", "Pemulung"])
    page = sheet(["NIK", "Nama", "Tanggal Lahir", "Kategori"], body)
    found: list[set[str]] = [set() for _ in body]
    for finding in findings_of(page):
        if finding.field == "nik" and finding.place.row:
            found[finding.place.row - 1].add(finding.code)
    return found[1:]


@examples(10)
@given(st.lists(niks, min_size=1, max_size=30, unique=True))
def test_a_nik_of_a_real_region_date_sex_and_serial_has_no_error(numbers):
    known = {"3572024508779999"}
    assert [codes & {*NIK_ERRORS, "RK215"} for codes in verdicts([n for n in numbers if n not in known])] == [
        set() for n in numbers if n not in known
    ]


CORRUPTIONS = {
    "a digit short": lambda nik: (nik[:-1], "RK210"),
    "a digit long": lambda nik: (nik + "1", "RK210"),
    "a letter": lambda nik: (nik[:5] + "O" + nik[6:], "RK211"),
    "a mask": lambda nik: (nik[:6] + "******" + nik[12:], "RK211"),
    "a number": lambda nik: (float(nik[:15] + "0"), "RK212"),
    "scientific": lambda nik: (f"{nik[0]},{nik[1:6]}E+15", "RK212"),
    "day 00": lambda nik: (nik[:6] + "00" + nik[8:], "RK213"),
    "day 32": lambda nik: (nik[:6] + "32" + nik[8:], "RK213"),
    "day 40": lambda nik: (nik[:6] + "40" + nik[8:], "RK213"),
    "day 72": lambda nik: (nik[:6] + "72" + nik[8:], "RK213"),
    "day 99": lambda nik: (nik[:6] + "99" + nik[8:], "RK213"),
    "month 13": lambda nik: (nik[:8] + "13" + nik[10:], "RK213"),
    "month 00": lambda nik: (nik[:8] + "00" + nik[10:], "RK213"),
    "no such province": lambda nik: ("99" + nik[2:], "RK214"),
    "from before SIAK": lambda nik: ("05" + nik[2:], "RK214"),
    "kab/kota 00": lambda nik: (nik[:2] + "00" + nik[4:], "RK217"),
    "kecamatan 00": lambda nik: (nik[:4] + "00" + nik[6:], "RK217"),
    "serial 0000": lambda nik: (nik[:12] + "0000", "RK217"),
}


@examples(4)
@given(numbers=st.lists(niks, min_size=1, max_size=12, unique=True))
def test_a_corruption_is_found_and_called_by_its_name(numbers):
    """Each NIK in each way, all in one roster."""
    spoilt = [(name, *spoil(nik)) for name, spoil in CORRUPTIONS.items() for nik in numbers]
    for (name, value, code), codes in zip(spoilt, verdicts([value for _, value, _ in spoilt]), strict=True):
        assert codes & set(NIK_ERRORS) == {code}, (name, value)


@pytest.mark.parametrize("name", CORRUPTIONS)
@examples(1)
@given(numbers=st.lists(niks, min_size=1, max_size=12, unique=True))
def test_a_corruption_of_a_whole_column_is_called_by_its_name(name, numbers):
    spoilt = [CORRUPTIONS[name](nik) for nik in numbers]
    for (value, code), codes in zip(spoilt, verdicts([value for value, _ in spoilt]), strict=True):
        assert codes & set(NIK_ERRORS) == {code}, value


@fewer
@given(rows)
def test_typing_twice_equals_typing_once(body):
    """What typing gives is a text of the same value, and nothing of it is repaired."""
    fields = {"name": "Nama", "phone": "No HP", "category": "Kategori", "nik": "NIK"}
    once = typed(**{field: [text_of(row[HEAD.index(title)]) for row in body] for field, title in fields.items()})
    again = typed(**{field: once[field].fill_null("").to_list() for field in fields})
    for field in fields:
        assert again[field].to_list() == once[field].to_list()
        assert again[f"{field}_fixed"].to_list() == [None] * len(body)


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def test_strategies_reach_most_rules():
    """The values above are worth something: together they call most rules about cells and rows."""
    body = [[VALUES[title][(n * 7 + k) % len(VALUES[title])] for k, title in enumerate(HEAD)] for n in range(60)]
    codes = {finding.code for finding in findings_of(sheet(HEAD, [CLEAN, *body]), EXAMPLE_DECREE)}
    assert len(codes) >= 25
