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
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr | None:
    if field not in context.spec.required():
        return None
    return is_empty_cell(field)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    """A cell that is empty for us may hold a placeholder."""
    written = pl.col(f"{field}_raw").str.strip_chars()
    return {"written": written, "variant": pl.when(written != "").then(pl.lit("placeholder"))}


RULE = Rule(
    code="RK201",
    name="missing-value",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Isian wajib kosong"),
    message=N_("{label} kosong."),
    variants={
        "placeholder": N_('{label} hanya berisi "{written}", jadi dianggap kosong.'),
    },
    hint=N_("Minta pengirim mengisi sesuai KTP atau KK."),
    sender=Said(
        N_("{label} belum diisi."),
        N_("Mohon diisi sesuai KTP atau KK."),
        variants={
            "placeholder": N_('{label} hanya berisi "{written}".'),
        },
    ),
    why=N_("Tanpa isian ini orangnya tidak dapat didaftarkan."),
    judges=(
        Cells(
            fields=("*",),
            bad=_bad,
            facts=_facts,
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
