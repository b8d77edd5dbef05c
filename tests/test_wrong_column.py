"""A column that holds something else is one finding, and holds its sheet; single rows stay what they were."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rosterkit.check.judge import judge
from rosterkit.model.finding import Finding, Severity
from tests.helpers import context_of, findings_of, read_files_of

HEAD = ["NIK", "No KK", "Nama", "Tanggal Lahir", "JK", "Kategori"]


def person(number: int, **values: str) -> list[str]:
    """A man with some other values."""
    day = number + 1
    good = {
        "nik": f"357101{day:02}0185{9901 + number}",
        "kk": f"357101{day:02}0315{9951 + number}",
        "name": f"Contoh {'ABCDEFGHIJKLMNOP'[number] * 5}",
        "born": f"{day:02}-01-1985",
        "sex": "L",
        "category": "Pemulung",
    }
    return list({**good, **values}.values())


def told(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> list[Finding]:
    """What is found, but for what an upload form would need and days that may be months."""
    lines = [head, ["---"] * len(head), *rows]
    found = findings_of("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return [finding for finding in found if finding.code not in ("RK221", "RK406")]


def ready(rows: Sequence[Sequence[str]]) -> int:
    """How many people nothing holds back."""
    lines = [HEAD, ["---"] * len(HEAD), *rows]
    files = read_files_of("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return len(judge(files, context_of()).clean)


def swapped(number: int) -> list[str]:
    """A man whose NIK and KK number stand in each other's place."""
    nik, kk, *rest = person(number)
    return [kk, nik, *rest]


KK_TWICE = {"nik": "3571011203159999"}
KINDS = {
    "swapped": (swapped, "nik", "swapped"),
    "KK numbers": (lambda n: person(n, nik=f"3571010{n + 1}0312{9951 + n}", kk="-"), "nik", "kk"),
    "one KK number": (lambda n: person(n, kk="-", **KK_TWICE), "nik", "kk"),
    "no numbers": (lambda n: person(n, nik=f"Misal {'ABCDEFGHIJKLMNOP'[n] * 3}"), "nik", "type"),
    "categories": (lambda n: person(n, name="Tukang becak"), "name", "type"),
    "numbers": (lambda n: person(n, name=f"n:{n + 100}"), "name", "type"),
    "dates": (lambda n: person(n, name=f"{n + 1}-01-1985"), "name", "type"),
    "other dates": (lambda n: person(n, born=f"{n + 1:02}-03-1971", nik=person(n)[0]), "birth_date", None),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_column_is_one_error_that_holds_the_sheet(kind: str) -> None:
    make, field, variant = KINDS[kind]
    if kind == "other dates":  # a woman among them: these are NIKs
        rows = [make(n) for n in range(5)] + [person(6, nik="3571014701859911", sex="P")]
    else:
        rows = [make(n) for n in range(6)]
    found = told(rows)
    assert [(one.code, one.field, one.severity, one.facts.get("variant")) for one in found] == [
        ("RK111", field, Severity.ERROR, variant)
    ]
    assert found[0].place.row == 0
    assert found[0].facts["people"] == 6
    assert ready(rows) == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["swapped", "categories", "dates"])
def test_it_speaks_from_5_rows_and_80_percent_up(kind: str) -> None:
    """Of 1 to 10 rows, all wrong, and one more and one less than 80 %; below that the rows speak for themselves."""
    make, field, _variant = KINDS[kind]
    for size in (1, 4, 5, 6, 10):
        for bad in sorted({size, size * 4 // 5, size * 4 // 5 - 1} - {0, -1}):
            rows = [make(n) if n < bad else person(n) for n in range(size)]
            codes = [(one.code, one.field) for one in told(rows)]
            if size >= 5 and 10 * bad >= 8 * size:
                assert codes == [("RK111", field)], (size, bad)
            else:
                assert codes == [("RK110", "kk" if field == "nik" else field)] * bad, (size, bad)


def test_a_few_dates_that_differ_are_warnings() -> None:
    rows = [person(n, born=f"{n + 14:02}-03-1971") if n < 3 else person(n) for n in range(5)]
    assert [(one.code, one.severity) for one in told(rows)] == [("RK301", Severity.WARNING)] * 3
    assert ready(rows) == 5


def test_days_and_months_in_the_wrong_order_are_no_other_dates() -> None:
    """Excel turned days into months: a question for each cell, not another column."""
    rows = [person(n, born=f"d:1985-{n + 2:02}-01", nik=f"357101{n + 2:02}0185{9901 + n}") for n in range(6)]
    assert "RK111" not in {one.code for one in told(rows)}


def test_young_workers_have_niks() -> None:
    """People born in this century, with women among them or old enough to work, are not KK numbers."""
    rows = [
        [f"3571010{n + 1}0106990{n}", "-", f"Contoh {'ABCDEF'[n] * 5}", f"0{n + 1}-01-2006", "L", "Pemulung"]
        for n in range(6)
    ]
    assert "RK111" not in {one.code for one in told(rows)}


def test_where_the_office_ignores_it_the_rows_speak() -> None:
    lines = [HEAD, ["---"] * len(HEAD), *(swapped(n) for n in range(6))]
    found = findings_of(
        "\n".join(f"| {' | '.join(line)} |" for line in lines),
        given={"rules": {"RK111": {"ignore": True, "reason": "contoh"}}},
    )
    assert [one.code for one in found if one.severity is Severity.ERROR] == ["RK110"] * 6
