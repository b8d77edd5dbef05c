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

from collections.abc import Iterator, Sequence

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules import alike
from rosterkit.rules.base import Across, Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_PARTNERS = "nik_near"
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


def _keys(context: Context) -> Sequence[pl.Expr]:
    return tuple(_forms())


def _find(rows: pl.DataFrame, keys: Sequence[pl.Expr], context: Context) -> pl.DataFrame:
    """Rows that have initials and one form of the NIK in common are compared, and nothing else."""
    people = alike.people(rows)
    blocks = alike.blocks(people.select("_id", "_initials", "nik"))
    same = alike.mixed("block")
    keyed = blocks.select("_id", *((same ^ form).alias(str(number)) for number, form in enumerate(keys)))
    pairs = [alike.pairs(keyed, pl.col(name)) for name in keyed.columns[1:]]
    found = alike.same_people(people, pairs, context.spec.tolerance.name, near=True)
    return alike.partner_lists(found, _PARTNERS)


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(_PARTNERS).is_not_null()


RULE = Rule(
    code="RK404",
    name="near-nik",
    severity=Severity.WARNING,
    scope="key",
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
