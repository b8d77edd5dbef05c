"""The same person under another NIK.

What
The same birth date and the same name by the comparison key (titles, old spelling, Moch/Muhammad, initials,
one typing error a word), but another NIK. Twins are two people: another sex, or serials next to each other
under names that differ.

Why
The person may be paid for twice, and one of the NIKs is wrong.

Example
`Moch. Contoh` and `Muhammad Contoh`, both born 01-01-1985.

Instead
One row for one person.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules import alike
from rosterkit.rules.base import Across, Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.pairs import namesakes
from rosterkit.rules.said import Said

_PARTNERS = "nik_same_person"


def _keys(context: Context) -> Sequence[pl.Expr]:
    return (pl.col("birth_date"),)


def _find(rows: pl.DataFrame, keys: Sequence[pl.Expr], context: Context) -> pl.DataFrame:
    """Rows of a run with the same birth date are compared where their names have words or initials in common."""
    people = alike.people(rows.filter(pl.col("birth_date").is_not_null()))
    found = alike.same_people(people, namesakes(people, "birth_date"), context.spec.tolerance.name)
    return alike.partner_lists(found, _PARTNERS)


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(_PARTNERS).is_not_null()


RULE = Rule(
    code="RK403",
    name="same-person-other-nik",
    severity=Severity.WARNING,
    scope="key",
    title=N_("Orang sama, NIK berbeda"),
    message=N_("Nama dan tanggal lahirnya sama dengan {others}, tetapi NIK-nya berbeda."),
    hint=N_("Cocokkan kedua baris dengan KTP. Bila satu orang, hapus salah satu; bila dua orang, biarkan."),
    sender=Said(
        N_("Nama dan tanggal lahirnya sama dengan {others}, tetapi NIK-nya berbeda."),
        N_("Bila satu orang, mohon hapus baris yang salah. Bila dua orang, biarkan."),
        variants={
            "elsewhere": N_("Orang dengan nama dan tanggal lahir yang sama juga diusulkan oleh {other_sender}."),
        },
    ),
    why=N_("Orang yang tercatat dua kali dengan NIK berbeda dibayari dua kali."),
    before=("RK217", "RK404"),
    judges=(
        Cells(
            fields=("name",),
            bad=_bad,
            across=Across(
                reads=alike.READS,
                keys=_keys,
                find=_find,
                adds=(_PARTNERS,),
            ),
            partners=_PARTNERS,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010201859902 | Contoh Satu | 02-01-1985 | Pemulung |
| 3571011708859901 | Hasan Contoh | 17-08-1985 | Pemulung |
| 3571011708859902 | Husein Contoh | 17-08-1985 | Pemulung |
| 3571015708859901 | Sri Wahyuni | 17-08-1985 | Pemulung |
| 3571011708859909 | Sri Wahyudi | 17-08-1985 | Pemulung |
| 3571010505709901 | Slamet | 05-05-1970 | Pemulung |
| 3571020505709907 | Selamat | 05-05-1970 | Pemulung |
| 3571010606709901 | Ahmad bin Ali | 06-06-1970 | Pemulung |
| 3571020606709907 | Ahmad bin Umar | 06-06-1970 | Pemulung |
| 3571010707709901 | A. Contoh | 07-07-1970 | Pemulung |
| 3571020707709907 | B. Contoh | 07-07-1970 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Moch. Contoh Misal | 01-01-1985 | Pemulung |
| 3571020101859955 | Muhammad Tjontoh Misal, S.Pd | 01-01-1985 | Pemulung |
| 3571010202809901 | H. Rekaan Umpama | 02-02-1980 | Pemulung |
| 3571020202809977 | Rekaan Umpamma | 02-02-1980 | Pemulung |
| 3571010303809901 | A. Rekaan | 03-03-1980 | Pemulung |
| 3571020303809977 | Abdul Rekaan | 03-03-1980 | Pemulung |
""",
)
