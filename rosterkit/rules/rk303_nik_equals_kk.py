"""NIK and KK number are the same.

What
NIK and KK number of a person are the same.

Why
A family's number was typed as a person's, or the other way round. No two are ever the same.

Example
The KK number in both columns.

Instead
The NIK from the card, the KK number from the family card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("nik") == pl.col("kk")


RULE = Rule(
    code="RK303",
    name="nik-equals-kk",
    severity=Severity.ERROR,
    scope="row",
    title=N_("NIK sama dengan nomor KK"),
    message=N_("NIK sama dengan nomor KK."),
    hint=N_("Lihat KTP untuk NIK dan kartu keluarga untuk nomor KK, lalu ketik ulang yang salah."),
    sender=Said(
        N_("NIK diisi sama dengan nomor KK."),
        N_("Mohon isi NIK dari KTP dan nomor KK dari kartu keluarga."),
    ),
    why=N_("Nomor KK adalah nomor keluarga; bila dipakai sebagai NIK, orangnya tidak didaftarkan."),
    before=("RK217",),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
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
