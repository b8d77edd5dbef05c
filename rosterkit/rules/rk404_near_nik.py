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

import polars as pl

from rosterkit.language import later
from rosterkit.model import Severity
from rosterkit.rules import alike
from rosterkit.rules.base import Context, Rule, pairs_table


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """NIKs are compared that become equal with one digit left out of account, or two neighbours put in order."""
    people = alike.people(frame)
    number = pl.col("nik").cast(pl.UInt64)
    blocks = alike.blocks(people.with_columns(_number=number), keep="_number")
    blocks = blocks.select("_at", "_number", _same=alike.mixed("_file", "block"))
    pairs: list[pl.DataFrame] = []
    for place in range(16):
        digit = (pl.col("_number") // 10**place) % 10
        forms = [pl.col("_number") - digit * 10**place + 10**16 * (place + 1)]
        if place < 15:
            next_digit = (pl.col("_number") // 10 ** (place + 1)) % 10
            both = (
                pl.min_horizontal(digit, next_digit) * 10 ** (place + 1)
                + pl.max_horizontal(digit, next_digit) * 10**place
            )
            rest = pl.col("_number") - digit * 10**place - next_digit * 10 ** (place + 1)
            forms.append(rest + both + 10**16 * (place + 101))
        pairs += [alike.pairs(blocks, pl.col("_same") ^ form.hash()) for form in forms]
    found = alike.same_people(people, pl.concat(pairs).unique(), context.spec.tolerance.name, near=True)
    return frame.with_columns(pairs_table(found, len(frame), "nik_near"))


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("nik_near").is_not_null()


RULE = Rule(
    code="RK404",
    name="near-nik",
    severity=Severity.WARNING,
    title=later("NIK hampir sama"),
    message=later("NIK di {cell} hanya berbeda satu angka dengan {others}, dan namanya sama."),
    hint=later("Mungkin satu orang yang tercatat dua kali. Cocokkan dengan KTP, hapus baris yang salah."),
    why=later("Satu angka yang salah ketik membuat satu orang tercatat dua kali."),
    fields=("nik",),
    bad=_bad,
    key="_file",
    derive=_derive,
    partners="nik_near",
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
