"""Digits or signs in a name.

What
Digits, brackets, slashes or other signs in a name.

Why
A name that is not as on the card does not match Dukcapil's record.

Example
`Contoh 2` or `Contoh/Misal`.

Instead
The name as on the card; titles and commas are fine.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said

_SIGNS = r"[^\p{L}\p{M} .,'’`´\-]"


def _bare(field: str) -> pl.Expr:
    text = pl.col(f"{field}_text")
    return text.str.replace_all(r"(?i)\(alm[a-z]*\.?\)", "") if field == "mother_name" else text  # she may be dead


def _bad(field: str, context: Context) -> pl.Expr:
    return _bare(field).str.contains(_SIGNS)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    signs = _bare(field).str.extract_all(_SIGNS).list.unique(maintain_order=True)
    return {"signs": signs.list.eval(pl.format('"{}"', pl.element()))}


RULE = Rule(
    code="RK260",
    name="name-characters",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Angka atau tanda dalam nama"),
    message=N_("{label} memuat {signs}, yang biasanya bukan bagian nama."),
    hint=N_("Cocokkan dengan KTP."),
    sender=Said(
        N_("{label} memuat {signs}."),
        N_("Mohon tulis nama persis seperti di KTP."),
    ),
    why=N_("Nama yang tidak sama dengan KTP tidak padan dengan data Dukcapil."),
    before=("RK261", "RK262", "RK307", "RK203", "RK110"),
    judges=(
        Cells(
            fields=("name", "mother_name"),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | H. Contoh Satu, S.Pd | 01-01-1985 | Pemulung |
| 3571010201859902 | Ma'ruf Contoh-Misal | 02-01-1985 | Pemulung |
| 3571010301859903 | Contoh bin Misal | 03-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh 2 | 01-01-1985 | Pemulung |
| 3571010201859902 | Contoh/Misal | 02-01-1985 | Pemulung |
| 3571010301859903 | Contoh (Pak RT) | 03-01-1985 | Pemulung |
""",
)
