"""Somebody who has died.

What
(Alm), Almh, Almarhum or Almarhumah in a name, or a remark that says only that (meninggal, wafat, alm). A
remark about somebody else is nothing.

Why
Money would be paid for somebody who cannot be insured any more; and if the person was insured, a family may
have a claim that nobody has made.

Example
`Contoh Satu (Alm)`.

Instead
Take the person off the list.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.deceased import DECEASED_NAME, DECEASED_REMARK
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"{field}_text").str.contains(DECEASED_NAME if field == "name" else DECEASED_REMARK)


RULE = Rule(
    code="RK261",
    name="name-deceased",
    severity=Severity.ERROR,
    scope="row",
    title=N_("Orang yang sudah meninggal"),
    message=N_("{label} di {cell} menyebut bahwa orang ini sudah meninggal."),
    hint=N_(
        "Keluarkan dari daftar; bila keliru, hapus kata itu. Bila meninggal saat masih peserta, bantu"
        " keluarganya mengurus santunan."
    ),
    why=N_("Iuran orang yang sudah meninggal tidak melindungi siapa pun."),
    judges=(
        Cells(
            fields=("name", "remark"),
            bad=_bad,
            repair="ask",
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | Keterangan |
|---|---|---|---|---|
| 3571010101859901 | Almira Contoh | 01-01-1985 | Pemulung | suami meninggal |
| 3571010201859902 | Salma Misal | 02-01-1985 | Pemulung | ahli waris alm. Rekaan |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Keterangan |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu (Alm) | 01-01-1985 | Pemulung |  |
| 3571010201859902 | Almh. Contoh Dua | 02-01-1985 | Pemulung |  |
| 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung | Sudah meninggal |
""",
)
