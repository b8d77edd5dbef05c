"""From failed checks to findings: where each stands, what fills its message, what else it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from rosterkit.model import Finding, Place, Severity, Skipped, Table
from rosterkit.rules import RULES
from rosterkit.rules.base import Context, Rule, make_fix
from rosterkit.schema.frame import Failure
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
                related = tuple(islice((other for other in members if other != place), _RELATED))
                count = len(members) - (0 if rule.partners else 1)
                own = {**own, "count": count + 1, "others": _name(related, place, count)}
            yield Finding(rule.code, severity, place, field, value, own, make_fix(rule, fixes[position]), related)


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
        others = frame[partners.to_list()].select("_table", "_row").iter_rows()
        places.append([_place(tables[number], row, field) for number, row in others])
    return places


def _place(table: tuple[Path, Table], row: int, field: str) -> Place:
    return Place(table[0], table[1].sheet.name, row, table[1].columns.get(field))


def _groups(
    frame: pl.DataFrame, rows: pl.DataFrame, rule: Rule, tables: Sequence[tuple[Path, Table]], field: str
) -> list[list[Place]]:
    """For each row the places of all rows of its file with the same key."""
    keys = ["_file", rule.key or field]
    wanted = frame.join(rows.select(keys).unique(), on=keys, how="semi", maintain_order="left")
    members: dict[tuple[int, str], list[Place]] = {}
    for file, key, number, row in wanted.select(*keys, "_table", "_row").iter_rows():
        members.setdefault((file, key), []).append(_place(tables[number], row, field))
    return [members[file, key] for file, key in rows.select(keys).iter_rows()]


def _name(places: Sequence[Place], here: Place, count: int) -> str:
    """Places in words: the cell, with its sheet where it is another one."""
    shown = [place.cell or "" if place.sheet == here.sheet else f"{place.sheet}!{place.cell}" for place in places[:5]]
    return ", ".join(shown) + (f" (+{count - 5})" if count > 5 else "")
