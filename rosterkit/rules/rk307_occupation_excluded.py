"""An occupation that is none of a vulnerable worker.

What
PNS, ASN, TNI, Polri, an employee of a company, a pupil or a pensioner: as occupation, in a remark or a status, or in a
name in brackets, behind a dash or at its end. The categories that a programme lists itself are not questioned. The
words stand in `schemas/remarks.yaml`; a programme adds its own (`remarks`).

Why
They are insured by whoever pays their wages, or do not work; public money for vulnerable workers is not for them.

Example
PELAJAR/MAHASISWA in the column PEKERJAAN.

Instead
Ask whether the person works for herself; otherwise take her off the list.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.normalise.remarks import written
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.said import Said


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_says") == "excluded"


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    return {"written": written(field)}


RULE = Rule(
    code="RK307",
    name="occupation-excluded",
    severity=Severity.WARNING,
    scope="row",
    title=N_("Pekerjaan perlu dipastikan"),
    message=N_('Pekerjaan "{written}" biasanya tidak termasuk pekerja rentan.'),
    hint=N_("Pastikan: ASN, TNI, Polri, karyawan, pelajar, dan pensiunan biasanya tidak ikut program ini."),
    sender=Said(
        N_('Pekerjaan tertulis "{written}".'),
        N_("Mohon pastikan: apakah orang ini bekerja sendiri dan belum dijamin tempat kerjanya?"),
    ),
    why=N_("Yang digaji perusahaan atau negara dijamin oleh pemberi kerjanya, bukan oleh program ini."),
    judges=(
        Cells(
            fields=("name", "category", "occupation", "remark", "status"),
            bad=_bad,
            facts=_facts,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | Pekerjaan | Keterangan |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | Buruh harian lepas | suami PNS |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | Pegawai non ASN | bukan PNS |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Pekerjaan | Keterangan |
|---|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | PELAJAR/MAHASISWA |  |
| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung | Karyawan swasta |  |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |  | anggota TNI |
| 3571010401859904 | Contoh Empat (PNS) | 04-01-1985 | Pemulung |  |  |
""",
)
