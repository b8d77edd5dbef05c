"""A remark of the sender that the office should read.

What
Any remark or status that decides nothing by itself: it is listed with the person's name, never judged. So is a word of
death or withdrawal in a name that may be about somebody else whom the name mentions (`Contoh bin Karto (alm)`), and
a cell that is struck through, wholly or in part, where the person is not. A comment at a cell of a person is a warning:
on paper and in the upload sheet it is not seen. So is a line below the table that takes somebody off without saying by
number or name whom, and a legend that gives a colour such a meaning: colours of rows are not read.

Why
A person must be working on the day of registration: what a sender writes about illness or work can decide a claim
years later, and nobody reads a column that is not uploaded.

Example
`sakit, tidak bekerja 3 tahun`.

Instead
Nothing needs to be done; read it and decide.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.normalise.remarks import written
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.side_notes import find_notes


def _has(column: str, field: str) -> pl.Expr:
    return pl.col(column).list.contains(field).fill_null(False)


def _struck(field: str) -> pl.Expr:
    """Whether the cell is struck through in a row that is not struck out (RK262)."""
    row = _has("_struck", "nik") | _has("_struck", "name")
    return (_has("_struck", field) | _has("_partly_struck", field)) & ~row & pl.col(f"{field}_raw").is_not_null()


def _bad(field: str, context: Context) -> pl.Expr:
    if field not in ("name", "remark", "status"):
        return _struck(field)
    return (pl.col(f"{field}_says") == "other").fill_null(False) | _struck(field)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    variant = pl.when(_struck(field)).then(pl.lit("struck"))
    return {"written": written(field), "variant": variant}


RULE = Rule(
    code="RK263",
    name="remark-for-office",
    severity=Severity.INFO,
    scope="sheet",
    title=N_("Keterangan pengirim"),
    message=N_('Keterangan pengirim: "{written}".'),
    variants={
        "struck": N_('{label} dicoret seluruhnya atau sebagian: "{written}".'),
        "comment": N_('Komentar di sel ini: "{written}".'),
        "line": N_('Di luar tabel tertulis: "{written}".'),
        "legend": N_('Arti warna: "{written}". Warna baris tidak dibaca, jadi orangnya tetap dihitung.'),
    },
    hint=N_("Baca dan pertimbangkan. Orang ini tetap dihitung siap."),
    hints={
        "line": N_("Baca, lalu keluarkan orang yang dimaksud bila benar."),
        "legend": N_("Buka salinannya, lihat baris yang diwarnai, lalu keluarkan orang yang dimaksud."),
    },
    why=N_("Orang yang didaftarkan harus sedang bekerja; keterangan pengirim dapat menentukan santunan kelak."),
    before=("RK261", "RK262", "RK307"),
    judges=(
        Cells(
            fields=("*",),
            bad=_bad,
            facts=_facts,
        ),
        Sheets(find_notes("other", "excluded", severity=Severity.WARNING)),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | Keterangan | Status |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |  | Hidup |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | meninggal |  |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung | - | Belum kawin |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Keterangan | Status |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | sakit, tidak bekerja 3 tahun | Hidup |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | suami meninggal |  |
| 3571010301859903 | Contoh Tiga bin Karto (alm) | 03-01-1985 | Pemulung |  |  |
| 3571010401859904 | Contoh Empat | s:04-01-1985 | Pemulung |  |  |
""",
)
