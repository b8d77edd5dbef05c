"""The upload form needs a value that the roster does not give.

What
The chosen upload form needs a value (`required` in the form's schema file) that the roster does not give:
once for a column that is not there, else at each empty cell.

Why
The form may be refused, and with it everybody in it.

Example
No column Nama Ibu Kandung.

Instead
The column, filled for each person.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rosterkit.frame.expressions import is_empty_cell
from rosterkit.frame.normalise.from_nik import FIELDS as FROM_NIK
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Cells, Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said
from rosterkit.schema.upload_spec import UploadColumn


def _wanted(context: Context) -> dict[str, UploadColumn]:
    """The fields that the form needs and the schema does not already insist on."""
    fields = context.form.fields() if context.form else {}
    insisted = context.spec.required()
    return {field: column for field, column in fields.items() if column.required and field not in insisted}


def _missing(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table) and table.people:
        for field, column in _wanted(context).items():
            from_nik = field in FROM_NIK and "nik" in table.columns
            if field not in {**table.columns, **table.given} and not (from_nik and context.spec.from_nik):
                facts = {"variant": "from_nik" if from_nik else "column", "header": column.header}
                yield SheetFact(field, table.header_row, None, facts)


def _bad(field: str, context: Context) -> pl.Expr | None:
    if field not in _wanted(context):
        return None
    return is_empty_cell(field)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"header": pl.lit(_wanted(context)[field].header)}


RULE = Rule(
    code="RK206",
    name="upload-field-missing",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Belum lengkap untuk formulir BPJS"),
    sender_title=N_("Belum lengkap"),
    message=N_("{label} kosong, padahal diminta formulir BPJS ({header})."),
    variants={
        "column": N_('Lembar "{sheet}" tidak punya kolom {label}, padahal diminta formulir BPJS ({header}).'),
        "from_nik": N_('Lembar "{sheet}" tidak punya kolom {label}, padahal diminta formulir BPJS ({header}).'),
    },
    hint=N_("Lengkapi dari KTP atau KK. Orangnya siap, tetapi belum lengkap."),
    hints={
        "from_nik": N_("Lengkapi dari KTP, atau pakai from_nik = true di rosterkit.toml supaya diambil dari NIK."),
    },
    sender=Said(
        N_("{label} belum diisi."),
        N_("Mohon dilengkapi sesuai KTP atau KK."),
        variants={
            "column": N_('Lembar "{sheet}" belum punya kolom {label}.'),
            "from_nik": N_('Lembar "{sheet}" belum punya kolom {label}.'),
        },
    ),
    why=N_("Formulir yang tidak lengkap bisa ditolak saat diunggah."),
    needs="form",
    judges=(
        Sheets(_missing),
        Cells(
            fields=("*",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tempat Lahir | Tanggal Lahir | JK | Nama Ibu Kandung | Alamat | Kategori |
|---|---|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | Kediri | 01-01-1985 | L | Contoh Ibu | Jl. Contoh 1 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tempat Lahir | Tanggal Lahir | JK | Alamat | Kategori |
|---|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu |  | 01-01-1985 | L | Jl. Contoh 1 | Pemulung |
""",
)
