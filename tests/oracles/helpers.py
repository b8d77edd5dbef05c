"""What the oracles share: every day of 131 years, contexts with settings of their own, a rule's verdict on a frame."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from rosterkit.rules.base import Rule
from rosterkit.rules.context import Context
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.validate import validate
from tests.helpers import SPEC, TODAY

DAYS = [day for day in map(dt.date.fromordinal, range(693_596, 741_442)) if 1900 <= day.year <= 2030]


def spec_with(**settings: Any) -> RosterSpec:
    """The schema of Kediri with other settings, validated as if they stood in its file."""
    return validate(RosterSpec, {**SPEC.as_data(), **settings})


def context_with(today: dt.date = TODAY, **settings: Any) -> Context:
    """A context of the schema of Kediri with other settings."""
    return Context(spec_with(**settings), today)


def period(start: dt.date, months: int) -> dict[str, object]:
    """A period as a schema file states it."""
    return {"start": start, "months": months}


def verdicts(rule: Rule, field: str, frame: pl.DataFrame, context: Context) -> list[bool | None]:
    """What a rule says of each row: true where it is bad."""
    assert rule.cells is not None
    bad = rule.cells.bad(field, context)
    assert bad is not None
    return frame.with_columns(bad=bad)["bad"].to_list()


def facts(rule: Rule, field: str, frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """What a rule says about each row, one column a fact."""
    assert rule.cells is not None
    assert rule.cells.facts is not None
    found = rule.cells.facts(field, context)
    return frame.with_columns(**found).select(list(found))


def found_across(rule: Rule, frame: pl.DataFrame) -> pl.DataFrame:
    """What a rule finds among rows of several files."""
    assert rule.cells is not None
    assert rule.cells.across is not None
    context = context_with()
    return rule.cells.across.find(frame, rule.cells.across.keys(context), context)
