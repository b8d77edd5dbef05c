"""Somebody whom the sender does not propose any more.

What
A remark, a status, or a word in a name (in brackets, behind a dash, at its end) says that the person moved away, was
taken off, gave up, does not qualify, stands in the list twice, or is insured by BPJS Ketenagakerjaan already; or her
NIK or her name is struck through. The same words are read where RK261 reads them, and short answers under headers that
ask for them: TIDAK under SETUJU, SUDAH under KEPESERTAAN BPJS TK. Or the person stands below a heading or title, or in
a sheet, that says so (PESERTA KELUAR), that is an earlier list (2024 (lama)) or that of others (AHLI WARIS). A remark
about somebody else or about a move into the place is nothing; BPJS alone, BPJS Kesehatan, KIS and JKN are health
insurance. Who is withdrawn is no duplicate of anybody. The words stand in `schemas/remarks.yaml`; a programme adds its
own (`remarks`).

Why
The sender has taken the person off the list in a way that only people see.

Example
PINDAH in the column STATUS; `Contoh Satu - BATAL`; a row that is struck through.

Instead
Take the row out; or, where the person is proposed, the word or the line through her.
"""

from __future__ import annotations

import functools
import operator

import polars as pl

from rosterkit.frame.normalise.remarks import said
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule, Sheets
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said
from rosterkit.rules.side_notes import HER_FIELDS, find_notes

_MEANINGS = ("withdrawn", "insured")
_ASIDE = ("withdrawn", "older", "others")  # what a heading, a title or the name of a sheet may say


def _is_struck(field: str) -> pl.Expr:
    """Whether the row is struck out, for the field where that is told: its name, or its NIK where the name is not."""
    struck = [pl.col("_struck").list.contains(one).fill_null(False) for one in ("name", "nik")]
    return struck[0] if field == "name" else struck[1] & ~struck[0]


def _bad(field: str, context: Context) -> pl.Expr:
    if field == "nik":
        return _is_struck(field)
    says = pl.col(f"{field}_says").is_in(_MEANINGS).fill_null(False)
    return says | _is_struck(field) | _is_aside() if field == "name" else says


def _is_aside() -> pl.Expr:
    return pl.col("_aside_says").is_in(_ASIDE).fill_null(False)


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    struck = _is_struck(field) if field in ("name", "nik") else pl.lit(False)
    says = pl.lit(None, pl.String) if field == "nik" else pl.col(f"{field}_says")
    insured = pl.when(says == "insured").then(pl.lit("insured"))
    variant = pl.when(struck).then(pl.lit("struck")).otherwise(insured)
    if field != "name":
        return {"written": said(field), "variant": variant}
    is_sheet = pl.col("_aside_source") == "sheet"
    source = pl.when(is_sheet & (pl.col("_aside_says") != "withdrawn")).then("_aside_says").otherwise("_aside_source")
    aside = pl.when(_is_aside())
    return {
        "written": aside.then("_aside_text").otherwise(said(field)),
        "variant": aside.then(source).otherwise(variant),
    }


RULE = Rule(
    code="RK262",
    name="withdrawn",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Tidak diusulkan lagi"),
    message=N_('{label} berisi "{written}": dianggap tidak diusulkan lagi.'),
    variants={
        "struck": N_("Barisnya dicoret: dianggap tidak diusulkan."),
        "insured": N_('{label} berisi "{written}": sudah punya jaminan sendiri.'),
        "heading": N_('Ada di bawah judul "{written}": dianggap tidak diusulkan.'),
        "sheet": N_('Ada di lembar "{written}": dianggap tidak diusulkan.'),
        "older": N_('Ada di lembar "{written}": dianggap daftar lama, jadi tidak diusulkan.'),
        "others": N_('Ada di lembar "{written}": bukan daftar peserta, jadi tidak diusulkan.'),
        "column": N_('Kolom "{heading}" berisi "{written}": dianggap tidak diusulkan lagi.'),
        "beside": N_('Di samping tabel tertulis "{written}": dianggap tidak diusulkan lagi.'),
        "number": N_('Kolom nomor berisi "{written}": dianggap tidak diusulkan lagi.'),
        "comment": N_('Komentar sel berisi "{written}": dianggap tidak diusulkan lagi.'),
        "line": N_('Di bawah tabel tertulis "{written}": dianggap tidak diusulkan lagi.'),
        "insured-column": N_('Kolom "{heading}" berisi "{written}": sudah punya jaminan sendiri.'),
    },
    hint=N_("Keluarkan dari daftar. Bila tetap diusulkan, catat di pengecualian.xlsx."),
    sender=Said(
        N_('Tertulis "{written}", jadi kami anggap tidak diusulkan lagi.'),
        N_("Bila benar, mohon hapus barisnya. Bila tetap diusulkan, mohon hapus tulisan atau coretannya."),
        variants={
            "struck": N_("Barisnya dicoret, jadi kami anggap tidak diusulkan."),
            "insured": N_('Tertulis "{written}", jadi kami anggap sudah punya jaminan sendiri.'),
            "heading": N_('Ada di bawah judul "{written}", jadi kami anggap tidak diusulkan.'),
            "sheet": N_('Ada di lembar "{written}", jadi kami anggap tidak diusulkan.'),
            "older": N_('Ada di lembar "{written}", jadi kami anggap dari daftar lama.'),
            "others": N_('Ada di lembar "{written}", jadi kami anggap bukan peserta.'),
            "insured-column": N_('Kolom "{heading}" berisi "{written}", jadi kami anggap sudah punya jaminan sendiri.'),
        },
        hints=dict.fromkeys(
            ("heading", "sheet", "older", "others"),
            N_("Bila benar, mohon hapus barisnya. Bila tetap diusulkan, mohon pindahkan ke daftar yang diusulkan."),
        ),
    ),
    why=N_("Orang yang sudah dikeluarkan pengirim tidak boleh ikut dibayari."),
    judges=(
        Cells(
            fields=("nik", "name", "remark", "status", *HER_FIELDS),
            bad=_bad,
            facts=_facts,
            repair="ask",
        ),
        Sheets(find_notes(*_MEANINGS)),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | Keterangan | Status |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Ganda | 01-01-1985 | Pemulung | pindahan dari Blitar | Hidup |
| 3571010201859902 | Md. Misal | 02-01-1985 | Pemulung | suami pindah kerja |  |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung | sudah punya BPJS Kesehatan |  |
| 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung | s:coretan lain |  |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Keterangan | Status |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu - PINDAH | 01-01-1985 | Pemulung |  |  |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | mengundurkan diri |  |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |  | Tidak Valid |
| 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung | Sudah punya BPJSTK |  |
| s:3571010501859905 | s:Contoh Lima | 05-01-1985 | Pemulung |  |  |
""",
)


def is_proposed(context: Context) -> pl.Expr:
    """Whether a row counts beside others: False for one that this rule holds back."""
    if context.severity(RULE) is not Severity.ERROR:
        return pl.lit(True)
    fields = ("nik", "name", "remark", "status", *HER_FIELDS)
    withdrawn = [_bad(field, context) for field in fields if not context.ignores(RULE, field)]
    noted = pl.lit(False) if context.ignores(RULE, None) else pl.col("_noted").fill_null(False)
    return ~functools.reduce(operator.or_, withdrawn, noted)
