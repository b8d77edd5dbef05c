"""The models of a programme beside its columns and rules: ages, period, funds, quota, contribution, decree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from rosterkit.language import _
from rosterkit.schema.model import MistakeError, Strict, key

Program = Literal["JKK", "JKM", "JHT"]
Sector = Literal["transport", "other"]  # by which reliefs differ
Segment = Literal["pekerja-rentan", "penerima-insentif"]


def no_number(value: object) -> object:
    """Refuse 20250131 as a day: pydantic counts it as seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and "-" not in value):
        raise MistakeError("no day", kind="date_type")
    return value


def _year_is_possible(start: date, _context: Any) -> None:
    if not 2000 <= start.year <= 2200:
        raise MistakeError(_("tahun {year} tidak mungkin").format(year=start.year))


class PeriodSpec(Strict):
    """The covered months: the first covered day and the number of months."""

    start: date = key(before=no_number, check=_year_is_possible)  # the first covered day
    months: int = key(ge=1, le=60)  # how many

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

    min: int | None = key(default=None, ge=0, le=120)  # younger people are held back
    max: int | None = key(default=64, ge=0, le=120)  # older people are held back

    @property
    def least(self) -> int:
        """The minimum, or 17: from then on people have a card of their own."""
        return 17 if self.min is None else self.min

    def check(self) -> None:
        """See that the minimum is not above the maximum."""
        if self.min is not None and self.max is not None and self.min > self.max:
            raise MistakeError(
                _("usia paling rendah ({min}) lebih besar dari usia paling tinggi ({max}); tukar keduanya").format(
                    min=self.min, max=self.max
                )
            )


class FundingSpec(Strict):
    """Who pays, and which categories (codes) the money may be spent on; no list: all of the programme."""

    source: str | None = None  # such as APBD or DBHCHT
    budget: int | None = key(default=None, ge=0)  # rupiah
    allows: tuple[str, ...] | None = None  # codes of categories; without it all
    refuses: tuple[str, ...] = ()  # codes of categories


class QuotaSpec(Strict):
    """The most people that may be covered, in total and by category (code)."""

    total: int | None = key(default=None, ge=0)  # people in all
    categories: dict[str, int] = key(default={})  # code of a category -> people


class ContributionSpec(Strict):
    """What is paid for: the wage base of the tier in rupiah a month, and the programmes."""

    wage: int = key(ge=0)  # rupiah a month
    programs: tuple[Program, ...]  # of BPJS Ketenagakerjaan


class ToleranceSpec(Strict):
    """The limits of rules: similarity of names (percent), errors in a category, people in one KK and with one phone."""

    name: int = key(default=80, ge=50, le=100)  # likeness in percent from which two names are one
    category: int = key(default=1, ge=0, le=2)  # typing errors in a category
    household: int = key(default=10, ge=1)  # people in one KK before somebody must look
    phone: int = key(default=3, ge=1)  # people with one phone number, likewise


class ForceSpec(Strict):
    """The decree that names the recipients: the days between which it is in force, both included."""

    number: str | None = None  # as texts name it
    start: date = key(before=no_number)  # the first day
    end: date | None = key(default=None, before=no_number)  # the last day; without it there is none

    def holds(self, first: date, last: date) -> bool:
        """Whether it is in force on all days between two."""
        return self.start <= first and (self.end is None or last <= self.end)


class SegmentCount(Strict):
    """How many workers of a segment there are, and how many are insured."""

    name: str  # of the segment
    potential: int = key(ge=0)  # workers
    realised: int = key(ge=0)  # of these insured


class CoverageSpec(Strict):
    """The coverage of a city on a day, by segment, as BPJS or the city publishes it."""

    as_of: str  # the day, as it is shown
    segments: tuple[SegmentCount, ...] = key(min_length=1)  # their numbers


class AnnexSpec(Strict):
    """The annex of a decree: the lines of its title, place, office and who signs it."""

    title: tuple[str, ...] = ()  # its lines
    place: str = ""  # before the date
    office: str = ""  # such as WALI KOTA KEDIRI
    signer: str = ""  # name of who signs


class LeavingSpec(Strict):
    """Reason and note for people who leave (form data_tk_na); SIPP's codes are not public, so offices set them."""

    reason: str | None = None  # SEBAB_NA of the form
    note: str | None = None  # KETERANGAN of the form
