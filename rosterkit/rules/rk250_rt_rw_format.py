"""RT or RW written properly; repaired.

What
An RT or RW was padded to three digits, taken from a cell that held both, or won back from a date that Excel
made of `3/5`.

Why
The form and the recap need one spelling.

Example
`3`, `RT 06`, or 3 May for 3/5.

Instead
Nothing needs to be done; the repair is certain.
"""

from __future__ import annotations

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule, repaired_value, was_repaired

RULE = Rule(
    code="RK250",
    name="rt-rw-format",
    severity=Severity.INFO,
    scope="row",
    title=N_("RT/RW dirapikan"),
    message=N_("{label} ditulis dengan tiga angka."),
    hint=N_("Tidak perlu apa-apa."),
    why=N_("Satu cara menulis RT/RW membuat rekap per RT benar."),
    judges=(
        Cells(
            fields=("type:rt_rw",),
            bad=was_repaired,
            fix=repaired_value,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori | RT/RW |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | 003/005 |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | RT |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | n:3 |
| 3571010101859902 | Contoh Dua | 01-01-1985 | Pemulung | RT 06 |
| 3571010101859903 | Contoh Tiga | 01-01-1985 | Pemulung | d:2025-05-03 |
""",
)
