"""A roster schema and the rules, compiled to one pandera schema. The only place that knows pandera.

Every rule about cells, rows or the table is one pandera ``Check`` named by its code, on the column it points at;
``validate(lazy=True)`` runs them all, and ``failure_cases`` say which rows failed. There is no other way to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from rosterkit.frame.stack import FIELDS
from rosterkit.model.cells import Kind
from rosterkit.rules import BY_CODE, RULES
from rosterkit.rules.base import Context, Rule
from rosterkit.rules.order import BEFORE
from rosterkit.schema.spec import FieldType, field_type

_DTYPES: dict[FieldType, Any] = {"date": pl.Date, "money": pl.Int64}


@dataclass(frozen=True, slots=True)
class Failure:
    """The rows (positions in the frame, ascending) at which a rule failed on a field."""

    rule: Rule
    field: str
    rows: list[int]


Judgement = tuple[Rule, pl.Expr]  # a rule and where it speaks on a field


def compile_schema(context: Context, judgements: Mapping[str, Sequence[Judgement]]) -> Any:
    """The ``pandera.polars.DataFrameSchema`` of a roster schema: one named check for each rule of a field.

    Its columns are the typed fields; a null is a value that is missing or could not be read, which is the
    business of rules and not of the type.
    """
    import pandera.polars as pa

    return pa.DataFrameSchema(
        {
            field: pa.Column(
                _DTYPES.get(field_type(field), pl.String),
                checks=[pa.Check(_good(bad), name=rule.code, ignore_na=False) for rule, bad in rules],
                nullable=True,
            )
            for field, rules in judgements.items()
        },
        name=context.spec.name,
    )


def check(frame: pl.DataFrame, context: Context, late: bool = False) -> list[Failure]:
    """Judge a normalised frame with every rule about cells, rows and the table, in code order.

    ``late`` asks only the rules that come last, of the rows that no other holds back.

    A check costs pandera some milliseconds even on one row, and most have nothing to say of a roster: one pass over
    all of them finds those that do.
    """
    if frame.is_empty():
        return []
    present = [field for field in FIELDS if (frame[f"{field}_kind"] != Kind.ABSENT).any()]
    judgements = _that_speak(frame, {field: _judgements(field, context, late) for field in present})
    if not judgements:
        return []
    from pandera.errors import SchemaErrors

    try:
        compile_schema(context, judgements).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return []
    _insist_on_rules(cases)
    grouped = cases.group_by("check", "column").agg(pl.col("index").sort()).sort("check", "column")
    return [Failure(BY_CODE[code], field, rows) for code, field, rows in grouped.iter_rows()]


def _that_speak(frame: pl.DataFrame, judgements: Mapping[str, Sequence[Judgement]]) -> dict[str, list[Judgement]]:
    """The judgements that are true of some row."""
    every = [(field, judgement) for field, rules in judgements.items() for judgement in rules]
    if not every:
        return {}
    spoken = frame.select(bad.any().alias(str(number)) for number, (_field, (_rule, bad)) in enumerate(every)).row(0)
    speaking: dict[str, list[Judgement]] = {}
    for (field, judgement), any_row in zip(every, spoken, strict=True):
        if any_row:
            speaking.setdefault(field, []).append(judgement)
    return speaking


def _insist_on_rules(cases: pl.DataFrame) -> None:
    """A failure without a row or a code is a mistake of ours (a wrong type, an expression that broke)."""
    strange = cases.filter(~pl.col("check").is_in(list(BY_CODE)) | pl.col("index").is_null())
    if not strange.is_empty():
        raise RuntimeError(f"a check broke: {strange.row(0)}")


def _judgements(field: str, context: Context, late: bool) -> list[Judgement]:
    """Each rule that has business with a field."""
    asked = [rule for rule in RULES if rule.late is late and not context.ignores(rule, field)]
    judged = [(rule, _judgement(rule, field, context)) for rule in asked]
    return [(rule, bad) for rule, bad in judged if bad is not None]


def _good(bad: pl.Expr) -> Callable[[Any], pl.LazyFrame]:
    def judge(data: Any) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe
        return frame.select(~bad.fill_null(False))

    return judge


def _judgement(rule: Rule, field: str, context: Context) -> pl.Expr | None:
    """True where a rule speaks: its row is bad and no rule before it has spoken."""
    bad = rule.bad(field, context) if rule.bad and rule.applies_to(field) else None
    if bad is None:
        return None
    for named in BEFORE.get(rule.code, ()):
        code, _colon, other = named.partition(":")
        earlier = BY_CODE[code]
        if not other:
            other = field if earlier.applies_to(field) else earlier.fields[0] if len(earlier.fields) == 1 else ""
        spoken = earlier.bad(other, context) if earlier.bad and earlier.applies_to(other) else None
        if spoken is not None:
            bad = bad & ~spoken.fill_null(False)
    return bad
