"""Pairs of rows that have something in common: a value, or a value and perhaps the name."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator
from itertools import combinations, permutations

import polars as pl

from rosterkit.frame.name_keys import MIN_LENGTH

_CROWD = 400  # rows from which a value is a placeholder that many share, and all pairs would be too many
_MANY = 10  # people of one day with the same initials from which their words are looked at
WORDS = 6  # of a name; what has more is no name, and is told by its initials


def mixed(*columns: str) -> pl.Expr:
    """One number for the values of several columns; equal values have equal numbers."""
    hashes = [pl.col(column).hash(seed) for seed, column in enumerate(columns, 1)]
    return functools.reduce(operator.xor, hashes)


def pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """The pairs (``one`` < ``other``) of rows with the same value; in a crowd only neighbours are paired.

    Args:
        rows: ``_at``, the place of a row, and ``_block``, the value.
    """
    return _pairs(rows)[0]


def _pairs(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """The pairs, and the rows that are in crowds."""
    together = rows.filter(rows["_block"].is_duplicated()).sort("_block", "_at")
    block, at = together["_block"], together["_at"]
    crowds = block.filter(block == block.shift(-_CROWD)).unique()
    found = [together.head(0).select(one="_at", other="_at")]
    left = pl.int_range(len(block), eager=True, dtype=pl.UInt32)  # the rows after which more of their block come
    for step in range(1, min(_CROWD + 1, len(block))):
        left = left.filter(left < len(block) - step)
        left = left.filter(block.gather(left) == block.gather(left + step))
        found.append(pl.DataFrame({"one": at.gather(left), "other": at.gather(left + step)}))
        if step == 1 and len(crowds):
            left = left.filter(~block.gather(left).is_in(crowds.implode()))
        if left.is_empty():
            break
    crowded = at.filter(block.is_in(crowds.implode())) if len(crowds) else at.clear()
    return pl.concat(found).filter(pl.col("one") != pl.col("other")), crowded


def namesakes(people: pl.DataFrame, key: str) -> Iterator[pl.DataFrame]:
    """Pairs with the same value of a column, among them all whose names may be one (see ``name_keys.is_same_name``).

    They have initials in common, but for one word that may be missing; where many have the same ones, see
    ``_by_words``.

    Args:
        people: see ``alike.people``.
        key: the column.
    """
    people = people.filter(pl.col(key).is_duplicated())
    if people.is_empty():
        return
    own = blocks(people, key)
    is_many = pl.len().over("_block") > _MANY
    yield pairs(own.filter(~is_many))
    many = people.join(own.filter(is_many), on="_at", how="semi")
    if len(many):
        yield pairs(many.select("_at", _block=mixed(key, "_key")))
        yield from _by_words(many.filter(~pl.col("_has_initial")), key)
        yield _by_initials(many, key)


def _by_words(people: pl.DataFrame, key: str) -> Iterator[pl.DataFrame]:
    """Pairs of names that are written out, with two words in common, each by its beginning or by its end.

    One typing error in a word leaves its beginning as it is, or its end. Rows of which too many have two words in
    common are brought together by all of their initials.
    """
    crowds = []
    most = _most_words(people)
    words = _ends_of_words(people, key, most)
    for one, two in (("begin", "begin"), ("begin", "end"), ("end", "end")) if most > 1 else ():
        places = (combinations if one == two else permutations)(range(most), 2)
        both = [
            words.filter(pl.col("_words") > max(first, second))
            .select("_at", _block=pl.col("_same") ^ (pl.col(f"{one}{first}") + pl.col(f"{two}{second}")))
            .drop_nulls()
            for first, second in places
        ]
        found, crowd = _pairs(pl.concat(both))
        yield found
        crowds.append(crowd)
    if any(map(len, crowds)):
        yield pairs(blocks(people.filter(pl.col("_at").is_in(pl.concat(crowds).implode())), key))


def _most_words(people: pl.DataFrame) -> int:
    return int(people.select(pl.col("_words").max().fill_null(0).clip(upper_bound=WORDS)).item())


def _ends_of_words(people: pl.DataFrame, key: str, most: int) -> pl.DataFrame:
    """Numbers for the beginning and the end of each word; a word too short for a typing error has no other end."""
    columns = {}
    for at in range(most):
        word = pl.col("_list").list.get(at, null_on_oob=True)
        is_short = word.str.len_bytes() < MIN_LENGTH
        columns[f"begin{at}"] = pl.when(is_short).then(word).otherwise(word.str.head(2) + "-").hash(1)
        end = (word.str.head(1) + "-" + word.str.tail(2)).hash(2)
        columns[f"end{at}"] = pl.when(~is_short).then(end)
    split = people.select("_at", "_words", _same=pl.col(key).hash(), _list=pl.col("_key").str.split(" "))
    return split.select("_at", "_words", "_same", **columns)


def _by_initials(people: pl.DataFrame, key: str) -> pl.DataFrame:
    """The pairs with the same initials, of which one or both have a word that is only an initial."""
    wanted = blocks(people.filter("_has_initial"), key)
    everybody = blocks(people, key).join(wanted, on="_block", how="semi")
    crowd = everybody.filter(pl.len().over("_block") > _CROWD)
    few = everybody.join(crowd, on="_block", how="anti")
    joined = few.join(wanted, on="_block").filter(pl.col("_at") != pl.col("_at_right"))
    ends = (pl.min_horizontal("_at", "_at_right"), pl.max_horizontal("_at", "_at_right"))
    return pl.concat([joined.select(one=ends[0], other=ends[1]), pairs(crowd)])


def blocks(people: pl.DataFrame, key: str) -> pl.DataFrame:
    """Each row with its key and initials as ``_block``, and once more for each word that may be missing elsewhere."""
    own = people.select("_at", "_words", "_initials", _same=pl.col(key).hash())
    parts = [own]
    for place in range(_most_words(people)):
        longer = own.filter(pl.col("_words") > max(2, place))
        shorter = pl.concat_str(pl.col("_initials").str.slice(0, place), pl.col("_initials").str.slice(place + 1))
        parts.append(longer.with_columns(_initials=shorter))
    return pl.concat(parts).select("_at", _block=pl.col("_same") ^ pl.col("_initials").hash(4))
