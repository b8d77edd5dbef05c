"""A person of an older version who is not in the newer one.

What
The file is replaced by a newer version of its list (RK408), and this person is in the older version alone: neither the
NIK, nor name and birth date, nor the name stands in the newer one.

Why
Either the sender took the person out, or the person was lost on the way.

Example
Contoh Empat in `RT 03.xlsx`, who is not in `RT 03 revisi.xlsx`.

Instead
The sender says which: the newer list names the person, or the older file goes; `pengecualian.xlsx` accepts the person
from the older list.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col("replaced_by").is_not_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    names = dict(enumerate(name.rsplit("/", 1)[-1] for name in context.names))
    newer = pl.col("replaced_by").replace_strict(names, default="?", return_dtype=pl.String)
    return {"newer": newer}


RULE = Rule(
    code="RK409",
    name="only-in-older-version",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Hanya ada di versi lama"),
    message=N_("Ada di versi lama ini, tetapi tidak ada di {newer}."),
    hint=N_("Bila terlewat, tambahkan di versi baru. Bila memang dikeluarkan, pindahkan berkas lama ini dari folder."),
    sender=Said(
        N_("Ada di daftar yang lama, tetapi tidak ada di daftar yang baru."),
        N_("Bila terlewat, mohon tambahkan di daftar terbaru. Bila memang dikeluarkan, mohon kabari kami."),
    ),
    why=N_("Orang yang hilang dari versi baru bisa jadi terlewat, dan orang itu tidak didaftarkan."),
    judges=(Cells(fields=("nik",), bad=_bad, facts=_facts),),
    good="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| RT 01.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01.xlsx | 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010301859904 | Contoh Tiga | 03-01-1985 | Pemulung |
""",
    wrong="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| RT 01.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01.xlsx | 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| RT 01.xlsx | 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
""",
)
