"""A NIK with letters in it.

What
A NIK holds letters or other signs. O and o are often a zero, l and I a one: then the repair is suggested,
never applied.

Why
A NIK with a letter is refused, and the digit meant may be another one.

Example
35710101O1859901 with the letter O.

Instead
Digits only.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _bad(field: str, context: Context) -> pl.Expr:
    return ~pl.col(f"{field}_digits").str.contains(r"^[0-9]+$")


def _fix(field: str) -> pl.Expr:
    likely = pl.col(f"{field}_digits").str.replace_all("[Oo]", "0").str.replace_all("[lI|]", "1")
    return pl.when(likely.str.contains(r"^[0-9]{16}$")).then(likely)


RULE = Rule(
    code="RK211",
    name="nik-characters",
    severity=Severity.ERROR,
    scope="row",
    title=N_("NIK berisi huruf atau tanda"),
    message=N_("NIK di {cell} berisi huruf atau tanda selain angka."),
    hint=N_("Cocokkan dengan KTP. Huruf O sering berarti angka 0, huruf l atau I berarti angka 1."),
    why=N_("NIK hanya berisi angka 0 sampai 9; yang lain ditolak saat diunggah."),
    before=("RK212",),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            fix=_fix,
            repair="likely",
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
| 35710101O1859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571O1xxxxxx9902 | Contoh Dua | 01-01-1985 | Pemulung |
| ٣٥٧١٠١٠١٠١٨٥٩٩٠١ | Contoh Tiga | 01-01-1985 | Pemulung |
""",
)
