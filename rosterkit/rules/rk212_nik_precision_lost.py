"""A NIK whose last digit Excel has erased.

What
A NIK was typed into a number cell, or stands there in scientific notation. Excel keeps 15 digits, so the
sixteenth was replaced by 0.

Why
The number looks well-formed and belongs to somebody else, or to nobody. This file cannot bring the digit
back; where the decree, the list of participants or the matching results hold exactly one NIK with the same first 15
digits and the same name or birth date, that one is named.

Example
3571010101859900 as a number where the card says ...9901.

Instead
Format the column as text first, then type the NIK from the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.name_keys import comparison_keys
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_SOURCES = (N_("SK"), N_("daftar peserta"), N_("hasil Dukcapil"))


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The one NIK of the lists at hand that may have been there, beside each number that kept its first 15 digits.

    ``nik_candidate``, and ``nik_candidate_in``: the first list that has it.
    """
    nothing = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in ("nik_candidate", "nik_candidate_in"))
    named = zip((context.decree, context.participants, context.population), _SOURCES, strict=True)
    lists = [one.select("nik", "name", "birth_date", _of=pl.lit(name)) for one, name in named if one is not None]
    if not lists:
        return nothing
    stem = pl.col("nik_digits").str.slice(0, 15)
    kept = pl.col("nik_scientific") & pl.col("nik_digits").str.contains(r"^[0-9]{16}$")
    lost = frame.with_row_index("_at").filter(kept).select("_at", "birth_date", _key="name_key", _stem=stem)
    if lost.is_empty():
        return nothing
    people = pl.concat(lists)
    known = people.select(
        "nik", "_of", _born="birth_date", _name=comparison_keys(people["name"]), _stem=pl.col("nik").str.slice(0, 15)
    )
    same = (pl.col("_key") == pl.col("_name")).fill_null(False) | (pl.col("birth_date") == pl.col("_born")).fill_null(
        False
    )
    found = (
        lost.join(known, on="_stem", maintain_order="left_right")
        .filter(same)
        .group_by("_at")
        .agg(pl.col("nik").n_unique().alias("several"), pl.col("nik", "_of").first())
        .filter(pl.col("several") == 1)
    )
    at = frame.select(pl.int_range(pl.len(), dtype=pl.get_index_type()).alias("_at"))
    found = at.join(found, on="_at", how="left", maintain_order="left")
    return frame.with_columns(nik_candidate=found["nik"], nik_candidate_in=found["_of"])


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_scientific")


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    candidate = pl.col("nik_candidate")
    source = pl.col("nik_candidate_in")
    return {
        "candidate": candidate,
        "source": source,
        "kept": pl.col("nik_digits").str.extract(r"^([0-9]+)[eE]", 1).str.len_chars(),
        "variant": pl.when(candidate.is_not_null())
        .then(pl.lit("candidate"))
        .when(pl.col("nik_digits").str.contains("[eE]"))
        .then(pl.lit("cut"))
        .when(~pl.col("nik_digits").str.ends_with("0"))
        .then(pl.lit("number")),
    }


def _fix(field: str) -> pl.Expr:
    return pl.col("nik_candidate")


RULE = Rule(
    code="RK212",
    name="nik-precision-lost",
    severity=Severity.ERROR,
    scope="reference",
    title=N_("Digit terakhir NIK hilang"),
    message=N_("NIK tersimpan sebagai angka, jadi digit terakhirnya diganti 0 oleh Excel."),
    variants={
        "candidate": N_("Digit terakhir NIK diganti 0 oleh Excel. Di {source} ada satu yang cocok: {candidate}."),
        "cut": N_("NIK tersimpan sebagai angka dengan E+15: hanya {kept} digit pertama yang tersisa."),
        "number": N_("NIK tersimpan sebagai angka; Excel hanya menjamin 15 digit, jadi digit terakhirnya tidak pasti."),
    },
    hint=N_("Minta NIK dari KTP. Ubah kolomnya menjadi Text sebelum diketik ulang."),
    hints={
        "candidate": N_("Cocokkan nomor itu dengan KTP, lalu ketik ulang di sel berformat Text."),
    },
    sender=Said(
        N_("Digit terakhir NIK diganti 0 oleh Excel."),
        N_("Mohon ketik ulang NIK dari KTP, diawali tanda petik ('), supaya tidak berubah lagi."),
        variants={
            "cut": N_("NIK tersimpan sebagai angka dengan E+15: hanya {kept} digit pertama yang tersisa."),
            "number": N_("NIK tersimpan sebagai angka, jadi digit terakhirnya tidak pasti."),
        },
    ),
    why=N_("Excel hanya menyimpan 15 digit; digit ke-16 diganti 0 sehingga NIK menunjuk orang lain."),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            fix=_fix,
            repair="likely",
            fix_from_lists=True,
            derive=_derive,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010101859902.0 | Contoh Dua | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| n:3571010101859900 | Contoh Satu | 01-01-1985 | Pemulung |
| 3,57101E+15 | Contoh Dua | 01-01-1985 | Pemulung |
""",
)
