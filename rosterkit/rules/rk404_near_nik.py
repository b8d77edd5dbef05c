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
from rosterkit.rules.pairs import blocks, pairs
from rosterkit.rules.said import Said

_PARTNERS = "nik_near"
_FORMS = {"first": ((10, 12), (12, 14), (14, 16)), "last": ((0, 6), (6, 8), (8, 11))}  # parts of a NIK: from, to
_TENS = [int(10**power) for power in range(17)]


def _keys(context: Context) -> Sequence[pl.Expr]:
    """One wrong digit, or two neighbours swapped, leave the first ten digits as they are, or the last five."""
    return (pl.col("nik").str.head(10).alias("first"), pl.col("nik").str.tail(5).alias("last"))


def _forms(key: str) -> Iterator[pl.Expr]:
    """The NIK without one of its parts, and with the sum of two neighbours where parts meet.

    NIKs with a mistake between them that have a key in common have one of its forms in common.
    """
    for number, (start, end) in enumerate(_FORMS[key]):
        yield _without(start, end)
        if number:
            yield _without(start - 1, start + 1) + _digits(start - 1, start) + _digits(start, start + 1)


def _digits(start: int, end: int) -> pl.Expr:
    """Some digits of a NIK, as a number."""
    return pl.col("_nik") // _TENS[16 - end] % _TENS[end - start]


def _without(start: int, end: int) -> pl.Expr:
    """The NIK as a number, with zeros where these digits are."""
    return pl.col("_nik") - _digits(start, end) * _TENS[16 - end]


def _find(rows: pl.DataFrame, keys: Sequence[pl.Expr], context: Context) -> pl.DataFrame:
    """Rows that have initials and one form of the NIK in common are compared, and nothing else."""
    people = alike.people(rows)
    forms = [form for key in keys for form in _forms(key.meta.output_name())]
    shared = people.select(form.is_duplicated().alias(str(number)) for number, form in enumerate(forms))
    slim = people.select("_at", "_nik", "_words", "_initials")
    near = (
        pairs(blocks(slim.filter(is_shared).with_columns(_form=form), "_form"))
        for form, is_shared in zip(forms, shared, strict=True)
        if is_shared.any()
    )
    found = alike.same_people(people, near, context.spec.tolerance.name, near=True)
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
