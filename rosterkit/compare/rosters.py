"""Compares two versions of a roster: people who are added or removed, and cells that are corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from rosterkit.compare.matching import match_people
from rosterkit.dates import DATE_FORMAT
from rosterkit.errors import FileError, UsageError
from rosterkit.frame.name_keys import comparison_keys
from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import stack
from rosterkit.gc_pause import pause_gc
from rosterkit.language import _
from rosterkit.model.cells import Kind, column_letters
from rosterkit.model.roster import Table
from rosterkit.read.tables import read_tables
from rosterkit.read.workbook import Unmark, keep_marks
from rosterkit.records import dataclass
from rosterkit.schema.spec import FIELDS, RosterSpec, field_type

PERSON = ("nik", "name", "birth_date", "category", "sheet", "cell")
CORRECTED = ("nik", "name", "field", "old", "old_cell", "old_sheet", "new", "new_cell", "new_sheet")
_CORRECTED_SCHEMA = {"_position": pl.UInt32, **dict.fromkeys(CORRECTED, pl.String)}
_MIN_DIGITS = 8  # an unreadable NIK with fewer digits does not identify a person


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """The changes between two versions of a roster.

    Args:
        added: people of the new version only, in its order; one row a person: ``nik``, ``name``, ``birth_date``,
            ``category``, and ``sheet`` and ``cell`` of the NIK (or the name).
        removed: people of the old version only, likewise.
        corrected: one row a cell, in the order of the new version: ``nik`` and ``name`` of the person, ``field``, and
            ``old`` and ``new`` with their ``_cell`` and ``_sheet``.
        same: number of people of both versions without a corrected cell.
        changed: number of people of both versions with one.
        columns_added: fields with a column in the new version only; they are not compared.
        columns_removed: fields with a column in the old version only.
    """

    added: pl.DataFrame
    removed: pl.DataFrame
    corrected: pl.DataFrame
    same: int
    changed: int
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()

    @property
    def old(self) -> int:
        """The number of people of the old version."""
        return self.same + self.changed + len(self.removed)

    @property
    def new(self) -> int:
        """The number of people of the new version."""
        return self.same + self.changed + len(self.added)


def compare_rosters(
    old: Path, new: Path, spec: RosterSpec, today: dt.date, unmark: Unmark = keep_marks
) -> RosterChanges:
    """Read two versions of a roster and compare them.

    Args:
        old: the earlier version.
        new: the later one.
        spec: how headers may be written, and the categories.
        today: decides centuries.
        unmark: see ``read_workbook``.

    Raises:
        UsageError: one of them has no roster.
        FileError: one of them cannot be read.
    """
    old_people, new_people = (read_people(path, spec, today, unmark) for path in (old, new))
    return compare_people(old_people, new_people)


def read_people(path: Path, spec: RosterSpec, today: dt.date, unmark: Unmark = keep_marks) -> pl.DataFrame:
    """Read the people of all rosters of a file (see ``make_people``).

    Raises:
        UsageError: the file has no roster.
        FileError: the file cannot be read.
    """
    with pause_gc():
        try:
            _workbook, tables, _skipped = read_tables(path, spec, unmark)
        except FileError as error:
            raise FileError(error.code, f"{path}: {error.message}") from error
        if not tables:
            raise UsageError(
                _(
                    "{path} tidak punya daftar orang: tidak ada lembar dengan baris judul seperti NIK, Nama, Tanggal"
                    " Lahir. Cek apakah berkasnya benar."
                ).format(path=path)
            )
        return make_people(tables, spec, today)


def make_people(tables: Sequence[Table], spec: RosterSpec, today: dt.date) -> pl.DataFrame:
    """Return one row a person, with everything that is compared.

    ``_position`` is the number of the row; ``PERSON`` are the columns that reports show. ``_key`` is the NIK
    (``_has_nik``: it could be read; ``_is_key_unique``: nobody else has it), ``_digits`` its digits, ``_name`` the key
    of the name (``_is_name_unique``: likewise). For each field F that a table has a column for: ``F_value`` (what is
    compared, null where the person's table has no such column), ``F_shown`` (the content of the cell) and ``F_cell``.
    """
    frame = normalise(stack([(0, table) for table in tables]), spec, today)
    present = [f for f in FIELDS if any(f in table.columns for table in tables) or frame[f].is_not_null().any()]
    sheets = {table.number: table.sheet.name for table in tables}
    people = frame.select(
        nik=pl.coalesce("nik", pl.col("nik_raw").str.strip_chars()),
        name="name",
        birth_date="birth_date",
        category=pl.coalesce("category", "category_text"),
        sheet=pl.col("_table").replace_strict(sheets, default=None, return_dtype=pl.String),
        cell=pl.coalesce(_cell_address("nik", tables), _cell_address("name", tables)),
        _key=pl.coalesce("nik", _unreadable_nik()),
        _digits=pl.coalesce("nik", "nik_digits"),
        _has_nik=pl.col("nik").is_not_null(),
        _name=comparison_keys(frame["name"]),
    ).with_columns(_is_key_unique=pl.col("_key").is_unique(), _is_name_unique=pl.col("_name").is_unique())
    fields = frame.select(
        expression
        for field in present
        for expression in (
            _compared_value(field).alias(f"{field}_value"),
            _shown_value(field).alias(f"{field}_shown"),
            _cell_address(field, tables).alias(f"{field}_cell"),
        )
    )
    return pl.concat([people, fields], how="horizontal").with_row_index("_position")


def _unreadable_nik() -> pl.Expr:
    """Return a NIK that could not be read, where it is long enough to identify a person and no digit of it is lost."""
    digits = pl.col("nik_digits")
    return pl.when((digits.str.len_chars() >= _MIN_DIGITS) & ~pl.col("nik_scientific")).then(digits)


def _compared_value(field: str) -> pl.Expr:
    """Return what is compared: the value however it is written, or the text where it could not be read."""
    is_broken = pl.col(f"{field}_kind").is_in([Kind.ERROR, Kind.UNCALCULATED])
    parts = [pl.col(field).cast(pl.String)]
    if field_type(field) != "text":
        parts.append(pl.col(f"{field}_text"))
    parts += [pl.when(is_broken).then(pl.col(f"{field}_raw"))]
    parts += [pl.when(pl.col(f"{field}_kind") != Kind.ABSENT).then(pl.lit(""))]
    return pl.coalesce(parts).str.to_uppercase()


def _shown_value(field: str) -> pl.Expr:
    """Return the content of a cell; a real date as people write it, null for an empty cell."""
    value = pl.col(field).dt.strftime(DATE_FORMAT) if field_type(field) == "date" else pl.col(field).cast(pl.String)
    date = pl.when(pl.col(f"{field}_kind") == Kind.DATE).then(value)
    raw = pl.coalesce(f"{field}_raw", "rt_raw") if field == "rw" else pl.col(f"{field}_raw")
    return pl.coalesce(date, raw.str.strip_chars())


def _cell_address(field: str, tables: Sequence[Table]) -> pl.Expr:
    """Return the address of each person's cell of a field; a column with RT and RW is that of the RT."""
    columns = {t.number: t.columns.get(field, t.columns.get("rt") if field == "rw" else None) for t in tables}
    letters = {number: column_letters(column) for number, column in columns.items() if column is not None}
    if not letters:
        return pl.lit(None, pl.String)
    column = pl.col("_table").replace_strict(letters, default=None, return_dtype=pl.String)
    return pl.concat_str(column, (pl.col("_row") + 1).cast(pl.String))


def compare_people(old: pl.DataFrame, new: pl.DataFrame) -> RosterChanges:
    """Compare the people of two versions (see ``make_people``)."""
    new_fields, old_fields = _compared_fields(new), _compared_fields(old)
    common = [field for field in new_fields if field in old_fields]
    pairs = match_people(_add_all_values(old, common), _add_all_values(new, common)).sort("new")
    matched_old, matched_new = old[pairs["old"]], new[pairs["new"]]
    cells = [_find_corrections(matched_old, matched_new, field) for field in common]
    corrected = pl.concat([pl.DataFrame(schema=_CORRECTED_SCHEMA), *cells]).sort("_position", maintain_order=True)
    changed = corrected["_position"].n_unique()
    return RosterChanges(
        added=new.join(pairs, left_on="_position", right_on="new", how="anti", maintain_order="left").select(PERSON),
        removed=old.join(pairs, left_on="_position", right_on="old", how="anti", maintain_order="left").select(PERSON),
        corrected=corrected.drop("_position"),
        same=len(pairs) - changed,
        changed=changed,
        columns_added=tuple(field for field in new_fields if field not in old_fields),
        columns_removed=tuple(field for field in old_fields if field not in new_fields),
    )


def _compared_fields(people: pl.DataFrame) -> list[str]:
    return [field for field in FIELDS if f"{field}_value" in people.columns]


def _add_all_values(people: pl.DataFrame, common: Sequence[str]) -> pl.DataFrame:
    """Add ``_all``: all values of the fields that both versions have; null where these cannot identify a person."""
    if not {"nik", "name"} & set(common):
        return people.with_columns(_all=pl.lit(None, pl.String))
    values = [pl.col(f"{field}_value").fill_null("\0") for field in common]
    return people.with_columns(_all=pl.concat_str(values, separator="\x1f"))


def _find_corrections(old: pl.DataFrame, new: pl.DataFrame, field: str) -> pl.DataFrame:
    """Return the corrected cells of a field; row by row, both frames hold the same people.

    The same text is no correction, even where the rest of the row makes it a different date.
    """
    is_shown = old[f"{field}_shown"].ne_missing(new[f"{field}_shown"])
    corrected = ((old[f"{field}_value"] != new[f"{field}_value"]).fill_null(False) & is_shown).arg_true()
    old, new = old[corrected], new[corrected]
    values = {name: new[name].zip_with(new[name].is_not_null(), old[name]) for name in ("_position", "nik", "name")}
    values["field"] = pl.repeat(field, len(new), dtype=pl.String, eager=True)
    for side, people in (("old", old), ("new", new)):
        values[side] = people[f"{field}_shown"]
        values[f"{side}_cell"] = people[f"{field}_cell"]
        values[f"{side}_sheet"] = people["sheet"]
    return pl.DataFrame(values)
