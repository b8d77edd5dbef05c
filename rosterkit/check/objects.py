"""Findings as objects, made only where they are written or printed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from rosterkit.frame.ids import split_id
from rosterkit.model.finding import Finding, Fix, Place, Severity
from rosterkit.model.report import ReadFile
from rosterkit.model.roster import Table
from rosterkit.rules import BY_CODE
from rosterkit.rules.base import Rule


def make_findings(findings: pl.DataFrame, files: Sequence[ReadFile]) -> Iterator[Finding]:
    """Make objects of findings (see ``check.findings.FINDINGS``), with paths, sheets' names and addresses."""
    tables = _TablesByFile(files)
    known: dict[str, dict[int, Place]] = {}  # by field and person: whoever is named beside many is one object
    for row in findings.iter_rows(named=True):
        rule, field = BY_CODE[row["code"]], row["field"]
        path, table = files[row["file"]].path, tables[row["file"]].get(row["table"])
        at = None if row["_id"] is None else split_id(row["_id"])[2]
        sheet = table.sheet.name if table else row["sheet"]
        facts = json.loads(row["facts"] or "{}")
        related: tuple[Place, ...] = ()
        if row["others"] is not None:
            facts["count"] = row["others"] + 1
            places = known.setdefault(field, {})
            for id_, person, number in zip(row["partners"], row["people"], row["numbers"], strict=True):
                if id_ not in places:
                    places[id_] = _partner(id_, person, number, field, files, tables)
            related = tuple([places[id_] for id_ in row["partners"]])
        elif row["other_file"] is not None:
            related = (Place(files[row["other_file"]].path),)
        sender = _sender(files[row["file"]], row["table"])
        place = Place(path, sheet, at, row["column"], row["person"], row["table"], row["number"], sender)
        fix = _fix(rule, row["fix"])
        yield Finding(row["code"], Severity(row["severity"]), place, field, row["value"], facts, fix, related)


class _TablesByFile(dict[int, dict[int, Table]]):
    """Number of a file -> number of a table -> the table; of those files that are asked for."""

    def __init__(self, files: Sequence[ReadFile]) -> None:
        self._files = files

    def __missing__(self, file: int) -> dict[int, Table]:
        self[file] = {table.number: table for table in self._files[file].tables}
        return self[file]


def _partner(
    row_id: int,
    person: str | None,
    number: str | None,
    field: str,
    files: Sequence[ReadFile],
    tables: Mapping[int, Mapping[int, Table]],
) -> Place:
    file, table_number, row = split_id(row_id)
    table = tables[file][table_number]
    sender = _sender(files[file], table_number)
    return Place(
        files[file].path, table.sheet.name, row, table.columns.get(field), person, table_number, number, sender
    )


def _sender(file: ReadFile, table: int | None) -> str | None:
    """Who sent a list, in words; None where that is not known."""
    sender = None if table is None else file.senders.get(table)
    return str(sender) or None if sender else None


def _fix(rule: Rule, value: str | None) -> Fix | None:
    """The repair of a finding; None where the rule has none for it."""
    if rule.cells is None:
        return None
    if rule.cells.repair == "ask":
        return Fix("ask", None)
    return None if value is None else Fix(rule.cells.repair, value)
