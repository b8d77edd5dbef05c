"""NIKs that slid to the neighbouring rows.

What
A NIK holds the birth date of a person near it, and not her own; the NIKs of the rows beside it likewise, or the person
whose date it holds has no NIK. So do the NIKs of two neighbours that were swapped.

Why
A cell of the column NIK was deleted or inserted, and a part of the column moved: these people would be uploaded with
the NIKs of others. One NIK that differs from the birth date is no more than a warning (RK301); several that all
fit the next row are no coincidence.

Example
The NIKs of rows 8 to 12 fit the birth dates of rows 9 to 13, and row 13 has no NIK.

Instead
Every NIK beside its owner, compared with the card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_TABLE = ("_file", "_table")
_FARTHEST = 3  # rows that NIKs may have slid


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """``nik_slid``: ``below`` or ``above``, where the person stands whose NIK it seems to be; null elsewhere."""
    nik = pl.col("nik").str
    day = nik.slice(6, 2).cast(pl.Int32, strict=False)
    day = pl.when(day > 40).then(day - 40).otherwise(day).cast(pl.String).str.zfill(2)
    own = pl.when(~pl.col("birth_date_from_nik")).then(pl.col("birth_date").dt.strftime("%d%m%y"))
    rows = frame.select(*_TABLE, "_id", _in_nik=pl.concat_str(day, nik.slice(8, 4)), _born=own)
    rows = rows.with_columns(_lost=pl.col("_in_nik").is_null(), _differs=pl.col("_in_nik") != pl.col("_born"))
    steps = [step for distance in range(1, _FARTHEST + 1) for step in (distance, -distance)]
    for step in steps:
        fits = pl.col("_differs") & (pl.col("_in_nik") == _neighbour("_born", step))
        rows = rows.with_columns(fits.fill_null(False).alias(f"_fits_{step}"))
    slid = [(pl.any_horizontal(_in_a_run(step)), "below" if step > 0 else "above") for step in steps]
    where = pl.coalesce(pl.when(is_slid).then(pl.lit(place)) for is_slid, place in slid)
    return frame.with_columns(rows.select(where.alias("nik_slid"))["nik_slid"])


def _neighbour(column: str, step: int) -> pl.Expr:
    """What stands so many people further down in the table; null beyond its ends."""
    return pl.col(column).shift(-step).over(_TABLE, order_by="_id")


def _in_a_run(step: int) -> list[pl.Expr]:
    """The cases in which a NIK that fits the person so many rows further down is hers, and no coincidence.

    One date that many share (01-07-1965) fits many rows, but then not each of more rows than it slid.
    """
    fits, longest = f"_fits_{step}", abs(step) + 1
    runs = [
        pl.all_horizontal(_neighbour(fits, place).fill_null(False) for place in range(first, first + longest))
        for first in range(1 - longest, 1)
    ]
    if abs(step) > 1:
        return runs
    swapped = _neighbour(f"_fits_{-step}", step).fill_null(False)
    has_no_nik = _neighbour("_lost", step).fill_null(False)
    return [*runs, pl.col(fits) & (swapped | has_no_nik)]


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("nik_slid").is_not_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"variant": pl.when(pl.col("nik_slid") == "above").then(pl.lit("above"))}


RULE = Rule(
    code="RK310",
    name="nik-of-neighbour",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("NIK bergeser ke baris lain"),
    message=N_("NIK ini cocok dengan tanggal lahir orang di bawahnya, bukan dengan tanggal lahirnya sendiri."),
    variants={
        "above": N_("NIK ini cocok dengan tanggal lahir orang di atasnya, bukan dengan tanggal lahirnya sendiri."),
    },
    hint=N_("Isi kolom NIK tampaknya bergeser di beberapa baris. Cocokkan dengan KTP, lalu kembalikan ke barisnya."),
    sender=Said(
        N_("NIK ini cocok dengan tanggal lahir orang lain di dekatnya; mungkin NIK bergeser baris."),
        N_("Mohon cek KTP, lalu kembalikan setiap NIK ke baris pemiliknya."),
    ),
    why=N_("Bila NIK bergeser, beberapa orang terunggah dengan NIK milik orang lain."),
    before=("RK217", "RK214", "RK303", "RK110:kk", "RK111:nik", "RK111:birth_date"),
    judges=(
        Cells(
            fields=("nik",),
            bad=_bad,
            facts=_facts,
            derive=_derive,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010201859902 | Contoh Dua | 03-01-1985 | Pemulung |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010201859902 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010301859903 | Contoh Dua | 02-01-1985 | Pemulung |
| 3571010201859904 | Contoh Tiga | 03-01-1985 | Pemulung |
""",
)
