"""The cost of membership: ``schemas/contributions.yaml``, amounts and reliefs with the days on which they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, get_args

from rosterkit.language import _
from rosterkit.schema.model import MistakeError, Strict, key
from rosterkit.schema.programme import Program, Sector, no_number
from rosterkit.schema.spec import RosterSpec, plain


class Dated(Strict):
    """The base of what holds from ``start`` on, up to ``end`` where there is one (both days included)."""

    start: date = key(before=no_number)
    end: date | None = key(default=None, before=no_number)
    source: str

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


class ProgramSpec(Dated):
    """The cost of a programme: an amount (rupiah a month), or a rate (percent of the wage) with a minimum (rupiah)."""

    program: Program
    amount: int | None = key(default=None, ge=0)
    rate: Decimal | None = key(default=None, ge=0, le=100)
    minimum: int = key(default=0, ge=0)

    def check(self) -> None:
        """See that it has an amount or a rate."""
        if (self.amount is None) == (self.rate is None):
            raise MistakeError(_("tulis amount atau rate, salah satu"))

    def monthly(self, wage: int) -> int:
        """Return the contribution (rupiah a month) for a wage base (rupiah a month); half a rupiah rounds up."""
        if self.rate is None:
            return self.amount or 0
        share = (self.rate * wage / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return max(int(share), self.minimum)


class ReliefSpec(Dated):
    """A relief in percent of the contribution.

    It is for the sectors that it names (none: all), and not for sources of funds with one of the words ``excludes``.
    """

    programs: tuple[Program, ...]
    sectors: tuple[Sector, ...] = ()
    percent: Decimal = key(ge=0, le=100)
    excludes: tuple[str, ...] = ()

    def is_for(self, program: Program, sector: Sector, source: str, day: date) -> bool:
        """Whether it lowers the contribution of a sector to a programme, paid from a source, on a day."""
        words = plain(source).split()
        excluded = any(plain(word) in words for word in self.excludes)
        of_sector = not self.sectors or sector in self.sectors
        return program in self.programs and of_sector and self.holds(day) and bool(words) and not excluded


def count_sectors(spec: RosterSpec, categories: Iterable[str | None]) -> dict[Sector | None, int]:
    """Return how many people work in each sector, by the labels of their categories; None: it is not known."""
    sectors: dict[str | None, Sector] = {category.label: category.sector for category in spec.categories}
    counts: dict[Sector | None, int] = {}
    for category, count in Counter(categories).items():
        sector = sectors.get(category)
        counts[sector] = counts.get(sector, 0) + count
    return counts


class Contributions(Strict):
    """All amounts and reliefs that are known."""

    kind: Literal["contributions"]
    programs: tuple[ProgramSpec, ...]
    reliefs: tuple[ReliefSpec, ...] = ()

    def monthly(self, spec: RosterSpec, day: date, sector: Sector | None = None) -> int | None:
        """Return the contribution for one person of a roster in the month of a day, in rupiah.

        None where the schema has no ``contribution``, or no amount holds on the day. A relief is only for rosters whose
        source of funds is known and not excluded from it; where the sector is not known, the dearest one counts.
        """
        if sector is None:
            of_sectors = [self.monthly(spec, day, one) for one in get_args(Sector)]
            return max((one for one in of_sectors if one is not None), default=None)
        if spec.contribution is None:
            return None
        total = Decimal(0)
        for name in spec.contribution.programs:
            known = [program for program in self.programs if program.program == name and program.holds(day)]
            if not known:
                return None
            due = Decimal(known[-1].monthly(spec.contribution.wage))
            for relief in self.reliefs:
                if relief.is_for(name, sector, spec.funding.source or "", day):
                    due -= due * relief.percent / 100
            total += due
        return int(total.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def cost(self, spec: RosterSpec, people: int | Mapping[Sector | None, int]) -> int | None:
        """Return the cost of all covered months, in rupiah; None where it cannot be known.

        Args:
            spec: its period, contribution and source of funds.
            people: how many, by sector (None, or a number alone: the sector is not known).
        """
        counts = {None: people} if isinstance(people, int) else people
        days = spec.period.days() if spec.period else []
        amounts = [(count, self.monthly(spec, day, sector)) for sector, count in counts.items() for day in days]
        known = [count * amount for count, amount in amounts if amount is not None]
        return sum(known) if days and len(known) == len(amounts) and self.monthly(spec, days[0]) is not None else None
