"""A value that may go on in another cell.

What
A text stands beside a name or an address in a column without a header, or below it in a row that has nothing else.
An error beside a name, a warning elsewhere.

Why
If it is the second half of the name or the address, only the first half is uploaded.

Example
`Contoh` in the column Nama, `Permata` in the column to its right, which has no header.

Instead
The whole value in one cell, or a header above the column that says what it holds.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_FIELDS = ("name", "mother_name", "address")


def _is_in(column: str, field: str) -> pl.Expr:
    return pl.col(column).list.contains(field).fill_null(False)


def _bad(field: str, context: Context) -> pl.Expr:
    return _is_in("_beside", field) | _is_in("_below", field)


def _is_half_a_name(field: str, context: Context) -> pl.Expr:
    return _is_in("_beside", field) if field == "name" else pl.lit(False)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"variant": pl.when(~_is_in("_beside", field)).then(pl.lit("below"))}


RULE = Rule(
    code="RK208",
    name="value-goes-on",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Isi mungkin berlanjut di sel lain"),
    message=N_("{label} mungkin berlanjut di sel sebelah kanannya, yang kolomnya tidak berjudul."),
    variants={"below": N_("{label} mungkin berlanjut di baris di bawahnya.")},
    hint=N_("Bila berlanjut, satukan dalam satu sel. Bila isinya lain, beri kolom itu judul."),
    hints={"below": N_("Bila berlanjut, satukan dalam satu sel. Bila baris itu bukan lanjutannya, biarkan.")},
    sender=Said(
        N_("{label} mungkin berlanjut di sel sebelah kanannya."),
        N_("Mohon satukan dalam satu sel, atau beri kolom di sebelahnya judul."),
        variants={"below": N_("{label} mungkin berlanjut di baris di bawahnya.")},
        hints={"below": N_("Mohon satukan dalam satu sel bila memang berlanjut.")},
    ),
    why=N_("Bila berlanjut di sel lain, hanya separuhnya yang terunggah."),
    judges=(
        Cells(
            fields=_FIELDS,
            bad=_bad,
            facts=_facts,
            other_severity=(Severity.ERROR, _is_half_a_name),
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama |  | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| 3571010101859901 | Contoh | Permata | 01-01-1985 | Pemulung |
""",
)
