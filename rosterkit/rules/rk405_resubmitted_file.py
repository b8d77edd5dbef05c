"""A file that was sent before, as it is or in another version.

What
Most NIKs of a file stand in another file of the run, and nothing says which of them is the newer version (RK408 tells
what is decided). Or an earlier run has checked the same content under another name, or under the same name before a
newer version came. Lists of fewer than three people are no versions of each other; those of different levels of
verification are one list on its way.

Why
An old version brings back people who were taken out, and everybody in it stands in the run twice.

Example
`RT 03.xlsx` and `RT 03 final (1).xlsx`.

Instead
Only the newest version in the folder.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePath

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.frame.same_lists import PEOPLE
from rosterkit.language import N_
from rosterkit.model.finding import Severity
from rosterkit.model.report import Seen
from rosterkit.rules.base import FileFact, Files, Rule
from rosterkit.rules.context import Context


def _files(frame: pl.DataFrame, context: Context) -> Iterator[FileFact]:
    copies = set(frame.filter(pl.col("copy_of").is_not_null() | pl.col("replaced_by").is_not_null())["_file"])
    yield from _before(frame, context, copies)
    for file, size, shares in frame.select("_file", "niks", "shares").iter_rows():
        for share in shares or ():
            if copies.isdisjoint((file, share["other"])):
                yield FileFact(file, share["other"], {"shared": share["shared"], "size": size})


def _before(frame: pl.DataFrame, context: Context, copies: Collection[int]) -> Iterator[FileFact]:
    """Files that an earlier run has seen: under another name, or under this one before a newer version came."""
    if not context.history:
        return
    here = set(context.names)
    by_name: dict[str, list[Seen]] = {}
    elsewhere: dict[str, list[Seen]] = {}
    for seen in context.history:
        by_name.setdefault(seen.name, []).append(seen)
        if seen.name not in here:
            elsewhere.setdefault(seen.digest, []).append(seen)
    sizes = dict(frame.select("_file", "size").iter_rows())
    for file, digest in context.digests.items():
        if file in copies or sizes.get(file, 0) < PEOPLE:
            continue
        own = by_name.get(context.names[file], [])
        called = PurePath(context.names[file]).name  # a file that was only moved is not sent again
        other = [seen for seen in elsewhere.get(digest, []) if PurePath(seen.name).name != called]
        first = next((at for at, seen in enumerate(own) if seen.digest == digest), len(own))
        newer = [seen for seen in own[first:] if seen.digest != digest]
        if newer:
            days = {"when": own[first].when.strftime(DATE_FORMAT), "newer": newer[-1].when.strftime(DATE_FORMAT)}
            yield FileFact(file, None, {"variant": "older", **days})
        elif other:
            when = other[-1].when.strftime(DATE_FORMAT)
            yield FileFact(file, None, {"variant": "before", "others": other[-1].name, "when": when})


RULE = Rule(
    code="RK405",
    name="resubmitted-file",
    severity=Severity.WARNING,
    scope="files",
    title=N_("Berkas dikirim lagi"),
    message=N_("{shared} dari {size} NIK juga ada di {others}: mungkin salah satunya versi lama."),
    variants={
        "before": N_("Isinya sama dengan {others} yang diperiksa {when}."),
        "older": N_("Ini versi lama: sama dengan yang diperiksa {when}; versi baru diperiksa {newer}."),
    },
    hint=N_("Simpan versi terbaru saja di folder masuk, pindahkan yang lain, lalu periksa lagi."),
    hints={
        "before": N_("Bila hanya namanya yang lain, tidak perlu apa-apa. Bila seharusnya daftar baru, minta lagi."),
        "older": N_("Pastikan versi ini yang dipakai; bila bukan, ganti dengan versi barunya, lalu periksa lagi."),
    },
    why=N_("Versi lama membawa kembali orang yang sudah dicoret, dan semua orangnya tercatat dua kali."),
    judges=(Files(_files),),
    good="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| RT 01.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01.xlsx | 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| RT 02.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 02.xlsx | 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung |
| RT 02.xlsx | 3571010501859905 | Contoh Lima | 05-01-1985 | Pemulung |
""",
    wrong="""
| Berkas | NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|---|
| RT 01.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| RT 01.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| RT 01.xlsx | 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| Usulan.xlsx | 3571010301859903 | Contoh Tiga | 03-01-1985 | Pemulung |
| Usulan.xlsx | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
| Usulan.xlsx | 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |
| Usulan.xlsx | 3571010401859904 | Contoh Empat | 04-01-1985 | Pemulung |
""",
)
