"""Which rows may be about one person: rows are brought together by blocks, never compared all with all."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from rosterkit.frame.name_keys import is_same_name

_CROWD = 400  # rows from which a block is a placeholder that many share, and all pairs would be too many
RELATED = 20  # rows that are named beside one
_TWINS = 2  # serials so close, with the same place and date: children registered together


READS = (
    *("_level", "proposed", "nik", "birth_date", "nik_date", "nik_female", "sex", "name_key", "name_initials"),
)  # what rows are compared by


def people(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that can be compared: proposed, with a NIK and a name (``_key``)."""
    chosen = rows.filter("proposed", pl.col("nik").is_not_null(), pl.col("name_key").is_not_null())
    return chosen.rename({"name_key": "_key", "name_initials": "_initials"})


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
    keyed = rows.select("_id", _block=key).drop_nulls("_block")
    together = keyed.filter(keyed["_block"].is_duplicated())
    if together.is_empty():
        return together.select(one="_id", other="_id")
    together = together.with_columns(_size=pl.len().over("_block"))
    small = together.filter(pl.col("_size") <= _CROWD)
    joined = small.join(small, on="_block").filter(pl.col("_id") < pl.col("_id_right"))
    crowd = together.filter(pl.col("_size") > _CROWD).sort("_block", "_id")
    after = pl.when(pl.col("_block") == pl.col("_block").shift(-1)).then(pl.col("_id").shift(-1))
    neighbours = crowd.select(one="_id", other=after).drop_nulls()
    return pl.concat([joined.select(one="_id", other="_id_right"), neighbours])


def same_people(
    rows: pl.DataFrame, candidates: Sequence[pl.DataFrame], likeness: int, near: bool = False
) -> Iterator[tuple[int, int]]:
    """The pairs that may be one person.

    Two people: another sex (unless the names are equal and one digit of the NIK is wrong), twins, and, where
    ``near`` NIKs are compared, namesakes whose NIKs agree with their own birth dates.
    """
    if not any(map(len, candidates)):
        return
    other = rows.rename({column: f"{column}_2" for column in rows.columns})
    table = (
        pl.concat(candidates)
        .unique(maintain_order=True)
        .join(rows, left_on="one", right_on="_id")
        .join(other, left_on="other", right_on="_id_2")
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
    possible = table.filter(kept).select(columns).rows()
    if not possible:  # without loading what tells
        return
    from rapidfuzz.distance import OSA

    for one, two, nik, nik_2, first, second in possible:
        names = (first, second)
        if near and OSA.distance(nik, nik_2, score_cutoff=1) > 1:
            continue
        if names not in known:
            known[names] = is_same_name(first, second, likeness)
        if known[names]:
            yield one, two


def partner_lists(pairs: Iterable[tuple[int, int]], name: str) -> pl.DataFrame:
    """Return ``_id`` and, as a column of lists, with whom each row of some pairs is paired."""
    both = [(one, other) for pair in pairs for one, other in (pair, pair[::-1])]
    long = pl.DataFrame(both, schema={"_id": pl.UInt64, name: pl.UInt64}, orient="row").unique().sort("_id", name)
    return long.group_by("_id", maintain_order=True).agg(name)


def equal_rows(
    frame: pl.DataFrame, rows: pl.DataFrame, same: Sequence[str], elsewhere: bool, name: str
) -> pl.DataFrame:
    """Return the rows with the same values: those of the file, or (``elsewhere``) those of other files of its level.

    Never all with all: at most so many rows of a value are taken as are named.

    Args:
        frame: where they are looked for.
        rows: for whom.
        same: the columns.
        elsewhere: see above.
        name: what the column is called.

    Returns:
        ``_id`` of each row, in its order, the first of them as a list, and how many they are as NAME_count.
    """
    group = [*same, "_level" if elsewhere else "_file"]
    whose = [*group, "_file"] if elsewhere else [*group, "_id"]
    near = frame.select(*dict.fromkeys(("_id", "_file", *group)))
    near = near.join(rows.select(group).unique(), on=group, how="semi", nulls_equal=True, maintain_order="left")
    of_file = list(dict.fromkeys((*group, "_file")))
    first = near.filter(pl.int_range(pl.len()).over(of_file) <= RELATED)  # of each file, so that others remain
    listed = first.group_by(group, maintain_order=True).agg(
        _other=pl.col("_id").head(2 * (RELATED + 1)), _in=pl.col("_file").head(2 * (RELATED + 1))
    )
    long = (
        rows.select(whose).unique(maintain_order=True).join(listed, on=group, nulls_equal=True, maintain_order="left")
    )
    long = long.explode("_other", "_in").filter(
        pl.col("_in") != pl.col("_file") if elsewhere else pl.col("_other") != pl.col("_id")
    )
    lists = long.group_by(whose, maintain_order=True).agg(pl.col("_other").head(RELATED).alias(name))
    sizes, own = near.group_by(group).len("_all"), near.group_by(of_file).len("_own")
    joined = rows.select(*dict.fromkeys(("_id", *of_file)))
    for on, more in ((group, sizes), (of_file, own), (whose, lists)):
        joined = joined.join(more, on=on, how="left", nulls_equal=True, maintain_order="left")
    count = pl.col("_all") - (pl.col("_own") if elsewhere else 1)
    return joined.select("_id", pl.col(name).fill_null([]), count.cast(pl.UInt32).alias(f"{name}_count"))
