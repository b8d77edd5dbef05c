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

from rosterkit.frame.name_keys import comparison_keys
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr | None:
    if context.decree is None:
        return None
    return ~pl.col("nik").is_in(_niks(context.decree, doubtful=False).implode())


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """``decree_nik``: the NIK under which the decree names the same name and birth date, where it does so once."""
    if context.decree is None:
        return frame
    certain = context.decree.filter(pl.col("nik").is_not_null() & ~pl.col("doubtful"))
    people = certain.select("birth_date", name_key=comparison_keys(certain["name"]), decree_nik="nik").drop_nulls()
    keys = ["name_key", "birth_date"]
    return frame.join(people.unique(keys, keep="none"), on=keys, how="left", maintain_order="left")


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    if context.decree is None:
        return {}
    is_doubtful = pl.col("nik").is_in(_niks(context.decree, doubtful=True).implode())
    other = pl.when(pl.col("decree_nik").is_not_null()).then(pl.lit("other_nik"))
    variant = pl.when(is_doubtful).then(pl.lit("doubtful")).otherwise(other)
    return {"decree_nik": pl.col("decree_nik"), "variant": variant}


def _niks(decree: pl.DataFrame, doubtful: bool) -> pl.Series:
    """The NIKs that the decree names, or those that it may name."""
    return decree.filter(pl.col("doubtful") == doubtful)["nik"].drop_nulls()


RULE = Rule(
    code="RK501",
    name="not-in-decree",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Tidak ada dalam SK"),
    message=N_("NIK tidak ada dalam SK."),
    variants={
        "other_nik": N_("NIK tidak ada dalam SK, tetapi nama dan tanggal lahirnya ada dengan NIK {decree_nik}."),
        "doubtful": N_("SK memuat NIK yang digit terakhirnya hilang dan mungkin milik orang ini."),
    },
    hint=N_("Cocokkan NIK dengan lampiran SK. Bila memang tidak ada, orang ini menunggu SK berikutnya."),
    hints={
        "doubtful": N_("Betulkan NIK itu di lampiran SK, lalu periksa lagi."),
    },
    sender=Said(
        N_("NIK-nya tidak ada dalam SK."),
        N_("Mohon cek NIK-nya dengan KTP. Bila sudah benar, orang ini menunggu SK berikutnya."),
        variants={
            "doubtful": N_("Masih kami cocokkan dengan SK."),
        },
        hints={
            "doubtful": N_("Tidak ada yang perlu diubah."),
        },
    ),
    why=N_("Hanya orang yang disebut dalam SK yang boleh dibayari."),
    before=("RK303", "RK212", "RK211", "RK210", "RK217", "RK214", "RK213"),  # a wrong NIK cannot be in the decree
    state="not-in-decree",
    needs="decree",
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            derive=_derive,
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
