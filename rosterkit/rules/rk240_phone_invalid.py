"""A phone number that is none.

What
A phone number that is no Indonesian one: too short, too long, or in scientific notation.

Why
BPJS sends its messages there. A number that cannot be read is left out of the upload.

Example
`8,12346E+11`.

Instead
081234567890.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_text").is_not_null() & pl.col(field).is_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    text = pl.col(f"{field}_text")
    holds_none = ~text.str.contains("[0-9]")
    return {"written": pl.when(holds_none).then(text), "variant": pl.when(holds_none).then(pl.lit("text"))}


RULE = Rule(
    code="RK240",
    name="phone-invalid",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Nomor HP salah"),
    message=N_("{label} bukan nomor telepon Indonesia, jadi dikosongkan di formulir BPJS."),
    variants={
        "text": N_('{label} berisi "{written}", jadi dikosongkan di formulir BPJS.'),
    },
    hint=N_("Minta nomor yang benar. Bila tidak punya HP, biarkan kosong."),
    sender=Said(
        N_("{label} belum benar."),
        N_("Mohon tulis satu nomor, misalnya 081234567890. Bila tidak punya HP, kosongkan."),
        variants={
            "text": N_('{label} berisi "{written}".'),
        },
    ),
    why=N_("Pemberitahuan santunan dikirim ke nomor ini; nomor yang salah diunggah kosong."),
    judges=(
        Cells(
            fields=("type:phone",),
            bad=_bad,
            facts=_facts,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | No HP |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | +62 812-0000-9901 |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | - |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | No HP |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 8,12346E+11 |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | 12345 |
""",
)
