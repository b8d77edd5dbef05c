"""What a rule is. A rule says when a row is BAD; nothing in it knows who runs it or how many machines do."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import polars as pl

from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.records import dataclass
from rosterkit.rules.context import Context, Need
from rosterkit.rules.said import Said
from rosterkit.schema.spec import field_type


@dataclass(frozen=True, slots=True)
class SheetFact:
    """A finding of a sheet rule: the field and the cell (from 0) it stands at, where it has them.

    ``holds``: an error that stands at no person holds back the whole table. ``severity``: instead of the rule's own.
    """

    field: str | None = None
    row: int | None = None
    column: int | None = None
    facts: Mapping[str, object] | None = None
    holds: bool = True
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class FileFact:
    """A finding of a rule about whole files: the numbers of the file and of the one that it is about.

    ``other`` is None where that is no file of the run; ``facts`` then hold its name as ``others``.
    """

    file: int
    other: int | None
    facts: Mapping[str, object]


Expression = Callable[[str, Context], "pl.Expr | None"]  # as text: polars may be loaded late
Facts = Callable[[str, Context], Mapping[str, "pl.Expr"]]
Derive = Callable[["pl.DataFrame", Context], "pl.DataFrame"]
Scope = Literal["sheet", "row", "file", "key", "reference", "files", "total"]
EVERY_FIELD = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """Finds among all rows of a run what only its other rows can tell.

    Args:
        reads: the columns that it needs, beside ``_id`` and ``_file``.
        keys: for a context, expressions of which rows that belong together have one in common; null: with no row.
        find: for rows, some of the keys and a context (without lists of the office), a frame of ``_id`` and ``adds``
            with the rows of which there is something to say. Its caller sees that all rows with the same key are there.
        adds: the columns that it adds, null in all other rows. Beside a column of lists of rows that are cut where they
            are long, NAME_count says how many these are. Where there are several keys, it is one column of lists; those
            of the keys are united.
    """

    reads: tuple[str, ...]
    keys: Callable[[Context], Sequence[pl.Expr]]
    find: Callable[[pl.DataFrame, Sequence[pl.Expr], Context], pl.DataFrame]
    adds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Judges the cells of fields, row by row or among the rows of the rule's scope.

    Args:
        fields: fields (``nik``), types (``type:date``) or ``*``.
        bad: for a field and a context, an expression that is true where the row is bad, null where it cannot judge;
            None where the rule has no business with the field.
        facts: for the same, the expressions that fill the message.
        fix: an expression for the repaired value; ``repair`` says how sure it is (certain, likely, ask).
        fix_from_lists: the repair is known from lists of the office only; a sender is not shown it.
        derive: adds to a frame the columns that ``bad`` and ``facts`` read, where an expression alone cannot tell; the
            frame holds whole files, and for the scope ``total`` nobody else than those whom it judges.
        across: likewise, where the rows of other files tell (scope ``key``); it comes before ``derive``.
        other_severity: another severity than the rule's own, and where it holds (null: nowhere), for the same; what the
            office has set comes before both.
        whole_column: it is about columns, not cells: where one is wrong, so are all its cells. There is one finding, at
            the header, an error holds the table, and no other rule speaks of its cells.
        together: columns; the rows of a table with the same values there are one finding, at the header, and an error
            holds these rows.
        partners: a column of ``across`` with the ``_id`` of the rows that a finding is also about.
        same: columns; a finding is also about the rows of its file that have the same values there.
    """

    fields: tuple[str, ...]
    bad: Expression
    facts: Facts | None = None
    fix: Callable[[str], pl.Expr] | None = None
    repair: str = "certain"
    fix_from_lists: bool = False
    derive: Derive | None = None
    across: Across | None = None
    other_severity: tuple[Severity, Expression] | None = None
    whole_column: bool = False
    together: tuple[str, ...] = ()
    partners: str | None = None
    same: tuple[str, ...] = ()

    def applies_to(self, field: str) -> bool:
        """Whether the rule judges a field."""
        return field in self.fields or f"type:{field_type(field)}" in self.fields or EVERY_FIELD in self.fields


@dataclass(frozen=True, slots=True)
class Sheets:
    """Judges a whole sheet.

    ``unless`` the file has a roster (then only the first sheet without one is judged), or people, in another sheet.
    """

    judge: Callable[[Table | Skipped, Context], Iterator[SheetFact]]
    unless: Literal["roster", "people"] | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """Judges whole files of a run; the frame has a row for each with people (see ``check.versions.find_versions``)."""

    judge: Callable[[pl.DataFrame, Context], Iterator[FileFact]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Judges the decree's own list: yields the rows of it (positions) that are wrong."""

    judge: Callable[[pl.DataFrame, Context], Iterator[int]]


Judge = Cells | Sheets | Files | Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; its file's docstring holds the prose.

    Args:
        code: ``RK`` and three digits; never changes its meaning.
        name: the defect, as in ``duplicate-nik``.
        severity: the default; a setting, not part of the code.
        scope: the rows that an engine promises to show together: those of a ``sheet``, a single ``row``, a ``file``,
            a ``key`` (all rows with the same value of one of the keys of ``across``), a row and the lists of the office
            (``reference``), all ``files`` of a run, or (``total``) those whom no other error holds back, judged last.
        title: the defect in a few Indonesian words, for counts and groups.
        message: what the office reads: an Indonesian sentence with the facts and ``{label}`` in braces. Neither cell
            nor person: whoever shows it says where it stands and whose it is.
        variants: other messages; the fact ``variant`` chooses one.
        hint: what the office does.
        hints: other hints, likewise.
        sender: what the sender reads; None: nothing. ``sender_title``: the title where the usual one is office work.
        why: why it hurts, in Indonesian.
        judges: how it is judged, one or two of ``Cells``, ``Sheets``, ``Files``, ``Listed``.
        before: codes of the rules that speak first: one cause gives one finding. The rule is not asked about a cell
            where one of them has spoken; one that judges another field is asked about that field of the same row;
            where it judges several, ``RK110:kk`` says which one is meant. One of a wider scope keeps what it says in a
            column of its own (``derive``), which travels with the row.
        state: what the recap calls a person whom it holds back (``duplicate``, ``not-in-decree``; None: ``error``).
        needs: a list without which the rule does not run.
        given: settings of the schema that its examples stand on; ``good_given`` those of the good one besides.
        good, wrong: examples as Markdown tables; in ``wrong`` every row is flagged. Tests and ``explain`` use them.
    """

    code: str
    name: str
    severity: Severity
    scope: Scope
    title: str
    message: str
    hint: str
    why: str
    judges: tuple[Judge, ...]
    good: str
    wrong: str
    variants: Mapping[str, str] | None = None
    hints: Mapping[str, str] | None = None
    sender: Said | None = None
    sender_title: str = ""
    before: tuple[str, ...] = ()
    state: Literal["duplicate", "not-in-decree"] | None = None
    needs: Need | None = None
    given: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    good_given: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def severities(self) -> str:
        """The default severity in a word; two where it depends on the value."""
        other = self.cells.other_severity if self.cells else None
        return f"{self.severity}/{other[0]}" if other else str(self.severity)

    @property
    def cells(self) -> Cells | None:
        """How it judges cells."""
        return next((judge for judge in self.judges if isinstance(judge, Cells)), None)

    @property
    def sheets(self) -> Sheets | None:
        """How it judges sheets."""
        return next((judge for judge in self.judges if isinstance(judge, Sheets)), None)

    @property
    def files(self) -> Files | None:
        """How it judges files."""
        return next((judge for judge in self.judges if isinstance(judge, Files)), None)

    @property
    def listed(self) -> Listed | None:
        """How it judges the decree's list."""
        return next((judge for judge in self.judges if isinstance(judge, Listed)), None)

    def text(self, variant: object, to_sender: bool = False) -> str:
        """The message, untranslated and unfilled, of a variant (None: the usual one); empty: nothing is said."""
        if to_sender:
            return self.sender.variants.get(str(variant), self.sender.message) if self.sender else ""
        return (self.variants or {}).get(str(variant), self.message)

    def advice(self, variant: object, to_sender: bool = False) -> str:
        """The hint, untranslated and unfilled, of a variant (None: the usual one)."""
        if to_sender:
            return self.sender.hints.get(str(variant), self.sender.hint) if self.sender else ""
        return (self.hints or {}).get(str(variant), self.hint)

    def office_texts(self) -> tuple[str, ...]:
        """What the office reads, untranslated and unfilled."""
        return (self.message, *(self.variants or {}).values(), self.hint, *(self.hints or {}).values())

    def texts(self) -> tuple[str, ...]:
        """All its texts, untranslated and unfilled."""
        to_sender = self.sender.texts() if self.sender else ()
        return (self.title, *self.office_texts(), *filter(None, (self.why, self.sender_title)), *to_sender)


def was_repaired(field: str, context: Context) -> pl.Expr:
    """True where typing has repaired the cell (``F_fixed``, see ``read.normalise``)."""
    return repaired_value(field).is_not_null()


def repaired_value(field: str) -> pl.Expr:
    """What typing has made of the cell."""
    return pl.col(f"{field}_fixed")
