"""A person whom Dukcapil's matching does not confirm.

What
The result of the matching with the population register says that the NIK was not found, does not match the person, or
belongs to somebody who has died. What the words mean stands in `schemas/population.yaml`; `words.population` of a
schema or of `rosterkit.toml` adds to them. A word that is not known holds the person back until its meaning is added,
and so does a NIK in the answer whose last digit Excel has cut off and that may be hers. The rule is skipped where no
result was given, and silent about people who are not in it.

Why
BPJS checks the same register: such a person is refused, or the money goes to somebody who has died.

Example
Status "Tidak Padan", "Tidak Ditemukan", "Meninggal", "Typo".

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
from rosterkit.rules.said import Said


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    if context.population is None:
        return frame
    results = context.population.drop_nulls("nik").select(
        "nik", population_status="status", population_word="word", population_doubtful="doubtful"
    )
    return frame.join(results, on="nik", how="left", maintain_order="left")


def _bad(field: str, context: Context) -> pl.Expr | None:
    if context.population is None:
        return None
    is_matching = pl.col("population_status") == "matching"
    has_result = pl.col("population_word").is_not_null() | pl.col("population_doubtful")
    return has_result & (~is_matching.fill_null(False) | pl.col("population_doubtful"))


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    status = pl.col("population_status")
    variant = (
        pl.when("population_doubtful")
        .then(pl.lit("doubtful"))
        .when(status.is_null())
        .then(pl.lit("unknown"))
        .when(status != "mismatching")
        .then(status)
    )
    return {"word": pl.col("population_word"), "variant": variant}


RULE = Rule(
    code="RK509",
    name="population-mismatch",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Tidak padan dengan Dukcapil"),
    message=N_('Dukcapil: tidak padan ("{word}").'),
    variants={
        "missing": N_('Dukcapil: NIK tidak ditemukan ("{word}").'),
        "deceased": N_('Dukcapil: sudah meninggal ("{word}").'),
        "unknown": N_('Hasil pemadanan "{word}" tidak dikenal, jadi orang ini ditunda.'),
        "doubtful": N_("Hasil pemadanan memuat NIK yang digit terakhirnya hilang dan mungkin milik orang ini."),
    },
    hint=N_("Cocokkan NIK dan nama dengan KTP, lalu minta pemadanan ulang."),
    hints={
        "deceased": N_(
            "Keluarkan dari daftar. Bila masih peserta saat meninggal, bantu ahli warisnya mengurus santunan."
        ),
        "unknown": N_("Beri arti kata itu di rosterkit.toml (bagian words.population), lalu periksa lagi."),
        "doubtful": N_("Minta pemadanan ulang dengan NIK berformat Text."),
    },
    sender=Said(
        N_("NIK dan namanya tidak cocok dengan data Dukcapil."),
        N_("Mohon cek NIK dan nama dengan KTP. Bila sudah benar, mohon yang bersangkutan melapor ke Dukcapil."),
        variants={
            "missing": N_("NIK-nya tidak ditemukan di data Dukcapil."),
            "deceased": N_("Menurut data Dukcapil, orang ini sudah meninggal dunia."),
            "unknown": "",
            "doubtful": N_("Masih kami cocokkan dengan data Dukcapil."),
        },
        hints={
            "deceased": N_("Bila benar, mohon hapus barisnya. Bila keliru, mohon dilaporkan ke Dukcapil."),
            "unknown": "",
            "doubtful": N_("Tidak ada yang perlu diubah."),
        },
    ),
    why=N_("BPJS memeriksa hal yang sama: orangnya ditolak, atau iuran dibayar untuk yang sudah meninggal."),
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
