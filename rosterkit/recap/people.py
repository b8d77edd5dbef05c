"""What a run comes to: people by category, place, sender and funds, the cost of those who are ready, the coverage.

Everybody found is in exactly one state, so that the columns of every table add up:
clean (ready), waiting (without an error, and not yet at the last level of verification), error (held back), duplicate,
not-in-decree; beside them are those of the decree who are in no list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from rosterkit.check.judge import Verdict
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile, ReadFile, Seen
from rosterkit.model.roster import Sender
from rosterkit.rules import RULES
from rosterkit.rules.context import Context
from rosterkit.schema.contributions import Contributions
from rosterkit.schema.programme import CoverageSpec
from rosterkit.schema.spec import FIELDS, RosterSpec

STATES = ("clean", "waiting", "error", "duplicate", "not-in-decree")
MISSING = "not-submitted"
TABLES = ("category", "kelurahan", "kecamatan", "sender", "funding")
_DOUBLE = ("RK401", "RK402")
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


@dataclass(frozen=True, slots=True)
class Recap:
    """The people of a run and what there is to say of it.

    ``people``: one row a person found, with ``state`` and ``sender``; somebody who has passed on to a higher level of
    verification counts there. ``missing``: people of the decree who are in no list (nik, name, category, kelurahan,
    kecamatan). ``decree``: how many people the decree has, None without one.
    """

    schema: str  # name, or path of the file
    people: pl.DataFrame
    missing: pl.DataFrame
    decree: int | None
    files: tuple[FileLine, ...]
    awaited: tuple[tuple[str, tuple[str, ...]], ...] = ()
    versions: tuple[tuple[str, ...], ...] = ()


def make_recap(verdict: Verdict, files: Sequence[ReadFile]) -> pl.DataFrame:
    """The people of a run with their states (see ``Recap.people``)."""
    errors = verdict.findings.filter(pl.col("severity") == str(Severity.ERROR))
    ready = verdict.clean_people().select("_id", _ready="last")
    joined = verdict.frame.join(ready, on="_id", how="left", maintain_order="left")
    double, outside = (pl.col("_id").is_in(_held(errors, state).implode()) for state in ("duplicate", "not-in-decree"))
    state = (
        pl.when(pl.col("_ready"))
        .then(pl.lit("clean"))
        .when(double | pl.col("copy_of").is_not_null())
        .then(pl.lit("duplicate"))
        .when(outside)
        .then(pl.lit("not-in-decree"))
        .when(pl.col("_ready").is_not_null())
        .then(pl.lit("waiting"))
        .otherwise(pl.lit("error"))
    )
    people = joined.filter(~pl.col("passed_on")).select("_file", "_table", "_row", *FIELDS, state=state)
    return people.join(_origins(files), on=["_file", "_table"], how="left", maintain_order="left").select(
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


def listed(decree: pl.DataFrame | None, findings: Sequence[Finding]) -> pl.DataFrame:
    """The people of the decree who are in no list."""
    columns = ("nik", "name", "category", "kelurahan", "kecamatan")
    if decree is None:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    missing = decree.filter(pl.col("nik").is_in([finding.value for finding in findings]))
    return missing.select("nik", "name", "category", _tidy("kelurahan"), _tidy("kecamatan"))


def file_lines(files: Sequence[CheckedFile], context: Context, digests: Mapping[int, str]) -> tuple[FileLine, ...]:
    """What there is to say of each file; ``digests`` by the files' numbers."""
    lines = []
    versions: dict[str, list[Seen]] = {}
    for seen in context.history:
        versions.setdefault(seen.name, []).append(seen)
    for number, file in enumerate(files):
        digest, key = digests.get(number, ""), context.names[number]
        last = next((seen for seen in reversed(versions.get(key, ())) if seen.digest != digest), None)
        senders = dict.fromkeys(filter(None, map(str, file.read.senders.values())))
        lines.append(
            FileLine(
                key=key,
                name=file.path.name,
                folder=file.path.parent.name,
                sender="; ".join(list(senders)[:3]) + (" …" if len(senders) > 3 else ""),
                level="" if file.read.level is None else context.spec.chain[file.read.level],
                rows=file.rows,
                clean=file.clean_rows,
                errors=sum(finding.severity is Severity.ERROR for finding in file.findings),
                failed=file.failure is not None,
                digest=digest,
                before=(last.rows, last.clean, last.errors) if last else None,
            )
        )
    return tuple(lines)


def by(recap: Recap, spec: RosterSpec, table: str) -> pl.DataFrame:
    """People by one of ``TABLES``: ``label``, ``people``, the states, ``not-submitted``.

    The most people first; those of whom it is not known are last, with a null label.
    """
    people, missing = recap.people, recap.missing
    if table == "funding":
        segments = {item.label: item.segment for item in spec.categories}
        label = pl.lit(spec.funding.source, pl.String)
        if segments:
            segment = pl.col("category").replace_strict(segments, default=None, return_dtype=pl.String)
            segment = segment.str.replace("-", " ", literal=True).fill_null("?")
            label = pl.concat_str([label.fill_null("-"), segment], separator=" / ")
    else:
        label = pl.col(table)
    counted = people.group_by(label=label).agg(
        pl.len().alias("people"), *((pl.col("state") == state).sum().alias(state) for state in STATES)
    )
    if table == "sender":
        absent = pl.DataFrame(schema={"label": pl.String, MISSING: pl.UInt32})
    else:
        absent = missing.group_by(label=label).agg(pl.len().alias(MISSING))
    joined = counted.join(absent, on="label", how="full", coalesce=True, nulls_equal=True)
    numbers = joined.with_columns(pl.exclude("label").fill_null(0).cast(pl.Int64))
    numbers = numbers.filter(pl.col("people") + pl.col(MISSING) > 0)  # a group by a literal has one line even of nobody
    unknown = pl.col("label").is_null()
    return numbers.sort(unknown, "people", MISSING, "label", descending=[False, True, True, False])


def totals(recap: Recap) -> dict[str, int]:
    """People found, those of each state, and those of the decree who are in no list."""
    counts = dict(recap.people.group_by("state").len().iter_rows())
    states = {state: int(counts.get(state, 0)) for state in STATES}
    return {"people": len(recap.people), **states, MISSING: len(recap.missing)}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a number of people costs: months, rupiah a month and in all; what is left of the budget, if there is one."""

    what: str  # clean, decree, quota
    people: int
    months: int
    monthly: int
    total: int
    left: int | None


def costs(recap: Recap, spec: RosterSpec, contributions: Contributions) -> Iterator[Cost]:
    """The cost of the people who are ready, of the decree's, and of the quota; nothing where it cannot be known."""
    if spec.period is None:
        return
    numbers = {"clean": totals(recap)["clean"], "decree": recap.decree, "quota": spec.quota.total}
    for what, people in numbers.items():
        total = contributions.cost(spec, people) if people is not None else None
        if people is not None and total is not None:
            budget = spec.funding.budget
            monthly = contributions.monthly(spec, spec.period.start) or 0
            left = None if budget is None else budget - total
            yield Cost(what, people, spec.period.months, monthly, total, left)


def percentage(realised: int, potential: int) -> Decimal | None:
    """How many of a hundred are insured, to two decimals; None where nobody could be."""
    if potential == 0:
        return None
    return (Decimal(100 * realised) / potential).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def coverage(counts: CoverageSpec) -> list[tuple[str | None, int, int, Decimal | None]]:
    """Segment (None: all), potential, realised, percentage."""
    lines: list[tuple[str | None, int, int]] = [(one.name, one.potential, one.realised) for one in counts.segments]
    lines.append((None, sum(one[1] for one in lines), sum(one[2] for one in lines)))
    return [(name, potential, realised, percentage(realised, potential)) for name, potential, realised in lines]


def annex(recap: Recap) -> pl.DataFrame:
    """The clean people for the annex of a decree, sorted by place: ``nik``, ``name``, ``address``, ``category``."""
    clean = recap.people.filter(pl.col("state") == "clean")
    rt_rw = pl.concat_str(
        [pl.lit("RT ") + pl.col("rt"), pl.lit("RW ") + pl.col("rw")], separator=" ", ignore_nulls=True
    )
    kelurahan = pl.lit("Kel. ") + pl.col("kelurahan")
    parts = [pl.col("address"), pl.when(rt_rw != "").then(rt_rw), kelurahan]
    address = pl.concat_str(parts, separator=", ", ignore_nulls=True)
    ordered = clean.sort("kecamatan", "kelurahan", "rw", "rt", "name", "nik", nulls_last=True)
    return ordered.select("nik", "name", address.alias("address"), "category")
