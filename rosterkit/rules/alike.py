"""Which rows may be about one person: rows are brought together by blocks, never compared all with all."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from rosterkit.frame.name_keys import is_same_name

_CROWD = 400  # rows from which a block is a placeholder that many share, and all pairs would be too many
_TWINS = 2  # serials so close, with the same place and date: children registered together


def people(frame: pl.DataFrame, proposed: pl.Expr) -> pl.DataFrame:
    """The rows that can be compared: proposed, with a NIK and a name.

    ``_at`` is the position in the frame, ``_key`` the name.
    """
    columns = ["nik", "birth_date", "nik_date", "nik_female", "sex", "_level"]
    rows = (
        frame.with_row_index("_at").filter(proposed).select("_at", *columns, _key="name_key", _initials="name_initials")
    )
    return rows.filter(pl.col("nik").is_not_null() & pl.col("_key").is_not_null())


def blocks(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row with its initials as ``block``, and once more for each word that may be missing elsewhere."""
    own = rows.lazy().with_columns(block="_initials")
    parts = [own]
    for place in range(6):
        longer = own.filter(pl.col("block").str.len_chars() > max(2, place))
        shorter = pl.concat_str(pl.col("block").str.slice(0, place), pl.col("block").str.slice(place + 1))
        parts.append(longer.with_columns(block=shorter))
    return pl.concat(parts).collect()


def mixed(*columns: str) -> pl.Expr:
    """One number for the values of several columns; equal values have equal numbers."""
    hashes = [pl.col(column).hash(seed) for seed, column in enumerate(columns, 1)]
    return functools.reduce(operator.xor, hashes)


def pairs(rows: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    """The pairs (``one`` < ``other``) of rows with the same key; in a crowd only neighbours are paired."""
    keyed = rows.select("_at", _block=key)
    together = keyed.filter(keyed["_block"].is_duplicated())
    if together.is_empty():
        return together.select(one="_at", other="_at")
    together = together.with_columns(_size=pl.len().over("_block"))
    small = together.filter(pl.col("_size") <= _CROWD)
    joined = small.join(small, on="_block").filter(pl.col("_at") < pl.col("_at_right"))
    crowd = together.filter(pl.col("_size") > _CROWD).sort("_block", "_at")
    after = pl.when(pl.col("_block") == pl.col("_block").shift(-1)).then(pl.col("_at").shift(-1))
    neighbours = crowd.select(one="_at", other=after).drop_nulls()
    return pl.concat([joined.select(one="_at", other="_at_right"), neighbours])


def same_people(
    rows: pl.DataFrame, candidates: Sequence[pl.DataFrame], likeness: int, near: bool = False
) -> Iterator[tuple[int, int]]:
    """The pairs that may be one person.

    Two people: another sex (unless the names are equal and one digit of the NIK is wrong), twins, and, where
    ``near`` NIKs are compared, namesakes whose NIKs agree with their own birth dates.
    """
    if not any(map(len, candidates)):
        return
    from rapidfuzz.distance import OSA

    other = rows.rename({column: f"{column}_2" for column in rows.columns})
    table = (
        pl.concat(candidates)
        .unique(maintain_order=True)
        .join(rows, left_on="one", right_on="_at")
        .join(other, left_on="other", right_on="_at_2")
    )
    equal = pl.col("_key") == pl.col("_key_2")
    sexes = (pl.col("sex") != pl.col("sex_2")).fill_null(False)
    nik_sexes = (pl.col("nik_female") != pl.col("nik_female_2")).fill_null(False) & ~equal
    stem = pl.col("nik").str.slice(0, 12) == pl.col("nik_2").str.slice(0, 12)
    serials = [pl.col(nik).str.slice(12).cast(pl.Int32) for nik in ("nik", "nik_2")]
    twins = stem & ((serials[0] - serials[1]).abs() <= _TWINS) & ~equal
    levels = (pl.col("_level") != pl.col("_level_2")).fill_null(False)  # one list on its way
    kept = ~(sexes | nik_sexes | twins | levels) & (pl.col("nik") != pl.col("nik_2"))
    if near:
        own = [(pl.col(f"birth_date{n}") == pl.col(f"nik_date{n}")).fill_null(False) for n in ("", "_2")]
        kept = kept & ~(own[0] & own[1] & (pl.col("birth_date") != pl.col("birth_date_2")))
    known: dict[tuple[str, str], bool] = {}
    columns = ("one", "other", "nik", "nik_2", "_key", "_key_2")
    for one, two, nik, nik_2, first, second in table.filter(kept).select(columns).iter_rows():
        names = (first, second)
        if near and OSA.distance(nik, nik_2, score_cutoff=1) > 1:
            continue
        if names not in known:
            known[names] = is_same_name(first, second, likeness)
        if known[names]:
            yield one, two


def partners_column(ids: pl.Series, pairs: Iterable[tuple[int, int]], name: str) -> pl.Series:
    """Pairs of rows as a column of lists: for each row the ids of those that it is paired with, null for none.

    Args:
        ids: the ``_id`` of each row.
        pairs: positions of rows.
        name: what the column is called.
    """
    partners: dict[int, set[int]] = {}
    for one, other in pairs:
        partners.setdefault(one, set()).add(other)
        partners.setdefault(other, set()).add(one)
    if not partners:
        return pl.repeat(None, len(ids), dtype=pl.List(pl.UInt64), eager=True).alias(name)
    numbers = ids.to_list()
    lists = [sorted(numbers[n] for n in partners[row]) if row in partners else None for row in range(len(ids))]
    return pl.Series(name, lists, pl.List(pl.UInt64))
