"""One phone number for many people.

What
More than 3 people of a file have one phone number (`tolerance: {phone: 3}`).

Why
Often it is that of the RT head who wrote the list: BPJS then reaches nobody else.

Example
The same number in every row.

Instead
Each person's own number, where she has one.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """``phone_shared``: more people of the file have the number than the schema tolerates."""
    many = pl.len().over("_file", "phone") > context.spec.tolerance.phone
    return frame.with_columns(phone_shared=pl.when(pl.col("phone").is_not_null()).then(many))


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("phone_shared")


RULE = Rule(
    code="RK407",
    name="shared-phone",
    severity=Severity.INFO,
    scope="file",
    title=N_("Satu nomor HP untuk banyak orang"),
    message=N_("Nomor HP ini dipakai {count} orang; juga oleh {others}."),
    hint=N_("Bila milik Ketua RT atau pendata, biarkan. Bila bukan, minta nomor masing-masing."),
    why=N_("Nomor HP dipakai BPJS untuk menghubungi orangnya; nomor orang lain tidak sampai kepadanya."),
    judges=(
        Cells(
            fields=("phone",),
            bad=_bad,
            derive=_derive,
            same=("phone",),
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | No HP |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 081200009901 |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | 081200009901 |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung | 081200009901 |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | No HP |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 081200009901 |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | 0812-0000-9901 |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung | +6281200009901 |
| 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung | 081200009901 |
""",
)
