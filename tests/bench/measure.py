"""The measured parts, each in a process: ``check`` (findings as JSON, nothing written), ``rules``, ``upload``."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import sys
import time
from pathlib import Path

import polars as pl
import xlsxwriter

from rosterkit import pipeline
from rosterkit.frame.normalise import normalise
from rosterkit.gc_pause import paused
from rosterkit.model.report import Report
from rosterkit.reference.lists import Lists
from rosterkit.report.as_json import as_json
from rosterkit.report.words import Words
from rosterkit.rules import RULES, derive
from rosterkit.rules.base import Context
from rosterkit.run.outputs import Outputs
from rosterkit.run.work import Task, read_file
from rosterkit.schema.load import load_roster, load_upload
from rosterkit.schema.spec import FIELDS, stack
from rosterkit.settings import Settings
from rosterkit.write.uploads.sheets import make_upload_cells

SPEC = load_roster("kediri-2025")
TODAY = dt.date.today()


FORM = load_upload("sipp-tk-baru")
CONTEXT = Context(SPEC, TODAY, form=FORM)


def judged(path: Path):
    """Everything up to the findings, with the seconds of each stage on standard error."""
    clock = [time.perf_counter()]
    task = Task(Settings((path,), SPEC.name, TODAY), SPEC, FORM, None, Outputs(None, [path]))
    file = read_file(task, path)
    clock.append(time.perf_counter())
    with paused():
        raw = stack([(0, table) for table in file.tables])
    frame = normalise(raw, SPEC, TODAY).with_columns(passed_on=pl.lit(False))
    clock.append(time.perf_counter())
    frame = derive(frame, CONTEXT)
    clock.append(time.perf_counter())
    lists = Lists(None, None, None, None, ())
    clean, _notes = pipeline._judge([file], frame, [(path, table) for table in file.tables], CONTEXT, lists)
    clock.append(time.perf_counter())
    stages = zip(("read", "normalise", "derive", "check"), clock, clock[1:], strict=False)
    print(", ".join(f"{name} {b - a:.2f} s" for name, a, b in stages), file=sys.stderr)
    return file, clean, frame


def rules(path: Path) -> None:
    """The time of each rule by itself, the slowest first."""
    _file, _clean, frame = judged(path)
    with_decree = dataclasses.replace(
        CONTEXT, decree=frame.select("nik", "name", "birth_date").drop_nulls("nik").unique("nik")
    )
    times = []
    for rule in RULES:
        start = time.perf_counter()
        if rule.derive:
            frame = rule.derive(frame.drop([rule.partners] if rule.partners else []), with_decree)
        for field in FIELDS:
            bad = rule.bad(field, with_decree) if rule.bad and rule.applies_to(field) else None
            if bad is not None:
                frame.select(bad.fill_null(False).sum())
        times.append((time.perf_counter() - start, rule.code, rule.name))
    for seconds, code, name in sorted(times, reverse=True)[:12]:
        print(f"  {code} {name:<24} {seconds * 1e3:7.0f} ms, {seconds * 1e9 / len(frame):6.0f} ns a row")


def upload(path: Path) -> None:
    """The upload sheets against xlsxwriter's bare write of the same cells."""
    _file, clean, _frame = judged(path)
    form = FORM
    cells = make_upload_cells(clean, SPEC, form, TODAY)
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
    start = time.perf_counter()
    Outputs(path.parent / "hasil", [path]).uploads(path, make_upload_cells(clean, SPEC, form, TODAY).rows(), form)
    ours = time.perf_counter() - start
    print(f"upload of {len(cells)} rows: {ours:.2f} s, bare xlsxwriter {bare:.2f} s, ratio {ours / bare:.2f} (aim 1.3)")


if __name__ == "__main__":
    if sys.argv[1] == "upload":
        upload(Path(sys.argv[2]))
    elif sys.argv[1] == "rules":
        rules(Path(sys.argv[2]))
    else:
        report, _clean, _frame = judged(Path(sys.argv[2]))
        sys.stdout.writelines(as_json(Report(SPEC.name, SPEC.labels(), None, (report,)), Words(SPEC.labels())))
