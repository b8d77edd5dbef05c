"""Which people of a run were uploaded already: under their NIK, or, by name and birth date, under another one."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from rosterkit.check.rows import Rows
from rosterkit.dates import date_text
from rosterkit.rules.context import Context
from rosterkit.run.inputs import Inputs
from rosterkit.run.sent import Sent

_Known = tuple[Sent, frozenset[str], frozenset[str]]  # with the key alone; hashes of NIKs, of names with birth dates


def with_sent(context: Context, rows: Rows, inputs: Inputs) -> Context:
    """Return what rules may ask, with who was uploaded already.

    Args:
        context: of the run.
        rows: everybody.
        inputs: what the run stands on.
    """
    if not inputs.sent.sheets or inputs.task.settings.is_decree:
        return context
    sheets, named = inputs.sent.by_person(), inputs.sent.by_name()
    known: _Known = (replace(inputs.sent, sheets={}), frozenset(sheets), frozenset(named))
    quota = context.spec.quota
    if quota.total is not None or quota.categories:
        context = replace(context, sent=frozenset(rows.pick(_find_sent, known, ("_id", "nik"))["_id"]))
    if not named:
        return context
    found = rows.pick(_find_elsewhere, known, ("nik", "name_key", "birth_date"))
    places = {nik: (named[person].name, date_text(named[person].when)) for nik, person in found.iter_rows()}
    return replace(context, sent_elsewhere=places)


def _find_sent(rows: pl.DataFrame, known: _Known) -> pl.DataFrame:
    """The people of whom a hash of the NIK is known."""
    sent, niks, _named = known
    return rows.filter(
        pl.Series([nik is not None and sent.hash_nik(nik) in niks for nik in rows["nik"]], dtype=pl.Boolean)
    )


def _find_elsewhere(rows: pl.DataFrame, known: _Known) -> pl.DataFrame:
    """``nik`` and ``person``, the hash of name and birth date, of those who are known by these and not by their NIK."""
    sent, niks, named = known
    whole = rows.filter(pl.all_horizontal(pl.all().is_not_null()))
    found = [
        (nik, person)
        for nik, key, day in whole.iter_rows()
        if (person := sent.hash_name(key, day)) in named and sent.hash_nik(nik) not in niks
    ]
    return pl.DataFrame(found, schema={"nik": pl.String, "person": pl.String}, orient="row")
