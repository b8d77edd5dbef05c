"""What a list of participants says of a day, for every history of memberships, against asking each of them."""

from __future__ import annotations

import datetime as dt
from itertools import product

import polars as pl
import pytest

from rosterkit.rules.context import Context
from rosterkit.rules.membership import memberships
from rosterkit.rules.rk505_already_participant import RULE as ALREADY
from rosterkit.rules.rk506_participation_lapsed import RULE as LAPSED
from tests.helpers import TODAY
from tests.oracles.helpers import facts, period, spec_with, verdicts

DAY = dt.date(2025, 1, 1)
Membership = tuple[dt.date | None, dt.date | None, bool]  # since, until, the end cannot be read
AROUND = [None, dt.date(2019, 3, 1), dt.date(2024, 12, 31), DAY, dt.date(2025, 1, 2), dt.date(2026, 1, 1)]
ONE: list[Membership] = [
    (since, None if unclear else until, unclear)
    for since, until, unclear in product(AROUND, AROUND, (False, True))
    if not (unclear and until) and (since is None or until is None or since <= until)
]


def people(histories: list[list[Membership]]) -> pl.DataFrame:
    """A list of participants in which each history is a person."""
    rows = [
        (f"35710101018{number:05}", since, until, until + dt.timedelta(days=90) if until else None, unclear)
        for number, history in enumerate(histories)
        for since, until, unclear in history
    ]
    schema = {"nik": pl.String, "since": pl.Date, "until": pl.Date, "grace": pl.Date, "unclear": pl.Boolean}
    words = [pl.lit(None, pl.String).alias(name) for name in ("word", "status")]
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(*words, doubtful=pl.lit(False))


def state(history: list[Membership], day: dt.date) -> tuple[str, dt.date | None]:
    """Insured by one membership, else perhaps insured, else lapsed with the last one; nothing before the first."""
    begun = [one for one in history if one[0] is None or one[0] <= day]
    runs = [until for _since, until, unclear in begun if not unclear and (until is None or until >= day)]
    if runs:
        return "insured", None
    if any(unclear for _since, _until, unclear in begun):
        return "perhaps", None
    return ("lapsed", max(until for _since, until, _unclear in begun if until)) if begun else ("never", None)


HISTORIES: list[list[Membership]] = [[], *([one] for one in ONE), *(list(pair) for pair in product(ONE, repeat=2))]
HISTORIES += [list(three) for three in product(ONE[::3], repeat=3)]


def test_a_day_finds_everybody_insured_lapsed_or_unknown() -> None:
    """Whatever the order of the list, a membership that runs counts first, then one that cannot be read."""
    found = {nik: (active, until) for nik, active, until in
             memberships(people(HISTORIES), DAY).select("nik", "active", "until").iter_rows()}  # fmt: skip
    for number, history in enumerate(HISTORIES):
        expected, last = state(history, DAY)
        active, until = found.get(f"35710101018{number:05}", ("none", None))
        assert {True: "insured", None: "perhaps", False: "lapsed", "none": "never"}[active] == expected, history
        if expected == "lapsed":
            assert until == last


def test_insured_people_are_already_participants_and_lapsed_ones_have_lapsed() -> None:
    """The two rules are true of the two states; who is perhaps insured is asked about by the first."""
    context = Context(spec_with(period=period(DAY, 12)), TODAY, participants=people(HISTORIES))
    niks = pl.DataFrame({"nik": [f"35710101018{number:05}" for number in range(len(HISTORIES))]})
    assert LAPSED.cells is not None
    assert LAPSED.cells.derive is not None
    frame = LAPSED.cells.derive(niks, context)
    states = [state(history, DAY)[0] for history in HISTORIES]
    asked = [one in ("insured", "perhaps") for one in states]
    assert [bad is True for bad in verdicts(ALREADY, "nik", frame, context)] == asked
    assert [bad is True for bad in verdicts(LAPSED, "nik", frame, context)] == [one == "lapsed" for one in states]


def months_without(until: dt.date, day: dt.date) -> int:
    """The months, counted one by one, that lie wholly between the last day of cover and the first new one."""
    month, count = until.replace(day=1), -1
    while month < day.replace(day=1):
        month = dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)
        count += 1
    return max(count, 0)


def variant(until: dt.date, day: dt.date) -> str | None:
    """The text that fits: whether the days of grace still run, and whether a whole month is between."""
    grace, gap = (day - until).days <= 90, months_without(until, day) > 0
    return ("grace" if gap else "grace_no_gap") if grace else None if gap else "no_gap"


@pytest.mark.slow
@pytest.mark.parametrize("day", [DAY, dt.date(2024, 2, 29)])
def test_the_months_without_membership_are_those_between(day: dt.date) -> None:
    """For each last day of the 12 years before: the months between, and whether the 90 days of grace still run."""
    ends = [day - dt.timedelta(days=number) for number in range(1, 12 * 366)]
    participants = people([[(dt.date(2000, 1, 1), until, False)] for until in ends])
    context = Context(spec_with(period=period(day, 12)), TODAY, participants=participants)
    assert LAPSED.cells is not None
    assert LAPSED.cells.derive is not None
    frame = LAPSED.cells.derive(participants.select("nik"), context)
    told = facts(LAPSED, "nik", frame, context)
    assert told["months"].to_list() == [months_without(until, day) for until in ends]
    assert told["until"].to_list() == [f"{until:%d-%m-%Y}" for until in ends]
    assert told["variant"].to_list() == [variant(until, day) for until in ends]
    assert verdicts(LAPSED, "nik", frame, context) == [True] * len(ends)
