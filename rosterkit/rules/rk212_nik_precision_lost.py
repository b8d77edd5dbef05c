"""A NIK whose last digit Excel has erased.

What
A NIK was typed into a number cell, or stands there in scientific notation. Excel keeps 15 digits, so the
sixteenth was replaced by 0.

Why
The number looks well-formed and belongs to somebody else, or to nobody. This file cannot bring the digit
back; where the decree, the list of participants or the matching results hold exactly one NIK with the same first 15
digits and the same name or birth date, that one is named.

Example
3571010101859900 as a number where the card says ...9901.

Instead
Format the column as text first, then type the NIK from the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.name_keys import comparison_keys
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The one NIK of the lists at hand that may have been there, beside each number that kept its first 15 digits."""
    nothing = frame.with_columns(nik_candidate=pl.lit(None, pl.String))
    lists = [one for one in (context.decree, context.participants, context.population) if one is not None]
    if not lists:
        return nothing
    stem = pl.col("nik_digits").str.slice(0, 15)
    kept = pl.col("nik_scientific") & pl.col("nik_digits").str.contains(r"^[0-9]{16}$")
    lost = frame.with_row_index("_at").filter(kept).select("_at", "birth_date", _key="name_key", _stem=stem)
    if lost.is_empty():
        return nothing
    people = pl.concat([one.select("nik", "name", "birth_date") for one in lists])
    known = people.select(
        "nik", _born="birth_date", _name=comparison_keys(people["name"]), _stem=pl.col("nik").str.slice(0, 15)
    )
    same = (pl.col("_key") == pl.col("_name")).fill_null(False) | (pl.col("birth_date") == pl.col("_born")).fill_null(
        False
    )
    found = (
        lost.join(known, on="_stem")
        .filter(same)
        .group_by("_at")
        .agg(pl.col("nik").unique())
        .filter(pl.col("nik").list.len() == 1)
    )
    named = dict(found.select("_at", pl.col("nik").list.first()).iter_rows())
    return frame.with_columns(nik_candidate=pl.Series([named.get(row) for row in range(len(frame))], dtype=pl.String))


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_scientific")


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    candidate = pl.col("nik_candidate")
    return {"candidate": candidate, "variant": pl.when(candidate.is_not_null()).then(pl.lit("candidate"))}


def _fix(field: str) -> pl.Expr:
    return pl.col("nik_candidate")


RULE = Rule(
    code="RK212",
    name="nik-precision-lost",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Angka terakhir NIK hilang"),
    message=N_(
        "NIK di {cell} tersimpan sebagai angka, jadi Excel menghapus angka terakhirnya (menjadi 0)."
        " Berkas ini tidak bisa mengembalikannya."
    ),
    variants={
        "candidate": N_(
            "NIK di {cell} tersimpan sebagai angka, jadi Excel menghapus angka terakhirnya (menjadi 0). Berkas ini"
            " tidak bisa mengembalikannya; SK, daftar peserta atau data Dukcapil memuat tepat satu NIK yang cocok:"
            " {candidate}."
        ),
        "sender": N_(
            "NIK di {cell} tersimpan sebagai angka, jadi Excel menghapus angka terakhirnya (menjadi 0)."
            " Berkas ini tidak bisa mengembalikannya."
        ),
    },
    hint=N_("Ubah format kolom menjadi Text, lalu ketik ulang NIK dari KTP."),
    why=N_("Excel hanya menyimpan 15 angka; angka ke-16 diganti 0 sehingga NIK menunjuk orang lain."),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            fix=_fix,
            repair="likely",
            fix_from_lists=True,
            derive=_derive,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010101859902.0 | Contoh Dua | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| n:3571010101859900 | Contoh Satu | 01-01-1985 | Pemulung |
| 3,57101E+15 | Contoh Dua | 01-01-1985 | Pemulung |
""",
)
