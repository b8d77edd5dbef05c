"""A date field without a date.

What
A date field holds no date: a year only, a day or month 00, words.

Why
The age decides who may be insured; without a date nobody can tell. An unreadable date never becomes today
or 1970.

Example
`1985` or `00-00-1960`.

Instead
Day, month and year, such as 17-08-1985.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_state") == "unreadable"


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    text = pl.col(f"{field}_text")
    return {"written": text, "variant": pl.when(text.str.contains(r"^[0-9]{4}$")).then(pl.lit("year"))}


RULE = Rule(
    code="RK220",
    name="date-unreadable",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Tanggal tidak lengkap"),
    message=N_('{label} berisi "{written}", bukan tanggal lengkap.'),
    variants={
        "year": N_("{label} hanya berisi tahun ({written})."),
    },
    hint=N_("Minta tanggal, bulan, dan tahun sesuai KTP, misalnya 17-08-1985."),
    sender=Said(
        N_('{label} berisi "{written}", bukan tanggal lengkap.'),
        N_("Mohon tulis tanggal-bulan-tahun sesuai KTP, misalnya 17-08-1985."),
        variants={
            "year": N_("{label} hanya berisi tahun ({written})."),
        },
    ),
    why=N_("Usia menentukan siapa yang boleh didaftarkan; tanpa tanggal tidak ada yang tahu."),
    judges=(
        Cells(
            fields=("type:date",),
            bad=_bad,
            facts=_facts,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 1 JAN 85 | Pemulung |
| 3571011708859902 | Contoh Dua | 17 Agustus 1985 | Pemulung |
| 3571011708859903 | Contoh Tiga | d:1985-08-17 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 1985 | Pemulung |
| 3571010101859902 | Contoh Dua | 00-00-1960 | Pemulung |
| 3571010101859903 | Contoh Tiga | tahun lalu | Pemulung |
""",
)
