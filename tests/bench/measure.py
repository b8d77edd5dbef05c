"""The measured parts, each in a process: ``python tests/bench/measure.py check|rules|upload WORKBOOK ROWS``.

``check`` prints the findings as JSON and writes nothing; ``rules`` the time of each rule; ``upload`` that of the
upload sheets. The seconds of the stages are on standard error.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine
import xlsxwriter
from shared import SCHEMA, insist, mistakes_in

from rosterkit.check.across import READS, add_told, tell
from rosterkit.check.derive import derive
from rosterkit.check.judge import judge
from rosterkit.check.pandera_rules import find_failures
from rosterkit.check.part import make_part
from rosterkit.check.rows import AtHand
from rosterkit.check.verdict import Verdict
from rosterkit.model.report import CheckedFile, ReadFile, Report
from rosterkit.report.as_json import as_json
from rosterkit.report.words import Words
from rosterkit.rules import RULES
from rosterkit.rules.context import Context
from rosterkit.run.inputs import read_inputs
from rosterkit.run.outputs import Outputs
from rosterkit.run.read_part import read_file
from rosterkit.settings import Settings
from rosterkit.write.uploads.ready import make_ready
from rosterkit.write.uploads.sheets import make_upload_cells

TODAY = dt.date.today()
SLOWEST = 12  # rules that are shown


def timed(stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
    """Do a stage and say on standard error how long it took."""
    start = time.perf_counter()
    done = work(*arguments)
    print(f"{stage} {time.perf_counter() - start:.2f} s", file=sys.stderr)
    return done


def read(path: Path, rows: int) -> tuple[Context, ReadFile]:
    """A file with all its people, and what they are judged with."""
    inputs = read_inputs(Settings((path,), SCHEMA, TODAY))
    file = timed("read", read_file, inputs.task, path)
    insist(file.failure is None and file.rows == rows, f"{file.rows} people of {rows}, {file.failure}")
    return inputs.context([file], {}), file


def check(path: Path, rows: int) -> None:
    """Everything up to the findings."""
    context, file = read(path, rows)
    verdict: Verdict = timed("judge", judge, [file], context)
    ready = make_ready(verdict.clean_people(), context.spec, context.form, TODAY)
    (of_file,) = timed("findings", verdict.by_file, [file], ready.people)
    spec = context.spec
    report = Report(spec.name, spec.labels(), None, (CheckedFile(file, of_file),))
    sys.stdout.writelines(as_json(report, Words(spec.labels())))


def rules(path: Path, rows: int) -> None:
    """The time of each rule by itself (what it derives, and asking it), the slowest first."""
    context, file = read(path, rows)
    part = timed("people", make_part, [(0, file)], None, context)
    context, told = timed("across", tell, AtHand(part.people.select(READS)), context)
    frame = timed("derive", derive, add_told(part.people, told), context)
    find_failures(frame, [rule for rule in RULES if rule.scope != "total"], context)  # imports what it needs
    decree = (
        frame.select("nik", "name", "birth_date").drop_nulls("nik").unique("nik").with_columns(doubtful=pl.lit(False))
    )
    context = dataclasses.replace(context, decree=decree)
    times, found = [], {}
    for rule in RULES:
        if rule.cells is None or (rule.needs and not context.has(rule.needs)):
            continue
        start = time.perf_counter()
        if rule.cells.derive:
            own = [rule.cells.partners] if rule.cells.partners else []
            frame = rule.cells.derive(frame.drop(own), context)
        failures = find_failures(frame, [rule], context)
        times.append((time.perf_counter() - start, rule.code, rule.name))
        found[rule.code] = sum(len(failure.rows) for failure in failures)
    wanted = mistakes_in(rows)
    insist({code: found[code] for code in wanted} == wanted, f"found {found}, not {wanted}")
    for seconds, code, name in sorted(times, reverse=True)[:SLOWEST]:
        print(f"  {code} {name:<24} {seconds * 1e3:7.0f} ms, {seconds * 1e9 / len(frame):6.0f} ns a row")


def upload(path: Path, rows: int) -> None:
    """The upload sheets against xlsxwriter's bare write of the same cells."""
    context, file = read(path, rows)
    form = context.form
    insist(form is not None, f"{SCHEMA} has no form")
    clean = judge([file], context).clean_people()
    wanted = rows - sum(mistakes_in(rows).values())
    insist(len(clean) == wanted, f"{len(clean)} people are clean, not {wanted}")
    cells = make_upload_cells(clean, context.spec, form, TODAY)
    start = time.perf_counter()
    for part in range(0, len(cells), form.row_limit):
        book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
        sheet, text = book.add_worksheet(), book.add_format({"num_format": "@"})
        for row, values in enumerate(cells.slice(part, form.row_limit).iter_rows()):
            for column, value in enumerate(values):
                if value is not None:
                    sheet.write_string(row, column, value, text)
        book.close()
    bare = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        own = make_upload_cells(clean, context.spec, form, TODAY).rows()
        written, _incomplete = Outputs(Path(folder), [path]).uploads(path, (own, []), form)
        ours = time.perf_counter() - start
        sheets = [python_calamine.load_workbook(one).get_sheet_by_index(0).to_python() for one in written]
    people = sum(len(sheet) - 1 for sheet in sheets)
    insist(people == wanted, f"{people} people are in the upload sheets, not {wanted}")
    print(f"upload of {len(cells)} rows: {ours:.2f} s, bare xlsxwriter {bare:.2f} s, ratio {ours / bare:.2f} (aim 1.3)")


if __name__ == "__main__":
    {"check": check, "rules": rules, "upload": upload}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
