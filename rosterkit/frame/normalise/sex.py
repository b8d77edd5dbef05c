"""Sex: L (laki-laki) or P (perempuan).

Codes are decided by the NIKs of their table. 1 and 2 are L and P (SIAK, OpenSID, DTSEN), unless nearly all NIKs say the
opposite. P beside W (wanita) is pria where no other word for men stands in the column and the NIKs do not object.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterkit.schema.spec import plain

_CODES = {"1": "1", "01": "1", "2": "2", "02": "2", "1 0": "1", "2 0": "2", "W": "W", "P": "p"}
_MIN_LENGTH = 5  # letters of a word in which one typing error is allowed
_MIN_ROWS, _MIN_SHARE = 5, 0.8  # what it takes to read 1 as P


def add_columns(frame: pl.DataFrame, field: str, words: Mapping[str, str]) -> pl.DataFrame:
    """Add ``F`` (L or P) and ``F_fixed``: a typing error, or a code that the NIKs alone do not prove.

    Args:
        frame: with ``F_text``, ``_file``, ``_table`` and the columns of the NIK.
        field: the field.
        words: word -> sex, as people write it.
    """
    sexes = {plain(word): sex for word, sex in words.items()}
    texts = frame[f"{field}_text"].drop_nulls().unique().to_list()
    read = {text: _read(plain(text), sexes) for text in texts}
    meanings = {text: meaning for text, (meaning, _typo) in read.items()}
    typos = [text for text, (_meaning, typo) in read.items() if typo]
    text = pl.col(f"{field}_text")
    meaning = (
        text.replace_strict(meanings, default=None, return_dtype=pl.String) if meanings else pl.lit(None, pl.String)
    )
    if not {"1", "2", "W"}.intersection(meanings.values()):  # P is a woman, and nothing depends on the others
        value = meaning.str.to_uppercase()
        return frame.with_columns(value.alias(field), pl.when(text.is_in(typos)).then(value).alias(f"{field}_fixed"))
    frame = frame.with_columns(meaning.alias("_meaning"))
    is_p_man, is_reversed, is_proven = _decide_codes()
    one, two = (pl.when(is_reversed).then(pl.lit(other)).otherwise(pl.lit(sex)) for sex, other in ("LP", "PL"))
    value = (
        pl.when(pl.col("_meaning") == "1")
        .then(one)
        .when(pl.col("_meaning") == "2")
        .then(two)
        .when(pl.col("_meaning") == "p")
        .then(pl.when(is_p_man).then(pl.lit("L")).otherwise(pl.lit("P")))
        .when(pl.col("_meaning") == "W")
        .then(pl.lit("P"))
        .otherwise("_meaning")
    )
    is_code = pl.col("_meaning").is_in(["1", "2"]) & ~is_proven
    told = is_code | ((pl.col("_meaning") == "p") & is_p_man) | text.is_in(typos)
    return frame.with_columns(value.alias(field), pl.when(told).then(value).alias(f"{field}_fixed")).drop("_meaning")


def _decide_codes() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Whether, in the table of a row, P is pria; 1 is P and 2 is L; most NIKs prove that 1 is L and 2 is P."""
    meaning, table = pl.col("_meaning"), ("_file", "_table")
    known = pl.col("nik_date").is_not_null()
    woman, man = known & pl.col("nik_female"), known & ~pl.col("nik_female")

    def count(rows: pl.Expr) -> pl.Expr:
        return rows.fill_null(False).sum().over(table)

    has_wanita, has_man = count(meaning == "W") > 0, count(meaning == "L") > 0
    is_p_man = has_wanita & ~has_man & (count((meaning == "p") & man) >= count((meaning == "p") & woman))
    usual = count(((meaning == "1") & man) | ((meaning == "2") & woman))
    other = count(((meaning == "1") & woman) | ((meaning == "2") & man))
    return is_p_man, (other >= _MIN_ROWS) & (other >= _MIN_SHARE * (usual + other)), usual > other


def _read(key: str, sexes: Mapping[str, str]) -> tuple[str | None, bool]:
    """What a text means (a sex or a code, None: nothing), and whether there is a typing error in it."""
    known = _CODES.get(key) or sexes.get(key) or _read_parts(key.split(), sexes)
    if known or len(key) < _MIN_LENGTH:
        return known, False
    from rapidfuzz.distance import OSA

    near = {sex for word, sex in sexes.items() if len(word) >= 4 and OSA.distance(key, word, score_cutoff=1) <= 1}
    return (near.pop(), True) if len(near) == 1 else (None, False)


def _read_parts(parts: list[str], sexes: Mapping[str, str]) -> str | None:
    """The sex of several words that agree: PEREMPUAN (P), 1. Laki-laki, P (Pria)."""
    words = [part for part in parts if len(part) > 1]
    letters = [part for part in parts if part in ("L", "P", "W")]
    named = {sexes.get(word) for word in words}
    sex = named.pop() if len(named) == 1 else None
    allowed = {"L": ("L", "P") if "PRIA" in words else ("L",), "P": ("P", "W")}.get(sex or "", ())
    is_known = len(words) + len(letters) + sum(part in ("1", "2") for part in parts) == len(parts)
    return sex if is_known and all(letter in allowed for letter in letters) else None
