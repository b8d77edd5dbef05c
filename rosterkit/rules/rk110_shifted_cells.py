"""A value in the neighbouring column.

What
A value that belongs to another column: a category, a date or a NIK among the names, a NIK in the KK column.
An error where the value is known to be wrong: no person is called Pemulung or 3571..., no place 01-01-1985, and a
number in the KK column that holds the person's birth date, where the NIK does not, is her NIK. A warning elsewhere.

Why
The cells of the row were moved by one; what looks complete is uploaded in the wrong place.

Example
`Pemulung` in the column Nama.

Instead
Each value in its own column.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.expressions import is_nik_in_kk
from rosterkit.language import N_
from rosterkit.model.cells import Kind
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_WHOLE_DATE = r"^[0-9]{1,2}[-/. ]+(?:[0-9]{1,2}|[A-Za-z]{3,9})[-/. ]+[0-9]{2,4}$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_NUMBER = r"^(?:[0-9][ .\-]?){15,17}$"


def kind_of_value(field: str, context: Context) -> pl.Expr:
    """What the cell holds instead, in words; null where it is at home."""
    if field == "kk":
        return pl.when(is_nik_in_kk()).then(pl.lit("NIK"))
    text = pl.col(f"{field}_text")
    is_text = pl.col(f"{field}_kind") == Kind.TEXT
    words = {word.upper() for item in context.spec.categories for word in (item.label, *item.synonyms)}
    long = [word for word in words if len(word) >= 6]
    key = text.str.to_uppercase()
    homeless = pl.col("category").is_null() & pl.col("category_text").is_not_null()
    is_category = key.is_in(long) | (homeless & key.is_in(list(words)))
    kind = (
        pl.when(text.str.contains(_NUMBER))
        .then(pl.lit(N_("nomor 16 digit")))
        .when(is_category)
        .then(pl.lit(N_("kategori")))
    )
    dated = text.str.contains(_WHOLE_DATE)
    if field == "birth_place":  # a joined column of place and date may hold the date alone
        dated = dated & (pl.col("birth_place_raw") != pl.col("birth_date_raw")).fill_null(True)
    return pl.when(is_text).then(kind.when(dated).then(pl.lit(N_("tanggal"))))


def _bad(field: str, context: Context) -> pl.Expr:
    return kind_of_value(field, context).is_not_null()


def _is_known(field: str, context: Context) -> pl.Expr:
    """Whether the value is wrong whatever else is; a place may be called like a category."""
    if field in ("kelurahan", "kecamatan"):
        return pl.lit(False)
    return pl.lit(True) if field != "birth_place" else kind_of_value(field, context) != "kategori"


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    if field == "kk":
        return {"variant": pl.lit("swapped")}
    return {"kind": kind_of_value(field, context)}


def _fix(field: str) -> pl.Expr:
    return pl.col("nik") if field == "kk" else pl.lit(None, pl.String)


RULE = Rule(
    code="RK110",
    name="shifted-cells",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Isi di kolom yang salah"),
    message=N_("Kolom {label} berisi {kind}."),
    variants={
        "swapped": N_("NIK dan nomor KK tampaknya tertukar: tanggal lahirnya cocok dengan nomor di kolom KK."),
    },
    hint=N_("Cocokkan dengan KTP, lalu kembalikan isi baris ini ke kolomnya."),
    hints={
        "swapped": N_("Cocokkan dengan KTP dan KK, lalu tukar kembali."),
    },
    sender=Said(
        N_("Kolom {label} berisi {kind}; mungkin bergeser ke kolom sebelah."),
        N_("Mohon kembalikan isi baris ini ke kolomnya."),
        variants={
            "swapped": N_("NIK dan nomor KK tampaknya tertukar."),
        },
        hints={
            "swapped": N_("Mohon cek KTP dan KK, lalu tukar kembali."),
        },
    ),
    why=N_("Bila isi baris tergeser, nama atau nomornya terunggah di tempat yang salah."),
    before=("RK303", "RK111:nik"),
    judges=(
        Cells(
            fields=("name", "kk", "mother_name", "birth_place", "kelurahan", "kecamatan"),
            bad=_bad,
            facts=_facts,
            other_severity=(Severity.ERROR, _is_known),
            fix=_fix,
            repair="likely",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | No KK |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 3571011203159902 |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | No KK |
|---|---|---|---|---|
| 3571010101859901 | Pemulung | 01-01-1985 | Pemulung | 3571011203159902 |
| 3571011203159903 | Contoh Dua | 02-01-1985 | Pemulung | 3571010201859904 |
| 3571010301859905 | 03-01-1985 | 03-01-1985 | Pemulung | 3571011203159902 |
""",
)
