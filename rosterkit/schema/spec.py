"""The shape of schema files. Unknown keys are errors; ``load.py`` says file, line and key."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

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
]

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
PERSONAL = ("nik", "kk", "phone", "mother_name")  # masked wherever they are not the point of the output


def field_type(name: str) -> FieldType:
    """The type of a field; what is not listed is text."""
    return TYPES.get(name, "text")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnSpec(_Strict):
    """One field of a roster: how its header may be written, the best spelling first."""

    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False


class JoinedSpec(_Strict):
    """A column that holds two fields, such as TTL (place and date of birth) or RT/RW."""

    fields: tuple[FieldName, FieldName]
    aliases: tuple[str, ...]


class CategorySpec(_Strict):
    """A category of workers: ``code`` for programs, ``label`` as the decree writes it, ``synonyms`` as people do."""

    code: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]*$")
    label: str
    synonyms: tuple[str, ...] = ()
    segment: Literal["pekerja-rentan", "penerima-insentif"] = "pekerja-rentan"


class PeriodSpec(_Strict):
    """The months that are paid for: the first day covered and how many months."""

    start: date
    months: int = Field(ge=1, le=60)


class UploadValues(_Strict):
    """What the programme knows and an upload form asks for."""

    work_location: str | None = Field(default=None, pattern=r"^\d{4}$")  # Kemendagri kab/kota code
    wage: int | None = Field(default=None, ge=0)  # rupiah a month
    program: str | None = None


class RosterSpec(_Strict):
    """A roster schema: ``schemas/rosters/NAME.yaml``."""

    kind: Literal["roster"]
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    extends: str | None = None
    source: str | None = None  # law or document the programme stands on
    uploads: tuple[str, ...] = ()
    columns: dict[FieldName, ColumnSpec] = {}
    joined: tuple[JoinedSpec, ...] = ()
    categories: tuple[CategorySpec, ...] = ()
    period: PeriodSpec | None = None
    values: UploadValues = UploadValues()

    @model_validator(mode="after")
    def _categories_are_told_apart(self) -> RosterSpec:
        seen: dict[str, str] = {}
        codes: set[str] = set()
        for category in self.categories:
            if category.code in codes:
                raise ValueError(f"kode kategori {category.code} ditulis dua kali; beri kode yang lain")
            codes.add(category.code)
            for word in {plain(word) for word in (category.code, category.label, *category.synonyms)}:
                if word in seen:
                    raise ValueError(
                        f'sebutan "{word}" dipakai oleh kategori {seen[word]} dan {category.code}; hapus satu'
                    )
                seen[word] = category.code
        return self

    def labels(self) -> dict[str, str]:
        """What the fields are called."""
        return {name: column.label for name, column in self.columns.items()}

    def required(self) -> tuple[str, ...]:
        """The fields that every person must have."""
        return tuple(name for name, column in self.columns.items() if column.required)


class UploadColumn(_Strict):
    """One column of an upload form; its value comes from a field, a constant or the programme, or stays empty."""

    header: str
    source: FieldName | Literal["category_or_occupation"] | None = Field(default=None, alias="from")
    constant: str | None = None
    programme: Literal["work_location", "wage", "program"] | None = None
    values: dict[str, str] = {}  # rewrites of the field's value, such as P for perempuan

    @model_validator(mode="after")
    def _one_source(self) -> UploadColumn:
        if sum(value is not None for value in (self.source, self.constant)) > 1:
            raise ValueError("isi salah satu saja: from atau constant")
        return self


class UploadSpec(_Strict):
    """An upload form: ``schemas/uploads/NAME.yaml``."""

    kind: Literal["upload"]
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    official: bool
    source: str
    sheet: str = Field(max_length=31)
    row_limit: int = Field(ge=1, le=1_048_575)
    date_format: Literal["dd-mm-yyyy", "dd/mm/yyyy", "yyyy-mm-dd"] = "dd-mm-yyyy"
    columns: tuple[UploadColumn, ...] = Field(min_length=1)


def plain(text: str) -> str:
    """A header or a category for comparison: upper case, letters and digits, single spaces."""
    return " ".join(re.sub(r"[^0-9A-Z]+", " ", text.upper()).split())
