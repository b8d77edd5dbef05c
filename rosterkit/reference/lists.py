"""The lists that a run is held against."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rosterkit.model.finding import Remark
from rosterkit.model.roster import Awaited
from rosterkit.reference.decree import read_annex
from rosterkit.reference.exceptions import Exceptions, read_exceptions
from rosterkit.reference.participants import read_participants
from rosterkit.reference.population import read_population
from rosterkit.reference.senders import read_senders
from rosterkit.rules import find_rule
from rosterkit.schema.spec import RosterSpec
from rosterkit.settings import Settings


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists beside the rosters; None for those that were not given."""

    decree: pl.DataFrame | None
    participants: pl.DataFrame | None
    population: pl.DataFrame | None
    exceptions: Exceptions | None
    awaited: tuple[Awaited, ...]
    remarks: tuple[Remark, ...] = ()  # what there is to say of them


def read_lists(settings: Settings, spec: RosterSpec) -> Lists:
    """Read the lists that were given.

    Raises:
        UsageError: one of them cannot be used.
    """
    today = settings.today
    told: list[Remark] = []
    return Lists(
        read_annex(settings.decree, spec, today, told) if settings.decree else None,
        read_participants(settings.participants, spec, today, told) if settings.participants else None,
        read_population(settings.population, spec, today, told) if settings.population else None,
        read_exceptions(settings.exceptions, today, _code) if settings.exceptions else None,
        tuple(read_senders(settings.senders)) if settings.senders else (),
        tuple(told),
    )


def _code(written: str) -> str | None:
    rule = find_rule(written)
    return rule.code if rule else None
