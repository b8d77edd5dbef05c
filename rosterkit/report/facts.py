"""The facts of a finding in words: lists, days, months, signs; personal numbers are masked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from rosterkit.language import N_, _

NAMED = 3  # people, cells or signs that are named; the others are counted
_MONTHS = (
    *(N_("Januari"), N_("Februari"), N_("Maret"), N_("April"), N_("Mei"), N_("Juni")),
    *(N_("Juli"), N_("Agustus"), N_("September"), N_("Oktober"), N_("November"), N_("Desember")),
)
_OWN_WORDS = frozenset(("kind", "part", "source", "sex", "nik_says"))  # facts in words of the rules, to be translated
_LONG_NUMBER = re.compile(r"\d[\d .\-]{10,}\d")


def fact_texts(facts: Mapping[str, object], mask: Callable[[str], str]) -> dict[str, str]:
    """Return the facts as the texts that fill a message.

    Lists name their first values; ``*_day`` and ``*_month`` are ISO dates with the month in letters; ``characters``
    are signs in a number. Words of the rules themselves are translated.
    """
    return {name: _fact_text(name, value, mask) for name, value in facts.items()}


def _fact_text(name: str, value: object, mask: Callable[[str], str]) -> str:
    if name == "characters":
        return describe_characters(str(value))
    if isinstance(value, list):
        return name_some([mask(str(one)) for one in value])
    if value is not None and name.endswith(("_day", "_month")):
        return long_date(dt.date.fromisoformat(str(value)), with_day=name.endswith("_day"))
    if value is not None and name in _OWN_WORDS:
        return _(str(value))
    return mask(str(value))


def name_some(texts: Sequence[str], count: int | None = None) -> str:
    """Return the first few of some texts, and how many more there are; ``count``: of how many."""
    more = (len(texts) if count is None else count) - NAMED
    return ", ".join(texts[:NAMED]) + (_(" dan {count} lagi").format(count=more) if more > 0 else "")


def long_date(day: dt.date, with_day: bool = True) -> str:
    """Return a date with the month in letters, such as 3 April 1985, or April 1985."""
    text = f"{_(_MONTHS[day.month - 1])} {day.year}"
    return f"{day.day} {text}" if with_day else text


def describe_characters(signs: str) -> str:
    """Return in words which signs stand in a number: letters, and others."""
    letters = [sign for sign in signs if sign.isalpha()]
    others = [sign for sign in signs if not sign.isalpha()]
    parts = []
    if letters:
        parts.append(_("huruf {letters}").format(letters=name_some(letters)))
    if others:
        parts.append(_("tanda {signs}").format(signs=name_some(others)))
    return _(" dan ").join(parts)


def mask_numbers(text: str) -> str:
    """Return a text in which every long number is masked."""
    return _LONG_NUMBER.sub(lambda found: hide(found[0]), text)


def hide(value: str) -> str:
    """``357101******0001``: the region and the serial stay, so that the sender can find the row.

    A placeholder (1111111111111111) is nobody's number and stays as it is. Of a name two letters stay at most.
    """
    text = "".join(value.split())
    if len(text) >= 14 and 2 * sum(letter.isdigit() for letter in text) >= len(text):
        is_nobody = len(set(text)) == 1 or text == "1234567890123456"
        return text if is_nobody else text[:6] + "*" * (len(text) - 10) + text[-4:]
    if not any(letter.isalnum() for letter in text):
        return text
    keep = min(2, len(text) // 4)
    return text[:keep] + "*" * (len(text) - keep)
