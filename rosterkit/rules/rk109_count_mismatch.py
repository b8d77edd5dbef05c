"""A stated number of people that does not agree with the people found.

What
The row JUMLAH, the number in the title (31 orang) or the column NO disagree with the people that were found.

Why
Somebody was dropped, hidden or added after the list was counted.

Example
JUMLAH 25 orang under 24 people; numbers 1, 2, 4.

Instead
The missing person, or the right number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from string import ascii_uppercase

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_PEOPLE = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d{1,6})\s*(?:\([^)]*\)\s*)?(?:ORANG|JIWA|PEKERJA|PESERTA|PENERIMA)\b"
)
_OTHER_COUNT = re.compile(r"\b(?:KUOTA|TARGET|MAKS\w*|KESELURUHAN|SELURUH|GRAND|DARI)\b")


# What an earlier check may have told the sender to take out: then nobody is missing.
_TAKEN_OUT = frozenset(
    (*("RK261", "RK262", "RK304", "RK401", "RK402", "RK403", "RK404"), *("RK501", "RK505", "RK507", "RK509"))
)


def _mismatches(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table) and table.people:
        taken_out = len({before.cell.lstrip(ascii_uppercase) for before in table.before if before.code in _TAKEN_OUT})
        yield from _totals(table, taken_out)
        yield from _numbers(table, taken_out)


def _totals(table: Table, taken_out: int) -> Iterator[SheetFact]:
    """What titles and total rows say of how many people there are, or were before some were taken out."""
    amounts = {table.columns.get("income")}
    start = table.last_header_row
    for part in table.left_out:
        if part.reason not in ("title", "total"):
            continue
        for row in range(part.first, part.last + 1):
            stated = _stated(table, row, part.reason == "total", amounts)
            above = sum(start < person < row for person in table.people)
            found = (len(table.people), *((above,) if part.reason == "total" else ()))
            fits = {number + out for number in found for out in range(taken_out + 1)}
            numbers = [number for _column, number in stated]
            if stated and not fits & {*numbers, sum(numbers)}:
                column, number = stated[0]
                yield SheetFact(None, row, column, {"stated": number, "found": above if above else len(table.people)})
            if part.reason == "total":
                start = row


def _stated(table: Table, row: int, total: bool, amounts: set[int | None]) -> list[tuple[int, int]]:
    """The numbers of people that a row states, each with its column."""
    stated = []
    for column, cell in enumerate(table.sheet.rows[row]):
        if isinstance(cell, str):
            text = cell.upper()
            if _OTHER_COUNT.search(text):
                return []
            counted = _PEOPLE.findall(text) or ([text.strip()] if total and text.strip().isdecimal() else [])
            stated += [(column, int(number.replace(".", ""))) for number in counted if len(number) < 8]
        elif total and column not in amounts and isinstance(cell, int | float) and 0 < cell < 100_000:
            stated += [(column, int(cell))] if cell == int(cell) else []
    return stated


def _numbers(table: Table, taken_out: int) -> Iterator[SheetFact]:
    """Gaps in the column NO, where it counts upwards without starting again."""
    if table.counter is None:
        return
    counted = [
        (row, _number(cells[table.counter])) for row, cells in zip(table.people, table.rows_of_people(), strict=True)
    ]
    if table.halves:
        others = ((row, _number(table.sheet.rows[row][table.counter])) for row in table.halves)
        counted = sorted((*counted, *others), key=lambda pair: pair[0])
    numbered = [(row, number) for row, number in counted if number is not None]
    unnumbered = len(counted) - len(numbered)
    if len(numbered) < 2 or any(two <= one for (_a, one), (_b, two) in pairwise(numbered)):
        return
    missing = numbered[-1][1] - numbered[0][1] + 1 - len(numbered)
    if missing - unnumbered > taken_out and missing <= max(3, len(numbered)):
        row, first = next((b, one + 1) for (_a, one), (b, two) in pairwise(numbered) if two != one + 1)
        facts = {"variant": "gap", "missing_from": first, "missing": missing - unnumbered, "found": len(table.people)}
        yield SheetFact(None, row, table.counter, facts)


def _number(cell: object) -> int | None:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip(" .")
    return int(text) if text.isdecimal() and len(text) < 7 else None


RULE = Rule(
    code="RK109",
    name="count-mismatch",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Jumlah orang tidak sama"),
    message=N_("Tertulis {stated} orang, tetapi yang ditemukan {found} orang."),
    variants={
        "gap": N_("Nomor urut {missing_from} tidak ada. Seluruhnya {missing} nomor terlewat; {found} orang ditemukan."),
    },
    hint=N_("Adakah orang yang terlewat, tersembunyi, atau terhapus? Bila tidak, betulkan jumlahnya."),
    sender=Said(
        N_("Tertulis {stated} orang, tetapi di daftar ada {found} orang."),
        N_("Mohon dicek: adakah yang terlewat? Bila tidak, mohon betulkan jumlahnya."),
        variants={
            "gap": N_("Nomor urut {missing_from} tidak ada ({missing} nomor terlewat)."),
        },
    ),
    why=N_("Jumlah yang tidak cocok berarti ada orang yang terlewat, dan orang itu tidak didaftarkan."),
    judges=(Sheets(_mismatches),),
    good="""
| No | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| 1 | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 2 | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| JUMLAH |  | 2 orang |  |  |
""",
    wrong="""
| No | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| 1 | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3 | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| JUMLAH |  | 3 orang |  |  |
""",
)
