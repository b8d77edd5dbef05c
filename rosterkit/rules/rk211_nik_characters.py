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
from rosterkit.rules.rk210_nik_length import are_two_numbers
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return ~pl.col(f"{field}_digits").str.contains(r"^[0-9]+$") & ~are_two_numbers(field)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    """``characters``: the signs that are no digits, each once; ``digits``: what the likely ones among them mean."""
    digits = pl.col(f"{field}_digits")
    characters = digits.str.extract_all(r"[^0-9]").list.unique(maintain_order=True).list.join("")
    meant = [
        pl.when(digits.str.contains(signs)).then(pl.lit(digit)) for signs, digit in (("[Oo]", "0"), ("[lI|]", "1"))
    ]
    is_hidden = digits.str.contains(r"[*•#]|[xX]{2}")
    return {
        "characters": characters,
        "digits": pl.concat_list(meant).list.drop_nulls(),
        "variant": pl.when(is_hidden).then(pl.lit("masked")).when(_fix(field).is_not_null()).then(pl.lit("likely")),
    }


def _fix(field: str) -> pl.Expr:
    likely = pl.col(f"{field}_digits").str.replace_all("[Oo]", "0").str.replace_all("[lI|]", "1")
    return pl.when(likely.str.contains(r"^[0-9]{16}$")).then(likely)


RULE = Rule(
    code="RK211",
    name="nik-characters",
    severity=Severity.ERROR,
    scope="row",
    title=N_("NIK berisi huruf atau tanda"),
    message=N_("NIK berisi {characters}; seharusnya angka semua."),
    variants={
        "likely": N_("NIK berisi {characters}; mungkin maksudnya angka {digits}."),
        "masked": N_("NIK sebagian ditutup ({characters}), jadi nomornya tidak lengkap."),
    },
    hint=N_("Cocokkan dengan KTP, lalu ketik ulang dengan angka saja."),
    sender=Said(
        N_("NIK berisi {characters}; seharusnya angka semua."),
        N_("Mohon cek KTP-nya, lalu ketik ulang dengan angka saja."),
        variants={
            "likely": N_("NIK berisi {characters}; mungkin maksudnya angka {digits}."),
            "masked": N_("NIK sebagian ditutup ({characters})."),
        },
    ),
    why=N_("NIK hanya berisi angka 0 sampai 9; yang lain ditolak saat diunggah."),
    before=("RK212",),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
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
