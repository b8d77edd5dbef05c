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

from collections.abc import Mapping, Sequence

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules import alike
from rosterkit.rules.base import Across, Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_PARTNERS = "nik_elsewhere"
_COLUMNS = ("_level", "nik")


def _keys(context: Context) -> Sequence[pl.Expr]:
    return (pl.when("proposed").then(pl.col("nik")),)


def _find(rows: pl.DataFrame, keys: Sequence[pl.Expr], context: Context) -> pl.DataFrame:
    """The rows whose NIK stands in several files of their level."""
    counted = rows.filter("proposed", pl.col("nik").is_not_null())
    first, last = (end.over(_COLUMNS) for end in (pl.col("_file").min(), pl.col("_file").max()))
    found = counted.filter(first != last)
    if context.spec.duplicates == "keep-first":
        bad = found.filter(pl.col("_file") != pl.col("_file").min().over(_COLUMNS))
    else:
        bad = found
    return alike.equal_rows(found, bad, ("nik",), True, _PARTNERS)


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(_PARTNERS).is_not_null()


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    variant = {"keep-first": "kept", "ask": "ask"}.get(context.spec.duplicates)
    return {"variant": pl.lit(variant, pl.String)}


RULE = Rule(
    code="RK402",
    name="duplicate-nik-across-files",
    severity=Severity.ERROR,
    scope="key",
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
            across=Across(
                reads=("_level", "nik", "proposed"),
                keys=_keys,
                find=_find,
                adds=(_PARTNERS, f"{_PARTNERS}_count"),
            ),
            partners=_PARTNERS,
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
