"""The rules about cells, rows and keys, compiled to one pandera schema. The only place that knows pandera.

Each rule is one pandera ``Check`` named by its code, on the column it points at; ``validate(lazy=True)`` runs them
all, and ``failure_cases`` say which rows failed. There is no other way to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from rosterkit.model.cells import Kind
from rosterkit.records import dataclass
from rosterkit.rules import BY_CODE, RULES
from rosterkit.rules.base import Rule
from rosterkit.rules.context import Context
from rosterkit.schema.spec import FIELDS, FieldType, field_type

_ABOUT_COLUMNS = tuple(rule for rule in RULES if rule.cells is not None and rule.cells.whole_column)
_DTYPES: dict[FieldType, Any] = {"date": pl.Date, "money": pl.Int64}


@dataclass(frozen=True, slots=True)
class Failures:
    """The rows at which a rule failed on a field, in the order of the frame."""

    rule: Rule
    field: str
    rows: pl.DataFrame


Judgement = tuple[Rule, pl.Expr]  # a rule and where it is bad on a field


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
                checks=[pa.Check(_is_good(bad), name=rule.code, ignore_na=False) for rule, bad in rules],
                nullable=True,
            )
            for field, rules in judgements.items()
        },
        name=context.spec.name,
    )


def find_failures(frame: pl.DataFrame, rules: Sequence[Rule], context: Context) -> list[Failures]:
    """Judge a derived frame with some rules about cells.

    A check costs pandera some milliseconds even on one row, and most rules find nothing in a roster: one pass over all
    of them finds those that are bad somewhere, whoever speaks first, and one over these finds those that are reported.

    Args:
        frame: people (see ``frame``), with the columns of ``check.derive``.
        rules: the rules to ask; those without ``Cells`` are passed over.
        context: what they may ask beside the frame.

    Returns:
        the failures, in the order of codes and fields.
    """
    if frame.is_empty():
        return []
    kinds = {field: f"{field}_kind" for field in FIELDS if f"{field}_kind" in frame.columns}
    present = [field for field, kind in kinds.items() if (frame[kind] != Kind.ABSENT).any()]
    suspects = _true_somewhere(frame, {field: _suspicions(field, rules, context) for field in present})
    reported = {
        field: [(rule, _unless_said_before(bad, rule, field, context)) for rule, bad in found]
        for field, found in suspects.items()
    }
    judgements = _true_somewhere(frame, reported)
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
    return [Failures(BY_CODE[code], field, frame[rows]) for code, field, rows in grouped.iter_rows()]


def columns_read(rules: Sequence[Rule], context: Context) -> list[str]:
    """The columns of people that some rules about cells read when they judge, and the findings of these."""
    names: dict[str, None] = {}
    for field in FIELDS:
        judged = _suspicions(field, rules, context)
        names |= dict.fromkeys([f"{field}_kind", f"{field}_raw"] if judged else ())
        for rule, bad in judged:
            names |= dict.fromkeys(_unless_said_before(bad, rule, field, context).meta.root_names())
    return list(names)


def _true_somewhere(frame: pl.DataFrame, judgements: Mapping[str, Sequence[Judgement]]) -> dict[str, list[Judgement]]:
    """The judgements that are true of some row."""
    every = [(field, judgement) for field, rules in judgements.items() for judgement in rules]
    if not every:
        return {}
    failed = frame.select(bad.any().alias(str(number)) for number, (_field, (_rule, bad)) in enumerate(every)).row(0)
    found: dict[str, list[Judgement]] = {}
    for (field, judgement), any_row in zip(every, failed, strict=True):
        if any_row:
            found.setdefault(field, []).append(judgement)
    return found


def _insist_on_rules(cases: pl.DataFrame) -> None:
    """A failure without a row or a code is a mistake of ours (a wrong type, an expression that broke)."""
    strange = cases.filter(~pl.col("check").is_in(list(BY_CODE)) | pl.col("index").is_null())
    if not strange.is_empty():
        raise RuntimeError(f"a check broke: {strange.row(0)}")


def _suspicions(field: str, rules: Sequence[Rule], context: Context) -> list[Judgement]:
    """Each rule that has business with a field, and where it is bad, whichever rules come before it."""
    judged = [(rule, _bad(rule, field, context)) for rule in rules if not context.ignores(rule, field)]
    return [(rule, bad) for rule, bad in judged if bad is not None]


def _is_good(bad: pl.Expr) -> Callable[[Any], pl.LazyFrame]:
    def judge(data: Any) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe
        return frame.select(~bad.fill_null(False))

    return judge


def _unless_said_before(bad: pl.Expr, rule: Rule, field: str, context: Context) -> pl.Expr:
    """True where a rule is to be reported: the row is bad, and no rule that comes before it is."""
    for column_rule in () if rule in _ABOUT_COLUMNS else _ABOUT_COLUMNS:
        wrong = None if context.ignores(column_rule, field) else _bad(column_rule, field, context)
        if wrong is not None:
            bad = bad & ~wrong.fill_null(False)
    for named in rule.before:
        code, _colon, other = named.partition(":")
        earlier = BY_CODE[code]
        if not other:
            fields = earlier.cells.fields if earlier.cells else ()
            applies = earlier.cells is not None and earlier.cells.applies_to(field)
            other = field if applies else fields[0] if len(fields) == 1 else ""
        reported = None if context.ignores(earlier, other) else _bad(earlier, other, context)
        if reported is not None:
            bad = bad & ~reported.fill_null(False)
    return bad


def _bad(rule: Rule, field: str, context: Context) -> pl.Expr | None:
    """Where a rule is bad on a field; None where it has no business with it, or a list that it needs is not there."""
    if rule.cells is None or not rule.cells.applies_to(field) or (rule.needs and not context.has(rule.needs)):
        return None
    return rule.cells.bad(field, context)
