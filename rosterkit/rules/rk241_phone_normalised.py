"""A phone number written properly; repaired.

What
A phone number was written with +62, without the leading 0, with separators, or two stood in one cell: the
first one is used.

Why
The form takes one number that begins with 0.

Example
`+62 812-0000-0001`.

Instead
Nothing needs to be done; the repair is certain.
"""

from __future__ import annotations

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule, repaired_value, was_repaired

RULE = Rule(
    code="RK241",
    name="phone-normalised",
    severity=Severity.INFO,
    scope="row",
    title=N_("Nomor HP dirapikan"),
    message=N_("Nomor HP ditulis diawali 0, tanpa tanda, satu nomor."),
    hint=N_("Tidak perlu apa-apa."),
    why=N_("Formulir hanya menerima satu nomor yang diawali 0."),
    judges=(
        Cells(
            fields=("phone",),
            bad=was_repaired,
            fix=repaired_value,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | No HP |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 081200000001 |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | No HP |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | +62 812-0000-0001 |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung | n:81200000002 |
| 3571010101859903 | Contoh Tiga | 01-01-1985 | Pemulung | 081200000003 / 081200000004 |
""",
)
