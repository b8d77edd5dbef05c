"""What a rule is. A rule says when a row is BAD; nothing in it knows who runs it or how many machines do."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from rosterkit.model.finding import Fix, Severity
from rosterkit.model.report import Seen
from rosterkit.model.roster import Skipped, Table
from rosterkit.schema.spec import RosterSpec, field_type
from rosterkit.schema.upload_spec import UploadSpec


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may ask beside the frame.

    Args:
        spec: the roster schema.
        today: the day of the check.
        decree: the people of the decree, one row a NIK: ``nik``, ``name``, ``birth_date`` (None: no decree).
        form: the upload form (None: none was chosen).
        participants: memberships (see ``reference.participants``; None: no list).
        population: matching results, one row a NIK (see ``reference.population``; None: none).
        names: the paths of the run's files from the folder on that they have in common, by their numbers.
        history: the files of earlier runs, the oldest first.
    """

    spec: RosterSpec
    today: dt.date
    decree: pl.DataFrame | None = None
    form: UploadSpec | None = None
    participants: pl.DataFrame | None = None
    population: pl.DataFrame | None = None
    names: Sequence[str] = ()
    history: Sequence[Seen] = ()

    def severity(self, rule: Rule) -> Severity:
        """How much a rule weighs here."""
        return self.spec.setting(rule.code).severity or rule.severity

    def ignores(self, rule: Rule, field: str | None) -> bool:
        """Whether the office does not want a rule, for a field or at all."""
        ignored = self.spec.setting(rule.code).ignore
        return ignored is True or (isinstance(ignored, tuple) and field in ignored)

    @property
    def first_day(self) -> dt.date:
        """The first covered day; today where the programme has no period."""
        return self.spec.period.start if self.spec.period else self.today


@dataclass(frozen=True, slots=True)
class SheetFact:
    """A finding of a sheet rule: the field and the cell (from 0) it stands at, where it has them."""

    field: str | None = None
    row: int | None = None
    column: int | None = None
    facts: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class FileFact:
    """A finding of a rule about whole files: the numbers of the file and of the one that it is about.

    ``other`` is None where that is no file of the run; ``facts`` then hold its name as ``others``.
    """

    file: int
    other: int | None
    facts: Mapping[str, object]


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
        variants: other messages; the fact ``variant`` chooses one, ``sender`` is for the copy that a sender gets.
        hint: what to do, in Indonesian.
        why: why it hurts, in Indonesian.
        fields: fields (``nik``) or types (``type:date``) that it applies to.
        bad: for a field and a context, an expression that is true where the row is bad,
            null where it cannot judge; None where the rule has no business with the field.
        facts: for the same, the expressions that fill the message.
        fix: an expression for the repaired value; ``repair`` says how sure it is.
        fix_from_lists: the repair is known from lists of the office only; a sender is not shown it.
        key: the column whose equal values in a file bring rows together (None: a row is judged alone).
        derive: adds to a frame the columns that ``bad`` and ``facts`` read, where an expression alone cannot tell.
        partners: a derived column with the positions (in the frame) of the rows that a finding is also about;
            without it those are the rows with the same key.
        across: the key brings together the rows of all files of the run, and a finding is about those in other files.
        files: for a rule about whole files, what is wrong with those of a run.
        sheet: for a rule about a whole sheet, what is wrong with it.
        listed: for a rule about the decree's own list, the rows of it (positions) that are wrong.
        late: judged last, among the people whom no other error holds back.
        needs: a reference without which the rule is skipped: ``decree``, ``participants``, ``population``, ``form``.
        given: settings of the schema that its examples stand on; ``good_given`` those of the good one besides.
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
    fix_from_lists: bool = False
    key: str | None = None
    derive: Callable[[pl.DataFrame, Context], pl.DataFrame] | None = None
    partners: str | None = None
    given: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    good_given: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    across: bool = False
    files: Callable[[pl.DataFrame, Context], Iterator[FileFact]] | None = None
    sheet: Callable[[Table | Skipped, Context], Iterator[SheetFact]] | None = None
    listed: Callable[[pl.DataFrame, Context], Iterator[int]] | None = None
    late: bool = False
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


def pairs_table(pairs: Iterable[tuple[int, int]], size: int, name: str) -> pl.Series:
    """Pairs of rows as a column of lists: for each of ``size`` rows the rows that it is paired with, null for none."""
    partners: dict[int, set[int]] = {}
    for one, other in pairs:
        partners.setdefault(one, set()).add(other)
        partners.setdefault(other, set()).add(one)
    if not partners:
        return pl.repeat(None, size, dtype=pl.List(pl.UInt32), eager=True).alias(name)
    return pl.Series(name, [sorted(partners[n]) if n in partners else None for n in range(size)], pl.List(pl.UInt32))
