"""A person whose membership has lapsed.

What
The list of participants has the NIK, with a membership that ended before the first covered day: since when, and how
many months lie between; or, where the list has no dates, with a status that says so. The rule is skipped where no list
was given.

Why
The full death benefit needs a membership without a gap: each month between costs the family money, so these people
come first. They have a card number (KPJ) and are not registered as new.

Example
Covered until 30-09-2024, the programme begins on 01-01-2025: three months without.

Instead
Nothing to mend in the list; register the person again by the form for people with a KPJ.
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
    return ~pl.col("member_active") if context.participants is not None else None


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    day, until = context.first_day, pl.col("member_until")
    months = day.year * 12 + day.month - until.dt.year() * 12 - until.dt.month() - 1
    grace = pl.col("member_grace")
    return {
        "until": until.dt.strftime(DATE_FORMAT),
        "months": months.clip(lower_bound=0),
        "grace": grace.dt.strftime(DATE_FORMAT),
        "word": pl.col("member_word"),
        "variant": pl.when(until.is_null())
        .then(pl.lit("word"))
        .when(grace >= day)
        .then(pl.when(months > 0).then(pl.lit("grace")).otherwise(pl.lit("grace_no_gap")))
        .when(months <= 0)
        .then(pl.lit("no_gap")),
    }


RULE = Rule(
    code="RK506",
    name="participation-lapsed",
    severity=Severity.INFO,
    scope="reference",
    title=N_("Kepesertaan terputus"),
    message=N_("Kepesertaannya berakhir {until}: terputus {months} bulan sebelum program ini."),
    variants={
        "grace": N_("Kepesertaannya berakhir {until}: terputus {months} bulan; masa tenggang sampai {grace}."),
        "no_gap": N_("Kepesertaannya berakhir {until}."),
        "grace_no_gap": N_("Kepesertaannya berakhir {until}; masa tenggang sampai {grace}."),
        "word": N_('Menurut daftar peserta, kepesertaannya tidak berjalan lagi ("{word}").'),
    },
    hint=N_("Dahulukan, dan daftarkan dengan nomor KPJ-nya (formulir data_tk_lanjutan)."),
    why=N_("Santunan kematian penuh hanya untuk kepesertaan tanpa putus; setiap bulan kosong merugikan keluarganya."),
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
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
)
