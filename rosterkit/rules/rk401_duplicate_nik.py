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

from rosterkit.language import later
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Context, Rule


def _bad(field: str, context: Context) -> pl.Expr:
    nik = pl.col("nik")
    return pl.when(nik.is_not_null()).then(pl.struct("_file", "nik").is_duplicated())


RULE = Rule(
    code="RK401",
    name="duplicate-nik",
    severity=Severity.ERROR,
    title=later("NIK ganda"),
    message=later("NIK di {cell} dipakai {count} kali dalam berkas ini; juga di {others}."),
    hint=later("Hapus baris yang ganda; bila orangnya berbeda, cocokkan NIK dengan KTP masing-masing."),
    why=later(
        "Orang yang tercatat dua kali dibayari dua kali, atau NIK orang lain terketik dan orang itu tidak terdaftar."
    ),
    fields=("nik",),
    bad=_bad,
    key="nik",
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
