"""A NIK one digit away from another one, with the same name.

What
Two NIKs of a file that differ in one digit, or by two neighbouring digits swapped, with the same name by the
comparison key. Brothers and sisters, twins and namesakes whose NIKs agree with their own birth dates are two
people.

Why
One digit was mistyped, and the person stands in the list twice.

Example
...9901 and ...9907, both Contoh Satu.

Instead
One row with the NIK of the card.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules import alike
from rosterkit.rules.base import Cells, Rule, Said
from rosterkit.rules.context import Context
from rosterkit.rules.rk262_withdrawn import is_proposed

_PARTS = ((0, 6), (6, 8), (8, 10), (10, 12), (12, 16))  # region, day, month, year, serial: from, to


def _forms() -> Iterator[pl.Expr]:
    """The NIK without one of its parts, and with two neighbours in order where parts meet.

    NIKs that differ by one digit, or by two neighbours swapped, have one of these in common.
    """
    nik = pl.col("nik")
    for number, (start, end) in enumerate(_PARTS):
        yield pl.concat_str(nik.str.slice(0, start), nik.str.slice(end)).hash(number)
    for number, (start, _end) in enumerate(_PARTS[1:], len(_PARTS)):
        left, right = nik.str.slice(start - 1, 1), nik.str.slice(start, 1)
        low, high = pl.when(left < right).then(left).otherwise(right), pl.when(left < right).then(right).otherwise(left)
        yield pl.concat_str(nik.str.slice(0, start - 1), low, high, nik.str.slice(start + 1)).hash(number)


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    people = alike.people(frame, is_proposed(context))
    if len(people) < 2:
        return frame.with_columns(alike.partners_column(frame["_id"], (), "nik_near"))
    blocks = alike.blocks(people.select("_at", "_initials", "nik"))
    same = alike.mixed("block")
    keys = blocks.select("_at", *((same ^ form).alias(str(number)) for number, form in enumerate(_forms())))
    pairs = [alike.pairs(keys, pl.col(name)) for name in keys.columns[1:]]
    found = alike.same_people(people, pairs, context.spec.tolerance.name, near=True)
    return frame.with_columns(alike.partners_column(frame["_id"], found, "nik_near"))


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("nik_near").is_not_null()


RULE = Rule(
    code="RK404",
    name="near-nik",
    severity=Severity.WARNING,
    scope="files",
    title=N_("NIK hampir sama"),
    message=N_("NIK beda satu digit (atau dua digit tertukar) dengan {others}, dan namanya mirip."),
    hint=N_("Mungkin satu orang tercatat dua kali. Cocokkan dengan KTP, lalu hapus baris yang salah."),
    sender=Said(
        N_("NIK dan namanya hampir sama dengan {others}."),
        N_("Bila satu orang, mohon hapus baris yang salah. Bila dua orang, biarkan."),
        variants={
            "elsewhere": N_("Orang dengan NIK dan nama yang hampir sama juga diusulkan oleh {other_sender}."),
        },
    ),
    why=N_("Satu digit yang salah ketik membuat satu orang tercatat dua kali."),
    before=("RK217", "RK214", "RK213"),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            derive=_derive,
            partners="nik_near",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010101859902 | Misal Dua | 01-01-1985 | Pemulung |
| 3571010201859901 | Contoh Satu | 02-01-1985 | Pemulung |
| 3571011708859901 | Rina Contoh | 17-08-1985 | Pemulung |
| 3571011708859902 | Rini Contoh | 17-08-1985 | Pemulung |
| 3571015505859901 | Sri Wahyuni | 15-05-1985 | Pemulung |
| 3571011505859901 | Sri Wahyudi | 15-05-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010101859907 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010202809912 | Rekaan Umpama | 02-02-1980 | Pemulung |
| 3571010202809921 | Rekaan Umpama | 02-02-1980 | Pemulung |
""",
)
