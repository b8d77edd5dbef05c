"""What the files of a run tell of each other: versions of a list, and people who stand in several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from rosterkit.check.findings import file_findings
from rosterkit.check.lost_digits import complete_lists
from rosterkit.check.rows import Rows, by_nik, with_values
from rosterkit.check.versions import find_versions
from rosterkit.frame.name_keys import is_same_name
from rosterkit.model.finding import Remark
from rosterkit.records import dataclass
from rosterkit.rules import RULES
from rosterkit.rules.base import Across
from rosterkit.rules.context import Context

ACROSS = tuple(rule.cells.across for rule in RULES if rule.cells and rule.cells.across)
_PERSON = ("name", "_number")
_OWN = ("_id", "_file", "_level", "_values", "nik", "name", "name_key", "birth_date", "_number")
READS = tuple(
    dict.fromkeys((*_OWN, *(name for across in ACROSS for name in across.reads)))
)  # of people (see ``frame``)


@dataclass(frozen=True, slots=True)
class Told:
    """What the parts of a run need to know of each other.

    Args:
        files: ``copy_of`` and ``replaced_by`` of the files that have one (see ``frame``).
        aside: the ``_id`` of the people who are set aside.
        passed_on: the ``_id`` of those whom a file of a higher level has, too.
        columns: what the rules across files add, each ``_id`` and its columns.
        persons: ``_id``, ``name`` and ``_number`` of the rows that are named there.
        findings: what the rules about whole files say.
        remarks: what there is to say of the lists of the office.
    """

    files: pl.DataFrame
    aside: pl.Series
    passed_on: pl.Series
    columns: Sequence[pl.DataFrame]
    persons: pl.DataFrame
    findings: pl.DataFrame
    remarks: tuple[Remark, ...]


def tell(rows: Rows, context: Context) -> tuple[Context, Told]:
    """Bring the files of a run together.

    Args:
        rows: everybody of the run.
        context: what rules may ask.

    Returns:
        the context, its lists with whole NIKs where the people told them, and what was found.
    """
    asked = replace(context, decree=None, participants=None, population=None)  # it travels; they are large
    files, aside = find_versions(rows, asked)
    passed_on = [] if files["_level"].n_unique() < 2 else rows.by_key(_PASSED_ON, asked)
    people = rows.without("_id", aside)
    columns = [unite(people.by_key(across, asked), across) for across in ACROSS]
    context, remarks = complete_lists(people, context)
    persons = people.pick(with_values, ("_id", _named(columns).unique()), ("_id", *_PERSON))
    known = files.filter(pl.any_horizontal(pl.col("copy_of", "replaced_by").is_not_null()))
    return context, Told(
        known.select("_file", "copy_of", "replaced_by"),
        aside,
        pl.concat([aside.clear(), *(found["_id"] for found in passed_on)]),
        columns,
        persons,
        file_findings(files, context),
        remarks,
    )


def unite(found: Sequence[pl.DataFrame], across: Across) -> pl.DataFrame:
    """What a rule finds, from what it found among the rows of some keys at a time (see ``Across``)."""
    rows = pl.concat(found)
    if len(across.adds) > 1:  # it has one key, so that nobody is there twice
        return rows.sort("_id")
    (name,) = across.adds
    long = rows.explode(name).unique().sort("_id", name)
    return long.group_by("_id", maintain_order=True).agg(name)


def _named(columns: Sequence[pl.DataFrame]) -> pl.Series:
    """The ``_id`` of the rows that are named in columns of lists."""
    return pl.concat([column.select(pl.col(pl.List(pl.UInt64)).explode().alias("_id")) for column in columns])["_id"]


def _find_passed_on(rows: pl.DataFrame, keys: Sequence[pl.Expr], context: Context) -> pl.DataFrame:
    """The ``_id`` of those whom a file of a higher level has, too: by the NIK, unless name and date contradict."""
    last = pl.col("_level").max().over("nik")
    known = rows.filter(pl.col("nik").is_not_null())
    lower, upper = known.filter(pl.col("_level") < last), known.filter(pl.col("_level") == last)
    pairs = lower.select(_PERSONAL).unique().join(upper.select(_PERSONAL).unique(), on="nik")
    names, days = ("name_key", "name_key_right"), ("birth_date", "birth_date_right")
    contradict = pl.col(names[0]).ne(pl.col(names[1])) & pl.col(days[0]).ne(pl.col(days[1]))  # null: one is not known
    is_doubtful = pairs.select(contradict.fill_null(False)).to_series()
    doubtful = pairs.filter(is_doubtful)
    alike = [is_same_name(one, other) for one, other in doubtful.select(names).iter_rows()]
    sure = pl.concat([pairs.filter(~is_doubtful), doubtful.filter(pl.Series(alike, dtype=pl.Boolean))])
    return lower.join(sure, on=_PERSONAL, how="semi", nulls_equal=True, maintain_order="left").select("_id")


_PERSONAL = ("nik", "name_key", "birth_date")
_PASSED_ON = Across(reads=("_level", *_PERSONAL), keys=by_nik, find=_find_passed_on, adds=())


def add_told(people: pl.DataFrame, told: Told) -> pl.DataFrame:
    """Add to people what other files tell of them: the columns of versions and levels, and those of rules."""
    people = people.with_columns(
        passed_on=pl.col("_id").is_in(told.passed_on.implode()), set_aside=pl.col("_id").is_in(told.aside.implode())
    )
    for more, on in ((told.files, "_file"), *((columns, "_id") for columns in told.columns)):
        if more.is_empty():
            missing = [pl.lit(None, dtype).alias(name) for name, dtype in more.schema.items() if name != on]
            people = people.with_columns(missing)
        else:
            people = people.join(more, on=on, how="left", maintain_order="left")
    return people


def of_part(told: Told, ids: pl.DataFrame) -> Told:
    """What a part needs to know, and no more: it travels to where the part is.

    Args:
        told: of the run.
        ids: ``_id`` and ``_file`` of the people of the part.
    """
    columns = [one.join(ids, on="_id", how="semi", maintain_order="left") for one in told.columns]
    return replace(
        told,
        files=told.files.join(ids, on="_file", how="semi", maintain_order="left"),
        aside=told.aside.filter(told.aside.is_in(ids["_id"].implode())),
        passed_on=told.passed_on.filter(told.passed_on.is_in(ids["_id"].implode())),
        columns=columns,
        persons=told.persons.join(_named(columns).to_frame(), on="_id", how="semi", maintain_order="left"),
        findings=told.findings.clear(),
        remarks=(),
    )
