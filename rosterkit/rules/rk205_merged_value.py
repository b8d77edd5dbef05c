"""A value filled down from a row above.

What
A value was filled down from a merged cell that covers several people, or it is the data of a family (KK number,
address) that stands only at the first member or in the heading of the family.

Why
Only the first row has the value in the file; the others would have none.

Example
One merged cell RT 003 beside twelve people.

Instead
Nothing needs to be done; a value in each row is safer.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_merged") & pl.col(f"{field}_raw").is_not_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    of_family = pl.col("_family").list.contains(field).fill_null(False)
    return {"variant": pl.when(of_family).then(pl.lit("family"))}


def _fix(field: str) -> pl.Expr:
    return pl.col(f"{field}_raw")


RULE = Rule(
    code="RK205",
    name="merged-value",
    severity=Severity.INFO,
    scope="row",
    title=N_("Diisi dari baris di atasnya"),
    message=N_("{label} diambil dari sel gabungan (Merge) di atasnya."),
    variants={"family": N_("{label} kosong, jadi diambil dari orang pertama atau judul keluarganya.")},
    hint=N_("Tidak perlu apa-apa."),
    why=N_("Hanya baris pertama yang benar-benar berisi, baik pada sel gabungan maupun pada data satu keluarga."),
    judges=(
        Cells(
            fields=("*",),
            bad=_bad,
            facts=_facts,
            fix=_fix,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | RT |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 003 |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | RT |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 003 |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung | m: |
""",
)
