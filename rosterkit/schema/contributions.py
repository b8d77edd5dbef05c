"""The cost of membership: ``schemas/contributions.yaml``, amounts and reliefs with the days on which they hold."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from pydantic import Field, model_validator

from rosterkit.language import _
from rosterkit.schema.programme import Day, Program, Strict
from rosterkit.schema.spec import RosterSpec


class Dated(Strict):
    """The base of what holds from ``start`` on, up to ``end`` where there is one (both days included)."""

    start: Day
    end: Day | None = None
    source: str

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


class ProgramSpec(Dated):
    """The cost of a programme: an amount (rupiah a month), or a rate (percent of the wage) with a minimum (rupiah)."""

    program: Program
    amount: int | None = Field(default=None, ge=0)
    rate: Decimal | None = Field(default=None, ge=0, le=100)
    minimum: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _costs_something(self) -> ProgramSpec:
        if (self.amount is None) == (self.rate is None):
            raise ValueError(_("tulis amount atau rate, salah satu"))
        return self

    def monthly(self, wage: int) -> int:
        """Return the contribution (rupiah a month) for a wage base (rupiah a month); half a rupiah rounds up."""
        if self.rate is None:
            return self.amount or 0
        share = (self.rate * wage / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return max(int(share), self.minimum)


class ReliefSpec(Dated):
    """A relief in percent of the contribution; rosters whose source of funds is in ``excludes`` do not get it."""

    programs: tuple[Program, ...]
    percent: Decimal = Field(ge=0, le=100)
    excludes: tuple[str, ...] = ()


class Contributions(Strict):
    """All amounts and reliefs that are known."""

    kind: Literal["contributions"]
    programs: tuple[ProgramSpec, ...]
    reliefs: tuple[ReliefSpec, ...] = ()

    def monthly(self, spec: RosterSpec, day: date) -> int | None:
        """Return the contribution for one person of a roster in the month of a day, in rupiah.

        None where the schema has no ``contribution``, or no amount holds on the day. A relief is only for
        rosters whose source of funds is known and not excluded from it.
        """
        if spec.contribution is None:
            return None
        total = Decimal(0)
        for name in spec.contribution.programs:
            known = [program for program in self.programs if program.program == name and program.holds(day)]
            if not known:
                return None
            due = Decimal(known[-1].monthly(spec.contribution.wage))
            source = (spec.funding.source or "").upper()
            for relief in self.reliefs:
                if source and name in relief.programs and relief.holds(day) and source not in relief.excludes:
                    due -= due * relief.percent / 100
            total += due
        return int(total.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def cost(self, spec: RosterSpec, people: int) -> int | None:
        """Return the cost of all covered months for a number of people, in rupiah; None where it cannot be known."""
        months = [self.monthly(spec, day) for day in spec.period.days()] if spec.period else [None]
        known = [month for month in months if month is not None]
        return people * sum(known) if len(known) == len(months) else None
