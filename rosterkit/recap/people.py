"""What a run comes to: people by category, place, sender and funds, the cost of those who are ready, the coverage.

Everybody found is in exactly one state, so that the columns of every table add up:
clean (ready), incomplete (ready, but for a field that the upload form requires), sent (uploaded already), waiting
(without an error, and not yet at the last level of verification), error (held back), duplicate, not-in-decree; beside
them are those of the decree who are in no list.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import Any

import polars as pl

from rosterkit.check.verdict import Verdict
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile, ReadFile, Seen
from rosterkit.model.roster import Sender
from rosterkit.records import dataclass
from rosterkit.rules import RULES
from rosterkit.rules.context import Context
from rosterkit.schema.spec import FIELDS

STATES = ("clean", "incomplete", "sent", "waiting", "error", "duplicate", "not-in-decree")
MISSING = "not-submitted"
ELSEWHERE = "elsewhere"  # in a newer version of the list, or at a higher level of verification
PERSONS: dict[str, Any] = {
    "file": pl.String,  # its path within the run
    "sheet": pl.String,
    "row": pl.UInt32,  # from 1
    "name": pl.String,  # as written, where it could not be read
    "nik": pl.String,  # likewise
    "sender": pl.String,
    "state": pl.String,  # of STATES, or ELSEWHERE
    "reason": pl.String,  # in words; empty for those who are ready
    "actor": pl.String,  # who must act: sender, office, or empty
}
_PLACES = ("rt", "rw", "kelurahan", "kecamatan")


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a run: who sent it, how far it has come, what was found, and what the check before found.

    ``key`` is its path within the run, which tells files of one name apart.
    """

    key: str
    name: str
    folder: str
    sender: str
    level: str
    rows: int
    clean: int
    errors: int
    failed: bool
    digest: str = ""
    before: tuple[int, int, int] | None = None  # people, ready, errors
    incomplete: int = 0  # of those whom no error holds back
    sent: int = 0  # likewise


@dataclass(frozen=True, slots=True)
class Recap:
    """The people of a run and what there is to say of it.

    ``people``: one row a person found, with ``state`` and ``sender``; somebody who has passed on to a higher level of
    verification counts there. ``missing``: people of the decree who are in no list (nik, name, category, kelurahan,
    kecamatan). ``decree``: how many people the decree has, None without one. ``persons``: everybody who was read (see
    ``PERSONS``).
    """

    schema: str  # name, or path of the file
    people: pl.DataFrame
    missing: pl.DataFrame
    decree: int | None
    files: tuple[FileLine, ...]
    awaited: tuple[tuple[str, tuple[str, ...]], ...] = ()
    versions: tuple[tuple[str, ...], ...] = ()
    persons: pl.DataFrame = dataclasses.field(default_factory=lambda: pl.DataFrame(schema=PERSONS))
    steps: tuple[str, ...] = ()  # what to do next, in words


def is_settled() -> pl.Expr:
    """Of ``PERSONS``: for whom nobody has anything to do."""
    return pl.col("state").is_in(("clean", "sent")) & (pl.col("actor") == "")


def make_recap(verdict: Verdict, files: Sequence[ReadFile], uploaded: pl.DataFrame) -> pl.DataFrame:
    """The people of a run with their states (see ``Recap.people``).

    Args:
        verdict: of the run.
        files: as read.
        uploaded: ``_id``, ``lacking`` and ``sent_in`` of those whom no error holds back (see ``write.uploads.ready``).
    """
    errors = verdict.findings.filter(pl.col("severity") == str(Severity.ERROR))
    incomplete = uploaded.filter(pl.col("lacking").list.len() > 0)["_id"]
    sent = uploaded.filter(pl.col("sent_in").is_not_null())["_id"]
    ready = verdict.clean_people("_id", "last").rename({"last": "_ready"})
    joined = verdict.frame.join(ready, on="_id", how="left", maintain_order="left")
    double, outside = (pl.col("_id").is_in(_held(errors, state).implode()) for state in ("duplicate", "not-in-decree"))
    state = (
        pl.when(pl.col("_id").is_in(incomplete.implode()))
        .then(pl.lit("incomplete"))
        .when(pl.col("_id").is_in(sent.implode()))
        .then(pl.lit("sent"))
        .when(pl.col("_ready"))
        .then(pl.lit("clean"))
        .when(double)
        .then(pl.lit("duplicate"))
        .when(outside)
        .then(pl.lit("not-in-decree"))
        .when(pl.col("_ready").is_not_null())
        .then(pl.lit("waiting"))
        .otherwise(pl.lit("error"))
    )
    people = joined.filter(~pl.col("passed_on")).select("_id", "_file", "_table", "_row", *FIELDS, state=state)
    return people.join(_origins(files), on=["_file", "_table"], how="left", maintain_order="left").select(
        "_id",
        "_file",
        "_row",
        *(field for field in FIELDS if field not in _PLACES),
        *(pl.coalesce(_tidy(place), f"_{place}").alias(place) for place in _PLACES),
        "state",
        "sender",
    )


def _held(errors: pl.DataFrame, state: str) -> pl.Series:
    """The people whom errors hold back for a reason that has a state of its own."""
    codes = [rule.code for rule in RULES if rule.state == state]
    return errors.filter(pl.col("code").is_in(codes))["_id"].drop_nulls()


def _tidy(field: str) -> pl.Expr:
    """A place as most people would write it, so that MISALAN and Misalan are one."""
    return pl.col(field).str.strip_chars().str.to_titlecase()


def _origins(files: Sequence[ReadFile]) -> pl.DataFrame:
    """Where the people of each table come from, for those whose own columns do not say."""
    names = Counter(file.path.name for file in files)
    rows = []
    for number, file in enumerate(files):
        path = file.path
        label = path.name if names[path.name] == 1 else f"{path.parent.name}/{path.name}"
        for table in file.tables:
            sender = file.senders.get(table.number, Sender())
            rows.append((number, table.number, label, *(getattr(sender, place) for place in _PLACES)))
    texts = dict.fromkeys(("sender", *(f"_{place}" for place in _PLACES)), pl.String)
    return pl.DataFrame(rows, schema={"_file": pl.UInt32, "_table": pl.UInt32, **texts}, orient="row")


def people_not_submitted(decree: pl.DataFrame | None, findings: Sequence[Finding]) -> pl.DataFrame:
    """The people of the decree who are in no list."""
    columns = ("nik", "name", "category", "kelurahan", "kecamatan")
    if decree is None:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    places = [{"_sheet": finding.place.sheet, "_cell": finding.place.cell} for finding in findings]
    of_findings = pl.DataFrame(places, schema={"_sheet": pl.String, "_cell": pl.String})
    missing = decree.join(of_findings, on=["_sheet", "_cell"], how="semi", maintain_order="left")
    return missing.select("nik", "name", "category", _tidy("kelurahan"), _tidy("kecamatan"))


def file_lines(files: Sequence[CheckedFile], context: Context) -> tuple[FileLine, ...]:
    """What there is to say of each file."""
    lines = []
    versions: dict[str, list[Seen]] = {}
    for seen in context.history:
        versions.setdefault(seen.name, []).append(seen)
    for number, file in enumerate(files):
        digest, key = context.digests.get(number, ""), context.names[number]
        last = next((seen for seen in reversed(versions.get(key, ())) if seen.digest != digest), None)
        senders = dict.fromkeys(filter(None, map(str, file.read.senders.values())))
        lines.append(
            FileLine(
                key=key,
                name=file.path.name,
                folder=file.path.parent.name,
                sender="; ".join(list(senders)[:3]) + (" …" if len(senders) > 3 else ""),
                level="" if file.read.level is None else context.spec.chain[file.read.level],
                rows=file.rows - file.verdict.set_aside,
                clean=file.clean_rows,
                errors=sum(finding.severity is Severity.ERROR for finding in file.findings),
                failed=file.read.failure is not None,
                digest=digest,
                before=(last.rows, last.clean, last.errors) if last else None,
                incomplete=file.incomplete,
                sent=file.sent,
            )
        )
    return tuple(lines)
