"""What the tests share: sheets drawn as Markdown, the command line, real files."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
from hypothesis import settings

from rosterkit.check.across import READS, add_told, tell
from rosterkit.check.derive import derive
from rosterkit.check.findings import listed_findings
from rosterkit.check.judge import judge
from rosterkit.check.part import make_part
from rosterkit.check.rows import AtHand
from rosterkit.check.verdict import Verdict
from rosterkit.model.cells import Sheet
from rosterkit.model.finding import Finding
from rosterkit.model.report import ReadFile
from rosterkit.model.roster import Skipped
from rosterkit.read.headers import Vocabulary
from rosterkit.read.locate import locate_tables
from rosterkit.read.named_category import name_categories
from rosterkit.read.set_aside import set_aside
from rosterkit.read.side_notes import add_notes
from rosterkit.rules import BY_CODE, rule_codes
from rosterkit.rules.base import Rule
from rosterkit.rules.context import Context
from rosterkit.rules.examples import EXAMPLE_PATH, as_sheets
from rosterkit.schema.layers import Layer
from rosterkit.schema.load import load_roster, load_upload
from rosterkit.schema.spec import RosterSpec
from rosterkit.write.uploads.ready import make_ready
from tests.command_line import ROOT, check_json, cli, cli_process

__all__ = ["ROOT", "check_json", "cli", "cli_process"]  # beside what is defined here

EXAMPLES = int(os.environ.get("EXAMPLES", "1"))
SAMPLE = ROOT / "samples" / "kediri-2025"
TODAY = dt.date(2025, 6, 1)
SPEC = load_roster("kediri-2025")
_SPECS: dict[str, RosterSpec] = {}
HEAD = "| NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|\n"
GOOD_ROW = ["3571010101859901", "Contoh Satu", "01-01-1985", "Pemulung"]
# What the upload form asks for beside that.
REST = ["Tempat Lahir", "JK", "Nama Ibu Kandung", "Alamat"]
REST_ROW = ["Kediri", "L", "Contoh Ibu", "Jl. Contoh 1"]


EXAMPLE_DECREE = pl.DataFrame(
    {
        "nik": ["3571010101859901"],
        "name": ["Contoh Satu"],
        "birth_date": [dt.date(1985, 1, 1)],
        "_sheet": ["Lampiran"],
        "_cell": ["C5"],
        "nik_stem": [None],
        "doubtful": [False],
    },
    schema_overrides={"nik_stem": pl.String},
)
# Contoh Satu is insured, Contoh Dua was, until three months before kediri-2025 begins.
EXAMPLE_PARTICIPANTS = pl.DataFrame(
    {
        "nik": ["3571010101859901", "3571010201859902"],
        "name": ["Contoh Satu", "Contoh Dua"],
        "birth_date": [dt.date(1985, 1, 1), dt.date(1985, 1, 2)],
        "kpj": ["25000009901", "25000009902"],
        "since": [dt.date(2019, 3, 1), dt.date(2019, 3, 1)],
        "until": [dt.date(2025, 6, 30), dt.date(2024, 9, 30)],
        "grace": [None, None],
        "unclear": [False, False],
        "word": [None, None],
        "status": [None, None],
        "nik_stem": [None, None],
        "doubtful": [False, False],
    },
    schema_overrides={"grace": pl.Date, **dict.fromkeys(("word", "status", "nik_stem"), pl.String)},
)
EXAMPLE_POPULATION = pl.DataFrame(
    {
        "nik": [f"3571010{number}0185990{number}" for number in range(1, 5)],
        "name": ["Contoh Satu", "Contoh Dua", "Contoh Tiga", "Contoh Empat"],
        "birth_date": [dt.date(1985, 1, day) for day in range(1, 5)],
        "word": ["Padan", "Tidak Padan", "Tidak Ditemukan", "Meninggal"],
        "status": ["matching", "mismatching", "missing", "deceased"],
        "nik_stem": [None] * 4,
        "doubtful": [False] * 4,
    },
    schema_overrides={"nik_stem": pl.String},
)

# Contoh Satu was uploaded with another NIK than this one.
EXAMPLE_SENT = {"3571010101859907": ("gabungan.bpjs-sipp-tk-baru.xlsx", "01-05-2025")}


def upload_paths(part: Mapping[str, Any]) -> list[str]:
    """The upload sheets that the document of a run names for all files together, or for one of them.

    First those of the people who are complete.
    """
    outputs = part.get("outputs", {})
    return [*outputs.get("combined", outputs.get("uploads", ())), *outputs.get("incomplete", ())]


def ready_people(verdict: Verdict) -> pl.DataFrame:
    """The people of a verdict who are uploaded, and what they lack (see ``write.uploads.ready``)."""
    context = verdict.context
    return make_ready(verdict.clean_people().filter("last"), context.spec, context.form, context.today).people


def findings_of(
    sheet: Sheet | str,
    decree: pl.DataFrame | None = None,
    form: str | None = None,
    given: Mapping[str, Any] | None = None,
    participants: pl.DataFrame | None = None,
    population: pl.DataFrame | None = None,
    sent_elsewhere: Mapping[str, tuple[str, str]] | None = None,
    listed: bool = False,
) -> list[Finding]:
    """The findings of one sheet (or a Markdown table), by the stages that clerks run."""
    files = read_files_of(sheet, given)
    context = context_of(decree, form, given, participants, population, sent_elsewhere)
    verdict = judge(files, with_files(context, files))
    found = [finding for file in verdict.by_file(files, ready_people(verdict)) for finding in file.findings]
    return [*found, *(listed_findings(verdict.frame, Path("SK.xlsx"), context) if listed else ())]


def with_files(context: Context, files: Sequence[ReadFile]) -> Context:
    """A context that knows what the files are called and where they come from."""
    names, sources = [file.path.name for file in files], [file.source for file in files]
    return replace(context, names=names, sources=sources)


def people_frame(files: Sequence[ReadFile], context: Context) -> pl.DataFrame:
    """The people of some files as rules see them."""
    part = make_part(list(enumerate(files)), None, context)
    told_context, told = tell(AtHand(part.people.select(READS)), with_files(context, files))
    return derive(add_told(part.people, told).filter(~pl.col("set_aside")), told_context)


def context_of(
    decree: pl.DataFrame | None = None,
    form: str | None = None,
    given: Mapping[str, Any] | None = None,
    participants: pl.DataFrame | None = None,
    population: pl.DataFrame | None = None,
    sent_elsewhere: Mapping[str, tuple[str, str]] | None = None,
) -> Context:
    """What rules may ask, with settings laid over the schema of the tests."""
    upload = _upload(form) if form else None
    context = Context(spec_with(given), TODAY, decree, upload, participants, population)
    return replace(context, sent_elsewhere=sent_elsewhere or {})


_upload = cache(load_upload)


def spec_with(given: Mapping[str, Any] | None) -> RosterSpec:
    """The schema of the tests with settings laid over it."""
    if not given:
        return SPEC
    key = repr(given)  # reading a schema takes as long as judging a sheet
    if key not in _SPECS:
        _SPECS[key] = load_roster("kediri-2025", rule_codes, Layer(Path("given"), given))
    return _SPECS[key]


def vocabulary_of(spec: RosterSpec) -> Vocabulary:
    """The vocabulary of a schema, made once: it takes as long as reading a sheet."""
    if id(spec) not in _VOCABULARIES:
        _VOCABULARIES[id(spec)] = (spec, Vocabulary(spec))  # a schema that is kept keeps its number
    return _VOCABULARIES[id(spec)][1]


_VOCABULARIES: dict[int, tuple[RosterSpec, Vocabulary]] = {}


def read_files_of(sheet: Sheet | str, given: Mapping[str, Any] | None = None) -> list[ReadFile]:
    """A sheet, or a Markdown table, as files that were read (a table with a column Berkas is several)."""
    spec = spec_with(given)
    vocabulary = vocabulary_of(spec)
    files = []
    for path, one in as_sheets(sheet) if isinstance(sheet, str) else [(EXAMPLE_PATH, sheet)]:
        located = locate_tables(_square(one), spec, vocabulary)
        if isinstance(located, Skipped):
            files.append(ReadFile(path, skipped=(located,)))
        else:
            words = vocabulary.headings
            named = add_notes(name_categories(set_aside(located, path, words), path, words), spec)
            tables = tuple(replace(table, number=number) for number, table in enumerate(named))
            files.append(ReadFile(path, tables=tables))
    return files


def _square(sheet: Sheet) -> Sheet:
    width = max(map(len, sheet.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    return Sheet(sheet.name, rows, sheet.hidden, sheet.merged, sheet.extras)


def findings_of_example(rule: Rule, table: str) -> Sequence[Finding]:
    """The findings of one of a rule's examples, with what it stands on."""
    return _findings_of_example(rule.code, table)


@cache  # several tests look at them
def _findings_of_example(code: str, table: str) -> tuple[Finding, ...]:
    rule = BY_CODE[code]
    given = {**rule.given, **(rule.good_given if table == rule.good else {})}
    return tuple(findings_of(table, given=given, listed=bool(rule.listed), **lists_for(rule)))


def examples(count: int, derandomize: bool = True) -> settings:
    """How many examples hypothesis tries of a property: ``EXAMPLES=10 pytest -m hypothesis`` tries ten times as many.

    More than usual are others in every run.
    """
    return settings(max_examples=count * EXAMPLES, deadline=None, derandomize=derandomize and EXAMPLES == 1)


def lists_for(rule: Rule) -> dict[str, Any]:
    """The lists that a rule's examples stand on."""
    return {
        "decree": EXAMPLE_DECREE if rule.needs == "decree" else None,
        "participants": EXAMPLE_PARTICIPANTS if rule.needs == "participants" else None,
        "population": EXAMPLE_POPULATION if rule.needs == "population" else None,
        "form": "sipp-tk-baru" if rule.needs == "form" else None,
        "sent_elsewhere": EXAMPLE_SENT if rule.code == "RK410" else None,
    }


def write_book(path: Path, rows: list[list[Any]], sheet: str = "RT 01") -> Path:
    """A small workbook."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def load(path: Any, **options: Any) -> Any:
    """A workbook by openpyxl, which warns of the extensions that it loses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, **options)


def good_book(path: Path, serial: int = 9901) -> Path:
    """A workbook with one clean person."""
    row = [f"{GOOD_ROW[0][:12]}{serial}", f"Contoh {'ABCDEFGH'[serial % 8] * 4}" if serial != 9901 else GOOD_ROW[1]]
    return write_book(path, [["NIK", "Nama", "Tanggal Lahir", "Kategori", *REST], [*row, *GOOD_ROW[2:], *REST_ROW]])
