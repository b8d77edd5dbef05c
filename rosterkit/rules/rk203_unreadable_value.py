"""A value that its field cannot hold.

What
A value that its field cannot hold: a sex that is neither L nor P, an RT of letters, an amount that is none,
a number as a name.
A warning where no upload form of the run takes the field and the schema does not require it.

Why
What cannot be read cannot be checked; guessing would invent data.

Example
`?` as sex, or a date in the name column.

Instead
The value in one of the usual spellings: L or P, 003, 1.000.000.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.cells import Kind
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context, is_not_taken
from rosterkit.rules.said import Said
from rosterkit.schema.spec import field_type


def _bad(field: str, context: Context) -> pl.Expr:
    if field == "name":
        is_other = pl.col("name_kind").is_in([Kind.NUMBER, Kind.DATE, Kind.BOOL])
        return (is_other | ~pl.col("name_text").str.contains(r"\p{L}")) & pl.col("name_text").is_not_null()
    return pl.col(f"{field}_text").is_not_null() & pl.col(field).is_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    kind = field if field == "name" else field_type(field)
    return {"written": pl.col(f"{field}_text"), "variant": pl.lit(kind)}


RULE = Rule(
    code="RK203",
    name="unreadable-value",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Isi tidak terbaca"),
    message=N_('{label} berisi "{written}", tidak bisa dibaca.'),
    hint=N_("Tanyakan kepada pengirim isi yang benar."),
    hints={
        "sex": N_("Tulis L atau P."),
        "rt_rw": N_("Tulis angka saja, misalnya 003."),
        "money": N_("Tulis angka saja, misalnya 1000000."),
        "digits": N_("Tulis angka saja."),
        "name": N_("Tulis nama dengan huruf, sesuai KTP."),
    },
    sender=Said(
        N_('{label} berisi "{written}", tidak bisa kami baca.'),
        N_("Mohon diketik ulang."),
        hints={
            "sex": N_("Mohon tulis L atau P."),
            "rt_rw": N_("Mohon tulis angka saja, misalnya 003."),
            "money": N_("Mohon tulis angka saja, misalnya 1000000."),
            "digits": N_("Mohon tulis angka saja."),
            "name": N_("Mohon tulis nama sesuai KTP."),
        },
    ),
    why=N_("Isi yang tidak terbaca tidak bisa diperiksa, dan menebak berarti mengarang isinya."),
    before=("RK107", "RK108", "RK110"),
    judges=(
        Cells(
            fields=("type:sex", "type:rt_rw", "type:money", "type:digits", "name"),
            bad=_bad,
            other_severity=(Severity.WARNING, is_not_taken),
            facts=_facts,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | JK | RT |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | Laki-laki | RT 03 |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | JK | RT |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | ? tidak jelas | 003 |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung | L | Mawar |
| 3571010101859903 | n:12345 | 01-01-1985 | Pemulung | L | 003 |
| 3571010101859904 | 3571 | 01-01-1985 | Pemulung | L | 003 |
""",
)
