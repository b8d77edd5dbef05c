"""The lists that a run is held against, and what looks wrong about them as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rosterkit.errors import UsageError
from rosterkit.language import _, later
from rosterkit.model.finding import Remark
from rosterkit.model.report import FileReport
from rosterkit.model.roster import Awaited
from rosterkit.read.form_mark import form_mark
from rosterkit.reference.decree import read_annex
from rosterkit.reference.exceptions import Exceptions, read_exceptions
from rosterkit.reference.participants import read_participants
from rosterkit.reference.population import read_population
from rosterkit.reference.senders import read_senders
from rosterkit.rules import find_rule
from rosterkit.rules.base import Context
from rosterkit.schema.load import names
from rosterkit.schema.spec import RosterSpec
from rosterkit.settings import Settings

_LARGE = 5_000_000  # bytes: no form that was filled by hand
_STRANGERS = 0.8  # of a list: so many from elsewhere make it the list of another city
_ENOUGH = 10  # people from which a share says something


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists beside the rosters; None for those that were not given."""

    decree: pl.DataFrame | None
    participants: pl.DataFrame | None
    population: pl.DataFrame | None
    exceptions: Exceptions | None
    awaited: tuple[Awaited, ...]
    told: tuple[Remark, ...] = ()  # what there is to say of them


def choose_schema(settings: Settings) -> str:
    """The schema of a run: what was asked for, else what the forms of ours say, else the project's.

    Forms decide where all of them name the same schema that comes with rosterkit, and no project has chosen another
    for files that are no forms.
    """
    if not settings.by_mark:
        return settings.schema
    marks = [_mark(path) for path in settings.paths]
    named = set(marks) - {None}
    if len(named) > 1 and settings.schema_is_default:
        text = _(
            "Ada formulir dari beberapa program ({names}). Periksa tiap program di folder sendiri, atau pilih --schema."
        )
        raise UsageError(text.format(names=", ".join(sorted(filter(None, named)))))
    if len(named) == 1 and (None not in marks or settings.schema_is_default):
        (name,) = named
        if name in names("rosters"):
            return name
    return settings.schema


def _mark(path: Path) -> str | None:
    """The schema that a form names; a file that cannot be read is told of later."""
    try:
        suitable = path.suffix.lower() in (".xlsx", ".xlsm") and path.stat().st_size < _LARGE
        return form_mark(path.read_bytes()).get("schema") if suitable else None
    except OSError:
        return None


def read_lists(settings: Settings, spec: RosterSpec) -> Lists:
    """Read the lists that were given.

    Raises:
        UsageError: one of them cannot be used.
    """
    today = settings.today
    told: list[Remark] = []
    return Lists(
        read_annex(settings.decree, spec, today, told) if settings.decree else None,
        read_participants(settings.participants, spec, today, told) if settings.participants else None,
        read_population(settings.population, spec, today, told) if settings.population else None,
        read_exceptions(settings.exceptions, today, _code) if settings.exceptions else None,
        tuple(read_senders(settings.senders)) if settings.senders else (),
        tuple(told),
    )


def _code(written: str) -> str | None:
    rule = find_rule(written)
    return rule.code if rule else None


def remarks(files: Sequence[FileReport], frame: pl.DataFrame, context: Context) -> Iterator[Remark]:
    """What looks wrong about the lists as a whole."""
    niks = frame["nik"].drop_nulls().unique()
    yield from _swapped(niks, context)
    yield from _participants(niks, context)
    yield from _unclear_results(niks, context)
    others = [file.path.name for file in files if file.mark.get("schema", context.spec.name) != context.spec.name]
    if others:
        told = later("Formulir {files} dibuat untuk program lain, tetapi diperiksa sebagai {schema}.")
        yield Remark(told, {"files": ", ".join(others[:5]), "schema": context.spec.name})


def _swapped(niks: pl.Series, context: Context) -> Iterator[Remark]:
    """A decree that lies wholly within a larger roster is probably the roster, and the roster the decree."""
    if context.decree is None or len(context.decree) < _ENOUGH // 2 or niks.is_empty():
        return
    inside = context.decree["nik"].is_in(niks.implode()).mean()
    outside = (~niks.is_in(context.decree["nik"].implode())).mean()
    if isinstance(inside, float) and isinstance(outside, float) and inside > _STRANGERS and outside > 0.5:
        yield Remark(
            later(
                "SK hanya memuat {decree} orang dan hampir semuanya ada dalam daftar, sedangkan daftar memuat {people}"
                " orang: apakah SK dan daftar tertukar?"
            ),
            {"decree": len(context.decree), "people": len(niks)},
        )
    elif outside == 1 and len(niks) >= _ENOUGH:
        yield Remark(later("Tidak satu pun NIK dalam daftar ada di SK: apakah SK-nya benar?"))


def _participants(niks: pl.Series, context: Context) -> Iterator[Remark]:
    """Ends that cannot be read; participants who were nearly all registered elsewhere, none of them in a roster."""
    if context.participants is None:
        return
    unclear = context.participants["unclear"].sum()
    if unclear:
        told = later("{count} tanggal berakhir dalam daftar peserta tidak terbaca; orangnya tidak dinilai (RK505).")
        yield Remark(told, {"count": unclear})
    if context.spec.locality is None:
        return
    known = context.participants["nik"].unique()
    away = (~known.str.starts_with(context.spec.locality)).sum()
    if len(known) >= _ENOUGH and away > _STRANGERS * len(known) and not known.is_in(niks.implode()).any():
        yield Remark(
            later(
                "Daftar peserta tampaknya milik kota lain: {away} dari {all} NIK di dalamnya tidak berawalan {locality}"
                " dan tidak satu pun ada dalam daftar ini."
            ),
            {"away": away, "all": len(known), "locality": context.spec.locality},
        )


def _unclear_results(niks: pl.Series, context: Context) -> Iterator[Remark]:
    """Results that nobody understands, and people whom nobody has matched."""
    if context.population is None:
        return
    strange = context.population.filter(pl.col("status").is_null())["word"].drop_nulls().unique().sort()
    if len(strange):
        told = later(
            "Hasil pemadanan yang tidak dikenal dan tidak dinilai: {words}. Tulis Padan, Tidak Padan, Tidak Ditemukan,"
            " atau Meninggal."
        )
        yield Remark(told, {"words": ", ".join(f'"{word}"' for word in strange[:5])})
    unmatched = (~niks.is_in(context.population["nik"].implode())).sum()
    if unmatched:
        told = later("{count} NIK dalam daftar tidak ada dalam hasil pemadanan Dukcapil, jadi belum dipadankan.")
        yield Remark(told, {"count": unmatched})
