"""What remarks, statuses, occupations and words in a name say of a person.

Adds ``F_says`` to the fields of ``READ`` and ``ELSEWHERE``: one of ``schema.remarks.MEANINGS``, ``other`` for a remark
that decides nothing, null for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import polars as pl

from rosterkit.frame.normalise.text import ditto_pattern
from rosterkit.frame.remark_words import remark_reader
from rosterkit.model.cells import Kind
from rosterkit.schema.remarks import RemarkWords

READ = ("name", "remark", "status", "occupation", "category")
# What a sender writes where there is room, although the field is made for something else.
ELSEWHERE = (
    *("kk", "birth_place", "sex", "mother_name", "address", "rt", "rw", "kelurahan", "kecamatan", "postal_code"),
    *("phone", "email", "income"),
)
_DITTO = r"^-?\s*[\"'`´‘’“”〃,]{1,3}\s*-?$"


def add_columns(frame: pl.DataFrame, more: RemarkWords, has_categories: bool) -> pl.DataFrame:
    """Add ``F_says``.

    Args:
        frame: with ``F_text``.
        more: the words that the programme adds.
        has_categories: the programme says itself which occupations it takes.
    """
    reader = remark_reader(more)
    names = frame["name_text"].filter(frame["name_text"].str.contains(reader.in_a_name).fill_null(False))
    remarks = frame.select(written("remark").alias("remark"), written("status").alias("status"))
    said = {
        "name": _read(names, reader.read_name),
        "remark": _read(remarks["remark"], reader.read_remark),
        "status": _read(remarks["status"], reader.read_remark),
        "occupation": _read(frame["occupation_text"], reader.read_occupation),
        "category": {} if has_categories else _read(frame["category_text"], reader.read_occupation),
    }
    hits = frame.select(pl.col(f"{field}_raw").str.contains(reader.anywhere).fill_null(False) for field in ELSEWHERE)
    any_hits = hits.select(pl.all().any()).row(0, named=True)
    for field in ELSEWHERE:
        read = reader.read_mother if field == "mother_name" else reader.read_elsewhere
        raw = f"{field}_raw"
        said[field] = _read(frame[raw].filter(hits[raw]), read) if any_hits[raw] else {}
    return frame.with_columns(_look_up(field, table) for field, table in said.items())


def repeat_above(frame: pl.DataFrame, words: Collection[str]) -> pl.DataFrame:
    """Put into ``F_text`` of remarks and statuses what stands above, where a quote or a word means that.

    Args:
        frame: with ``F_raw`` and ``F_text``.
        words: see ``text.clean_texts``.
    """
    pattern = f"{_DITTO}|{ditto_pattern(words)}"
    marks = {
        field: pl.col(f"{field}_raw").str.strip_chars().str.contains(pattern).fill_null(False)
        for field in ("remark", "status")
    }
    has_marks = frame.select(same.any().alias(field) for field, same in marks.items()).row(0, named=True)
    for field, same in marks.items():
        if not has_marks[field]:
            continue
        row = pl.when(~same).then(pl.int_range(pl.len())).forward_fill().over("_file", "_table")
        above = frame.select(pl.when(same).then(written(field).gather(row)).alias(f"{field}_text"))
        own = frame[f"{field}_text"]
        frame = frame.with_columns(pl.when(same).then(above[f"{field}_text"]).otherwise(own).alias(f"{field}_text"))
    return frame


def written(field: str) -> pl.Expr:
    """Return the text of a cell; also HILANG, which is a placeholder elsewhere."""
    is_text = pl.col(f"{field}_kind") == Kind.TEXT
    return pl.coalesce(f"{field}_text", pl.when(is_text).then(pl.col(f"{field}_raw").str.strip_chars()))


def said(field: str) -> pl.Expr:
    """Return the text by which ``F_says`` was found."""
    return pl.col(f"{field}_raw").str.strip_chars() if field in ELSEWHERE else written(field)


def _read(texts: pl.Series, read: Callable[[str], str | None]) -> dict[str, str]:
    """Return the texts that say something, each with its meaning; each is read once."""
    found = ((text, read(text)) for text in texts.drop_nulls().unique().to_list())
    return {text: said for text, said in found if said is not None}


def _look_up(field: str, said: dict[str, str]) -> pl.Expr:
    if not said:
        return pl.lit(None, pl.String).alias(f"{field}_says")
    text = pl.col(f"{field}_raw") if field in ELSEWHERE else written(field)
    return text.replace_strict(said, default=None, return_dtype=pl.String).alias(f"{field}_says")
