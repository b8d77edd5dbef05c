"""The shape of the schema files of upload forms."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, field_validator, model_validator

from rosterkit.language import _
from rosterkit.schema.programme import Strict
from rosterkit.schema.spec import FieldName

_FIELDS = get_args(FieldName)
_OF_MEMBERS = ("kpj", "leaving_day")  # known only where a change of the decree is compared with the participants
Source = Literal[FieldName, "age", "category_or_occupation", "kpj", "leaving_day"]


class UploadColumn(Strict):
    """One column of an upload form: a constant, or a field's value (else the programme's), or nothing."""

    header: str
    source: Source | None = Field(default=None, alias="from")
    constant: str | None = None
    programme: Literal["locality", "wage", "programs", "leaving_reason", "leaving_note"] | None = None
    values: dict[str, str] = Field(default={})  # rewrites of the field's value, such as P for perempuan
    required: bool = False  # the form is refused without it
    max_length: int | None = Field(default=None, ge=1)  # characters; None: the form's own limit

    @model_validator(mode="after")
    def _constant_stands_alone(self) -> UploadColumn:
        if self.constant is not None and (self.source is not None or self.programme is not None):
            raise ValueError(_("constant tidak bisa dipakai bersama from atau programme"))
        return self


class UploadSpec(Strict):
    """An upload form: ``schemas/uploads/NAME.yaml``."""

    kind: Literal["upload"]
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    family: str = Field(
        default="bpjs", pattern=r"^[a-z0-9][a-z0-9-]*$"
    )  # whose form it is; outputs are called after it
    title: str
    official: bool
    source: str
    sheet: str = Field(max_length=31)
    row_limit: int = Field(ge=1, le=1_048_575)
    max_length: int = Field(default=255, ge=1, le=32_767)  # characters in a cell
    date_format: Literal["dd-mm-yyyy", "dd/mm/yyyy", "yyyy-mm-dd"] = "dd-mm-yyyy"
    columns: tuple[UploadColumn, ...] = Field(min_length=1)

    @field_validator("sheet")
    @classmethod
    def _sheet_is_a_name(cls, sheet: str) -> str:
        if not sheet.strip() or set(sheet) & set("[]:*?/\\") or sheet.startswith("'") or sheet.endswith("'"):
            raise ValueError(_("Excel tidak menerima nama lembar ini; pakai huruf, angka, spasi dan garis bawah"))
        return sheet

    @property
    def output_name(self) -> str:
        """Family and name of the form, as they stand in the names of its upload sheets."""
        return f"{self.family}-{self.name}"

    @property
    def of_members(self) -> bool:
        """Whether the form asks what no roster says."""
        return any(column.source in _OF_MEMBERS for column in self.columns)

    def fields(self) -> dict[str, UploadColumn]:
        """The fields of a roster that the form takes, each with its column; an age is taken from the birth date.

        Of several columns with the same field, the first that the form cannot do without counts, else the first.
        """
        found: dict[str, UploadColumn] = {}
        for column in sorted(self.columns, key=lambda column: not column.required):
            field = "birth_date" if column.source == "age" else str(column.source)
            if field in _FIELDS:
                found.setdefault(field, column)
        return found

    def limit(self, column: UploadColumn) -> int:
        """The most characters that a column takes."""
        return column.max_length or self.max_length
