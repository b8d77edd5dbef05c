"""What a change of the decree means for BPJS: who is registered, who is taken up again, who leaves.

People who have died are in none of the sheets: they are listed apart, as their heirs can claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rosterkit.check.derive import derive
from rosterkit.check.pandera_rules import find_failures
from rosterkit.compare.annexes import Changes
from rosterkit.frame.deceased import DECEASED_NAME, DECEASED_REMARK
from rosterkit.model.finding import Severity
from rosterkit.rules import RULES
from rosterkit.rules.base import Context
from rosterkit.rules.membership import memberships
from rosterkit.schema.load import load_upload
from rosterkit.schema.spec import RosterSpec

FORMS = {"fresh": "sipp-tk-baru", "again": "sipp-tk-lanjutan", "leaving": "sipp-tk-na"}  # kind -> its form


@dataclass(frozen=True, slots=True)
class Mutation:
    """People, one row each, with the fields of a roster, ``kpj`` and ``leaving_day``.

    ``fresh`` are new in the decree and have no KPJ; ``again`` are in the new decree and have one that does not run;
    ``leaving`` are no longer in it and insured; ``deceased`` have died, whichever decree names them; ``insured`` are
    new in the decree and insured already, or from a later day on; ``without`` left the decree and are not insured;
    ``unknown`` are in both decrees and in no list of participants: they were never registered.
    """

    fresh: pl.DataFrame
    again: pl.DataFrame
    leaving: pl.DataFrame
    deceased: pl.DataFrame
    insured: pl.DataFrame
    without: pl.DataFrame
    unknown: pl.DataFrame


def mutate(
    old: pl.DataFrame,
    new: pl.DataFrame,
    changes: Changes,
    participants: pl.DataFrame | None,
    population: pl.DataFrame | None,
    day: dt.date,
) -> Mutation:
    """Tell what happens to everybody of two annexes (see ``decree.read_annex``) on a day."""
    coming = _with_membership(new, participants, day).join(
        _dead(new, population), on="nik", how="left", maintain_order="left"
    )
    going = old.join(changes.removed.select("nik"), on="nik", how="semi", maintain_order="left")
    going = _with_membership(going, participants, day).join(
        _dead(going, population), on="nik", how="left", maintain_order="left"
    )
    coming, going = (people.with_columns(pl.col("dead", "active").fill_null(False)) for people in (coming, going))
    both = [column for column in coming.columns if column in going.columns]
    deceased = pl.concat([coming.filter("dead").select(both), going.filter("dead").select(both)])
    coming, going = coming.filter(~pl.col("dead")), going.filter(~pl.col("dead"))
    added = pl.col("nik").is_in(changes.added["nik"].implode())
    card = pl.col("kpj").is_not_null()
    return Mutation(
        fresh=coming.filter(added & ~pl.col("active") & ~card),
        again=coming.filter(card & ~pl.col("active")),
        leaving=going.filter(card & pl.col("active")),
        deceased=deceased,
        insured=coming.filter(added & pl.col("active")),
        without=going.filter(~(card & pl.col("active"))),
        unknown=coming.filter(~added & ~card & ~pl.col("active") & (participants is not None)),
    )


def renumbered(participants: pl.DataFrame, changes: Changes) -> pl.DataFrame:
    """Participants under the NIKs of the new decree, where it has corrected them."""
    mended = changes.changed.filter(pl.col("nik") != pl.col("nik_old"))
    known = dict(mended.select("nik_old", "nik").iter_rows())
    return participants.with_columns(pl.col("nik").replace(known)) if known else participants


def _with_membership(people: pl.DataFrame, participants: pl.DataFrame | None, day: dt.date) -> pl.DataFrame:
    """People with what the list of participants says of them on a day; its birth date where they have none."""
    if participants is None:
        none = {"kpj": pl.lit(None, pl.String), "active": pl.lit(False), "until": pl.lit(None, pl.Date)}
        return people.with_columns(**none, leaving_day=pl.lit(day))
    begun = memberships(participants, day)
    later = participants.join(begun, on="nik", how="anti").unique("nik", keep="first", maintain_order=True)
    every = pl.concat([begun, later.with_columns(active=pl.lit(True))])  # insured before long: nobody to register
    known = every.select("nik", "kpj", pl.col("active").fill_null(True), "until", _born="birth_date")
    joined = people.join(known, on="nik", how="left", maintain_order="left")
    return joined.with_columns(birth_date=pl.coalesce("birth_date", "_born"), leaving_day=pl.lit(day)).drop("_born")


def _dead(people: pl.DataFrame, population: pl.DataFrame | None) -> pl.DataFrame:
    """Who has died, by the register's answer or by what the annex itself says."""
    said = pl.col("name_text").str.contains(DECEASED_NAME).fill_null(False) | pl.col("remark_text").str.contains(
        DECEASED_REMARK
    ).fill_null(False)
    told = people.select("nik", dead=said)
    if population is not None:
        gone = population.filter(pl.col("status") == "deceased")["nik"]
        told = told.with_columns(dead=pl.col("dead") | pl.col("nik").is_in(gone.implode()))
    return told


def completed(people: pl.DataFrame, run: pl.DataFrame) -> pl.DataFrame:
    """People with the values that the clean rows of a run have for what the annex does not say."""
    known = run.filter(pl.col("state") == "clean").drop("state").unique("nik", keep="first")
    fields = [column for column in known.columns if column != "nik" and column in people.columns and column[0] != "_"]
    joined = people.join(known.select("nik", *fields), on="nik", how="left", suffix="_run", maintain_order="left")
    return joined.with_columns(pl.coalesce(field, f"{field}_run").alias(field) for field in fields)


def hold_back(people: Mapping[str, pl.DataFrame], spec: RosterSpec, today: dt.date) -> dict[str, pl.DataFrame]:
    """Take those out of the sheets whom the rules hold back, and those of whom a form wants more than is known.

    Args:
        people: see ``Mutation``.
        spec: whose rules they are judged by.
        today: the day of the check.

    Returns:
        the kinds of ``FORMS`` without them, and ``wrong`` and ``incomplete``.
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
        needed = [column.source for column in load_upload(name).columns if column.required and column.source]
        lacking = pl.any_horizontal(pl.col(field).is_null() for field in needed)
        incomplete.append(group.filter(lacking))
        kept[kind] = group.filter(~lacking)
    fields = ["nik", "name", "birth_date", "category", "kpj", "until"]
    kept["incomplete"] = pl.concat([group.select(fields) for group in incomplete])
    kept["wrong"] = pl.concat([people["fresh"].select(fields).clear(), *(group.select(fields) for group in wrong)])
    return kept


def _has_error(group: pl.DataFrame, context: Context) -> pl.Series:
    """Which people a rule holds back, judged as the people of one file."""
    zero = pl.lit(0, pl.UInt32)
    ids = pl.int_range(pl.len(), dtype=pl.UInt64)
    frame = derive(group.with_columns(_file=zero, _table=zero, _id=ids), context)
    rules = [rule for rule in RULES if rule.scope != "total" and context.severity(rule) is Severity.ERROR]
    wrong = [failure.rows["_id"] for failure in find_failures(frame, rules, context)]
    held: pl.Series = frame["_id"].is_in(pl.concat([frame["_id"].clear(), *wrong]).implode())
    return held
