"""A person of the decree whom nobody lists.

What
Somebody in the list of the decree is in no roster of the run, neither by the NIK nor by the name of somebody whose NIK
is wrong. Told for a run of a whole folder, in the recap; the rule is skipped where no decree was given.

Why
The person has a right to be insured, and nobody has handed in the data that this needs.

Example
The decree names Contoh Dua; none of the files does.

Instead
The roster that is still to come, or a decree without the person.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rosterkit.frame.name_keys import comparison_keys
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Listed, Rule
from rosterkit.rules.context import Context


def _missing(frame: pl.DataFrame, context: Context) -> Iterator[int]:
    if context.decree is None:
        return
    niks = context.decree["nik"]
    listed = niks.is_in(frame["nik"].drop_nulls().implode()).fill_null(False)
    elsewhere = ~pl.col("nik").is_in(niks.drop_nulls().implode())
    astray = frame.filter(pl.col("nik").is_null() | elsewhere)["name_key"].drop_nulls()
    named = comparison_keys(context.decree["name"]).is_in(astray.implode()).fill_null(False)
    yield from (~(listed | named)).arg_true()


RULE = Rule(
    code="RK504",
    name="decree-member-missing",
    severity=Severity.INFO,
    scope="files",
    title=N_("Ada dalam SK, belum masuk"),
    message=N_("{name} ada dalam SK, tetapi tidak ada di daftar mana pun."),
    hint=N_("Tanyakan kepada RT atau dinas yang mengusulkan."),
    why=N_("Orang yang berhak tidak didaftarkan karena tidak pernah dikirim dalam daftar."),
    needs="decree",
    judges=(Listed(_missing),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
""",
)
