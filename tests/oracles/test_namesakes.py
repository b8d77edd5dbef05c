"""Who is found under another NIK, against comparing everybody who was born on a day with everybody else."""

from __future__ import annotations

import datetime as dt
import random
import re
from itertools import combinations

import polars as pl
import pytest

from rosterkit.frame.name_keys import comparison_keys, initials, is_same_name
from rosterkit.rules import pairs
from rosterkit.rules.rk403_same_person_other_nik import RULE
from tests.oracles.helpers import context_with, found_across

WORDS = re.findall(
    "[A-Z]+",
    "SITI SRI NUR DWI EKA AL SLAMET SUPRIADI SUPARDI SUTRISNO SUTARNO SURIANI SURIATI SUWARNO SUWARTI HADI HARI HARTONO"
    " HARIONO AHMAD AMINAH AMINI ANDI ANTO ALI MUHAMMAD MISNO MISNAH WAHIUNI WAHIUDI RAHMAN RAHMAT RAHMAWATI",
)


def name(chance: random.Random) -> str:
    count = chance.choice([1, 2, 2, 2, 3, 3, 4, 5, 7, 8])
    return " ".join(chance.choice(WORDS) for _ in range(count))


def mistyped(word: str, chance: random.Random) -> str:
    """A word with one typing error: a letter more, one less, another one, or two neighbours swapped."""
    at, letter = chance.randrange(len(word)), chance.choice("AEIOUNST")
    rest = word[at + 1 :]
    return chance.choice(
        [word[:at] + letter + word[at:], word[:at] + rest, word[:at] + letter + rest, word[:at] + rest[:1] + word[at]
         + rest[1:]]
    )  # fmt: skip


def written_again(text: str, chance: random.Random) -> str:
    """A name as somebody else writes it, in which some words are mistyped, shortened, missing, or there besides."""
    words = [
        chance.choice([word, word, mistyped(word, chance), mistyped(word, chance), word[0]]) for word in text.split()
    ]
    if len(words) > 1 and chance.random() < 0.4:
        words.pop(chance.randrange(len(words)))
    if chance.random() < 0.3:
        words.append(chance.choice(WORDS))
    chance.shuffle(words)
    return " ".join(words)


def may_be_compared(one: str, other: str) -> bool:
    """Whether two names have all initials in common, but for one word that is missing (and two are there)."""
    short, long = sorted((one, other), key=len)
    return short == long or (
        len(short) >= 2 and short in {long[:place] + long[place + 1 :] for place in range(min(len(long), 6))}
    )


def typed(names: list[str], days: list[int]) -> pl.DataFrame:
    """People who differ in nothing but their names and birth dates; their NIKs differ much."""
    chance = random.Random(403)
    niks = [f"{chance.randrange(10**6):06}2304{chance.randrange(100):02}{9900 + chance.randrange(100)}" for _ in names]
    keys = comparison_keys(pl.Series(names))
    born = [dt.date(1985, 1, 1) + dt.timedelta(day) for day in days]
    return pl.DataFrame({"nik": niks, "name": names, "birth_date": born, "name_key": keys}).with_columns(
        _id=pl.int_range(pl.len(), dtype=pl.UInt64), _file=pl.lit(0, pl.UInt32), name_initials=initials(keys),
        sex=pl.lit(None, pl.String), nik_date=pl.lit(None, pl.Date), nik_female=pl.lit(None, pl.Boolean),
        proposed=pl.lit(True), _level=pl.lit(None, pl.UInt8),
    )  # fmt: skip


def people(days: int) -> pl.DataFrame:
    """Sixty people of each day."""
    chance = random.Random(404)
    names = []
    for _ in range(days):
        born = [name(chance) for _ in range(15)]
        names += [*born, *(written_again(text, chance) for text in born for _ in range(3))]
    return typed(names, [number // 60 for number in range(len(names))])


@pytest.mark.parametrize("many", [0, 10])
def test_nobody_is_missed_whom_comparing_all_with_all_finds(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """Whether words are looked at wherever people have initials in common, or only where many have."""
    monkeypatch.setattr(pairs, "_MANY", many)
    frame = people(40)
    likeness = context_with().spec.tolerance.name
    expected = set()
    for (_day,), born in frame.group_by("birth_date"):
        rows = born.select("_id", "nik", "name_key", "name_initials").rows()
        for (one, nik, key, short), (other, other_nik, other_key, other_short) in combinations(rows, 2):
            if nik != other_nik and may_be_compared(short, other_short) and is_same_name(key, other_key, likeness):
                expected |= {(one, other), (other, one)}
    found = found_across(RULE, frame).explode("nik_same_person").rows()
    missed = [frame.filter(pl.col("_id").is_in(pair))["name"].to_list() for pair in expected - set(found)]
    assert missed == []
    assert set(found) == expected
    kinds = {len(key.split()) for key in frame["name_key"]}
    assert len(expected) > 1000, len(expected)
    assert kinds >= {1, 2, 3, 4, 7, 8}
    assert re.search(r"\b[A-Z]\b", " ".join(frame["name_key"]))


def test_two_are_found_where_very_many_have_two_words_in_common_with_them() -> None:
    """Of many rows with the same words only neighbours are compared; these two have all initials in common, too."""
    others = [f"{letter}{one}{two}IT" for letter in "BDFGKMPRTU" for one in "AEIOU" for two in "BDFGHKLM"]
    crowd = [
        f"{first} {second} {other}"
        for first, second in combinations(("SLAMET", "HARTONO", "NURIAH"), 2)
        for other in others
    ]
    crowd += ["HENDRO SUPRIADI NINGSIH"] * 20
    frame = typed(["SLAMET HARTONO NURIAH", *crowd, "SLAMED HARTONO NURIAH"], [0] * (len(crowd) + 2))
    found = found_across(RULE, frame).explode("nik_same_person").rows()
    assert len(others) == 400
    assert (0, len(crowd) + 1) in found
