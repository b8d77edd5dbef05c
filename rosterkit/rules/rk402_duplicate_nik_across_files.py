"""The same NIK in another file of the run.

What
Two senders list the same NIK: two RTs, or a kelurahan and an office. Files whose contents are the same (RK405) are one
list and do not count as two; nor do those of different levels of verification (`chain` in the schema).

Why
The person would be paid for twice.

Example
`RT 03.xlsx` and `Dinas.xlsx` both list 3571010101859901.

Instead
One list keeps the person; the schema's `duplicates` says what is uploaded until then: `reject-all` nothing,
`keep-first` the first row of the run, `ask` the row that `pengecualian.xlsx` names.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule, Said
from rosterkit.rules.context import Context


def _bad(field: str, context: Context) -> pl.Expr:
    counts = pl.col("nik_proposed").is_not_null()
    file = pl.when(counts).then(pl.col("_file"))
    first, last = (end.over("nik_proposed", "_level") for end in (file.min(), file.max()))
    bad = pl.when(counts).then(first != last)
    if context.spec.duplicates != "keep-first":
        return bad
    return bad & (pl.col("_file") != first)


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    variant = {"keep-first": "kept", "ask": "ask"}.get(context.spec.duplicates)
    return {"variant": pl.lit(variant, pl.String)}


RULE = Rule(
    code="RK402",
    name="duplicate-nik-across-files",
    severity=Severity.ERROR,
    scope="key",
    key=("_level", "nik"),
    title=N_("NIK ganda antarberkas"),
    message=N_("NIK juga ada di {named}."),
    variants={
        "kept": N_("NIK juga ada di {named}; yang diunggah baris pertama."),
        "ask": N_("NIK juga ada di {named}; tulis di pengecualian.xlsx baris mana yang dipakai."),
    },
    hint=N_("Sepakati siapa yang mengusulkan orang ini, lalu tulis di pengecualian.xlsx."),
    sender=Said(
        N_("NIK-nya juga diusulkan oleh {other_sender}."),
        N_("Mohon disepakati siapa yang mengusulkan. Kami menunggu kabar dari Bapak/Ibu."),
    ),
    why=N_("Orang yang diusulkan dua pengirim dibayari dua kali."),
    before=("RK217",),
    state="duplicate",
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            same=("nik_proposed",),
        ),
    ),
    good="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| RT 01.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 02.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
    wrong="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| RT 01.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| Dinas.xlsx | 3571010101859901 | Contoh Satoe | 01-01-1985 | Tukang becak |
""",
)
