"""Characters that do not belong to the value; repaired.

What
A cell holds characters that do not belong to its value: outer or doubled spaces, no-break and zero-width
spaces, a leading apostrophe, separators inside a number.

Why
They make equal values unequal and are refused on upload. The upload gets the clean value.

Example
`3571.0101.0185.9901` or a name that ends in a space.

Instead
Nothing needs to be done; the repair is certain.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule, repaired_value, was_repaired
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said
from rosterkit.schema.spec import field_type


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    if field_type(field) not in ("sex", "date"):
        return {}
    read = pl.col(field) if field_type(field) == "sex" else repaired_value(field)
    return {"variant": pl.lit(field_type(field)), "written": pl.col(f"{field}_text"), "read": read}


RULE = Rule(
    code="RK202",
    name="stray-characters",
    severity=Severity.INFO,
    scope="row",
    title=N_("Penulisan dirapikan"),
    message=N_("{label} dirapikan: spasi atau tanda yang tidak perlu dibuang; isinya sama."),
    variants={
        "sex": N_('{label} "{written}" dibaca sebagai {read}.'),
        "date": N_('{label} "{written}" dibaca sebagai {read}.'),
    },
    hint=N_("Tidak perlu apa-apa."),
    hints={
        "date": N_("Cocokkan dengan KTP."),
    },
    sender=Said(
        "",
        "",
        variants={
            "date": N_('{label} "{written}" kami baca sebagai {read}.'),
        },
        hints={
            "date": N_("Mohon dicek dengan KTP."),
        },
    ),
    why=N_("Spasi dan tanda tersembunyi membuat isi yang sama tampak berbeda dan ditolak saat diunggah."),
    judges=(
        Cells(
            fields=("type:text", "type:nik", "type:digits", "type:date", "type:sex"),
            bad=was_repaired,
            facts=_facts,
            fix=repaired_value,
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
| 3571.0101.0185.9901 | Contoh Satu | 01-01-1985 | Pemulung |
| '3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung |
| 3571010101859903 | Contoh  Tiga | 01-01-1985 | Pemulung |
""",
)
