"""What changed between two versions of one roster: who came, who went, and which cells were corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rosterkit.compare.matching import match
from rosterkit.errors import FileError, UsageError
from rosterkit.frame.name_keys import comparison_keys
from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import stack
from rosterkit.gc_pause import pause_gc
from rosterkit.language import _
from rosterkit.model.cells import Kind, column_letters
from rosterkit.model.roster import Table
from rosterkit.read.tables import read_tables
from rosterkit.read.workbook import Unmark
from rosterkit.schema.spec import FIELDS, RosterSpec, field_type

PERSON = ("nik", "name", "birth_date", "category", "sheet", "cell")
CORRECTED = ("nik", "name", "field", "old", "old_cell", "old_sheet", "new", "new_cell", "new_sheet")
_CORRECTED = {"_at": pl.UInt32, **dict.fromkeys(CORRECTED, pl.String)}
_TELLING = 8  # characters from which an unreadable NIK still tells who it is


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of a roster.

    ``added`` (in the order of the new version) and ``removed`` (of the old one) hold one row a person: ``nik``,
    ``name``, ``birth_date``, ``category``, and ``sheet`` and ``cell`` of the NIK (or the name). ``corrected`` holds one
    row a cell, in the order of the new version: ``nik`` and ``name`` of the person, ``field``, and ``old`` and ``new``
    with their ``_cell`` and ``_sheet``. Of the people in both versions, ``changed`` have a corrected cell and ``same``
    have none. ``columns_added`` and ``columns_removed`` are fields that one version has no column for; they are not
    compared.
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
        """People of the old version."""
        return self.same + self.changed + len(self.removed)

    @property
    def new(self) -> int:
        """People of the new version."""
        return self.same + self.changed + len(self.added)


def compare_versions(
    old: Path, new: Path, spec: RosterSpec, today: dt.date, unmark: Unmark = lambda content: None
) -> Versions:
    """Read two versions of a roster and compare them.

    Args:
        old: the earlier version.
        new: the later one.
        spec: how headers may be written, and the categories.
        today: decides centuries.
        unmark: see ``read_workbook``.

    Raises:
        UsageError: one has no roster.
        FileError: one cannot be read.
    """
    before, after = (read_version(path, spec, today, unmark) for path in (old, new))
    return compare_people(before, after)


def read_version(path: Path, spec: RosterSpec, today: dt.date, unmark: Unmark = lambda content: None) -> pl.DataFrame:
    """The people of all rosters of a file (see ``people_of``).

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
                    " Lahir. Periksa apakah berkasnya benar."
                ).format(path=path)
            )
        return people_of(tables, spec, today)


def people_of(tables: Sequence[Table], spec: RosterSpec, today: dt.date) -> pl.DataFrame:
    """One row a person, with all that comparing needs.

    ``PERSON`` says who it is; ``_key`` is the NIK (``_read``: it could be read; ``_once``: nobody else has it),
    ``_name`` the name's comparison key. For each field F that a table has a column for: ``F_said`` (what is compared,
    null where the person's table has no such column), ``F_shown`` (what stands in the cell) and ``F_cell``.
    """
    frame = normalise(stack([(0, table) for table in tables]), spec, today)
    has = [f for f in FIELDS if any(f in table.columns for table in tables) or frame[f].is_not_null().any()]
    sheets = {table.number: table.sheet.name for table in tables}
    known = frame.select(
        nik=pl.coalesce("nik", pl.col("nik_raw").str.strip_chars()),
        name="name",
        birth_date="birth_date",
        category=pl.coalesce("category", "category_text"),
        sheet=pl.col("_table").replace_strict(sheets, default=None, return_dtype=pl.String),
        cell=pl.coalesce(_cell("nik", tables), _cell("name", tables)),
        _key=pl.coalesce("nik", _telling()),
        _digits=pl.coalesce("nik", "nik_digits"),
        _read=pl.col("nik").is_not_null(),
        _name=comparison_keys(frame["name"]),
    ).with_columns(_once=pl.col("_key").is_unique(), _only=pl.col("_name").is_unique())
    fields = frame.select(
        expression
        for field in has
        for expression in (
            _said(field).alias(f"{field}_said"),
            _shown(field).alias(f"{field}_shown"),
            _cell(field, tables).alias(f"{field}_cell"),
        )
    )
    return pl.concat([known, fields], how="horizontal").with_row_index("_at")


def _telling() -> pl.Expr:
    """A NIK that could not be read, where it is long enough to tell people apart and no digit of it is lost."""
    digits = pl.col("nik_digits")
    return pl.when((digits.str.len_chars() >= _TELLING) & ~pl.col("nik_scientific")).then(digits)


def _said(field: str) -> pl.Expr:
    """What a cell says, however it is written: its value, or its text where that could not be read."""
    broken = pl.col(f"{field}_kind").is_in([Kind.ERROR, Kind.UNCALCULATED])
    parts = [pl.col(field).cast(pl.String)]
    if field_type(field) != "text":
        parts.append(pl.col(f"{field}_text"))
    parts += [pl.when(broken).then(pl.col(f"{field}_raw"))]
    parts += [pl.when(pl.col(f"{field}_kind") != Kind.ABSENT).then(pl.lit(""))]
    return pl.coalesce(parts).str.to_uppercase()


def _shown(field: str) -> pl.Expr:
    """What stands in a cell; a real date as people write it, null for an empty cell."""
    value = pl.col(field).dt.strftime("%d-%m-%Y") if field_type(field) == "date" else pl.col(field).cast(pl.String)
    dated = pl.when(pl.col(f"{field}_kind") == Kind.DATE).then(value)
    raw = pl.coalesce(f"{field}_raw", "rt_raw") if field == "rw" else pl.col(f"{field}_raw")
    return pl.coalesce(dated, raw.str.strip_chars())


def _cell(field: str, tables: Sequence[Table]) -> pl.Expr:
    """The address of each person's cell of a field; the RW of a column with both is in the column of the RT."""
    columns = {t.number: t.columns.get(field, t.columns.get("rt") if field == "rw" else None) for t in tables}
    letters = {number: column_letters(column) for number, column in columns.items() if column is not None}
    if not letters:
        return pl.lit(None, pl.String)
    column = pl.col("_table").replace_strict(letters, default=None, return_dtype=pl.String)
    return pl.concat_str(column, (pl.col("_row") + 1).cast(pl.String))


def compare_people(old: pl.DataFrame, new: pl.DataFrame) -> Versions:
    """Compare the people of two versions (see ``people_of``)."""
    ours, theirs = _fields(new), _fields(old)
    common = [field for field in ours if field in theirs]
    pairs = match(_with_all(old, common), _with_all(new, common)).sort("new")
    before, after = old[pairs["old"]], new[pairs["new"]]
    cells = [_corrections(before, after, field) for field in common]
    corrected = pl.concat([pl.DataFrame(schema=_CORRECTED), *cells]).sort("_at", maintain_order=True)
    changed = corrected["_at"].n_unique()
    return Versions(
        added=new.join(pairs, left_on="_at", right_on="new", how="anti", maintain_order="left").select(PERSON),
        removed=old.join(pairs, left_on="_at", right_on="old", how="anti", maintain_order="left").select(PERSON),
        corrected=corrected.drop("_at"),
        same=len(pairs) - changed,
        changed=changed,
        columns_added=tuple(field for field in ours if field not in theirs),
        columns_removed=tuple(field for field in theirs if field not in ours),
    )


def _fields(people: pl.DataFrame) -> list[str]:
    return [field for field in FIELDS if f"{field}_said" in people.columns]


def _with_all(people: pl.DataFrame, common: Sequence[str]) -> pl.DataFrame:
    """What people are matched by; ``_all`` is all that the fields say that both versions have."""
    if not {"nik", "name"} & set(common):
        return people.with_columns(_all=pl.lit(None, pl.String))
    said = [pl.col(f"{field}_said").fill_null("\0") for field in common]
    return people.with_columns(_all=pl.concat_str(said, separator="\x1f"))


def _corrections(old: pl.DataFrame, new: pl.DataFrame, field: str) -> pl.DataFrame:
    """The cells of a field that say something else now; row by row, both frames are of the same people.

    The same text is no correction, even where the rest of the row makes it a different date.
    """
    shown = old[f"{field}_shown"].ne_missing(new[f"{field}_shown"])
    at = ((old[f"{field}_said"] != new[f"{field}_said"]).fill_null(False) & shown).arg_true()
    old, new = old[at], new[at]
    values = {name: new[name].zip_with(new[name].is_not_null(), old[name]) for name in ("_at", "nik", "name")}
    values["field"] = pl.repeat(field, len(new), dtype=pl.String, eager=True)
    for side, people in (("old", old), ("new", new)):
        values[side] = people[f"{field}_shown"]
        values[f"{side}_cell"] = people[f"{field}_cell"]
        values[f"{side}_sheet"] = people["sheet"]
    return pl.DataFrame(values)
