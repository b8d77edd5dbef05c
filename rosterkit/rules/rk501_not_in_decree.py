"""A person who is not in the decree.

What
The NIK is not in the list of the decree. Where Excel has cut off the last digit of a NIK in the decree, the first 15
digits and the name, or the birth date where there is no name, say whose it is; people whose it may be are held back
with a question of their own. The rule is skipped where no decree was given.

Why
Only the people named in the decree may be paid for.

Example
A person who moved in after the decree was signed.

Instead
Wait for the next decree, or mend the NIK if the decree has the person under another one.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _bad(field: str, context: Context) -> pl.Expr | None:
    if context.decree is None:
        return None
    return ~pl.col("nik").is_in(_niks(context.decree, doubtful=False).implode())


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    if context.decree is None:
        return {}
    is_doubtful = pl.col("nik").is_in(_niks(context.decree, doubtful=True).implode())
    return {"variant": pl.when(is_doubtful).then(pl.lit("doubtful"))}


def _niks(decree: pl.DataFrame, doubtful: bool) -> pl.Series:
    """The NIKs that the decree names, or those that it may name."""
    return decree.filter(pl.col("doubtful") == doubtful)["nik"].drop_nulls()


RULE = Rule(
    code="RK501",
    name="not-in-decree",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Tidak ada dalam SK"),
    message=N_("NIK di {cell} tidak ada dalam daftar SK."),
    variants={
        "doubtful": N_("SK memuat NIK yang digit terakhirnya hilang dan mungkin milik orang dengan NIK di {cell}.")
    },
    hints={"doubtful": N_("Kantor membetulkan NIK itu di lampiran SK; tidak ada yang perlu diubah di daftar ini.")},
    hint=N_("Cocokkan NIK dengan lampiran SK; bila memang tidak ada, orang ini menunggu SK berikutnya."),
    why=N_("Hanya orang yang disebut dalam SK yang boleh dibayari."),
    before=("RK303", "RK212", "RK211", "RK210", "RK217", "RK214", "RK213"),  # a wrong NIK cannot be in the decree
    state="not-in-decree",
    needs="decree",
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
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung |
""",
)
