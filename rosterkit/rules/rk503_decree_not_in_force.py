"""A decree that is not in force in the covered months.

What
The covered months (`period`) are not all within the days of the decree (`in_force`, in the schema or in
`rosterkit.toml`). The rule is skipped where either is not known.

Why
Months outside the decree may not be paid from public money, and nothing in the list of people can mend that.

Example
Months January to December 2025, a decree in force from 1 April 2025.

Instead
The decree of those months, or only the months of the decree.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context


def _outside(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    force, period = context.spec.in_force, context.spec.period
    if isinstance(table, Skipped) or force is None or period is None or force.holds(period.start, period.end):
        return
    days = {"first": period.start, "last": period.end, "from": force.start}
    facts: dict[str, object] = {f"{key}_month": day.isoformat() for key, day in days.items()}
    end = {"until_month": force.end.isoformat()} if force.end else {"variant": "open"}
    facts |= {**end, "number": force.number or "SK"}
    yield SheetFact(None, None, None, facts)


RULE = Rule(
    code="RK503",
    name="decree-not-in-force",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("SK tidak berlaku pada bulan yang dibayar"),
    message=N_(
        "Bulan yang dibayar ({first_month} s.d. {last_month}) melewati masa berlaku {number}"
        " ({from_month} s.d. {until_month})."
    ),
    variants={
        "open": N_(
            "Bulan yang dibayar ({first_month} s.d. {last_month}) dimulai sebelum {number} berlaku (sejak"
            " {from_month})."
        ),
    },
    hint=N_("Pakai SK yang berlaku pada bulan itu, atau betulkan period dan in_force di skema."),
    why=N_("Iuran untuk bulan di luar masa berlaku SK tidak punya dasar pembayaran."),
    judges=(Sheets(_outside),),
    given={"in_force": {"number": "SK 2025", "start": "2025-04-01", "end": "2025-12-31"}},
    good_given={"period": {"start": "2025-04-01", "months": 9}},
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
)
