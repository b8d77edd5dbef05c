"""The same NIK again in this file.

What
The same NIK stands twice or more in one file, on whatever sheets. Every occurrence is flagged and names the
others.

Why
The person would be paid for twice, or another one's NIK was typed and that one has no insurance.

Example
The same NIK on rows 4 and 30.

Instead
One row a person; a row with the wrong NIK gets the right one.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """``nik_repeated``: the file has the NIK in several rows; it travels with the row to rules that come after.

    ``nik_proposed`` is the NIK of a row that is not withdrawn: of two rows the sender may have struck one out.
    """
    frame = frame.with_columns(nik_proposed=pl.when("proposed").then(pl.col("nik")))
    repeated = pl.when(pl.col("nik_proposed").is_not_null()).then(pl.struct("_file", "nik_proposed").is_duplicated())
    return frame.with_columns(nik_repeated=repeated)


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("nik_repeated")


RULE = Rule(
    code="RK401",
    name="duplicate-nik",
    severity=Severity.ERROR,
    scope="file",
    title=N_("NIK ganda dalam berkas"),
    message=N_("NIK dipakai {count} kali dalam berkas ini; juga oleh {others}."),
    hint=N_("Orang yang sama: hapus salah satu barisnya. Orang berbeda: cocokkan NIK masing-masing dengan KTP."),
    sender=Said(
        N_("NIK-nya sama dengan {others}."),
        N_("Bila orangnya sama, mohon hapus salah satu. Bila berbeda, mohon cek NIK keduanya dengan KTP."),
    ),
    why=N_(
        "Orang yang tercatat dua kali dibayari dua kali, atau NIK orang lain terketik dan orang itu tidak didaftarkan."
    ),
    before=("RK217", "RK110:kk"),  # a placeholder or a KK number shared by many is not many duplicates
    state="duplicate",
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            derive=_derive,
            same=("nik_proposed",),
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010101859902 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571.0101.0185.9901 | Contoh Satoe | 01-01-1985 | Pemulung |
""",
)
