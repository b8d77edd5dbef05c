"""A file that is replaced by a newer version of its list, or that is a copy of another file.

What
The people of a file stand in another file of the run: with the same values (a copy), or in a newer version of the same
list. A version is newer where it is a marked copy of the older file that came back, or where the words of its name say
so ("revisi", "final", "rev 2"; "lama" for the older one), and where the sender and most people agree. A list whose name
says "tambahan" or "susulan" replaces nothing. The people of the older file count in the newer one; who stands in the
older one alone is held back (RK409).

Why
Nobody is to be listed twice because a list was sent twice.

Example
`RT 03.xlsx` and `RT 03 revisi (1).xlsx`.

Instead
Nothing has to be done: the newest version is used.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.rules.base import FileFact, Files, Rule
from rosterkit.rules.context import Context


def _files(frame: pl.DataFrame, context: Context) -> Iterator[FileFact]:
    files = frame.select("_file", "replaced_by", "copy_of")
    for file, newer, same in files.iter_rows():
        if newer is not None:
            yield FileFact(file, newer, {"variant": None})
        elif same is not None:
            yield FileFact(file, same, {"variant": "same"})


RULE = Rule(
    code="RK408",
    name="superseded-file",
    severity=Severity.INFO,
    scope="files",
    title=N_("Diganti versi baru"),
    message=N_("Tidak dipakai: {others} lebih baru."),
    variants={
        "same": N_("Tidak dipakai: isinya sama dengan {others}."),
    },
    hint=N_("Tidak perlu apa-apa."),
    why=N_("Daftar yang dikirim dua kali membuat semua orangnya tercatat dua kali."),
    judges=(Files(_files),),
    good="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| RT 01.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01.xlsx | 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| RT 02.xlsx | 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung |
| RT 02.xlsx | 3571010501859905 | Contoh Lima | 05-01-1985 | Pemulung |
| RT 02.xlsx | 3571010601859906 | Contoh Enam | 06-01-1985 | Pemulung |
""",
    wrong="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| RT 01.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01.xlsx | 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01 revisi.xlsx | 3571010301859904 | Contoh Tiga | 03-01-1985 | Pemulung |
""",
)
