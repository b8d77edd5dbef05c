"""Machine output, contract 1; ``contract-1.schema.json`` beside this file describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rosterkit import __version__
from rosterkit.language import _
from rosterkit.model.cells import column_letters
from rosterkit.model.finding import Accepted, Finding, Place
from rosterkit.model.report import CheckedFile, Ready, Report
from rosterkit.model.roster import Table
from rosterkit.report.words import Words, note_text, remark_text
from rosterkit.rules import BY_CODE


def as_json(report: Report, words: Words) -> Iterator[str]:
    """The document in pieces, findings one by one, so that a large run is not built twice in memory."""
    import json

    dumps = json.dumps
    kind = "decree-check" if report.is_decree else "check"
    head = {"tool": "rosterkit", "version": __version__, "contract": 1, "kind": kind, "schema": report.schema}
    places: dict[int, str] = {}  # of whoever is named beside many, by the identity of the object
    yield dumps(head)[:-1] + ', "files": ['
    for number, file in enumerate(report.files):
        yield ",\n" * bool(number) + dumps(_file(file, words))[:-1] + ', "findings": ['
        for position, finding in enumerate(file.findings):
            for place in finding.related:
                if id(place) not in places:
                    places[id(place)] = dumps(_place(place))
            related = ", ".join([places[id(place)] for place in finding.related])
            yield ",\n" * bool(position) + dumps(_alone(finding, words))[:-1] + f', "related": [{related}]}}'
        yield "]}"
    yield "]" + _beside(report, words) + ', "totals": ' + dumps(_totals(report)) + "}\n"


def _beside(report: Report, words: Words) -> str:
    """What there is beside files and totals, where there is: outputs of all files, what the office has set aside."""
    import json

    parts = ""
    if report.uploads or report.incomplete or report.recap:
        outputs = {"combined": _paths(report.uploads), "incomplete": _paths(report.incomplete)}
        recap = {"recap": report.recap.as_posix()} if report.recap else {}
        recap |= {"duplicates": report.duplicates.as_posix()} if report.duplicates else {}
        parts += ', "outputs": ' + json.dumps({**outputs, **recap})
    if report.others:
        parts += ', "others": ' + json.dumps(_paths(report.others))
    if report.remarks:
        parts += ', "remarks": ' + json.dumps([remark_text(remark) for remark in report.remarks])
    if report.missing:
        findings = [_finding(finding, words) for finding in report.missing]
        decree = report.decree.as_posix() if report.decree else None
        parts += ', "decree": ' + json.dumps({"path": decree, "findings": findings})
    if report.awaited:
        senders = [{"name": one.name, "files": list(one.files)} for one in report.awaited]
        parts += ', "senders": ' + json.dumps(senders)
    if report.failure:
        parts += ', "error": ' + json.dumps(dict(zip(("code", "message"), report.failure, strict=True)))
    if report.ignored:
        ignored = [{"code": code, "columns": list(fields), "reason": why} for code, fields, why in report.ignored]
        parts += ', "ignored": ' + json.dumps(ignored)
    if report.not_run:
        parts += ', "not_run": ' + json.dumps({need: list(codes) for need, codes in report.not_run.items()})
    if report.exceptions:
        notes = [{"row": note.line, "message": note_text(note)} for note in report.exceptions]
        parts += ', "exceptions": ' + json.dumps(notes)
    return parts


def _accepted(finding: Finding, line: Accepted, words: Words) -> dict[str, Any]:
    dates = {"date": line.when.isoformat(), "until": line.until.isoformat() if line.until else None}
    return {**_finding(finding, words), "accepted": {"reason": line.reason, "by": line.who, **dates}}


def _file(file: CheckedFile, words: Words) -> dict[str, Any]:
    error = {"code": file.failure[0], "message": file.failure[1]} if file.failure else None
    return {
        "path": file.path.as_posix(),
        "sha256": file.read.sha256 or None,
        "status": file.status,
        **({"set_aside": file.verdict.set_aside} if file.verdict.set_aside else {}),
        "error": error,
        **({"level": file.read.level + 1} if file.read.level is not None else {}),
        **({"lacking": dict(file.verdict.lacking)} if file.verdict.lacking else {}),
        "sheets": [_sheet(table, file.verdict.ready.get(table.number, Ready())) for table in file.read.tables],
        "skipped_sheets": [{"name": skipped.name, "reason": skipped.reason} for skipped in file.read.skipped],
        "outputs": {
            "annotated": file.written.annotated.as_posix() if file.written.annotated else None,
            "uploads": _paths(file.written.uploads),
            "incomplete": _paths(file.written.incomplete),
            **({"reply": file.written.reply.as_posix()} if file.written.reply else {}),
        },
        **({"accepted": [_accepted(*pair, words) for pair in file.verdict.accepted]} if file.verdict.accepted else {}),
    }


def _paths(paths: Iterable[Path]) -> list[str]:
    return [path.as_posix() for path in paths]


def _sheet(table: Table, ready: Ready) -> dict[str, Any]:
    return {
        "name": table.sheet.name,
        "header_rows": [row + 1 for row in table.header_rows],
        "first_row": table.people[0] + 1 if table.people else None,
        "last_row": table.people[-1] + 1 if table.people else None,
        "rows": len(table.people),
        "clean_rows": ready.people,
        "incomplete_rows": ready.incomplete,
        **_sent(ready.sent, ready.changed),
        "columns": {field: column_letters(column) for field, column in table.columns.items()},
        "left_out": [{"first": out.first + 1, "last": out.last + 1, "reason": out.reason} for out in table.left_out],
    }


def _sent(sent: int, changed: int) -> dict[str, int]:
    """Of the people without an error those who were uploaded already; nothing where there are none."""
    return {"sent_rows": sent, "changed_rows": changed} if sent else {}


def _finding(finding: Finding, words: Words) -> dict[str, Any]:
    return {**_alone(finding, words), "related": [_place(place) for place in finding.related]}


def _alone(finding: Finding, words: Words) -> dict[str, Any]:
    """A finding without whom it is about beside its own person."""
    fix = None
    if finding.fix and finding.fix.value is not None:
        fix = {"repair": finding.fix.repair, "value": words.personal(finding.field, finding.fix.value)}
    return {
        "code": finding.code,
        "name": BY_CODE[finding.code].name,
        "severity": str(finding.severity),
        "sheet": finding.place.sheet,
        "row": None if finding.place.row is None else finding.place.row + 1,
        "cell": finding.place.cell,
        "column": finding.field,
        "value": words.value(finding),
        "message": words.message(finding),
        "hint": words.hint(finding),
        "fix": fix,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path.as_posix(), "sheet": place.sheet, "cell": place.cell}


def _totals(report: Report) -> dict[str, int]:
    counts = dict.fromkeys(("error", "warning", "info"), 0)
    for file in report.files:
        for finding in file.findings:
            counts[finding.severity] += 1
    rows, clean = sum(file.rows for file in report.files), sum(file.clean_rows for file in report.files)
    aside = sum(file.verdict.set_aside for file in report.files)
    more = {"set_aside": aside} if aside else {}
    incomplete = sum(file.incomplete for file in report.files)
    sent = _sent(sum(file.sent for file in report.files), sum(file.changed for file in report.files))
    people = {"rows": rows, "clean_rows": clean, "incomplete_rows": incomplete, **sent, **more}
    return {"files": len(report.files), **people, **counts}


def rules_as_json() -> list[dict[str, str]]:
    """The rules for programs."""
    from rosterkit.rules import RULES

    return [
        {"code": rule.code, "name": rule.name, "severity": str(rule.severity), "title": _(rule.title)} for rule in RULES
    ]
