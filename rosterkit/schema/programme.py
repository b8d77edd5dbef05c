"""What a programme decides beside its columns and rules: who, when, how many, and what is paid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from rosterkit.language import _

Program = Literal["JKK", "JKM", "JHT"]
Segment = Literal["pekerja-rentan", "penerima-insentif"]


def _no_number(value: object) -> object:
    """Refuse 20250131 as a day: pydantic counts it as seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and "-" not in value):
        raise PydanticCustomError("date_type", "no day")
    return value


Day = Annotated[date, BeforeValidator(_no_number)]


class Strict(BaseModel):
    """What every part of a schema file is: fixed once read, and without keys that nobody knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PeriodSpec(Strict):
    """The months that are paid for: the first day covered and how many months."""

    start: Day
    months: int = Field(ge=1, le=60)

    @field_validator("start")
    @classmethod
    def _in_our_time(cls, start: date) -> date:
        if not 2000 <= start.year <= 2200:
            raise ValueError(_("tahun {year} tidak mungkin").format(year=start.year))
        return start

    def days(self) -> list[date]:
        """The first day of each covered month."""
        first = self.start.year * 12 + self.start.month - 1
        return [date(month // 12, month % 12 + 1, 1) for month in range(first, first + self.months)]

    @property
    def end(self) -> date:
        """The last covered day."""
        month = self.start.year * 12 + self.start.month - 1 + self.months
        return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)


class AgeSpec(Strict):
    """Completed years on the first covered day, both ends included. Under 65: public information of BPJS."""

    min: int | None = Field(default=None, ge=0, le=120)
    max: int | None = Field(default=64, ge=0, le=120)

    @model_validator(mode="after")
    def _upright(self) -> AgeSpec:
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
    """How far rules go: names alike from this similarity (percent), typing errors in a category, people in a KK."""

    name: int = Field(default=80, ge=50, le=100)
    category: int = Field(default=1, ge=0, le=2)
    household: int = Field(default=10, ge=1)


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
    """The list that becomes the annex of a decree: its title, line by line, and who signs it."""

    title: tuple[str, ...] = ()
    place: str = ""
    office: str = ""
    signer: str = ""


class LeavingSpec(Strict):
    """What is written for people who leave (form data_tk_na); the codes of SIPP are not public, so offices set them."""

    reason: str | None = None
    note: str | None = None
