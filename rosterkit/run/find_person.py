"""Where somebody stands: in the lists of the last run, in the lists of the office, and in earlier runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from rosterkit.commands import command
from rosterkit.dates import date_text
from rosterkit.errors import UsageError
from rosterkit.frame.name_keys import comparison_keys
from rosterkit.language import _
from rosterkit.records import dataclass
from rosterkit.reference.lists import ReferenceLists
from rosterkit.run.memory import load_earlier, load_persons

_FEWEST = 4  # digits, or letters of a name, that are looked for
_NIK = 16  # digits


@dataclass(frozen=True, slots=True)
class Found:
    """Where somebody stands.

    Args:
        persons: rows of the last run (see ``recap.people.PERSONS``).
        earlier: how it went with them before it changed (see ``run.memory.EARLIER``).
        listed: what the lists of the office say, in sentences.
    """

    persons: pl.DataFrame
    earlier: pl.DataFrame
    listed: tuple[str, ...]


def find_person(query: str, out: Path, lists: ReferenceLists) -> Found:
    """Find somebody by a NIK, a part of it, or by words of a name.

    Args:
        query: what was typed.
        out: the output folder of the last run.
        lists: the lists of the office.

    Raises:
        UsageError: the query is too short, or no run of a folder is remembered.
    """
    digits = re.sub(r"\D", "", query)
    words = [word for word in re.split(r"[^\w']+", query.casefold()) if word]
    if max(len(digits), len("".join(words))) < _FEWEST:
        raise UsageError(_("Tulis paling sedikit {count} huruf nama, atau {count} digit NIK.").format(count=_FEWEST))
    try:
        persons = load_persons(out)
    except (OSError, pl.exceptions.PolarsError) as error:
        text = _("Di {path} belum ada hasil periksa. Periksa dulu foldernya: {command}")
        raise UsageError(text.format(path=out, command=command("check", "masuk"))) from error
    meant = _by_digits(digits) if len(digits) >= _FEWEST else _by_words(words)
    found = persons.filter(meant)
    if found.is_empty() and len(digits) < _FEWEST:
        found = _alike(persons, query)
    niks = found["nik"].drop_nulls().unique()
    of_lists = pl.col("nik").is_in(niks.implode()) | meant
    return Found(found, load_earlier(out).filter(meant), tuple(_listed(lists, of_lists)))


def _by_digits(digits: str) -> pl.Expr:
    bare = pl.col("nik").str.replace_all(r"\D", "")
    return (bare == digits) if len(digits) >= _NIK else bare.str.contains(digits, literal=True)


def _by_words(words: list[str]) -> pl.Expr:
    name = pl.col("name").str.to_lowercase()
    return pl.all_horizontal(name.str.contains(word, literal=True) for word in words).fill_null(False)


def _alike(persons: pl.DataFrame, query: str) -> pl.DataFrame:
    """The people whose names are written in another way: Soekarno, Sukarno."""
    (key,) = comparison_keys(pl.Series([query])).to_list()
    if not key:
        return persons.clear()
    keys = comparison_keys(persons["name"])
    is_meant = pl.all_horizontal(keys.str.contains(word, literal=True) for word in key.split())
    return persons.filter(is_meant.fill_null(False))


def _listed(lists: ReferenceLists, meant: pl.Expr) -> Iterator[str]:
    """What the lists of the office say of somebody, also where no roster has her."""
    parts = (
        (lists.decree, _("SK"), _describe_decree),
        (lists.participants, _("Daftar peserta"), _describe_participant),
        (lists.population, _("Dukcapil"), _describe_result),
    )
    for people, what, describe in parts:
        if people is None:
            continue
        rows = people.filter(meant.fill_null(False))
        for row in rows.head(5).iter_rows(named=True):
            yield f"{what}: {row['name'] or '?'} ({row['nik'] or '?'}), {describe(row)}"
        if rows.is_empty():
            yield _("{what}: tidak ada.").format(what=what)


def _describe_decree(row: dict[str, Any]) -> str:
    return _('lembar "{sheet}", sel {cell}.').format(sheet=row["_sheet"], cell=row["_cell"])


def _describe_participant(row: dict[str, Any]) -> str:
    if row["word"]:
        return f'"{row["word"]}".'
    since, until = (date_text(row[day]) if row[day] else "?" for day in ("since", "until"))
    text = _("peserta sejak {since}.") if until == "?" else _("peserta {since} s.d. {until}.")
    return text.format(since=since, until=until)


def _describe_result(row: dict[str, Any]) -> str:
    return f'"{row["word"] or "?"}".'
