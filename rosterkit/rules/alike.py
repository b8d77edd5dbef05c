"""Which rows may be about one person, and which have the same values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from rosterkit.frame.name_keys import MIN_LENGTH, is_same_name
from rosterkit.rules.pairs import WORDS

RELATED = 20  # rows that are named beside one
_TWINS = 2  # serials so close, with the same place and date: children registered together
_LETTERS = "BDEGHIKLMNOPRSTUW"  # that some names have and others have not


READS = (
    *("_level", "proposed", "nik", "birth_date", "nik_date", "nik_female", "sex", "name_key", "name_initials"),
)  # what rows are compared by


def people(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that can be compared: proposed, with a NIK and a name (``_key``), each with its place (``_at``)."""
    chosen = rows.filter("proposed", pl.col("nik").is_not_null(), pl.col("name_key").is_not_null())
    chosen = chosen.rename({"name_key": "_key", "name_initials": "_initials"}).with_row_index("_at")
    words = pl.col("_initials").str.len_bytes().cast(pl.Int32)
    return chosen.with_columns(
        _nik=pl.col("nik").cast(pl.Int64, strict=False),
        _words=words,
        _has_initial=pl.col("_key").str.contains(r"\b[A-Z]\b") | (words > WORDS),
    )


def same_people(
    people: pl.DataFrame, candidates: Iterable[pl.DataFrame], likeness: int, near: bool = False
) -> Iterator[tuple[int, int]]:
    """The pairs (``_id``) that may be one person.

    Two people: another sex (unless the names are equal and one digit of the NIK is wrong), twins, and, where
    ``near`` NIKs are compared, namesakes whose NIKs agree with their own birth dates.

    Args:
        people: see there.
        candidates: places of pairs (see ``pairs``).
        likeness: of names, in percent.
        near: only NIKs with one mistake between them.
    """
    found = [pairs for pairs in candidates if len(pairs)]
    if not found:
        return
    key = pl.col("_key")
    compared = people.select(
        *("_words", "_has_initial"),
        _letters=_letters(key),
        _length=key.str.len_bytes().cast(pl.Int32),
        _long=key.str.count_matches(rf"[A-Z]{{{MIN_LENGTH},}}"),
    )
    chosen = pl.concat([_like_names(compared, pairs) for pairs in found]).unique(maintain_order=True)
    columns = ("_id", "_id_2", "nik", "nik_2", "_key", "_key_2")
    table = _beside(people, chosen, _COMPARED).filter(_may_be_one(near)).select(columns)
    if table.is_empty():  # without loading what tells
        return
    from rapidfuzz.distance import OSA

    known: dict[tuple[str, str], bool] = {}
    for one, two, nik, nik_2, first, second in table.iter_rows():
        names = (first, second)
        if near and OSA.distance(nik, nik_2, score_cutoff=1) > 1:
            continue
        if names not in known:
            known[names] = is_same_name(first, second, likeness)
        if known[names]:
            yield one, two


_COMPARED = ("_id", "_level", "nik", "_nik", "birth_date", "nik_date", "nik_female", "sex", "_key")
_MISTAKES = [number * 10**place for number in (*range(10), *range(9, 90, 9)) for place in range(16)]


def _beside(people: pl.DataFrame, pairs: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The rows of pairs side by side; the columns of the other one are called NAME_2."""
    rows = people.select(columns)
    other = rows[pairs["other"]].rename({column: f"{column}_2" for column in columns})
    return rows[pairs["one"]].hstack(other)


def _letters(name: pl.Expr) -> pl.Expr:
    """A number with a bit for each letter that is in a name."""
    bits = [name.str.contains(letter, literal=True).cast(pl.UInt32) * 2**at for at, letter in enumerate(_LETTERS)]
    return pl.sum_horizontal(bits)


def _like_names(names: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs whose names can be one: at most one word is missing; each long one may have one typing error.

    An error gives a name at most one letter that the other one has not, and makes it at most one letter longer.
    """
    table = _beside(names, pairs, names.columns)
    errors = pl.min_horizontal("_long", "_long_2")
    more = pl.col("_words") - pl.col("_words_2")
    new = (pl.col("_letters") & ~pl.col("_letters_2")).bitwise_count_ones() <= errors
    new_2 = (pl.col("_letters_2") & ~pl.col("_letters")).bitwise_count_ones() <= errors
    longer = (pl.col("_length") - pl.col("_length_2")).abs() <= errors
    fits = ((more > 0) | new) & ((more < 0) | new_2) & ((more != 0) | longer)
    return pairs.filter(table.select((more.abs() <= 1) & (fits | pl.any_horizontal("^_has_initial.*$"))).to_series())


def _may_be_one(near: bool) -> pl.Expr:
    """Whether a pair can be one person, whatever its names are."""
    equal = pl.col("_key") == pl.col("_key_2")
    sexes = (pl.col("sex") != pl.col("sex_2")).fill_null(False)
    nik_sexes = (pl.col("nik_female") != pl.col("nik_female_2")).fill_null(False) & ~equal
    stem = pl.col("nik").str.slice(0, 12) == pl.col("nik_2").str.slice(0, 12)
    serials = [pl.col(nik).str.slice(12).cast(pl.Int32) for nik in ("nik", "nik_2")]
    twins = stem & ((serials[0] - serials[1]).abs() <= _TWINS) & ~equal
    levels = (pl.col("_level") != pl.col("_level_2")).fill_null(False)  # one list on its way
    kept = ~(sexes | nik_sexes | twins | levels) & (pl.col("nik") != pl.col("nik_2"))
    if not near:
        return kept
    kept = kept & (pl.col("_nik") - pl.col("_nik_2")).abs().is_in(_MISTAKES)  # of one digit, or of two that are swapped
    own = [(pl.col(f"birth_date{n}") == pl.col(f"nik_date{n}")).fill_null(False) for n in ("", "_2")]
    return kept & ~(own[0] & own[1] & (pl.col("birth_date") != pl.col("birth_date_2")))


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
