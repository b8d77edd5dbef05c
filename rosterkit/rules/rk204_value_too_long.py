"""A value that is longer than the upload form takes.

What
A value is longer than the column of the upload form takes (`max_length` in the form's schema file; for texts that
of the whole form, too).

Why
The form refuses it or cuts it off.

Example
A whole letter pasted into Alamat.

Instead
The value alone.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said
from rosterkit.schema.spec import field_type
from rosterkit.schema.upload_spec import UploadColumn


def _column(field: str, context: Context) -> UploadColumn | None:
    return context.form.fields().get(field) if context.form else None


def _bad(field: str, context: Context) -> pl.Expr | None:
    column = _column(field, context)
    if column is None or context.form is None or field_type(field) == "date":
        return None
    if field_type(field) != "text" and column.max_length is None:
        return None
    return _length(field) > context.form.limit(column)


def _length(field: str) -> pl.Expr:
    """The characters of a text as it was written, or of any other value as it is uploaded."""
    written = field_type(field) == "text"
    return (pl.col(f"{field}_text") if written else pl.col(field).cast(pl.String)).str.len_chars()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    column = _column(field, context)
    limit = context.form.limit(column) if context.form and column else None
    return {"length": _length(field), "limit": pl.lit(limit)}


RULE = Rule(
    code="RK204",
    name="value-too-long",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Isi terlalu panjang"),
    message=N_("{label} {length} huruf; formulir BPJS hanya menerima {limit}."),
    hint=N_("Singkat isinya; keterangan lain pindahkan ke kolom Keterangan."),
    sender=Said(
        N_("{label} terlalu panjang ({length} huruf, paling banyak {limit})."),
        N_("Mohon disingkat."),
    ),
    why=N_("Isi yang terlalu panjang ditolak atau dipotong saat diunggah."),
    needs="form",
    judges=(
        Cells(
            fields=("*",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | Alamat |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | Jl. Contoh 1 |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Alamat |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | """
    + "Jl. Contoh Misal Rekaan Umpama " * 9
    + "|",
)
