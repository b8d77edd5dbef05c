"""NIKs of the office's lists whose last digit Excel has cut off: whose they are among the people of a run.

The first 15 digits never decide alone (a twin has the same): the name must be the same, or, where one of the two has
no name, the birth date. Where that fits several NIKs, or the birth date is the same and the name is not, each of these
people has a row that is ``doubtful``, and the rules ask.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from rosterkit.check.rows import Rows
from rosterkit.frame.name_keys import comparison_keys, is_same_name
from rosterkit.language import N_, _
from rosterkit.model.finding import Remark
from rosterkit.reference.population import keep_worst
from rosterkit.reference.reader import format_cells
from rosterkit.rules.context import Context

_TITLES = {"decree": "SK", "participants": N_("Daftar peserta"), "population": N_("Hasil pemadanan")}


def complete_lists(rows: Rows, context: Context) -> tuple[Context, tuple[Remark, ...]]:
    """Return a context whose lists have whole NIKs wherever the people of a run tell them, and what there is to say.

    Args:
        rows: the people.
        context: the lists, with ``nik_stem`` where a NIK has lost its last digit.
    """
    remarks: list[Remark] = []
    lists: dict[str, Any] = {}
    for name, title in _TITLES.items():
        people: pl.DataFrame | None = getattr(context, name)
        if people is not None and people["nik_stem"].is_not_null().any():
            lists[name], remark = _complete(people, rows, context.spec.tolerance.name, _(title))
            remarks.append(remark)
    if "decree" in lists:
        lists["decree"] = _keep_first(lists["decree"])
    if "population" in lists:
        lists["population"] = keep_worst(lists["population"])
    return replace(context, **lists), tuple(remarks)


def _complete(people: pl.DataFrame, rows: Rows, likeness: int, title: str) -> tuple[pl.DataFrame, Remark]:
    """Return a list with the NIKs that its stems stand for, in its order, and a remark."""
    is_lost = pl.col("nik").is_null() & pl.col("nik_stem").is_not_null()
    people = people.with_row_index("_at")
    lost = people.filter(is_lost)
    pairs = _find_owners(lost, rows, likeness)
    owned = lost.drop("nik").join(pairs, on="_at", maintain_order="left").with_columns(doubtful="_asked")
    rest = lost.join(pairs, on="_at", how="anti", maintain_order="left")
    asked = pairs.filter("_asked")["_at"].n_unique()
    facts = {"what": title, "count": len(lost), "cells": format_cells(lost), "rest": len(rest), "asked": asked}
    facts["found"] = len(lost) - len(rest) - asked
    text = N_(
        "{what}: {count} NIK berupa angka, jadi digit terakhirnya hilang ({cells}). Menurut 15 digit pertama dan nama"
        " atau tanggal lahir: {found} cocok dengan satu orang, {asked} perlu ditanyakan, {rest} tidak cocok dengan"
        " siapa pun di daftar ini."
    )
    parts = [people.filter(~is_lost), *(part.select(people.columns) for part in (owned, rest))]
    return pl.concat(parts).sort("_at", maintain_order=True).drop("_at"), Remark(text, facts)


def _find_owners(lost: pl.DataFrame, rows: Rows, likeness: int) -> pl.DataFrame:
    """Return ``_at``, ``nik`` and ``_asked`` of those to whom lost NIKs belong, or may belong."""
    listed = lost.select("_at", "nik_stem", _born="birth_date", _key=comparison_keys(lost["name"]))
    here = rows.pick(_with_stems, listed["nik_stem"].unique(), ("nik", "name", "birth_date"))
    here = here.select("nik", "nik_stem", "birth_date", _name=comparison_keys(here["name"]))
    pairs = listed.join(here, on="nik_stem", maintain_order="left")
    is_same_date = (pl.col("birth_date") == pl.col("_born")).fill_null(False)
    is_nameless = pl.any_horizontal(pl.col("_key", "_name").is_null())
    names = pairs.select("_key", "_name").iter_rows()
    alike = [bool(one and other and is_same_name(one, other, likeness)) for one, other in names]
    pairs = pairs.with_columns(_alike=pl.Series(alike, dtype=pl.Boolean))
    is_owner = pl.col("_alike") | (is_nameless & is_same_date)
    pairs = pairs.with_columns(_owner=is_owner).filter(is_owner | is_same_date)
    owners = pairs.group_by("_at", "nik", maintain_order=True).agg(pl.col("_owner").any())
    has_owner = pl.col("_owner").any().over("_at")
    owners = owners.filter(pl.col("_owner") | ~has_owner)
    return owners.select("_at", "nik", _asked=~pl.col("_owner") | (pl.len().over("_at") > 1))


def _with_stems(rows: pl.DataFrame, stems: pl.Series) -> pl.DataFrame:
    """The people whose NIKs begin with one of some stems."""
    people = rows.with_columns(nik_stem=pl.col("nik").str.slice(0, 15))
    return people.filter(pl.col("nik_stem").is_in(stems.implode()))


def _keep_first(decree: pl.DataFrame) -> pl.DataFrame:
    """Return one row a NIK: what is sure before what is doubtful."""
    sure = decree.sort("doubtful", maintain_order=True)
    return sure.filter(pl.col("nik").is_first_distinct() | pl.col("nik").is_null())
