"""The tables of a recap: people by category, place, sender and funds; costs; coverage; the annex of a decree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from rosterkit.recap.people import MISSING, STATES, Recap
from rosterkit.records import dataclass
from rosterkit.schema.contributions import Contributions, count_sectors
from rosterkit.schema.programme import CoverageSpec
from rosterkit.schema.spec import RosterSpec

UPLOADED = ("clean", "incomplete", "sent")  # the states of those whom no error holds back
TABLES = ("category", "kelurahan", "kecamatan", "sender", "funding")


def count_by(recap: Recap, spec: RosterSpec, table: str) -> pl.DataFrame:
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


def count_states(recap: Recap) -> dict[str, int]:
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


def find_costs(recap: Recap, spec: RosterSpec, contributions: Contributions) -> Iterator[Cost]:
    """The cost of the people who are ready, of the decree's, and of the quota; nothing where it cannot be known."""
    if spec.period is None:
        return
    clean = recap.people.filter(pl.col("state").is_in(UPLOADED))
    ready = count_sectors(spec, clean["category"]) if "category" in clean.columns else {None: len(clean)}
    numbers = {"clean": ready, "decree": {None: recap.decree}, "quota": {None: spec.quota.total}}
    for what, found in numbers.items():
        sectors = {sector: count for sector, count in found.items() if count is not None}
        total = contributions.cost(spec, sectors) if sectors or what == "clean" else None
        if total is not None:
            people, budget = sum(sectors.values()), spec.funding.budget
            months = [contributions.monthly(spec, spec.period.start, sector) or 0 for sector in sectors or {None: 0}]
            monthly = max(months)
            left = None if budget is None else budget - total
            yield Cost(what, people, spec.period.months, monthly, total, left)


def percentage(realised: int, potential: int) -> Decimal | None:
    """How many of a hundred are insured, to two decimals; None where nobody could be."""
    if potential == 0:
        return None
    return (Decimal(100 * realised) / potential).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def coverage_lines(counts: CoverageSpec) -> list[tuple[str | None, int, int, Decimal | None]]:
    """Segment (None: all), potential, realised, percentage."""
    lines: list[tuple[str | None, int, int]] = [(one.name, one.potential, one.realised) for one in counts.segments]
    lines.append((None, sum(one[1] for one in lines), sum(one[2] for one in lines)))
    return [(name, potential, realised, percentage(realised, potential)) for name, potential, realised in lines]


def annex_people(recap: Recap) -> pl.DataFrame:
    """The clean people for the annex of a decree, sorted by place: ``nik``, ``name``, ``address``, ``category``."""
    clean = recap.people.filter(pl.col("state").is_in(UPLOADED))
    rt_rw = pl.concat_str(
        [pl.lit("RT ") + pl.col("rt"), pl.lit("RW ") + pl.col("rw")], separator=" ", ignore_nulls=True
    )
    kelurahan = pl.lit("Kel. ") + pl.col("kelurahan")
    parts = [pl.col("address"), pl.when(rt_rw != "").then(rt_rw), kelurahan]
    address = pl.concat_str(parts, separator=", ", ignore_nulls=True)
    ordered = clean.sort("kecamatan", "kelurahan", "rw", "rt", "name", "nik", nulls_last=True)
    return ordered.select("nik", "name", address.alias("address"), "category")
