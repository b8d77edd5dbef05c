"""From failed checks to findings: one frame, from which objects are made only where they are written or printed.

``FINDINGS`` says what the columns are; the order of the rows is that of the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from rosterkit.check.pandera_rules import Failures
from rosterkit.check.partners import add_partners
from rosterkit.frame.ids import row_id
from rosterkit.frame.stack import read_number
from rosterkit.model.cells import cell_position
from rosterkit.model.finding import Finding, Place
from rosterkit.model.report import ReadFile
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules import RULES
from rosterkit.rules.base import Rule, SheetFact
from rosterkit.rules.context import Context

FINDINGS: dict[str, Any] = {
    "code": pl.String,
    "severity": pl.String,
    "file": pl.UInt32,
    "table": pl.UInt32,  # null: it stands in no table
    "sheet": pl.String,  # of a sheet without a table
    "_id": pl.UInt64,  # the row that it stands in, null: none
    "column": pl.UInt32,
    "field": pl.String,
    "value": pl.String,
    "person": pl.String,  # whose row it is, as written
    "number": pl.String,  # what her row says in the column NO
    "facts": pl.String,  # JSON
    "fix": pl.String,
    "partners": pl.List(pl.UInt64),  # the first rows that it is also about,
    "people": pl.List(pl.String),  # their persons,
    "numbers": pl.List(pl.String),  # and numbers,
    "others": pl.UInt32,  # and how many they are
    "other_file": pl.UInt32,  # the file that it is also about
    "holds_table": pl.Boolean,  # it stands at no person: an error holds back the whole table
    "holds": pl.List(pl.UInt64),  # the rows that an error at a header holds back, null: see ``holds_table``
}


def findings_frame(rows: Sequence[Mapping[str, object]] = ()) -> pl.DataFrame:
    """Findings as a frame; columns that a row does not name are null."""
    return pl.DataFrame([{**dict.fromkeys(FINDINGS), **row} for row in rows], schema=FINDINGS)


def sheet_findings(number: int, file: ReadFile, context: Context) -> pl.DataFrame:
    """What the rules about sheets say of the sheets of one file."""
    sheets: tuple[Table | Skipped, ...] = (*file.tables, *file.skipped)
    rows = [
        _sheet_finding(rule, number, sheet, fact, context)
        for rule in RULES
        if rule.sheets is not None and not (rule.needs and not context.has(rule.needs))
        for sheet in _sheets_of(sheets, rule)
        for fact in rule.sheets.judge(sheet, context)
        if not context.ignores(rule, fact.field)
    ]
    return findings_frame(rows)


def _sheets_of(sheets: Sequence[Table | Skipped], rule: Rule) -> Sequence[Table | Skipped]:
    """The sheets that a rule is asked about; a code sheet beside a roster is no missing roster."""
    unless = rule.sheets.unless if rule.sheets else None
    if unless == "roster":
        without = [sheet for sheet in sheets if isinstance(sheet, Skipped) and sheet.reason == "no-header"]
        return [] if any(isinstance(sheet, Table) for sheet in sheets) else without[:1]
    if unless == "people" and any(isinstance(sheet, Table) and sheet.people for sheet in sheets):
        return []  # an empty form beside filled sheets is no mistake
    return sheets


def _sheet_finding(
    rule: Rule, number: int, sheet: Table | Skipped, fact: SheetFact, context: Context
) -> dict[str, object]:
    table = sheet if isinstance(sheet, Table) else None
    name = table.sheet.name if table else sheet.name if isinstance(sheet, Skipped) else ""
    people = frozenset(table.people) if table and fact.row is not None and fact.row > table.last_header_row else ()
    return {
        "code": rule.code,
        "severity": str(context.spec.setting(rule.code).severity or fact.severity or rule.severity),
        "file": number,
        "table": table.number if table else None,
        "sheet": None if table else name,
        "_id": None if table is None or fact.row is None else row_id(number, table.number, fact.row),
        "column": fact.column,
        "field": fact.field,
        "person": _person(table, fact.row) if table and fact.row in people else None,
        "number": _number(table, fact.row) if table and fact.row in people else None,
        "facts": json.dumps({**(fact.facts or {}), "sheet": name}),
        "holds_table": fact.holds and table is not None and (fact.row is None or fact.row <= table.last_header_row),
    }


def _person(table: Table, row: int | None) -> str | None:
    """The name in a row, as written."""
    column = table.columns.get("name")
    return None if column is None or row is None else str(table.sheet.value(row, column)).strip()


def _number(table: Table, row: int | None) -> str | None:
    """The number in a row, as written in the column NO."""
    return None if table.counter is None or row is None else read_number(table.sheet.value(row, table.counter))


def file_findings(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """What the rules about whole files say of the files of a run."""
    rows: list[dict[str, object]] = []
    for rule in RULES if not frame.is_empty() else ():
        if rule.files is None or context.ignores(rule, None):
            continue
        common = {"code": rule.code, "severity": str(context.severity(rule))}
        for fact in rule.files.judge(frame, context):
            row = {"file": fact.file, "other_file": fact.other, "facts": json.dumps(dict(fact.facts))}
            rows.append({**common, **row})
    return findings_frame(rows)


def cell_findings(
    frame: pl.DataFrame, failures: Sequence[Failures], columns: Columns, context: Context, persons: pl.DataFrame
) -> pl.DataFrame:
    """The findings of the rules about cells, in the order of codes, fields and rows.

    Args:
        frame: the people of whole files among whom it was judged.
        failures: which rules failed where.
        columns: the column of each field in each table.
        context: decides severities and fills messages.
        persons: see ``check.partners.add_partners``.
    """
    parts = [_cell_findings(frame, failure, columns, context, persons) for failure in failures]
    return pl.concat([findings_frame(), *parts])


_COLUMNS: dict[str, Any] = {
    **dict.fromkeys(("_file", "_table", "column"), pl.UInt32),
    "_header": pl.UInt64,  # the id of the header's row
    "header": pl.String,
}
Columns = Mapping[str, pl.DataFrame]  # field -> _COLUMNS


def columns_of(files: Sequence[tuple[int, ReadFile]]) -> Columns:
    """The column and the header of each field in each table of some files of a run, each with its number."""
    rows: dict[str, list[tuple[object, ...]]] = {}
    for number, file in files:
        for table in file.tables:
            header = None if table.header_row is None else row_id(number, table.number, table.header_row)
            for field, column in table.columns.items():
                place = (number, table.number, column, header, table.labels.get(column, ""))
                rows.setdefault(field, []).append(place)
    return {field: pl.DataFrame(found, schema=_COLUMNS, orient="row") for field, found in rows.items()}


def _cell_findings(
    frame: pl.DataFrame, failure: Failures, columns: Columns, context: Context, persons: pl.DataFrame
) -> pl.DataFrame:
    rule, field, rows = failure.rule, failure.field, failure.rows
    cells = rule.cells
    assert cells is not None  # noqa: S101 # only rules about cells fail here
    at = _places(rows, columns.get(field))
    at_header, held = cells.whole_column or bool(cells.together), None
    if at_header:
        rows, at, held = _once_a_table(rows, at, cells.together)
    facts = cells.facts(field, context) if cells.facts else {}
    texts = rows.with_columns(**facts).select(pl.struct(list(facts)).struct.json_encode()) if facts else None
    found = rows.select(
        code=pl.lit(rule.code),
        severity=severity_of(rule, field, context),
        file="_file",
        table="_table",
        sheet=pl.lit(None, pl.String),
        _id=at["_header"] if at_header else pl.col("_id"),
        column=at["column"],
        field=pl.lit(field),
        value=pl.lit(None, pl.String) if at_header else pl.col(f"{field}_raw"),
        person=pl.lit(None, pl.String) if at_header else pl.col("name_raw").str.strip_chars(),
        number=pl.lit(None, pl.String) if at_header else pl.col("_number"),
        facts=texts.to_series() if texts is not None else pl.lit("{}"),
        fix=cells.fix(field).cast(pl.String) if cells.fix else pl.lit(None, pl.String),
    )
    found = found.with_columns(
        holds=held if cells.together else pl.lit(None, pl.List(pl.UInt64)), holds_table=pl.lit(cells.whole_column)
    )
    found = add_partners(frame, rows, found, cells, persons).with_columns(other_file=pl.lit(None, pl.UInt32))
    return found.select(pl.col(name).cast(dtype) for name, dtype in FINDINGS.items())


def severity_of(rule: Rule, field: str, context: Context) -> pl.Expr:
    """How much a failure of a rule about cells weighs, row by row."""
    usual = pl.lit(str(context.severity(rule)))
    other = rule.cells.other_severity if rule.cells else None
    where = other[1](field, context) if other else None
    if other is None or where is None or context.spec.setting(rule.code).severity is not None:
        return usual
    return pl.when(where).then(pl.lit(str(other[0]))).otherwise(usual)


def _places(rows: pl.DataFrame, columns: pl.DataFrame | None) -> pl.DataFrame:
    """The column of a field and its header, for each row."""
    known = pl.DataFrame(schema=_COLUMNS) if columns is None else columns
    return rows.select("_file", "_table").join(known, on=["_file", "_table"], how="left", maintain_order="left")


def _once_a_table(
    rows: pl.DataFrame, at: pl.DataFrame, together: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.Series]:
    """The first row of each table (and of equal values in some columns), with its header; its place; all such rows."""
    keys = ["_file", "_table", *together]
    first = rows.select(pl.struct(keys).is_first_distinct()).to_series()
    groups = rows.group_by(keys, maintain_order=True).agg("_id")
    at = at.filter(first)
    return rows.filter(first).with_columns(at["header"]), at, groups["_id"]


def listed_findings(frame: pl.DataFrame, decree: Path, context: Context) -> Iterator[Finding]:
    """What the rules about the decree's own list say of it, each with the cell there."""
    for rule in RULES:
        if rule.listed is None or context.decree is None or context.ignores(rule, None):
            continue
        people = context.decree[list(rule.listed.judge(frame, context))].select("_sheet", "_cell", "nik", "name")
        for sheet, cell, nik, name in people.iter_rows():
            place = Place(decree, sheet, *cell_position(cell))
            yield Finding(rule.code, context.severity(rule), place, "nik", nik, {"name": name or "?"})
