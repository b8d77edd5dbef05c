"""The models of roster schemas. Unknown keys are errors; ``load.py`` reports file, line and key."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Literal, get_args

from rosterkit.data.regions import regions
from rosterkit.language import _
from rosterkit.model.finding import Severity
from rosterkit.schema.model import MistakeError, Strict, key
from rosterkit.schema.programme import (
    AgeSpec,
    AnnexSpec,
    ContributionSpec,
    CoverageSpec,
    ForceSpec,
    FundingSpec,
    LeavingSpec,
    PeriodSpec,
    QuotaSpec,
    Sector,
    Segment,
    ToleranceSpec,
)
from rosterkit.schema.remarks import RemarkWords
from rosterkit.schema.words import WordsSpec

FieldType = Literal["text", "nik", "date", "sex", "category", "rt_rw", "phone", "money", "digits"]
FieldName = Literal[
    "nik",
    "kk",
    "name",
    "birth_place",
    "birth_date",
    "sex",
    "mother_name",
    "address",
    "rt",
    "rw",
    "kelurahan",
    "kecamatan",
    "postal_code",
    "phone",
    "email",
    "category",
    "occupation",
    "income",
    "remark",
    "status",
]

FIELDS: tuple[str, ...] = get_args(FieldName)
CodeOf = Callable[[str], tuple[str | None, tuple[str, ...]]]  # see ``rules.rule_codes``

TYPES: dict[str, FieldType] = {
    "nik": "nik",
    "kk": "nik",
    "birth_date": "date",
    "sex": "sex",
    "rt": "rt_rw",
    "rw": "rt_rw",
    "postal_code": "digits",
    "phone": "phone",
    "category": "category",
    "income": "money",
}
PERSONAL = ("nik", "kk", "phone", "mother_name")  # masked in every report unless --unmask is given


def field_type(name: str) -> FieldType:
    """Return the type of a field; every field without one in ``TYPES`` is text."""
    return TYPES.get(name, "text")


class ColumnSpec(Strict):
    """One field of a roster: how its header may be written, the best spelling first.

    ``header`` is the one header that an office says is the field's, where a sheet has two that could be.
    """

    label: str  # what reports call the field
    header: str | None = None  # chosen where a sheet has several headers of the field
    aliases: tuple[str, ...] = ()  # how its header may be written
    required: bool = False  # every person must have it (RK201)


class JoinedSpec(Strict):
    """A column that holds two fields, such as TTL (place and date of birth) or RT/RW."""

    fields: tuple[FieldName, FieldName]  # the fields, in the order in which they stand in a cell
    aliases: tuple[str, ...]  # how its header may be written


class CategorySpec(Strict):
    """A category of workers: ``code`` for programs, ``label`` as the decree writes it, ``synonyms`` as people do."""

    code: str = key(pattern=r"^[A-Z0-9][A-Z0-9-]*$")  # capital letters, digits and hyphens
    label: str  # as the decree writes it
    synonyms: tuple[str, ...] = ()  # as people write it (RK232)
    segment: Segment = "pekerja-rentan"  # which funds may be spent on it
    sector: Sector = "other"  # by which reliefs of the contribution differ


class RuleSetting(Strict):
    """The settings of an office for a rule; an ignored rule needs a reason, which the report shows."""

    severity: Severity | None = None  # instead of the rule's own; an error holds the person back
    ignore: bool | tuple[FieldName, ...] = False  # in all fields, or in some
    reason: str | None = None  # why it is ignored

    def check(self) -> None:
        """See that a rule is not ignored without a reason."""
        if self.ignore and not (self.reason and self.reason.strip()):
            raise MistakeError(_('aturan yang tidak diperiksa perlu alasan; tambahkan reason: "..."'))


def _as_text(value: object) -> object:
    """Return a region code as text; YAML may hold it as a number."""
    return str(value) if isinstance(value, int) else value


def _are_distinct(categories: tuple[CategorySpec, ...], _context: Any) -> None:
    seen: dict[str, str] = {}
    codes: set[str] = set()
    for number, category in enumerate(categories):
        if category.code in codes:
            raise MistakeError(
                _("kode kategori {code} ditulis dua kali; beri kode yang lain").format(code=category.code), number
            )
        codes.add(category.code)
        for word in {plain(word) for word in (category.code, category.label, *category.synonyms)}:
            if word in seen:
                raise MistakeError(
                    _('sebutan "{word}" dipakai oleh kategori {one} dan {other}; hapus satu').format(
                        word=word, one=seen[word], other=category.code
                    ),
                    number,
                )
            seen[word] = category.code


def _locality_exists(locality: str | None, _context: Any) -> None:
    if locality is not None and (len(locality) != 4 or locality not in regions().names):
        raise MistakeError(
            _("wilayah {code} tidak ada; tulis kode Kemendagri kab/kota, 4 angka, misalnya 3571 (Kota Kediri)").format(
                code=locality
            )
        )


def _rules_exist(rules: dict[str, RuleSetting], context: Any) -> None:
    code_of: CodeOf | None = context.get("code_of")
    for code in rules:
        known, near = code_of(code) if code_of else (code, ())
        if known is None:
            text = _('aturan "{code}" tidak ada.').format(code=code)
            text += _(' Maksudnya "{near}"?').format(near=_(" atau ").join(near)) if near else ""
            raise MistakeError(text + " " + _("Semua aturan: rosterkit rules"), code)


class RosterSpec(Strict):
    """A roster schema: ``schemas/rosters/NAME.yaml``."""

    kind: Literal["roster"]  # of the file
    name: str = key(pattern=r"^[a-z0-9][a-z0-9-]*$")  # small letters, digits and hyphens
    title: str  # as reports show it
    extends: str | None = None  # another programme, whose keys this one lays its own over
    source: str | None = None  # the law or document that the programme is based on
    uploads: tuple[str, ...] = ()  # upload forms; the first one is written
    columns: dict[FieldName, ColumnSpec] = key(default={})  # the fields of a list and their headers
    joined: tuple[JoinedSpec, ...] = ()  # columns that hold two fields
    categories: tuple[CategorySpec, ...] = key(default=(), check=_are_distinct)  # who may be proposed (RK230)
    period: PeriodSpec | None = None  # the covered months
    locality: str | None = key(default=None, before=_as_text, check=_locality_exists)  # Kemendagri code of the kab/kota
    ages: AgeSpec = AgeSpec()  # who is too old or too young (RK304, RK309)
    address: tuple[Literal["address", "rt", "rw", "kelurahan", "kecamatan"], ...] = ()  # what an address needs
    funding: FundingSpec = FundingSpec()  # who pays for whom (RK507)
    quota: QuotaSpec = QuotaSpec()  # how many may be proposed (RK508)
    contribution: ContributionSpec | None = None  # what membership costs in the recap
    tolerance: ToleranceSpec = ToleranceSpec()  # limits of rules
    duplicates: Literal["reject-all", "keep-first", "ask"] = "reject-all"  # who is uploaded of a NIK found twice
    in_force: ForceSpec | None = None  # the decree's days
    chain: tuple[str, ...] = ()  # who verifies, the first level first; folders are called after them
    coverage: tuple[CoverageSpec, ...] = ()  # published numbers, for the recap
    annex: AnnexSpec = AnnexSpec()  # how the annex of the next decree is headed
    leaving: LeavingSpec = LeavingSpec()  # what a mutation says of those who leave
    remarks: RemarkWords = RemarkWords()  # beside those of schemas/remarks.yaml
    from_nik: bool = False  # birth date and sex are taken from the NIK where the list has none
    words: WordsSpec = WordsSpec()  # beside those of schemas/words.yaml
    rules: dict[str, RuleSetting] = key(default={}, check=_rules_exist)  # by code, name or title

    def check(self) -> None:
        """See that the categories exist that other keys name."""
        codes = {category.code for category in self.categories}
        for name, used in (
            ("funding.allows", self.funding.allows or ()),
            ("funding.refuses", self.funding.refuses),
            ("quota.categories", tuple(self.quota.categories)),
        ):
            for code in used:
                if code not in codes:
                    raise MistakeError(
                        _("kategori {code} tidak ada dalam daftar kategori").format(code=code), *name.split(".")
                    )

    def labels(self) -> dict[str, str]:
        """Return field -> label."""
        return {name: column.label for name, column in self.columns.items()}

    def required(self) -> tuple[FieldName, ...]:
        """Return the fields that every person must have."""
        return tuple(name for name, column in self.columns.items() if column.required)

    def last_day(self) -> date | None:
        """Return the last covered day; None without a period."""
        return self.period.end if self.period else None

    def setting(self, code: str) -> RuleSetting:
        """Return the settings of the office for a rule; the defaults where it has none."""
        return self.rules.get(code, _DEFAULT_SETTING)


_DEFAULT_SETTING = RuleSetting()
_SIGNS = re.compile(r"[^0-9A-Z]+")


@lru_cache(10_000)
def plain(text: str) -> str:
    """Return a header or category in the form that is compared: upper case, letters and digits, single spaces."""
    return " ".join(_SIGNS.sub(" ", text.upper()).split())
