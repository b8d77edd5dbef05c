"""What a rule is. A rule says when a row is BAD; nothing in it knows who runs it or how many machines do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from rosterkit.model import Fix, Severity, Skipped, Table
from rosterkit.schema.spec import RosterSpec, field_type


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may ask beside the frame: the schema, the day, and the NIKs of the decree (None: no decree)."""

    spec: RosterSpec
    today: dt.date
    decree: pl.Series | None = None


@dataclass(frozen=True, slots=True)
class SheetFact:
    """A finding of a sheet rule: the field and the cell (from 0) it stands at, where it has them."""

    field: str | None = None
    row: int | None = None
    column: int | None = None
    facts: Mapping[str, object] | None = None


Expression = Callable[[str, Context], pl.Expr | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; its file's docstring holds the prose.

    Args:
        code: ``RK`` and three digits; never changes its meaning.
        name: the defect, as in ``duplicate-nik``.
        severity: the default; a setting, not part of the code.
        title: the defect in a few Indonesian words, for counts and groups.
        message: an Indonesian sentence with the facts and ``{cell}`` and ``{label}`` in braces.
        variants: other messages; the fact ``variant`` chooses one.
        hint: what to do, in Indonesian.
        why: why it hurts, in Indonesian.
        fields: fields (``nik``) or types (``type:date``) that it applies to.
        bad: for a field and a context, an expression that is true where the row is bad,
            null where it cannot judge; None where the rule has no business with the field.
        facts: for the same, the expressions that fill the message.
        fix: an expression for the repaired value; ``repair`` says how sure it is.
        key: the field whose equal values bring rows together (None: a row is judged alone).
        sheet: for a rule about a whole sheet, what is wrong with it.
        needs: a reference without which the rule is skipped: ``decree``.
        good, wrong: examples as Markdown tables; in ``wrong`` every row is flagged. Tests and ``explain`` use them.
    """

    code: str
    name: str
    severity: Severity
    title: str
    message: str
    hint: str
    why: str
    good: str
    wrong: str
    variants: Mapping[str, str] | None = None
    fields: tuple[str, ...] = ()
    bad: Expression | None = None
    facts: Callable[[str, Context], Mapping[str, pl.Expr]] | None = None
    fix: Callable[[str], pl.Expr] | None = None
    repair: str = "certain"
    key: str | None = None
    sheet: Callable[[Table | Skipped, Context], Iterator[SheetFact]] | None = None
    needs: str | None = None

    def applies_to(self, field: str) -> bool:
        """Whether the rule judges a field."""
        return field in self.fields or f"type:{field_type(field)}" in self.fields or "*" in self.fields

    def text(self, facts: Mapping[str, object]) -> str:
        """The message, untranslated and unfilled, that fits the facts."""
        variant = facts.get("variant")
        return self.variants[str(variant)] if self.variants and variant else self.message


def was_repaired(field: str, context: Context) -> pl.Expr:
    """True where typing has repaired the cell (``F_fixed``, see ``read.normalise``)."""
    return repaired_value(field).is_not_null()


def repaired_value(field: str) -> pl.Expr:
    """What typing has made of the cell."""
    return pl.col(f"{field}_fixed")


def make_fix(rule: Rule, value: Any) -> Fix | None:
    """The repair of a finding; None where the rule has none for it."""
    if rule.repair == "ask":
        return Fix("ask", None)
    return None if rule.fix is None or value is None else Fix(rule.repair, str(value))
