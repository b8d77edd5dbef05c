"""A value that was taken from the NIK.

What
The list has no birth date or no sex, and it was taken from the NIK, as the schema, `rosterkit.toml` (`from_nik`) or
`--from-nik` says so.

Why
Date and sex on the card may legitimately differ from those in the NIK; somebody should look.

Example
A list with NIK and name only.

Instead
Birth date and sex as on the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_from_nik")


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"written": pl.col(f"{field}_text")}


RULE = Rule(
    code="RK207",
    name="taken-from-nik",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Diambil dari NIK"),
    message=N_("{label} {written} diambil dari NIK, karena tidak ada di daftar."),
    hint=N_("Cocokkan dengan KTP sebelum diunggah; isi KTP bisa berbeda dari NIK."),
    sender=Said(
        N_("{label} tidak ada di daftar; kami isi dari NIK: {written}."),
        N_("Mohon dicek dengan KTP."),
    ),
    why=N_("Tanggal lahir dan jenis kelamin di KTP kadang memang berbeda dari NIK."),
    given={"from_nik": True},
    judges=(
        Cells(
            fields=("birth_date", "sex"),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | JK |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | L |
""",
    wrong="""
| NIK | Nama | Kategori |
|---|---|---|
| 3571010101859901 | Contoh Satu | Pemulung |
| 3571014201859902 | Contoh Dua | Pemulung |
""",
)
