"""A person whom Dukcapil's matching does not confirm.

What
The result of the matching with the population register says that the NIK was not found, does not match the person, or
belongs to somebody who has died. What the words mean stands in `schemas/population.yaml`. The rule is skipped where no
result was given, and silent about people who are not in it.

Why
BPJS checks the same register: such a person is refused, or the money goes to somebody who has died.

Example
Status "Tidak Padan", "Tidak Ditemukan", "Meninggal".

Instead
The NIK and the name of the card, matched again; a dead person leaves the list.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    if context.population is None:
        return frame
    results = context.population.select("nik", population_status="status", population_word="word")
    return frame.join(results, on="nik", how="left", maintain_order="left")


def _bad(field: str, context: Context) -> pl.Expr | None:
    if context.population is None:
        return None
    return pl.col("population_status").is_in(["mismatching", "missing", "deceased"])


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    status = pl.col("population_status")
    return {"word": pl.col("population_word"), "variant": pl.when(status != "mismatching").then(status)}


RULE = Rule(
    code="RK509",
    name="population-mismatch",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Tidak padan dengan data Dukcapil"),
    message=N_('Menurut hasil pemadanan Dukcapil, NIK di {cell} tidak cocok dengan orangnya ("{word}").'),
    variants={
        "missing": N_('Menurut hasil pemadanan Dukcapil, NIK di {cell} tidak ditemukan ("{word}").'),
        "deceased": N_('Menurut hasil pemadanan Dukcapil, orang dengan NIK di {cell} sudah meninggal ("{word}").'),
    },
    hint=N_("Cocokkan NIK dan nama dengan KTP lalu minta pemadanan ulang; orang yang sudah meninggal dikeluarkan."),
    why=N_("BPJS memeriksa data yang sama: orangnya ditolak, atau iuran dibayar untuk yang sudah meninggal."),
    before=("RK303",),
    needs="population",
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            repair="ask",
            derive=_derive,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010501859905 | Contoh Lima | 05-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung |
""",
)
