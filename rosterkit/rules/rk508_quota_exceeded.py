"""More people than the quota allows.

What
More people without an error are proposed than the schema's `quota` allows, in total or for a category. Nothing in a
list says who comes first, so all of that quota are held back, by one finding in each sheet. A line of
`pengecualian.xlsx` with this code puts a person first: as long as these are not more than the quota, they are uploaded
and the others wait. Who was uploaded already (`rosterkit uploaded`) comes first of all. Who is held back for another
reason, or not proposed any more, takes no place. People who wait for the quota of their category take as many places of
the total as that quota has.

Why
There is no money and no decree for more people; who is beyond the quota is the office's choice, not the computer's, and
not that of the name of a file.

Example
3,001 people for a quota of 3,000.

Instead
Fewer people, an order of the office, or a higher quota in the schema or in `rosterkit.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Add ``quota_full`` (the quota that holds a person back: category, total, null) and what its finding says."""
    quota = context.spec.quota
    limits = {one.label: quota.categories[one.code] for one in context.spec.categories if one.code in quota.categories}
    limit = pl.col("category").replace_strict(limits, default=None, return_dtype=pl.Int64)
    sent = pl.col("_id").is_in(list(context.sent))
    first = sent | pl.col("_id").is_in(list(context.chosen))
    of_category = _numbers(frame.select("category", limit=limit, is_first=first, is_sent=sent), "category")
    waits = _waits(of_category)
    # a category takes as many places of the total as its quota has: its first rows stand for them
    takes_place = (pl.int_range(pl.len()).over("category") < pl.col("limit")).fill_null(True)
    counted = of_category.select(
        pl.lit(quota.total, pl.Int64).alias("limit"), "is_first", "is_sent", takes_place=takes_place
    )
    of_total = counted.with_columns(
        count=pl.col("takes_place").cast(pl.Int64).sum(), chosen=(pl.col("is_first") & ~waits).cast(pl.Int64).sum()
    )
    waits_for_total = _waits(of_total) & ~waits
    names = {"quota_limit": "limit", "quota_proposed": "count"}
    numbers = {name: pl.when(waits).then(of_category[own]).otherwise(of_total[own]) for name, own in names.items()}
    full = pl.when(waits).then(pl.lit("category")).when(waits_for_total).then(pl.lit("total"))
    group = pl.when(waits).then("category")
    return frame.with_columns(**numbers, quota_full=full, quota_of=group).with_columns(
        quota_held=pl.len().over("quota_full", "quota_of"),
        quota_here=pl.len().over("quota_full", "quota_of", "_file", "_table"),
    )


def _numbers(people: pl.DataFrame, group: str) -> pl.DataFrame:
    """Add how many people of a group there are (``count``), and how many of them come first (``chosen``)."""
    count, chosen = pl.len().cast(pl.Int64), pl.col("is_first").cast(pl.Int64).sum()
    return people.with_columns(count=count.over(group), chosen=chosen.over(group))


def _waits(people: pl.DataFrame) -> pl.Series:
    """Whether each person waits: her quota is too small, and she is not one of those who come first and have room.

    Who was uploaded already has her place, whatever room there is.
    """
    has_room = pl.col("is_sent") | (pl.col("is_first") & (pl.col("chosen") <= pl.col("limit")))
    return people.select(((pl.col("count") > pl.col("limit")) & ~has_room).fill_null(False)).to_series()


def _bad(field: str, context: Context) -> pl.Expr | None:
    quota = context.spec.quota
    if field == "category":
        return (pl.col("quota_full") == "category") if quota.categories else None
    return (pl.col("quota_full") == "total") if quota.total is not None else None


def _facts(field: str, context: Context) -> Mapping[str, pl.Expr]:
    names = ("limit", "proposed", "held", "here")
    facts = {name: pl.col(f"quota_{name}") for name in names}
    facts["over"] = pl.col("quota_proposed") - pl.col("quota_limit")
    if field == "category":
        facts |= {"written": pl.col("category"), "variant": pl.lit("category")}
    return facts


RULE = Rule(
    code="RK508",
    name="quota-exceeded",
    severity=Severity.ERROR,
    scope="total",
    title=N_("Melebihi kuota"),
    message=N_(
        "Diusulkan {proposed} orang, kuotanya {limit}: lebih {over} orang. Siapa yang didahulukan belum"
        " ditentukan, jadi {held} orang ditunda, {here} di lembar ini: {named}."
    ),
    variants={
        "category": N_(
            'Kategori "{written}": diusulkan {proposed} orang, kuotanya {limit}: lebih {over} orang. Siapa'
            " yang didahulukan belum ditentukan, jadi {held} orang ditunda, {here} di lembar ini: {named}."
        ),
    },
    hint=N_(
        "Tulis NIK orang yang didahulukan di pengecualian.xlsx dengan kode RK508, atau keluarkan yang"
        " berlebih. Bila SK-nya berubah, ubah quota di rosterkit.toml."
    ),
    why=N_("Untuk orang di atas kuota tidak ada SK dan tidak ada anggaran; kantor yang memilih, bukan urutan berkas."),
    judges=(
        Cells(
            fields=("nik", "category"),
            bad=_bad,
            facts=_facts,
            derive=_derive,
            together=("quota_of",),
        ),
    ),
    given={"quota": {"total": 3, "categories": {"PEMULUNG": 1}}},
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Ketua RT |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| 3571010401859904 | Contoh Empat | 04-01-1985 | Ketua RT |
""",
)
