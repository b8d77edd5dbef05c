"""What rules may ask beside the people that they judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Literal

import polars as pl

from rosterkit.model.finding import Severity
from rosterkit.model.report import ListSource, Seen
from rosterkit.records import dataclass
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec

if TYPE_CHECKING:
    from rosterkit.rules.base import Rule

Need = Literal["decree", "participants", "population", "form"]


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may ask beside the frame.

    Args:
        spec: the roster schema.
        today: the day of the check.
        decree: the people of the decree, one row a NIK: ``nik``, ``name``, ``birth_date`` (None: no decree).
        form: the upload form (None: none was chosen).
        participants: memberships (see ``reference.participants``; None: no list).
        population: matching results, one row a NIK (see ``reference.population``; None: none).
        names: the paths of the run's files from the folder on that they have in common, by their numbers.
        history: the files of earlier runs, the oldest first.
        sources: where the lists of the run's files come from, by their numbers.
        digests: the digests of the run's files (see ``frame.digest``), by their numbers.
        sent: the ``_id`` of the people who were uploaded already: they have their places of a quota.
        sent_elsewhere: NIKs of which somebody with the same name and birth date was uploaded under another one -> the
            sheet and the day, in words.
        chosen: the ``_id`` of the people whom the office puts first where not all can be uploaded.
    """

    spec: RosterSpec
    today: dt.date
    decree: pl.DataFrame | None = None
    form: UploadSpec | None = None
    participants: pl.DataFrame | None = None
    population: pl.DataFrame | None = None
    names: Sequence[str] = ()
    history: Sequence[Seen] = ()
    sources: Sequence[ListSource] = ()
    digests: Mapping[int, str] = field(default_factory=dict)
    sent: frozenset[int] = frozenset()
    sent_elsewhere: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    chosen: frozenset[int] = frozenset()

    def severity(self, rule: Rule) -> Severity:
        """How much a rule weighs here."""
        return self.spec.setting(rule.code).severity or rule.severity

    def has(self, need: Need) -> bool:
        """Whether a list that rules may need is there."""
        return getattr(self, need) is not None

    def ignores(self, rule: Rule, field: str | None) -> bool:
        """Whether the office does not want a rule, for a field or at all."""
        ignored = self.spec.setting(rule.code).ignore
        return ignored is True or (isinstance(ignored, tuple) and field in ignored)

    @property
    def first_day(self) -> dt.date:
        """The first covered day; today where the programme has no period."""
        return self.spec.period.start if self.spec.period else self.today


def is_not_taken(field: str, context: Context) -> pl.Expr | None:
    """True where the run's upload form does not take the field and the schema does not require it."""
    if context.form is None or field in context.spec.required():
        return None
    takes = context.form.fields()
    is_taken = field in takes or (field in ("category", "occupation") and context.form.takes_work)
    return None if is_taken else pl.lit(True)
