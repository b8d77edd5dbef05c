"""What the tests share: sheets drawn as Markdown, the real command line, real files."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl

from rosterkit.findings import row_findings, sheet_findings
from rosterkit.model import Finding, Sheet, Table
from rosterkit.read.headers import Vocabulary
from rosterkit.read.locate import locate
from rosterkit.read.normalise import normalise
from rosterkit.read.stack import stack
from rosterkit.rules.base import Context
from rosterkit.rules.examples import EXAMPLE_PATH, as_sheet
from rosterkit.schema.frame import check
from rosterkit.schema.load import load_roster

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "kediri-2025"
TODAY = dt.date(2025, 6, 1)
SPEC = load_roster("kediri-2025")
HEAD = "| NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|\n"
GOOD_ROW = ["3571010101859901", "Contoh Satu", "01-01-1985", "Pemulung"]


def cli(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "rosterkit", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=False,
        timeout=300,
    )


def check_json(*arguments: object, **options: Any) -> tuple[dict[str, Any], subprocess.CompletedProcess[str]]:
    """Run ``check --format json``; the document and the process."""
    done = cli("check", *arguments, "--format", "json", **options)
    return json.loads(done.stdout), done


def findings_of(sheet: Sheet | str, decree: list[str] | None = None) -> list[Finding]:
    """The findings of one sheet (or a Markdown table), by the real stages."""
    import polars as pl

    given = as_sheet(sheet) if isinstance(sheet, str) else sheet
    width = max(map(len, given.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in given.rows]
    given = Sheet(given.name, rows, given.hidden, given.merged, given.marks)
    context = Context(SPEC, TODAY, None if decree is None else pl.Series(decree, dtype=pl.String))
    located = locate(given, SPEC, Vocabulary(SPEC))
    tables = [(EXAMPLE_PATH, located)] if isinstance(located, Table) else []
    frame = normalise(stack([(0, table) for _, table in tables]), SPEC, TODAY)
    return [
        *sheet_findings(EXAMPLE_PATH, [located], context),
        *row_findings(frame, check(frame, context), tables, context),
    ]


def write_book(path: Path, rows: list[list[Any]], sheet: str = "RT 01") -> Path:
    """A small workbook."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def good_book(path: Path) -> Path:
    """A workbook with one clean person."""
    return write_book(path, [["NIK", "Nama", "Tanggal Lahir", "Kategori"], GOOD_ROW])
