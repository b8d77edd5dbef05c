"""A required value is missing.

What
A field that the programme requires is empty, or holds what people write when they know nothing: -, 0, tidak
ada.

Why
The person cannot be insured without it.

Example
A dash in the NIK column.

Instead
The value from the identity card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.expressions import is_empty_cell
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _bad(field: str, context: Context) -> pl.Expr | None:
    if field not in context.spec.required():
        return None
    return is_empty_cell(field)


RULE = Rule(
    code="RK201",
    name="missing-value",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Isian wajib kosong"),
    message=N_("{label} di {cell} kosong."),
    hint=N_("Isi dari KTP atau KK; bila tidak diketahui, tanyakan kepada yang bersangkutan."),
    why=N_("Tanpa isian ini orangnya tidak dapat didaftarkan."),
    judges=(
        Cells(
            fields=("*",),
            bad=_bad,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| - | Contoh Satu | 01-01-1985 | Pemulung |
| 3571010101859902 |  | 01-01-1985 | Pemulung |
| 3571010101859903 | Contoh Tiga | tidak ada | Pemulung |
""",
)
