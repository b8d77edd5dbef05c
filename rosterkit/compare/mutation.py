"""Works out what a change of the decree means for BPJS: who is registered, who continues, who leaves.

People who have died are in none of the upload sheets: they are listed separately, as their heirs can claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from rosterkit.check.across import READS, add_told, tell
from rosterkit.check.derive import derive
from rosterkit.check.findings import severity_of
from rosterkit.check.pandera_rules import find_failures
from rosterkit.check.part import prepare
from rosterkit.check.rows import AtHand
from rosterkit.compare.annexes import AnnexChanges
from rosterkit.model.finding import Severity
from rosterkit.records import dataclass
from rosterkit.rules import RULES
from rosterkit.rules.context import Context
from rosterkit.rules.membership import memberships
from rosterkit.schema.load import load_upload
from rosterkit.schema.spec import RosterSpec

FORMS = {"fresh": "sipp-tk-baru", "again": "sipp-tk-lanjutan", "leaving": "sipp-tk-na"}  # kind of people -> upload form
_SOURCES = ("name", "remark", "status")  # the fields that say that somebody has died


@dataclass(frozen=True, slots=True)
class Mutation:
    """The people of two annexes by what happens to them; one row a person, with ``kpj`` and ``leaving_day``.

    Args:
        fresh: new in the decree and without a KPJ.
        again: in the new decree, with a KPJ that is not active.
        leaving: no longer in the decree, and insured.
        deceased: have died, whichever decree names them.
        insured: new in the decree and insured already, or from a later day on.
        without: no longer in the decree, and not insured.
        unknown: in both decrees and in no list of participants; they were never registered.
    """

    fresh: pl.DataFrame
    again: pl.DataFrame
    leaving: pl.DataFrame
    deceased: pl.DataFrame
    insured: pl.DataFrame
    without: pl.DataFrame
    unknown: pl.DataFrame


def find_mutation(
    old: pl.DataFrame,
    new: pl.DataFrame,
    changes: AnnexChanges,
    participants: pl.DataFrame | None,
    population: pl.DataFrame | None,
    day: dt.date,
) -> Mutation:
    """Return what happens to the people of two annexes.

    Args:
        old: the annex that was in force (see ``decree.read_annex``).
        new: the annex that replaces it.
        changes: what ``compare_annexes`` found.
        participants: memberships (see ``read_participants``), with the NIKs of the new annex.
        population: matching results (see ``read_population``).
        day: the day from which the new annex is in force.
    """
    going = old.join(changes.removed.select("nik"), on="nik", how="semi", maintain_order="left")
    coming, going = (_add_status(people, participants, population, day) for people in (new, going))
    common = [column for column in coming.columns if column in going.columns]
    deceased = pl.concat([coming.filter("is_deceased").select(common), going.filter("is_deceased").select(common)])
    coming, going = coming.filter(~pl.col("is_deceased")), going.filter(~pl.col("is_deceased"))
    is_added = pl.col("nik").is_in(changes.added["nik"].implode())
    has_card = pl.col("kpj").is_not_null()
    return Mutation(
        fresh=coming.filter(is_added & ~pl.col("active") & ~has_card),
        again=coming.filter(has_card & ~pl.col("active")),
        leaving=going.filter(has_card & pl.col("active")),
        deceased=deceased,
        insured=coming.filter(is_added & pl.col("active")),
        without=going.filter(~(has_card & pl.col("active"))),
        unknown=coming.filter(~is_added & ~has_card & ~pl.col("active") & (participants is not None)),
    )


def update_niks(participants: pl.DataFrame, changes: AnnexChanges) -> pl.DataFrame:
    """Return participants with the NIKs of the new annex, where it has corrected them."""
    corrected = changes.changed.filter(pl.col("nik") != pl.col("nik_old"))
    new_niks = dict(corrected.select("nik_old", "nik").iter_rows())
    return participants.with_columns(pl.col("nik").replace(new_niks)) if new_niks else participants


def _add_status(
    people: pl.DataFrame, participants: pl.DataFrame | None, population: pl.DataFrame | None, day: dt.date
) -> pl.DataFrame:
    """Add the columns of ``_add_membership`` and ``is_deceased``."""
    members, deceased = _add_membership(people, participants, day), _find_deceased(people, population)
    joined = members.join(deceased, on="nik", how="left", maintain_order="left")
    return joined.with_columns(pl.col("is_deceased", "active").fill_null(False))


def _add_membership(people: pl.DataFrame, participants: pl.DataFrame | None, day: dt.date) -> pl.DataFrame:
    """Add ``kpj``, ``active`` and ``until`` on a day, ``leaving_day``, and the birth date where it is missing."""
    if participants is None:
        unknown = {"kpj": pl.lit(None, pl.String), "active": pl.lit(False), "until": pl.lit(None, pl.Date)}
        return people.with_columns(**unknown, leaving_day=pl.lit(day))
    begun = memberships(participants, day)
    later = participants.join(begun, on="nik", how="anti").unique("nik", keep="first", maintain_order=True)
    # Who is insured from a later day on need not be registered.
    members = pl.concat([begun, later.with_columns(active=pl.lit(True))]).select(
        "nik", "kpj", pl.col("active").fill_null(True), "until", _born="birth_date"
    )
    joined = people.join(members, on="nik", how="left", maintain_order="left")
    return joined.with_columns(birth_date=pl.coalesce("birth_date", "_born"), leaving_day=pl.lit(day)).drop("_born")


def _find_deceased(people: pl.DataFrame, population: pl.DataFrame | None) -> pl.DataFrame:
    """Return ``nik`` and ``is_deceased``: by the matching results, or by a name, remark or status in the annex."""
    by_words = pl.any_horizontal((pl.col(f"{field}_says") == "deceased").fill_null(False) for field in _SOURCES)
    deceased = people.select("nik", is_deceased=by_words)
    if population is not None:
        register = population.filter(pl.col("status") == "deceased")["nik"]
        deceased = deceased.with_columns(is_deceased=pl.col("is_deceased") | pl.col("nik").is_in(register.implode()))
    return deceased


def fill_from_run(people: pl.DataFrame, run: pl.DataFrame) -> pl.DataFrame:
    """Fill values that the annex does not have with those of the clean people of a run."""
    known = run.filter(pl.col("state").is_in(("clean", "incomplete", "sent"))).drop("state").unique("nik", keep="first")
    fields = [column for column in known.columns if column != "nik" and column in people.columns and column[0] != "_"]
    joined = people.join(known.select("nik", *fields), on="nik", how="left", suffix="_run", maintain_order="left")
    return joined.with_columns(pl.coalesce(field, f"{field}_run").alias(field) for field in fields)


def hold_back_people(people: Mapping[str, pl.DataFrame], spec: RosterSpec, today: dt.date) -> dict[str, pl.DataFrame]:
    """Remove the people who cannot be uploaded: the rules find an error, or a required value of the form is missing.

    Args:
        people: see ``Mutation``.
        spec: the schema.
        today: the day of the check.

    Returns:
        the kinds of ``FORMS`` without them, ``wrong`` (an error) and ``incomplete`` (a missing value).
    """
    context = Context(spec, today)
    kept: dict[str, pl.DataFrame] = {}
    wrong, incomplete = [], []
    for kind, name in FORMS.items():
        group = people[kind]
        if kind != "leaving" and not group.is_empty():
            is_wrong = _has_error(group, context)
            wrong.append(group.filter(is_wrong))
            group = group.filter(~is_wrong)
        required = [column.source for column in load_upload(name).columns if column.required and column.source]
        is_incomplete = pl.any_horizontal(pl.col(field).is_null() for field in required)
        incomplete.append(group.filter(is_incomplete))
        kept[kind] = group.filter(~is_incomplete)
    fields = ["nik", "name", "birth_date", "category", "kpj", "until"]
    kept["incomplete"] = pl.concat([group.select(fields) for group in incomplete])
    kept["wrong"] = pl.concat([people["fresh"].select(fields).clear(), *(group.select(fields) for group in wrong)])
    return kept


def _has_error(group: pl.DataFrame, context: Context) -> pl.Series:
    """Return whether the rules find an error for each person, judged as people of one file."""
    zero, level = pl.lit(0, pl.UInt32), pl.lit(None, pl.UInt8)
    ids = pl.int_range(pl.len(), dtype=pl.UInt64)
    group = prepare(group.with_columns(_file=zero, _table=zero, _id=ids, _level=level), None, context)
    context, told = tell(AtHand(group.select(READS)), context)
    frame = derive(add_told(group, told), context)
    failures = find_failures(frame, [rule for rule in RULES if rule.scope != "total"], context)
    wrong = [
        failure.rows.filter(severity_of(failure.rule, failure.field, context) == str(Severity.ERROR))["_id"]
        for failure in failures
    ]
    is_wrong: pl.Series = frame["_id"].is_in(pl.concat([frame["_id"].clear(), *wrong]).implode())
    return is_wrong
