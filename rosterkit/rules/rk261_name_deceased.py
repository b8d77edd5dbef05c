"""Somebody who has died.

What
Words of death in a remark or a status (meninggal, mati, MD, wafat, alm), and in a name in brackets, behind a dash, at
its end, or as a title before it. The same words are read in any column that no field has (ALASAN, HASIL VERVAL), beside
the table, in NO, in comments, and where a cell of another field, such as the address, begins with them; under TANGGAL
MENINGGAL a date, under HIDUP/MATI an M says it. Or the person stands below a heading or title, or in a sheet, that says
so (MENINGGAL DUNIA). A remark about somebody else is nothing, and neither are words behind bin, binti, istri or suami.
The words stand in `schemas/remarks.yaml`; a programme adds its own (`remarks`).

Why
Money would be paid for somebody who cannot be insured any more; and if the person was insured, a family may
have a claim that nobody has made.

Example
`Contoh Satu (Alm)`; MATI in the column STATUS.

Instead
Take the person off the list.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.normalise.remarks import said
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said
from rosterkit.rules.side_notes import HER_FIELDS, find_notes


def _bad(field: str, context: Context) -> pl.Expr:
    says = pl.col(f"{field}_says") == "deceased"
    return says.fill_null(False) | _is_aside() if field == "name" else says


def _is_aside() -> pl.Expr:
    """Whether a heading, a title or the name of the sheet says it."""
    return (pl.col("_aside_says") == "deceased").fill_null(False)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    if field != "name":
        return {"written": said(field), "variant": pl.lit(None, pl.String)}
    aside = pl.when(_is_aside())
    return {
        "written": aside.then("_aside_text").otherwise(said(field)),
        "variant": aside.then("_aside_source"),
    }


RULE = Rule(
    code="RK261",
    name="name-deceased",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Meninggal dunia"),
    message=N_('{label} berisi "{written}": dicatat sudah meninggal.'),
    variants={
        "heading": N_('Ada di bawah judul "{written}": dicatat sudah meninggal.'),
        "sheet": N_('Ada di lembar "{written}": dicatat sudah meninggal.'),
        "column": N_('Kolom "{heading}" berisi "{written}": dicatat sudah meninggal.'),
        "beside": N_('Di samping tabel tertulis "{written}": dicatat sudah meninggal.'),
        "number": N_('Kolom nomor berisi "{written}": dicatat sudah meninggal.'),
        "comment": N_('Komentar sel berisi "{written}": dicatat sudah meninggal.'),
        "line": N_('Di bawah tabel tertulis "{written}": dicatat sudah meninggal.'),
    },
    hint=N_("Keluarkan dari daftar. Bila masih peserta saat meninggal, bantu ahli warisnya mengurus santunan."),
    sender=Said(
        N_("Tertulis sudah meninggal dunia."),
        N_("Bila benar, mohon hapus barisnya. Bila keliru, mohon hapus tulisan itu."),
        variants={
            "heading": N_('Ada di bawah judul "{written}", jadi kami anggap sudah meninggal dunia.'),
            "sheet": N_('Ada di lembar "{written}", jadi kami anggap sudah meninggal dunia.'),
        },
        hints={
            "heading": N_("Bila benar, mohon hapus barisnya. Bila keliru, mohon pindahkan ke daftar yang diusulkan."),
            "sheet": N_("Bila benar, mohon hapus barisnya. Bila keliru, mohon pindahkan ke daftar yang diusulkan."),
        },
    ),
    why=N_("Iuran orang yang sudah meninggal tidak melindungi siapa pun."),
    judges=(
        Cells(
            fields=("name", "remark", "status", *HER_FIELDS),
            bad=_bad,
            facts=_facts,
            repair="ask",
        ),
        Sheets(find_notes("deceased")),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | Keterangan | Status |
|---|---|---|---|---|---|
| 3571010101859901 | Almira Contoh | 01-01-1985 | Pemulung | suami meninggal | Hidup |
| 3571010201859902 | Salma Misal | 02-01-1985 | Pemulung | ahli waris alm. Rekaan | Cerai mati |
| 3571010301859903 | Misalan bin Alm. Karto | 03-01-1985 | Pemulung |  |  |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Keterangan | Status |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu (Alm) | 01-01-1985 | Pemulung |  |  |
| 3571010201859902 | Almh. Contoh Dua | 02-01-1985 | Pemulung |  |  |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung | Sudah meninggal |  |
| 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung |  | MATI |
""",
)
