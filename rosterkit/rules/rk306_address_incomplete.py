"""An address that is not complete.

What
RT, RW, kelurahan or whatever the schema wants of an address (`address`) is missing: once for a column that is
not there, else at each empty cell.

Why
The lists are verified by neighbourhood; a person without one cannot be verified.

Example
An empty RT in Jambi.

Instead
RT, RW and kelurahan from the card.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rosterkit.frame.expressions import is_empty_cell
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import Cells, Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _missing(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table) and table.people:
        for field in context.spec.address:
            if field not in {**table.columns, **table.given} and field not in context.spec.required():
                yield SheetFact(field, table.header_row, None, {"variant": "column"})


def _bad(field: str, context: Context) -> pl.Expr | None:
    if field not in context.spec.address or field in context.spec.required():
        return None
    return is_empty_cell(field)


RULE = Rule(
    code="RK306",
    name="address-incomplete",
    severity=Severity.WARNING,
    scope="sheet",
    title=N_("Alamat belum lengkap"),
    message=N_("{label} kosong, jadi alamatnya belum lengkap."),
    variants={
        "column": N_('Lembar "{sheet}" tidak punya kolom {label}, jadi alamatnya belum lengkap.'),
    },
    hint=N_("Lengkapi dari KTP atau KK."),
    sender=Said(
        N_("{label} belum diisi."),
        N_("Mohon dilengkapi sesuai KTP atau KK."),
        variants={
            "column": N_('Lembar "{sheet}" belum punya kolom {label}.'),
        },
    ),
    why=N_("Pemeriksaan lapangan dan surat-menyurat memakai alamat; tanpa itu orangnya sulit ditemukan."),
    judges=(
        Sheets(_missing),
        Cells(
            fields=("*",),
            bad=_bad,
        ),
    ),
    given={"address": ["rt", "kelurahan"]},
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | RT | Kelurahan |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 003 | Contohrejo |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | RT |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |  |
""",
)
