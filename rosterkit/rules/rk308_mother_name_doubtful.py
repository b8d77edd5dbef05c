"""A mother's name that is none.

What
The mother's name is a single letter, a word such as IBU or MAMA, a remark (`sudah meninggal`), or the person's own
name. The words are in `schemas/words.yaml`, those of remarks in `schemas/remarks.yaml`.

Why
BPJS and the population register ask for it to tell people of one name apart; what is made up does not match.

Example
`x`, or `IBU`.

Instead
The mother's name as on the family card.
"""

from __future__ import annotations

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said
from rosterkit.schema.spec import plain


def _word(field: str) -> pl.Expr:
    return pl.col(f"{field}_text").str.to_uppercase().str.replace_all(r"[^A-Z]+", " ").str.strip_chars(" ")


def _is_own(field: str) -> pl.Expr:
    return _word(field) == _word("name")


def _bad(field: str, context: Context) -> pl.Expr:
    words = [plain(word) for word in context.spec.words.mother_name]
    is_remark = pl.col(f"{field}_says").is_not_null()
    return _word(field).is_in(words) | (_word(field).str.len_chars() == 1) | _is_own(field) | is_remark


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    own = _is_own(field).fill_null(False)
    return {
        "written": pl.when(~own).then(pl.col(f"{field}_text")).otherwise(pl.lit("")),
        "variant": pl.when(own).then(pl.lit("own")),
    }


RULE = Rule(
    code="RK308",
    name="mother-name-doubtful",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Nama ibu kandung perlu dicek"),
    message=N_('Nama ibu kandung berisi "{written}".'),
    variants={
        "own": N_("Nama ibu kandung sama dengan nama orangnya."),
    },
    hint=N_("Minta nama ibu kandung sesuai KK."),
    sender=Said(
        N_('Nama ibu kandung berisi "{written}".'),
        N_("Mohon diisi sesuai KK."),
        variants={
            "own": N_("Nama ibu kandung sama dengan nama orangnya."),
        },
    ),
    why=N_("Nama ibu kandung dipakai untuk membedakan orang yang namanya sama; isi yang dibuat-buat tidak padan."),
    judges=(
        Cells(
            fields=("mother_name",),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | Nama Ibu Kandung |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | Ibu Contoh |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Nama Ibu Kandung |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | x |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | IBU |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung | CONTOH TIGA |
| 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung | sudah meninggal |
""",
)
