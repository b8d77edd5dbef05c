"""NIK and KK number are the same.

What
NIK and KK number of a person are the same. Or the NIK is the KK number of somebody else in the file, and does not hold
the person's birth date.

Why
A family's number was typed as a person's, or the other way round. No two are ever the same.

Example
The KK number in both columns.

Instead
The NIK from the card, the KK number from the family card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.expressions import is_nik_in_kk
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """``nik_is_kk``: the NIK is a KK number of the file, its birth date is not hers, and hers is not in its place."""
    kks = frame.select("_file", nik="kk").drop_nulls().unique().with_columns(nik_is_kk=pl.lit(True))
    frame = frame.join(kks, on=["_file", "nik"], how="left", maintain_order="left")
    differs = (pl.col("nik_date") != pl.col("birth_date")).fill_null(True)
    swapped = is_nik_in_kk().fill_null(False)  # RK110 says so
    return frame.with_columns(nik_is_kk=pl.col("nik_is_kk").fill_null(False) & differs & ~swapped)


def _bad(field: str, context: Context) -> pl.Expr:
    return (pl.col("nik") == pl.col("kk")).fill_null(False) | pl.col("nik_is_kk")


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    is_own = (pl.col("nik") == pl.col("kk")).fill_null(False)
    return {"variant": pl.when(~is_own).then(pl.lit("other"))}


RULE = Rule(
    code="RK303",
    name="nik-equals-kk",
    severity=Severity.ERROR,
    scope="file",
    title=N_("NIK sama dengan nomor KK"),
    message=N_("NIK sama dengan nomor KK."),
    variants={
        "other": N_("NIK sama dengan nomor KK orang lain di daftar ini, dan tanggal lahirnya tidak cocok."),
    },
    hint=N_("Lihat KTP untuk NIK dan kartu keluarga untuk nomor KK, lalu ketik ulang yang salah."),
    sender=Said(
        N_("NIK diisi sama dengan nomor KK."),
        N_("Mohon isi NIK dari KTP dan nomor KK dari kartu keluarga."),
        variants={
            "other": N_("NIK sama dengan nomor KK orang lain di daftar ini."),
        },
    ),
    why=N_("Nomor KK adalah nomor keluarga; bila dipakai sebagai NIK, orangnya tidak didaftarkan."),
    before=("RK217",),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            derive=_derive,
            repair="ask",
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
| 3571011203159902 | Contoh Satu | 01-01-1985 | Pemulung | 3571011203159902 |
""",
)
