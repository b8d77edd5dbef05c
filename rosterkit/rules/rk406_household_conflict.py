"""One KK number in several places, or with too many people.

What
One KK number in different RTs or kelurahan of a file, or with more people than a household has
(`tolerance.household`).

Why
The number was probably copied into the wrong rows.

Example
The same KK in RT 003 and RT 009.

Instead
The number of each family's own card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _where(field: str) -> pl.Expr:
    if field == "rt":
        return pl.when(pl.col("rt").is_not_null()).then(pl.concat_str("rt", pl.col("rw").fill_null(""), separator="/"))
    return pl.col(field).str.to_uppercase()


def _many(context: Context) -> pl.Expr:
    return pl.len().over("_file", "kk") > context.spec.tolerance.household


def _bad(field: str, context: Context) -> pl.Expr:
    scattered = [_where(place).drop_nulls().n_unique().over("_file", "kk") > 1 for place in ("rt", "kelurahan")]
    known = pl.col("kk").is_not_null() & ~pl.col("kk").is_in([digit * 16 for digit in "0123456789"])
    return pl.when(known).then(pl.any_horizontal(*scattered, _many(context)))


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {
        "variant": pl.when(pl.col("kk_crowded")).then(pl.lit("many")),
        "limit": pl.lit(context.spec.tolerance.household),
    }


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    return frame.with_columns(_many(context).alias("kk_crowded"), _bad("kk", context).alias("kk_conflict"))


def _spoken(field: str, context: Context) -> pl.Expr:
    return pl.col("kk_conflict")


RULE = Rule(
    code="RK406",
    name="household-conflict",
    severity=Severity.INFO,
    scope="file",
    title=N_("Satu KK di beberapa alamat"),
    message=N_("Nomor KK ini dipakai {count} orang di RT atau kelurahan yang berbeda; juga oleh {others}."),
    variants={
        "many": N_("Nomor KK ini dipakai {count} orang, lebih dari {limit}; juga oleh {others}."),
    },
    hint=N_("Cocokkan nomor KK dan alamat dengan kartu keluarga."),
    why=N_("Satu keluarga tinggal di satu RT; nomor KK yang tersebar biasanya salah salin."),
    judges=(
        Cells(
            fields=("kk",),
            bad=_spoken,
            facts=_facts,
            derive=_derive,
            same=("kk",),
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | No KK | RT |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 3571011203159902 | 003 |
| 3571014201869902 | Contoh Dua | 02-01-1986 | Pemulung | 3571011203159902 | 3 |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | No KK | RT |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 3571011203159902 | 003 |
| 3571014201869902 | Contoh Dua | 02-01-1986 | Pemulung | 3571011203159902 | 009 |
""",
)
