"""A NIK that is too short or too long.

What
A NIK has not exactly 16 digits, or a second number stands in its cell.

Why
A digit was left out or typed twice; nobody but the card can tell which.

Example
357101010185990 with 15 digits.

Instead
All 16 digits from the card, typed as text.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_digits").str.len_chars() != 16


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    length = pl.col(f"{field}_digits").str.len_chars()
    variant = pl.when(are_two_numbers(field)).then(pl.lit("two")).when(length > 16).then(pl.lit("long"))
    return {"length": length, "variant": variant}


def are_two_numbers(field: str) -> pl.Expr:
    """Whether two numbers of 16 digits stand in the cell."""
    return (pl.col(f"{field}_digits").str.len_chars() > 16) & (
        pl.col(f"{field}_digits").str.count_matches(r"[0-9]{16}") > 1
    )


RULE = Rule(
    code="RK210",
    name="nik-length",
    severity=Severity.ERROR,
    scope="row",
    title=N_("NIK bukan 16 digit"),
    message=N_("NIK hanya {length} digit, seharusnya 16."),
    variants={
        "long": N_("NIK {length} digit, seharusnya 16."),
        "two": N_("Di sel NIK ada dua nomor 16 digit."),
    },
    hint=N_("Minta foto KTP atau KK, lalu ketik ulang di sel berformat Text."),
    hints={
        "two": N_("Tulis NIK dari KTP saja; nomor KK di kolom sendiri."),
    },
    sender=Said(
        N_("NIK hanya {length} digit, seharusnya 16."),
        N_("Mohon cek KTP-nya, lalu ketik ulang NIK-nya."),
        variants={
            "long": N_("NIK {length} digit, seharusnya 16."),
            "two": N_("Di sel NIK ada dua nomor 16 digit."),
        },
        hints={
            "two": N_("Mohon tulis NIK-nya saja; nomor KK di kolom sendiri."),
        },
    ),
    why=N_("Digit yang hilang atau berlebih tidak bisa ditebak; hanya KTP yang tahu."),
    before=("RK212", "RK211"),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571 0101 0185 9902 | Contoh Dua | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 357101010185990 | Contoh Satu | 01-01-1985 | Pemulung |
| 35710101018599011 | Contoh Dua | 01-01-1985 | Pemulung |
| n:357101010185990 | Contoh Tiga | 01-01-1985 | Pemulung |
""",
)
