"""Reads all reference lists of a run."""

from __future__ import annotations

import polars as pl

from rosterkit.model.finding import Remark
from rosterkit.model.roster import Awaited
from rosterkit.records import dataclass
from rosterkit.reference.decree import read_annex
from rosterkit.reference.exceptions import Exceptions, read_exceptions
from rosterkit.reference.participants import read_participants
from rosterkit.reference.population import read_population
from rosterkit.reference.senders import read_senders
from rosterkit.rules import rule_codes
from rosterkit.schema.spec import RosterSpec
from rosterkit.settings import Settings


@dataclass(frozen=True, slots=True)
class ReferenceLists:
    """The reference lists of a run; None for those that were not given.

    Args:
        decree: see ``read_annex``.
        participants: see ``read_participants``.
        population: see ``read_population``.
        exceptions: the findings that the office accepts.
        awaited: the senders of whom a list is expected; empty where they are not known.
        remarks: problems of the lists as a whole.
    """

    decree: pl.DataFrame | None
    participants: pl.DataFrame | None
    population: pl.DataFrame | None
    exceptions: Exceptions | None
    awaited: tuple[Awaited, ...]
    remarks: tuple[Remark, ...] = ()


def read_reference_lists(settings: Settings, spec: RosterSpec) -> ReferenceLists:
    """Read the reference lists that the settings name.

    Raises:
        UsageError: one of them cannot be used.
    """
    remarks: list[Remark] = []
    common = (spec, settings.today, remarks, True)
    return ReferenceLists(
        read_annex(settings.decree, *common) if settings.decree else None,
        read_participants(settings.participants, *common) if settings.participants else None,
        read_population(settings.population, *common) if settings.population else None,
        read_exceptions(settings.exceptions, settings.today, rule_codes) if settings.exceptions else None,
        tuple(read_senders(settings.senders)) if settings.senders else (),
        tuple(remarks),
    )
