"""From failed checks to findings: where each stands, what fills its message, what else it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from rosterkit.check.pandera_rules import Failure
from rosterkit.model.cells import cell_position
from rosterkit.model.finding import Finding, Place, Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules import RULES
from rosterkit.rules.base import Context, Rule, make_fix
from rosterkit.schema.spec import RosterSpec

_RELATED = 20  # places named in one finding


def sheet_findings(path: Path, sheets: Sequence[Table | Skipped], context: Context) -> Iterator[Finding]:
    """What the sheet rules say of the sheets of one file; a code sheet beside a roster is no missing roster."""
    has_roster = any(isinstance(sheet, Table) for sheet in sheets)
    for rule in RULES:
        if rule.sheet is None:
            continue
        for sheet in _first_only(sheets, rule, has_roster):
            name = sheet.sheet.name if isinstance(sheet, Table) else sheet.name
            for fact in rule.sheet(sheet, context):
                if not context.ignores(rule, fact.field):
                    place = Place(path, name, fact.row, fact.column)
                    facts = {**(fact.facts or {}), "sheet": name}
                    yield Finding(rule.code, context.severity(rule), place, fact.field, facts=facts)


def _first_only(sheets: Sequence[Table | Skipped], rule: Rule, has_roster: bool) -> Sequence[Table | Skipped]:
    if rule.code == "RK104":
        candidates = [sheet for sheet in sheets if isinstance(sheet, Skipped) and sheet.reason == "no-header"]
        return [] if has_roster else candidates[:1]
    if rule.code == "RK105" and any(isinstance(sheet, Table) and sheet.people for sheet in sheets):
        return []  # an empty form beside filled sheets is no mistake
    return sheets


def row_findings(
    frame: pl.DataFrame, failures: Sequence[Failure], tables: Sequence[tuple[Path, Table]], context: Context
) -> Iterator[Finding]:
    """The findings of the rules about rows, in code order, each with the cell of its own sheet."""
    for failure in failures:
        rule, field = failure.rule, failure.field
        severity = context.severity(rule)
        rows = frame[failure.rows]
        facts = _facts(rule, field, rows, context)
        fixes = rows.select(rule.fix(field))[:, 0].to_list() if rule.fix else [None] * len(rows)
        group = _related(frame, rows, rule, tables, field)
        cells = rows.select("_table", "_row", f"{field}_raw").iter_rows()
        for position, (number, row, value) in enumerate(cells):
            place = _place(tables[number], row, field)
            own = facts[position] if facts else {}
            related: tuple[Place, ...] = ()
            if group is not None:
                members = group[position]
                others = [other for other in members if _is_other(other, place, rule)]
                related = tuple(islice(others, _RELATED))
                own = {**own, "count": len(others) + 1}
            yield Finding(rule.code, severity, place, field, value, own, make_fix(rule, fixes[position]), related)


def file_findings(frame: pl.DataFrame, paths: Sequence[Path], context: Context) -> Iterator[Finding]:
    """What the rules about whole files say of the files of a run."""
    for rule in RULES if not frame.is_empty() else ():
        if rule.files is None or context.ignores(rule, None):
            continue
        for fact in rule.files(frame, context):
            here, others = paths[fact.file], () if fact.other is None else (Place(paths[fact.other]),)
            yield Finding(rule.code, context.severity(rule), Place(here), facts=dict(fact.facts), related=others)


def listed_findings(frame: pl.DataFrame, decree: Path, context: Context) -> Iterator[Finding]:
    """What the rules about the decree's own list say of it, each with the cell there."""
    for rule in RULES:
        if rule.listed is None or context.decree is None or context.ignores(rule, None):
            continue
        people = context.decree[list(rule.listed(frame, context))].select("_sheet", "_cell", "nik", "name")
        for sheet, cell, nik, name in people.iter_rows():
            place = Place(decree, sheet, *cell_position(cell))
            yield Finding(rule.code, context.severity(rule), place, "nik", nik, {"name": name or "?"})


def clean_rows(frame: pl.DataFrame, findings: Sequence[Finding], tables: Sequence[tuple[Path, Table]]) -> pl.DataFrame:
    """The rows of a frame that no error finding holds back; an error that stands at no person holds back a sheet."""
    number = {(path, table.sheet.name): position for position, (path, table) in enumerate(tables)}
    held: set[tuple[int, int]] = set()
    sheets: set[int] = set()
    for finding in findings:
        if finding.severity is not Severity.ERROR or finding.place.sheet is None:
            continue
        table = number.get((finding.place.path, finding.place.sheet))
        if table is None:
            continue
        if finding.place.row is None or finding.place.row <= tables[table][1].header_rows[-1]:
            sheets.add(table)
        else:
            held.add((table, finding.place.row))
    if not held and not sheets:
        return frame
    bad = pl.DataFrame(
        {"_table": [table for table, _ in held], "_row": [row for _, row in held]},
        schema={"_table": pl.UInt32, "_row": pl.UInt32},
    )
    rest = frame.join(bad, on=["_table", "_row"], how="anti", maintain_order="left")
    return rest.filter(~pl.col("_table").is_in(list(sheets))) if sheets else rest


def ignored(spec: RosterSpec) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What the office does not want to hear of: code, fields (none: all), reason."""
    for code, setting in sorted(spec.rules.items()):
        if setting.ignore:
            fields: tuple[str, ...] = setting.ignore if isinstance(setting.ignore, tuple) else ()
            yield code, fields, setting.reason or ""


def _facts(rule: Rule, field: str, rows: pl.DataFrame, context: Context) -> list[dict[str, object]]:
    if rule.facts is None:
        return []
    facts = rule.facts(field, context)
    return rows.with_columns(**facts).select(list(facts)).to_dicts()  # a literal fact is one for every row


def _related(
    frame: pl.DataFrame, rows: pl.DataFrame, rule: Rule, tables: Sequence[tuple[Path, Table]], field: str
) -> list[list[Place]] | None:
    """For each row the places that its finding is also about; None for a rule that judges rows alone."""
    if rule.partners is None:
        return _groups(frame, rows, rule, tables, field) if rule.key else None
    places: list[list[Place]] = []
    for partners in rows[rule.partners]:
        others = frame[partners.to_list()].select("_table", "_row", "name").iter_rows()
        places.append([_place(tables[number], row, field, name) for number, row, name in others])
    return places


def _place(table: tuple[Path, Table], row: int, field: str, person: str | None = None) -> Place:
    return Place(table[0], table[1].sheet.name, row, table[1].columns.get(field), person)


def _is_other(other: Place, place: Place, rule: Rule) -> bool:
    return other.path != place.path if rule.across else other != place


def _groups(
    frame: pl.DataFrame, rows: pl.DataFrame, rule: Rule, tables: Sequence[tuple[Path, Table]], field: str
) -> list[list[Place]]:
    """For each row the places of all rows with the same key, of its file or of the whole run."""
    key = rule.key or field
    frame = frame.filter(pl.col("copy_of").is_null()) if rule.across else frame
    keys = [pl.col("_level").fill_null(255).cast(pl.UInt32).alias("_file") if rule.across else pl.col("_file")]
    frame, rows = frame.with_columns(keys[0]), rows.with_columns(keys[0])
    names = ["_file", key]
    wanted = frame.join(rows.select(names).unique(), on=names, how="semi", maintain_order="left")
    members: dict[tuple[int, str], list[Place]] = {}
    for file, value, number, row, name in wanted.select(*names, "_table", "_row", "name").iter_rows():
        members.setdefault((file, value), []).append(_place(tables[number], row, field, name))
    return [members[file, value] for file, value in rows.select(names).iter_rows()]
