"""Files to a verdict: who is wrong in which way, who is held back, what the office accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from rosterkit.check.accept import accept, find_chosen
from rosterkit.check.across import READS, Told, tell
from rosterkit.check.decide import Decided, decide, hold_the_others
from rosterkit.check.findings import FINDINGS, Columns, cell_findings, columns_of
from rosterkit.check.pandera_rules import columns_read, find_failures
from rosterkit.check.part import Judged, judge_part, make_part, top_level
from rosterkit.check.rows import AtHand
from rosterkit.check.verdict import Verdict
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
    """Judge the people of a run with all rules, as one part.

    Args:
        files: as read, with their cells.
        context: the schema, the lists of the office, the day.
        exceptions: what the office accepts.
        decisions: what the office decides of duplicates.
    """
    top = top_level([file.level for file in files], context.spec)
    part = make_part(list(enumerate(files)), top, context)
    context, told = tell(AtHand(part.people.select(READS)), replace(context, digests=part.digests))
    return conclude([judge_part(part, told, context)], told, context, files, exceptions, decisions)


def conclude(
    parts: Sequence[Judged],
    told: Told,
    context: Context,
    files: Sequence[ReadFile],
    exceptions: Sequence[Accepted] = (),
    decisions: Sequence[Decision] = (),
) -> Verdict:
    """Bring together what was found in the parts of a run: what the office accepts, who is held back, the quota.

    Args:
        parts: in the order of the files.
        told: what was found across them.
        context: what was asked.
        files: as read; their cells are not needed.
        exceptions: what the office accepts.
        decisions: what the office decides of duplicates.
    """
    columns = columns_of(list(enumerate(files)))
    everybody = pl.concat([part.people for part in parts], how="diagonal")  # one that judged nobody lacks columns
    frame, aside = everybody.filter(~pl.col("set_aside")), everybody.filter("set_aside")
    sheets = _sheet_findings(pl.concat([part.sheets for part in parts]), everybody)
    cells = pl.concat([part.cells for part in parts])
    if len(parts) > 1:
        cells = cells.sort("code", "field", maintain_order=True)  # as if the run were one part
    findings = pl.concat([sheets, told.findings, cells])
    decided = decide(decisions, frame, findings, context.names)
    findings, accepted, notes = accept(findings, frame, files, exceptions, context.spec.required(), decided)
    findings = hold_the_others(findings, decided.out)
    clean = _uploadable(frame, findings, context.spec)
    clean, remarks, not_uploaded = _without_doubles(clean)
    context = replace(context, chosen=find_chosen(clean.filter("last"), files, exceptions))
    findings, clean = _judge_total(findings, frame, clean, columns, context)
    return Verdict(
        context,
        frame,
        aside,
        findings,
        accepted,
        exceptions=(*exceptions, *decided.accepted),
        clean=clean.select("_id"),
        notes=tuple(notes),
        remarks=(*told.remarks, *remarks, *_describe_chosen(context), *_describe_unfit(decided)),
        decisions=tuple(decisions),
        not_uploaded=not_uploaded,
    )


def _sheet_findings(findings: pl.DataFrame, everybody: pl.DataFrame) -> pl.DataFrame:
    """What the rules about sheets say; of a file whose people are set aside nothing, but what holds back the others."""
    if not everybody["set_aside"].any():
        return findings
    aside = everybody.group_by("_file").agg(all=pl.col("set_aside").all(), any=pl.col("set_aside").any())
    of_file = findings.join(aside, left_on="file", right_on="_file", how="left", maintain_order="left")
    silent = of_file["all"] | (of_file["any"] & ~of_file["holds_table"])
    return findings.filter(~silent.fill_null(False))


_NAMED = 5  # people who are named in a remark
# What is asked of those whom no error holds back, before the verdict is made; a copy of all columns takes a gigabyte.
_CLEAN = ("_id", "_file", "_table", "_row", "last", "nik", "nik_digits")


def _uploadable(frame: pl.DataFrame, findings: pl.DataFrame, spec: RosterSpec) -> pl.DataFrame:
    """The people whom no error holds back and of whom all that is required could be read, with ``_CLEAN``."""
    asked = frame.select({*_CLEAN, *spec.required()})
    complete = asked.filter(pl.col(field).is_not_null() for field in spec.required())
    return without_errors(complete.select(_CLEAN), findings)


def without_errors(frame: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
    """The rows of a frame that no error holds back; an error that stands at no person holds back its table, or some."""
    errors = findings.filter(pl.col("severity") == str(Severity.ERROR))
    rest = frame.join(errors.select("_id").drop_nulls(), on="_id", how="anti", maintain_order="left")
    rest = rest.join(
        errors.select(_id=pl.col("holds").explode()).drop_nulls(), on="_id", how="anti", maintain_order="left"
    )
    tables = errors.filter("holds_table").select(_file="file", _table="table")
    return rest.join(tables, on=["_file", "_table"], how="anti", maintain_order="left")


_DOUBLE = N_("NIK-nya sudah diunggah dari baris lain yang juga dikecualikan.")


def _without_doubles(clean: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Remark, ...], dict[int, str]]:
    """Whatever is accepted, nobody is uploaded twice: the rows of a NIK that is there already are left out."""
    first = clean.select(pl.struct("last", "nik").is_first_distinct()).to_series()
    again = clean["last"] & clean["nik"].is_not_null() & ~first
    if not again.any():
        return clean, (), {}
    text = N_("{count} baris yang dikecualikan tidak diunggah: NIK-nya sudah diunggah dari baris lain.")
    return (
        clean.filter(~again),
        (Remark(text, {"count": again.sum()}),),
        dict.fromkeys(clean.filter(again)["_id"], _DOUBLE),
    )


def _judge_total(
    findings: pl.DataFrame, frame: pl.DataFrame, clean: pl.DataFrame, columns: Columns, context: Context
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Ask the rules that come last, of the people whom no other error holds back."""
    rules = [rule for rule in RULES if rule.scope == "total"]
    if not columns_read(rules, context):  # there is no quota
        return findings.select(list(FINDINGS)), clean
    here = frame.join(clean.filter("last"), on="_id", how="semi", maintain_order="left")
    for rule in rules:
        if rule.cells is not None and rule.cells.derive is not None:
            here = rule.cells.derive(here, context)
    found = cell_findings(
        here, find_failures(here, rules, context), columns, context, here.select("_id", "name", "_number")
    )
    return pl.concat([findings, found]).select(list(FINDINGS)), without_errors(clean, found)


def _describe_chosen(context: Context) -> Iterator[Remark]:
    """Report how many people the office puts first."""
    if context.chosen:
        text = N_("{count} orang didahulukan kantor untuk kuota (RK508 di pengecualian.xlsx).")
        yield Remark(text, {"count": len(context.chosen)})


def _describe_unfit(decided: Decided) -> Iterator[Remark]:
    """Report decisions that no longer fit, of which the office is asked again."""
    if decided.unfit:
        text = N_("Keputusan lama tidak berlaku lagi, karena barisnya bukan lagi yang sama: {names}. Putuskan lagi.")
        more = f" (+{len(decided.unfit) - _NAMED})" if len(decided.unfit) > _NAMED else ""
        yield Remark(text, {"names": ", ".join(decided.unfit[:_NAMED]) + more})


def rules_not_run(context: Context) -> dict[str, tuple[str, ...]]:
    """The codes of the rules that did not run, by the list that they need and that is not there."""
    missing: dict[str, list[str]] = {}
    for rule in RULES:
        if rule.needs and not context.has(rule.needs):
            missing.setdefault(rule.needs, []).append(rule.code)
    return {need: tuple(codes) for need, codes in missing.items()}
