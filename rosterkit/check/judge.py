"""Files to a verdict: who is wrong in which way, who is held back, what the office accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from rosterkit.check.accept import accept, find_chosen
from rosterkit.check.decide import decide, hold_the_others
from rosterkit.check.derive import derive
from rosterkit.check.findings import (
    FINDINGS,
    Columns,
    cell_findings,
    columns_of,
    file_findings,
    findings_frame,
    sheet_findings,
)
from rosterkit.check.lost_digits import complete_lists
from rosterkit.check.pandera_rules import find_failures
from rosterkit.check.verdict import Verdict
from rosterkit.check.versions import with_versions
from rosterkit.frame.name_keys import comparison_keys
from rosterkit.frame.normalise import normalise
from rosterkit.frame.stack import stack
from rosterkit.gc_pause import pause_gc
from rosterkit.language import N_
from rosterkit.model.finding import Accepted, Decision, Remark, Severity
from rosterkit.model.report import ReadFile
from rosterkit.rules import RULES
from rosterkit.rules.context import Context
from rosterkit.schema.spec import RosterSpec


def judge(
    files: Sequence[ReadFile],
    context: Context,
    exceptions: Sequence[Accepted] = (),
    decisions: Sequence[Decision] = (),
) -> Verdict:
    """Judge the people of a run with all rules.

    Args:
        files: as read, with their cells.
        context: the schema, the lists of the office, the day.
        exceptions: what the office accepts.
        decisions: what the office decides of duplicates.
    """
    everybody = type_people(files, context)
    people = everybody.filter(~pl.col("set_aside"))
    context, of_lists = complete_lists(people, context)
    frame = derive(people, context)
    columns = columns_of(files)
    first = [rule for rule in RULES if rule.scope != "total"]
    findings = pl.concat(
        [
            findings_frame(),
            _sheet_findings(files, everybody, context),
            file_findings(everybody, context),
            cell_findings(frame, find_failures(frame, first, context), columns, context),
        ]
    )
    decided = decide(decisions, frame, findings, context.names)
    findings, accepted, notes = accept(findings, frame, files, exceptions, context.spec.required(), decided)
    findings = hold_the_others(findings, decided.out)
    clean = _uploadable(frame, findings, context.spec)
    clean, remarks = _without_doubles(clean)
    context = replace(context, chosen=find_chosen(clean.filter("last"), files, exceptions))
    findings, clean = _judge_total(findings, clean, columns, context)
    remarks = (*of_lists, *remarks, *_describe_chosen(context))
    clean_ids, aside = clean.select("_id"), everybody.filter("set_aside")
    lines = (*exceptions, *decided.accepted)
    return Verdict(context, frame, aside, findings, accepted, lines, clean_ids, tuple(notes), remarks)


def _sheet_findings(files: Sequence[ReadFile], everybody: pl.DataFrame, context: Context) -> pl.DataFrame:
    """What the rules about sheets say; of a file whose people are set aside nothing, but what holds back the others."""
    parts = [sheet_findings(number, file, context) for number, file in enumerate(files)]
    findings = pl.concat([findings_frame(), *parts])
    if not everybody["set_aside"].any():
        return findings
    aside = everybody.group_by("_file").agg(all=pl.col("set_aside").all(), any=pl.col("set_aside").any())
    of_file = findings.join(aside, left_on="file", right_on="_file", how="left", maintain_order="left")
    silent = of_file["all"] | (of_file["any"] & ~of_file["holds_table"])
    return findings.filter(~silent.fill_null(False))


def type_people(files: Sequence[ReadFile], context: Context) -> pl.DataFrame:
    """The people of all files, typed, with what is known of their files (see ``frame``), before rules derive more.

    A file outside the folders of the chain needs no verification: it is at the last level.
    """
    with pause_gc():
        raw = stack([(number, table) for number, file in enumerate(files) for table in file.tables])
    top = _top(files, context.spec)
    levels = pl.Series([top if file.level is None else file.level for file in files], dtype=pl.UInt8)
    of_file = pl.DataFrame({"_file": pl.Series(range(len(files)), dtype=pl.UInt32), "_level": levels})
    frame = normalise(raw, context.spec, context.today).join(of_file, on="_file", how="left", maintain_order="left")
    higher = (pl.col("_level") < pl.col("_level").max().over("nik")) & pl.col("nik").is_not_null()
    last = pl.lit(True) if top is None else pl.col("_level") == top
    keys = comparison_keys(frame["name"])
    frame = frame.with_columns(passed_on=higher.fill_null(False), last=last, name_key=keys)
    return with_versions(frame, context)


def _top(files: Sequence[ReadFile], spec: RosterSpec) -> int | None:
    """The last level of verification; None where no file lies in a folder of the chain."""
    return len(spec.chain) - 1 if any(file.level is not None for file in files) else None


def _uploadable(frame: pl.DataFrame, findings: pl.DataFrame, spec: RosterSpec) -> pl.DataFrame:
    """The people whom no error holds back and of whom all that is required could be read."""
    complete = frame.filter(pl.col(field).is_not_null() for field in spec.required())
    return without_errors(complete, findings)


def without_errors(frame: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
    """The rows of a frame that no error holds back; an error that stands at no person holds back its table, or some."""
    errors = findings.filter(pl.col("severity") == str(Severity.ERROR))
    rest = frame.join(errors.select("_id").drop_nulls(), on="_id", how="anti", maintain_order="left")
    rest = rest.join(
        errors.select(_id=pl.col("holds").explode()).drop_nulls(), on="_id", how="anti", maintain_order="left"
    )
    tables = errors.filter("holds_table").select(_file="file", _table="table")
    return rest.join(tables, on=["_file", "_table"], how="anti", maintain_order="left")


def _without_doubles(clean: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Remark, ...]]:
    """Whatever is accepted, nobody is uploaded twice: the rows of a NIK that is there already are left out."""
    first = clean.select(pl.struct("last", "nik").is_first_distinct()).to_series()
    again = clean["last"] & clean["nik"].is_not_null() & ~first
    if not again.any():
        return clean, ()
    text = N_("{count} baris yang dikecualikan tidak diunggah: NIK-nya sudah diunggah dari baris lain.")
    return clean.filter(~again), (Remark(text, {"count": again.sum()}),)


def _judge_total(
    findings: pl.DataFrame, clean: pl.DataFrame, columns: Columns, context: Context
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Ask the rules that come last, of the people whom no other error holds back."""
    here = clean.filter("last")
    rules = [rule for rule in RULES if rule.scope == "total"]
    for rule in rules:
        if rule.cells is not None and rule.cells.derive is not None:
            here = rule.cells.derive(here, context)
    found = cell_findings(here, find_failures(here, rules, context), columns, context)
    return pl.concat([findings, found]).select(list(FINDINGS)), without_errors(clean, found)


def _describe_chosen(context: Context) -> Iterator[Remark]:
    """Report how many people the office puts first."""
    if context.chosen:
        text = N_("{count} orang didahulukan kantor untuk kuota (RK508 di pengecualian.xlsx).")
        yield Remark(text, {"count": len(context.chosen)})


def rules_not_run(context: Context) -> dict[str, tuple[str, ...]]:
    """The codes of the rules that did not run, by the list that they need and that is not there."""
    missing: dict[str, list[str]] = {}
    for rule in RULES:
        if rule.needs and not context.has(rule.needs):
            missing.setdefault(rule.needs, []).append(rule.code)
    return {need: tuple(codes) for need, codes in missing.items()}
