"""Somebody who was uploaded already, under another NIK.

What
Name and birth date are those of somebody in an upload sheet that was sent (`rosterkit uploaded`), but the NIK is in
none of these sheets. Names are compared without titles and old spelling. Two people may share both: whether it is one
person, only an identity card tells. A decision "orang berbeda" in `ganda.xlsx`, or a line of `pengecualian.xlsx` with
this code, lets her be uploaded.

Why
BPJS would have her twice, and the office would pay twice.

Example
Contoh Satu was uploaded with ...9901; the list of the next month has ...9907.

Instead
The NIK of the identity card; where the uploaded one is wrong, it is corrected at BPJS.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr | None:
    return pl.col("nik").is_in(list(context.sent_elsewhere)) if context.sent_elsewhere else None


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    niks, places = list(context.sent_elsewhere), list(context.sent_elsewhere.values())
    facts = zip(("sheet", "day"), zip(*places, strict=True), strict=True)
    return {
        name: pl.col("nik").replace_strict(niks, list(values), default=None, return_dtype=pl.String)
        for name, values in facts
    }


RULE = Rule(
    code="RK410",
    name="sent-under-other-nik",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Sudah diunggah dengan NIK lain"),
    message=N_(
        "Orang dengan nama dan tanggal lahir yang sama sudah diunggah {day} dengan {sheet}, tetapi dengan NIK lain."
    ),
    hint=N_(
        "Cocokkan dengan KTP. Bila satu orang, jangan diunggah lagi: NIK yang salah dibetulkan di aplikasi BPJS atau di"
        " daftar. Bila dua orang, tulis NIK ini di pengecualian.xlsx dengan kode RK410."
    ),
    sender=Said(
        N_("Orang dengan nama dan tanggal lahir yang sama sudah kami daftarkan dengan NIK lain."),
        N_("Mohon cocokkan NIK-nya dengan KTP. Bila salah, betulkan; bila sudah benar, beri tahu kami."),
    ),
    sender_title=N_("Sudah didaftarkan dengan NIK lain"),
    why=N_("Orang yang diunggah lagi dengan NIK lain menjadi peserta dan dibayari dua kali."),
    before=("RK303",),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859907 | Contoh Satu | 01-01-1985 | Pemulung |
""",
)
