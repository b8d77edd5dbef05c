"""A person who is insured already.

What
The list of participants that BPJS gives to the city has the NIK, with a membership that runs on the first covered
day. The rule is skipped where no list was given.

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


def _bad(field: str, context: Context) -> pl.Expr | None:
    return pl.col("member_active") if context.participants is not None else None


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    since, until = (pl.col(f"member_{end}").dt.strftime(DATE_FORMAT) for end in ("since", "until"))
    known = pl.when(until.is_not_null()).then(pl.lit("until"))
    return {
        "day": pl.lit(context.first_day.strftime(DATE_FORMAT)),
        "since": since.fill_null("?"),
        "until": until.fill_null("?"),
        "variant": known,
    }


RULE = Rule(
    code="RK505",
    name="already-participant",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Sudah menjadi peserta"),
    message=N_("Orang dengan NIK di {cell} sudah menjadi peserta BPJS Ketenagakerjaan pada {day} (sejak {since})."),
    variants={
        "until": N_(
            "Orang dengan NIK di {cell} sudah menjadi peserta BPJS Ketenagakerjaan pada {day} (sejak {since}, sampai"
            " {until})."
        )
    },
    hint=N_("Keluarkan dari daftar selama kepesertaannya masih berjalan, atau usulkan lagi setelah berakhir."),
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
