"""A person who is insured already.

What
The list of participants that BPJS gives to the city has the NIK, with a membership that runs on the first covered
day; where the list has no dates, its status decides (`schemas/membership.yaml`, and `words.membership` of a schema or
of `rosterkit.toml`). Where the list does not say clearly whether the membership runs, the person waits for an answer:
an end that cannot be read, a status that is not known or contradicts the end, a NIK whose last digit Excel has cut off
and that may be hers. The rule is skipped where no list was given.

Why
The city would pay for somebody who is insured already: the same months twice, and nobody gains.

Example
A head of an RT whose office has paid for him since 2019.

Instead
Nobody, as long as the other membership runs.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.membership import add_memberships
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr | None:
    if context.participants is None:
        return None
    return pl.col("member_active") | pl.col("member_unclear")


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    since, until = (pl.col(f"member_{end}").dt.strftime(DATE_FORMAT) for end in ("since", "until"))
    word = pl.when(pl.col("member_word").is_not_null()).then(pl.lit("unclear-word")).otherwise(pl.lit("unclear"))
    variant = (
        pl.when("member_doubtful")
        .then(pl.lit("doubtful"))
        .when("member_unclear")
        .then(word)
        .when(until.is_not_null())
        .then(pl.when(since.is_null()).then(pl.lit("only_until")).otherwise(pl.lit("until")))
        .when(since.is_null())
        .then(pl.when(pl.col("member_word").is_null()).then(pl.lit("no_since")).otherwise(pl.lit("word")))
    )
    return {
        "day": pl.lit(context.first_day.strftime(DATE_FORMAT)),
        "since": since,
        "until": until,
        "word": pl.col("member_word"),
        "variant": variant,
    }


RULE = Rule(
    code="RK505",
    name="already-participant",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Sudah menjadi peserta"),
    message=N_("Pada {day} masih menjadi peserta BPJS Ketenagakerjaan (sejak {since})."),
    variants={
        "until": N_("Pada {day} masih menjadi peserta BPJS Ketenagakerjaan ({since} s.d. {until})."),
        "only_until": N_("Pada {day} masih menjadi peserta BPJS Ketenagakerjaan (sampai {until})."),
        "no_since": N_("Pada {day} masih menjadi peserta BPJS Ketenagakerjaan."),
        "word": N_('Menurut daftar peserta sudah menjadi peserta ("{word}").'),
        "unclear-word": N_('Menurut daftar peserta "{word}", jadi belum jelas apakah kepesertaannya masih berjalan.'),
        "unclear": N_("Ada dalam daftar peserta, tetapi belum jelas apakah kepesertaannya masih berjalan."),
        "doubtful": N_("Daftar peserta memuat NIK yang digit terakhirnya hilang dan mungkin milik orang ini."),
    },
    hint=N_("Keluarkan dari daftar; usulkan lagi setelah kepesertaannya berakhir."),
    hints={
        "unclear-word": N_("Tanyakan kepada BPJS Ketenagakerjaan apakah kepesertaannya masih berjalan."),
        "unclear": N_("Tanyakan kepada BPJS Ketenagakerjaan apakah kepesertaannya masih berjalan."),
        "doubtful": N_("Tanyakan kepada BPJS Ketenagakerjaan apakah kepesertaannya masih berjalan."),
    },
    sender=Said(
        N_("Sudah menjadi peserta BPJS Ketenagakerjaan."),
        N_("Tidak perlu diusulkan lagi. Mohon hapus barisnya."),
        variants={
            "unclear-word": N_("Masih kami tanyakan apakah orang ini sudah menjadi peserta."),
            "unclear": N_("Masih kami tanyakan apakah orang ini sudah menjadi peserta."),
            "doubtful": N_("Masih kami tanyakan apakah orang ini sudah menjadi peserta."),
        },
        hints={
            "unclear-word": N_("Tidak ada yang perlu diubah."),
            "unclear": N_("Tidak ada yang perlu diubah."),
            "doubtful": N_("Tidak ada yang perlu diubah."),
        },
    ),
    why=N_("Iuran untuk orang yang sudah menjadi peserta dibayar dua kali untuk bulan yang sama."),
    before=("RK303",),
    needs="participants",
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            derive=add_memberships,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
)
