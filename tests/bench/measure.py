"""The measured parts, in processes of their own: ``check`` (findings as JSON, nothing written) and ``upload``."""

from __future__ import annotations

import datetime as dt
import io
import sys
import time
from pathlib import Path

import xlsxwriter

from rosterkit import pipeline
from rosterkit.model import Report
from rosterkit.read.normalise import normalise
from rosterkit.read.stack import stack
from rosterkit.report.as_json import as_json
from rosterkit.report.messages import Words
from rosterkit.rules.base import Context
from rosterkit.schema.load import load_roster, load_upload
from rosterkit.write.deliver import Outputs
from rosterkit.write.upload import upload_cells

SPEC = load_roster("kediri-2025")
TODAY = dt.date.today()


def judged(path: Path):
    """Everything up to the findings."""
    file = pipeline._read(path, SPEC, lambda stage, path: None)
    frame = normalise(stack([(0, table) for table in file.tables]), SPEC, TODAY)
    return file, pipeline._judge([file], frame, [(path, table) for table in file.tables], Context(SPEC, TODAY))


def upload(path: Path) -> None:
    """The upload sheets against xlsxwriter's bare write of the same cells."""
    _file, clean = judged(path)
    form = load_upload("sipp-tk-baru")
    cells = upload_cells(clean, SPEC, form)
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
    Outputs(path.parent / "hasil", [path]).uploads(path, clean, SPEC, form)
    ours = time.perf_counter() - start
    print(f"upload of {len(cells)} rows: {ours:.2f} s, bare xlsxwriter {bare:.2f} s, ratio {ours / bare:.2f} (aim 1.3)")


if __name__ == "__main__":
    if sys.argv[1] == "upload":
        upload(Path(sys.argv[2]))
    else:
        report, _clean = judged(Path(sys.argv[2]))
        sys.stdout.writelines(as_json(Report(SPEC.name, SPEC.labels(), None, (report,)), Words(SPEC.labels())))
