"""The models of upload forms: ``schemas/uploads/NAME.yaml``."""

from __future__ import annotations

from typing import Any, Literal, get_args

from rosterkit.language import _
from rosterkit.schema.model import MistakeError, Strict, key
from rosterkit.schema.spec import FieldName

_FIELDS = get_args(FieldName)
_MEMBER_FIELDS = ("kpj", "leaving_day")  # known only where a change of the decree is compared with the participants
ProgrammeValue = Literal["locality", "wage", "programs", "leaving_reason", "leaving_note"]
Source = Literal[FieldName, "age", "category_or_occupation", "kpj", "leaving_day"]


class UploadColumn(Strict):
    """A column of an upload form: a constant, or a field's value (else the programme's), or empty."""

    header: str  # as the form writes it
    source: Source | None = key(default=None, alias="from")  # whose value it holds
    constant: str | None = None  # the same for everybody
    programme: ProgrammeValue | None = None  # what the programme says, where the list has no value
    values: dict[str, str] = key(default={})  # the field's value -> what is written, such as P -> PEREMPUAN
    required: bool = False  # the form is refused without it
    max_length: int | None = key(default=None, ge=1)  # characters; None: the form's own limit

    def check(self) -> None:
        """See that a constant stands alone."""
        if self.constant is not None and (self.source is not None or self.programme is not None):
            raise MistakeError(_("constant tidak bisa dipakai bersama from atau programme"))

    @property
    def field(self) -> str | None:
        """The field of a roster that fills it; an age is taken from the birth date, an occupation may stand in."""
        known = {"age": "birth_date", "category_or_occupation": "category"}
        return None if self.source in (None, *_MEMBER_FIELDS) else known.get(str(self.source), str(self.source))


def _is_sheet_name(sheet: str, _context: Any) -> None:
    if not sheet.strip() or set(sheet) & set("[]:*?/\\") or sheet.startswith("'") or sheet.endswith("'"):
        raise MistakeError(_("Excel tidak menerima nama lembar ini; pakai huruf, angka, spasi dan garis bawah"))


class UploadSpec(Strict):
    """An upload form: ``schemas/uploads/NAME.yaml``."""

    kind: Literal["upload"]  # of the file
    name: str = key(pattern=r"^[a-z0-9][a-z0-9-]*$")  # small letters, digits and hyphens
    family: str = key(default="bpjs", pattern=r"^[a-z0-9][a-z0-9-]*$")  # the insurer; it is part of output names
    title: str  # as lists of forms show it
    source: str  # where the form is from
    sheet: str = key(max_length=31, check=_is_sheet_name)  # the name of the worksheet
    row_limit: int = key(ge=1, le=1_048_575)  # people in a file; more are written into several
    max_length: int = key(default=255, ge=1, le=32_767)  # characters in a cell
    date_format: Literal["dd-mm-yyyy", "dd/mm/yyyy", "yyyy-mm-dd"] = "dd-mm-yyyy"  # how days are written
    columns: tuple[UploadColumn, ...] = key(min_length=1)  # in their order

    @property
    def output_name(self) -> str:
        """Family and name of the form, as in the file names of its upload sheets."""
        return f"{self.family}-{self.name}"

    @property
    def of_members(self) -> bool:
        """Whether the form has columns for people who are members already, which no roster can fill."""
        return any(column.source in _MEMBER_FIELDS for column in self.columns)

    @property
    def takes_work(self) -> bool:
        """Whether the form takes the category or else the occupation."""
        return any(column.source == "category_or_occupation" for column in self.columns)

    def fields(self) -> dict[str, UploadColumn]:
        """Return field of a roster -> the column that takes it; an age is taken from the birth date.

        Of several columns with one field, the first required one counts, else the first.
        """
        found: dict[str, UploadColumn] = {}
        for column in sorted(self.columns, key=lambda column: not column.required):
            field = "birth_date" if column.source == "age" else str(column.source)
            if field in _FIELDS:
                found.setdefault(field, column)
        return found

    def limit(self, column: UploadColumn) -> int:
        """Return the maximal number of characters in a cell of a column."""
        return column.max_length or self.max_length
