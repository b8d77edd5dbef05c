"""Digits or signs in a name.

What
Digits, brackets, slashes or other signs in a name. Two names in one cell (`Contoh / Misal`, `Contoh dan suami`) are an
error: there is one NIK. The words between them stand in `schemas/words.yaml`. A number in front of a name and a sex in
brackets behind it are taken off (RK202).

Why
A name that is not as on the card does not match Dukcapil's record.

Example
`Contoh 2` or `Contoh/Misal`.

Instead
The name as on the card; titles and commas are fine.
"""

from __future__ import annotations

import re

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


def _are_two(field: str, context: Context) -> pl.Expr:
    """Whether the person's own cell holds the names of two."""
    if field != "name":
        return pl.lit(False)
    words = {place: _any_of(context, place) for place in ("between", "last")}
    text = pl.col(f"{field}_text").str.replace_all(r"\(.*?\)", " ")
    signs = r"\p{L}{3,}\s*[/&+]\s*\p{L}{3,}"
    return text.str.contains(
        rf"(?i){signs}|\p{{L}}{{2,}} (?:{words['between']}) \p{{L}}{{2,}}|\p{{L}} (?:{words['last']})\.?$"
    )


def _any_of(context: Context, place: str) -> str:
    found = [word for word, where in context.spec.words.two_people.items() if where == place]
    return "|".join(map(re.escape, found)) or "^a"


def _bad(field: str, context: Context) -> pl.Expr:
    return _bare(field).str.contains(_SIGNS) | _are_two(field, context)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    signs = _bare(field).str.extract_all(_SIGNS).list.unique(maintain_order=True)
    return {
        "signs": signs.list.eval(pl.format('"{}"', pl.element())),
        "written": pl.col(f"{field}_text"),
        "variant": pl.when(_are_two(field, context)).then(pl.lit("two")),
    }


RULE = Rule(
    code="RK260",
    name="name-characters",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Angka atau tanda dalam nama"),
    message=N_("{label} memuat {signs}, yang biasanya bukan bagian nama."),
    variants={
        "two": N_('{label} "{written}" tampaknya memuat dua orang, padahal NIK-nya satu.'),
    },
    hint=N_("Cocokkan dengan KTP."),
    hints={
        "two": N_("Tulis hanya nama pemilik NIK di baris ini. Orang yang lain perlu baris dan NIK sendiri."),
    },
    sender=Said(
        N_("{label} memuat {signs}."),
        N_("Mohon tulis nama persis seperti di KTP."),
        variants={
            "two": N_('{label} "{written}" tampaknya memuat dua orang.'),
        },
        hints={
            "two": N_("Mohon tulis satu orang per baris, masing-masing dengan NIK sendiri."),
        },
    ),
    why=N_("Nama yang tidak sama dengan KTP tidak padan dengan data Dukcapil."),
    before=("RK261", "RK262", "RK307", "RK203", "RK110"),
    judges=(
        Cells(
            fields=("name", "mother_name"),
            bad=_bad,
            facts=_facts,
            other_severity=(Severity.ERROR, _are_two),
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
| 3571010401859904 | Contoh dan suami | 04-01-1985 | Pemulung |
""",
)
