"""A person who is in the decree under another name.

What
The NIK is in the decree, under another name by the comparison key. The rule is skipped where no decree was
given.

Why
Somebody else's NIK was probably typed, so the wrong person is insured.

Example
Contoh Dua beside the NIK of Contoh Satu.

Instead
The NIK and the name of one card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.name_keys import comparison_keys, is_same_name
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Names that are not the decree's by their keys are compared word by word, the few that there are."""
    if context.decree is None:
        return frame
    decree = context.decree.filter(pl.col("nik").is_not_null() & ~pl.col("doubtful"))
    known = decree.select("nik", decree_name="name", _decree_key=comparison_keys(decree["name"]))
    joined = frame.join(known, on="nik", how="left", maintain_order="left")
    doubtful = joined.filter(pl.col("name_key") != pl.col("_decree_key")).select("name_key", "_decree_key").unique()
    likeness = context.spec.tolerance.name
    differ = [not is_same_name(one, other, likeness) for one, other in doubtful.iter_rows()]
    doubtful = doubtful.with_columns(decree_name_differs=pl.Series(differ, dtype=pl.Boolean))
    joined = joined.join(doubtful, on=["name_key", "_decree_key"], how="left", maintain_order="left")
    return joined.drop("_decree_key")


def _bad(field: str, context: Context) -> pl.Expr | None:
    return pl.col("decree_name_differs") if context.decree is not None else None


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"decree_name": pl.col("decree_name")}


RULE = Rule(
    code="RK502",
    name="decree-name-mismatch",
    severity=Severity.WARNING,
    scope="reference",
    title=N_("Nama berbeda dengan SK"),
    message=N_("Dalam SK, NIK ini milik {decree_name}."),
    hint=N_("Cocokkan NIK dan nama dengan KTP; mungkin NIK orang lain yang terketik."),
    sender=Said(
        N_("Namanya berbeda dengan nama dalam SK untuk NIK ini."),
        N_("Mohon cek NIK dan nama dengan KTP."),
    ),
    why=N_("NIK yang cocok dengan nama lain biasanya milik orang lain."),
    before=("RK401",),
    needs="decree",
    judges=(
        Cells(
            fields=("name",),
            bad=_bad,
            facts=_facts,
            derive=_derive,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | CONTOH SATU, S.Pd | 01-01-1985 | Pemulung |
| 3571010101859901 | H. Tjontoh Satoe | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Misal Dua | 01-01-1985 | Pemulung |
""",
)
