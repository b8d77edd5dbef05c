"""A ditto mark instead of a value.

What
A cell says "as above" (`sda`, `idem`, a quote) where a value should stand. It counts as empty; where the field is
required, RK201 says so.

Why
Whose value is meant is a guess, as soon as rows are sorted or one is deleted; and the mark itself is no value.

Example
`sda` as the mother's name.

Instead
The value itself in every row.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.normalise.text import ditto_pattern
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_NO_VALUES = ("remark", "status")


def _bad(field: str, context: Context) -> pl.Expr | None:
    if field in _NO_VALUES:
        return None
    is_nothing = pl.col(f"{field}_raw").is_not_null() & pl.col(f"{field}_text").is_null()
    return is_nothing & pl.col(f"{field}_raw").str.contains(ditto_pattern(context.spec.words.ditto))


RULE = Rule(
    code="RK209",
    name="ditto-mark",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Ditulis sama dengan di atasnya"),
    message=N_('{label} hanya berisi tanda "sama dengan di atas", jadi dianggap kosong.'),
    hint=N_("Isi yang sebenarnya di setiap baris."),
    sender=Said(
        N_('{label} hanya berisi tanda "sama dengan di atas".'),
        N_("Mohon tulis isinya di setiap baris."),
    ),
    why=N_("Bila baris diurutkan atau dihapus, tidak jelas lagi isi siapa yang dimaksud."),
    before=("RK201", "RK206"),
    judges=(
        Cells(
            fields=("*",),
            bad=_bad,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | Alamat |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | Jl. Contoh 1 |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung | - |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Alamat | Kecamatan |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | sda | Mojoroto |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung | " | idem |
""",
)
