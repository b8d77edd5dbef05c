"""What the checking stage says of a run, and of each of its files."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import polars as pl

from rosterkit.check.objects import make_findings
from rosterkit.frame.ids import split_id
from rosterkit.model.finding import Accepted, Decision, Note, Remark
from rosterkit.model.report import FileVerdict, ReadFile, Ready, ReadyState
from rosterkit.records import dataclass
from rosterkit.rules.context import Context


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checking stage says of a run.

    Args:
        context: what was asked; its lists have whole NIKs where the people told them (see ``check.lost_digits``).
        frame: the people, one row each (see ``frame``), without those who are set aside.
        set_aside: those who stand in a newer version of their list, or in a copy of it.
        findings: what is wrong (see ``check.findings.FINDINGS``), without what is accepted.
        accepted: findings that the office accepts; ``line`` is the position of the exception among ``exceptions``.
        exceptions: what the office accepts.
        clean: the ``_id`` of the people whom no error holds back, in the order of the frame.
        notes: what there is to say of the exceptions.
        remarks: what there is to say of the run.
        decisions: what the office decides of duplicates.
        not_uploaded: the ``_id`` of people whom no finding holds back, and who are not uploaded all the same -> why.
    """

    context: Context
    frame: pl.DataFrame
    set_aside: pl.DataFrame
    findings: pl.DataFrame
    accepted: pl.DataFrame
    exceptions: tuple[Accepted, ...]
    clean: pl.DataFrame
    notes: tuple[Note, ...] = ()
    remarks: tuple[Remark, ...] = ()
    decisions: tuple[Decision, ...] = ()
    not_uploaded: Mapping[int, str] = dataclasses.field(default_factory=dict)

    def clean_people(self, *columns: str) -> pl.DataFrame:
        """The people whom no error holds back, with all columns or some; those not ``last`` are still on their way."""
        return self.frame.select(columns or pl.all()).join(self.clean, on="_id", how="semi", maintain_order="left")

    def by_file(self, files: Sequence[ReadFile], ready: pl.DataFrame) -> list[FileVerdict]:
        """The verdict of each file, with findings as objects.

        Args:
            files: as read.
            ready: who is uploaded: ``_id``, ``_file``, ``_table``, and ``lacking``: the fields that the form
                requires and that they do not have; ``sent_in``: the sheet in which they were uploaded already, and
                ``changed``: the fields that are no longer what was sent.
        """
        findings, accepted = _parts(self.findings), _parts(self.accepted)
        counts, lacking = _count_ready(ready)
        states = _find_states(ready)
        aside = dict(self.set_aside.group_by("_file").len().iter_rows())
        verdicts = []
        for number in range(len(files)):
            lines = accepted.get(number, self.accepted.clear())
            pairs = zip(make_findings(lines, files), (self.exceptions[line] for line in lines["line"]), strict=True)
            own = tuple(make_findings(findings[number], files)) if number in findings else ()
            verdicts.append(
                FileVerdict(
                    own,
                    tuple(pairs),
                    counts.get(number, {}),
                    lacking.get(number, {}),
                    aside.get(number, 0),
                    states.get(number, {}),
                )
            )
        return verdicts


def _count_ready(ready: pl.DataFrame) -> tuple[dict[int, dict[int, Ready]], dict[int, dict[str, int]]]:
    """File -> table -> who is ready; file -> field -> how many lack it."""
    counts: dict[int, dict[int, Ready]] = {}
    numbers = [(pl.col(name).list.len() > 0).sum() for name in ("lacking", "changed")]
    tables = ready.group_by("_file", "_table").agg(pl.len(), numbers[0], pl.col("sent_in").count(), numbers[1])
    for file, table, *people in tables.iter_rows():
        counts.setdefault(file, {})[table] = Ready(*people)
    lacking: dict[int, dict[str, int]] = {}
    fields = ready.select("_file", "lacking").explode("lacking").drop_nulls().group_by("_file", "lacking").len()
    for file, field, people in fields.sort("len", "lacking", descending=[True, False]).iter_rows():
        lacking.setdefault(file, {})[field] = people
    return counts, lacking


def _find_states(ready: pl.DataFrame) -> dict[int, dict[int, dict[int, ReadyState]]]:
    """File -> table -> row -> the state of the person."""
    states: dict[int, dict[int, dict[int, ReadyState]]] = {}
    incomplete, sent = pl.col("lacking").list.len() > 0, pl.col("sent_in").is_not_null()
    state = pl.when(sent).then(pl.lit("sent")).when(incomplete).then(pl.lit("incomplete")).otherwise(pl.lit("clean"))
    for number, name in ready.select("_id", state).iter_rows():
        file, table, row = split_id(number)
        states.setdefault(file, {}).setdefault(table, {})[row] = name
    return states


def _parts(findings: pl.DataFrame) -> dict[int, pl.DataFrame]:
    parts = findings.partition_by("file", as_dict=True, maintain_order=True)
    return {int(str(number)): part for (number,), part in parts.items()}
