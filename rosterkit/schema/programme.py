"""The models of a programme beside its columns and rules: ages, period, funds, quota, contribution, decree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from rosterkit.language import _

Program = Literal["JKK", "JKM", "JHT"]
Sector = Literal["transport", "other"]  # by which reliefs differ
Segment = Literal["pekerja-rentan", "penerima-insentif"]


def _no_number(value: object) -> object:
    """Refuse 20250131 as a day: pydantic counts it as seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and "-" not in value):
        raise PydanticCustomError("date_type", "no day")
    return value


Day = Annotated[date, BeforeValidator(_no_number)]


class Strict(BaseModel):
    """The base of all models of schema files: frozen, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PeriodSpec(Strict):
    """The covered months: the first covered day and the number of months."""

    start: Day
    months: int = Field(ge=1, le=60)

    @field_validator("start")
    @classmethod
    def _year_is_possible(cls, start: date) -> date:
        if not 2000 <= start.year <= 2200:
            raise ValueError(_("tahun {year} tidak mungkin").format(year=start.year))
        return start

    def days(self) -> list[date]:
        """Return the first day of each covered month."""
        first = self.start.year * 12 + self.start.month - 1
        return [date(month // 12, month % 12 + 1, 1) for month in range(first, first + self.months)]

    @property
    def end(self) -> date:
        """The last covered day."""
        month = self.start.year * 12 + self.start.month - 1 + self.months
        return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)


class AgeSpec(Strict):
    """Completed years on the first covered day, both ends included. Under 65: public information of BPJS.

    No ``min``: people under ``least``, our own choice, are asked about; a ``min`` of the schema holds them back.
    """

    min: int | None = Field(default=None, ge=0, le=120)
    max: int | None = Field(default=64, ge=0, le=120)

    @property
    def least(self) -> int:
        """The minimum, or 17: from then on people have a card of their own."""
        return 17 if self.min is None else self.min

    @model_validator(mode="after")
    def _min_is_below_max(self) -> AgeSpec:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(
                _("usia paling rendah ({min}) lebih besar dari usia paling tinggi ({max}); tukar keduanya").format(
                    min=self.min, max=self.max
                )
            )
        return self


class FundingSpec(Strict):
    """Who pays, and which categories (codes) the money may be spent on; no list: all of the programme."""

    source: str | None = None
    budget: int | None = Field(default=None, ge=0)  # rupiah
    allows: tuple[str, ...] | None = None
    refuses: tuple[str, ...] = ()


class QuotaSpec(Strict):
    """The most people that may be covered, in total and by category (code)."""

    total: int | None = Field(default=None, ge=0)
    categories: dict[str, int] = {}


class ContributionSpec(Strict):
    """What is paid for: the wage base of the tier in rupiah a month, and the programmes."""

    wage: int = Field(ge=0)
    programs: tuple[Program, ...]


class ToleranceSpec(Strict):
    """The limits of rules: similarity of names (percent), errors in a category, people in one KK and with one phone."""

    name: int = Field(default=80, ge=50, le=100)
    category: int = Field(default=1, ge=0, le=2)
    household: int = Field(default=10, ge=1)
    phone: int = Field(default=3, ge=1)


class ForceSpec(Strict):
    """The decree that names the recipients: the days between which it is in force, both included."""

    number: str | None = None
    start: Day
    end: Day | None = None

    def holds(self, first: date, last: date) -> bool:
        """Whether it is in force on all days between two."""
        return self.start <= first and (self.end is None or last <= self.end)


class SegmentCount(Strict):
    """How many workers of a segment there are, and how many are insured."""

    name: str
    potential: int = Field(ge=0)
    realised: int = Field(ge=0)


class CoverageSpec(Strict):
    """The coverage of a city on a day, by segment, as BPJS or the city publishes it."""

    as_of: str
    segments: tuple[SegmentCount, ...] = Field(min_length=1)


class AnnexSpec(Strict):
    """The annex of a decree: the lines of its title, place, office and who signs it."""

    title: tuple[str, ...] = ()
    place: str = ""
    office: str = ""
    signer: str = ""


class LeavingSpec(Strict):
    """Reason and note for people who leave (form data_tk_na); SIPP's codes are not public, so offices set them."""

    reason: str | None = None
    note: str | None = None
