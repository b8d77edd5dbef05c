"""What looks wrong about the lists of a run as a whole, and who is still on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from rosterkit.language import N_
from rosterkit.model.finding import Remark
from rosterkit.model.report import ReadFile
from rosterkit.read.own_marks import OWN_COLUMNS
from rosterkit.rules.context import Context
from rosterkit.schema.spec import RosterSpec

_STRANGERS = 0.8  # of a list: so many from elsewhere make it the list of another city
_NAMED = 5  # words named in a remark
_ENOUGH = 10  # people from which a share says something


def remarks(files: Sequence[ReadFile], frame: pl.DataFrame, context: Context) -> Iterator[Remark]:
    """What looks wrong about the lists as a whole."""
    niks = frame["nik"].drop_nulls().unique()
    yield from _swapped(niks, context)
    yield from _participants(niks, context)
    yield from _unclear_results(niks, context)
    yield from _unread(files)
    yield from _without_origin(files)
    others = [file.path.name for file in files if file.form.get("schema", context.spec.name) != context.spec.name]
    if others:
        text = N_("Formulir {files} dibuat untuk program lain, tetapi diperiksa sebagai {schema}.")
        yield Remark(text, {"files": ", ".join(others[:5]), "schema": context.spec.name})


def _unread(files: Sequence[ReadFile]) -> Iterator[Remark]:
    """Files that do not say which rows are hidden and which cells are errors."""
    unread = [file.path.name for file in files if any(table.sheet.extras.unread for table in file.tables)]
    if unread:
        text = N_(
            "Pada {files} tidak bisa diperiksa: baris dan kolom tersembunyi, error Excel, dan coretan. Bila perlu,"
            " simpan sebagai Excel Workbook (.xlsx), lalu periksa lagi."
        )
        more = f" (+{len(unread) - 5})" if len(unread) > 5 else ""
        yield Remark(text, {"files": ", ".join(unread[:5]) + more})


def _without_origin(files: Sequence[ReadFile]) -> Iterator[Remark]:
    """Copies with our columns that no longer tell which list they replace; that list may be in the run too."""
    lost = [
        file.path.name
        for file in files
        if not file.made_from[1]
        and any(label in OWN_COLUMNS for table in file.tables for label in table.labels.values())
    ]
    if lost and len(files) > 1:
        text = N_(
            "Salinan bertanda yang tidak lagi menyebut daftar asalnya: {files}. Bila daftar asalnya masih di folder"
            " masuk, pindahkan yang lama, lalu periksa lagi."
        )
        more = f" (+{len(lost) - 5})" if len(lost) > 5 else ""
        yield Remark(text, {"files": ", ".join(lost[:5]) + more})


def _swapped(niks: pl.Series, context: Context) -> Iterator[Remark]:
    """A decree that lies wholly within a larger roster is probably the roster, and the roster the decree."""
    decree = pl.Series(dtype=pl.String) if context.decree is None else context.decree["nik"].drop_nulls()
    if len(decree) < _ENOUGH // 2 or niks.is_empty():
        return
    inside = decree.is_in(niks.implode()).mean()
    outside = (~niks.is_in(decree.implode())).mean()
    if isinstance(inside, float) and isinstance(outside, float) and inside > _STRANGERS and outside > 0.5:
        yield Remark(
            N_(
                "SK hanya memuat {decree} orang dan hampir semuanya ada dalam daftar, sedangkan daftar memuat {people}"
                " orang: apakah SK dan daftar tertukar?"
            ),
            {"decree": len(decree), "people": len(niks)},
        )
    elif outside == 1 and len(niks) >= _ENOUGH:
        yield Remark(N_("Tidak satu pun NIK dalam daftar ada di SK: apakah SK-nya benar?"))


def _participants(niks: pl.Series, context: Context) -> Iterator[Remark]:
    """Ends that cannot be read; participants who were nearly all registered elsewhere, none of them in a roster."""
    if context.participants is None:
        return
    yield from _unclear_members(context.participants)
    if context.spec.locality is None:
        return
    known = context.participants["nik"].drop_nulls().unique()
    away = (~known.str.starts_with(context.spec.locality)).sum()
    if len(known) >= _ENOUGH and away > _STRANGERS * len(known) and not known.is_in(niks.implode()).any():
        yield Remark(
            N_(
                "Daftar peserta tampaknya milik kota lain: {away} dari {all} NIK di dalamnya tidak berawalan {locality}"
                " dan tidak satu pun ada dalam daftar ini."
            ),
            {"away": away, "all": len(known), "locality": context.spec.locality},
        )


def _unclear_members(participants: pl.DataFrame) -> Iterator[Remark]:
    """Statuses that nobody understands, and ends that cannot be read."""
    unclear = participants.filter("unclear")
    strange = unclear.filter(pl.col("status").is_null())["word"].drop_nulls()
    if len(strange):
        text = N_(
            "Daftar peserta memuat status yang tidak dikenal: {words}. Orangnya ditunda dulu (RK505). Beri artinya di"
            " rosterkit.toml, di bawah [words.membership], misalnya {example}, lalu periksa lagi. Pilihannya: active"
            " (masih peserta), inactive (tidak lagi)."
        )
        yield Remark(text, _words(strange, "inactive"))
    silent = unclear.filter(pl.col("word").is_null() & pl.col("status").is_null())
    if len(silent):
        text = N_(
            "{count} orang dalam daftar peserta tanpa status atau tanggal berakhir yang terbaca; ditunda dulu (RK505)."
        )
        yield Remark(text, {"count": len(silent)})


def _unclear_results(niks: pl.Series, context: Context) -> Iterator[Remark]:
    """Results that nobody understands, and people whom nobody has matched."""
    if context.population is None:
        return
    strange = context.population.filter(pl.col("status").is_null())["word"].drop_nulls()
    if len(strange):
        text = N_(
            "Hasil pemadanan memuat kata yang tidak dikenal: {words}. Orangnya ditunda dulu (RK509). Beri artinya di"
            " rosterkit.toml, di bawah [words.population], misalnya {example}, lalu periksa lagi. Pilihannya: matching"
            " (padan), mismatching (tidak padan), missing (tidak ditemukan), deceased (meninggal)."
        )
        yield Remark(text, _words(strange, "mismatching"))
    unmatched = (~niks.is_in(context.population["nik"].drop_nulls().implode())).sum()
    if unmatched:
        text = N_("{count} NIK dalam daftar tidak ada dalam hasil pemadanan Dukcapil, jadi belum dipadankan.")
        yield Remark(text, {"count": unmatched})


def _words(written: pl.Series, meaning: str) -> dict[str, object]:
    """The words of answers, each with the number of its people, and how one is added to those that are known."""
    counts = written.value_counts(sort=True, name="count").rows()
    words = ", ".join(f'"{word}" ({count})' for word, count in counts[:_NAMED])
    more = f" (+{len(counts) - _NAMED})" if len(counts) > _NAMED else ""
    return {"words": words + more, "example": f'"{counts[0][0]}" = "{meaning}"'}


def people_on_their_way(clean: pl.DataFrame, spec: RosterSpec) -> Iterator[Remark]:
    """What there is to say of people whom the last level of verification does not have."""
    waiting = clean.filter(~pl.col("last") & ~pl.col("passed_on"))
    if len(waiting):
        text = N_("{count} orang siap belum sampai tahap {level}, jadi belum diunggah.")
        yield Remark(text, {"count": len(waiting), "level": spec.chain[-1]})
