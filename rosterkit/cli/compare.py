"""``rosterkit compare``: what changed between two versions of a roster."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterkit import language
from rosterkit.cli.output import (
    Format,
    FormatOption,
    LanguageOption,
    SchemaOption,
    UnmaskOption,
    console,
    ending,
    new_workbook,
)
from rosterkit.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl
    from rich.console import Console

    from rosterkit.compare.rosters import RosterChanges
    from rosterkit.report.words import Words

_SHOWN = 20  # people or cells of a kind in the terminal
_SIDES = ("old", "new")


def compare(
    old: Annotated[Path, typer.Argument(metavar="LAMA", help="Versi lama, misalnya daftar dari RT.")],
    new: Annotated[Path, typer.Argument(metavar="BARU", help="Versi baru, misalnya hasil verifikasi kelurahan.")],
    schema: SchemaOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="BERKAS.xlsx", help="Buku kerja (.xlsx) dengan tiga lembar, NIK utuh.")
    ] = None,
    output: FormatOption = Format.TEXT,
    lang: LanguageOption = None,
    unmask: UnmaskOption = False,
) -> None:
    """Bandingkan dua versi satu daftar: siapa masuk, siapa keluar, dan sel mana yang diperbaiki."""
    language.use(lang)
    with ending():
        new_workbook(out)
        from rosterkit.compare.rosters import compare_rosters
        from rosterkit.report.words import Words
        from rosterkit.run.project import project_schema
        from rosterkit.write.books.versions import write_versions
        from rosterkit.write.copies.unmark import remove_marks

        spec, _project = project_schema(new, schema, lang)
        words = Words(spec.labels(), unmask)
        versions = compare_rosters(old, new, spec, dt.date.today(), remove_marks)
        if output is Format.JSON:
            _print_json(old, new, spec.name, versions, words)
        else:
            _print_text(versions, words)
        if out:
            write_versions(out, versions, spec.labels())
        if out and output is Format.TEXT:
            typer.echo(_("Buku kerja: {path}").format(path=out))


def _print_json(old: Path, new: Path, schema: str, versions: RosterChanges, words: Words) -> None:
    import json

    from rosterkit import __version__

    document: dict[str, Any] = {"tool": "rosterkit", "version": __version__, "kind": "compare", "schema": schema}
    document |= {
        "old": {"path": old.as_posix(), "people": versions.old},
        "new": {"path": new.as_posix(), "people": versions.new},
    }
    document["same"] = versions.same
    for kind in ("added", "removed"):
        document[kind] = [_person(row, words) for row in getattr(versions, kind).iter_rows(named=True)]
    document["corrected"] = [_correction(row, words) for row in versions.corrected.iter_rows(named=True)]
    document |= {"columns_added": versions.columns_added, "columns_removed": versions.columns_removed}
    typer.echo(json.dumps(document, indent=1))


def _person(row: dict[str, Any], words: Words) -> dict[str, Any]:
    shown = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in row.items()}
    return {key: words.personal(key, value) for key, value in shown.items()}


def _correction(row: dict[str, Any], words: Words) -> dict[str, Any]:
    field = row["field"]
    return {key: words.personal(field if key in ("old", "new") else key, value) for key, value in row.items()}


def _print_text(versions: RosterChanges, words: Words) -> None:
    from rich.text import Text

    screen = console()
    text = _(
        "Versi lama {old} orang, versi baru {new} orang: {same} sama, {added} masuk, {removed} keluar,"
        " {changed} diperbaiki ({cells} sel)."
    )
    counts = {"old": versions.old, "new": versions.new, "same": versions.same, "changed": versions.changed}
    counts |= {"added": len(versions.added), "removed": len(versions.removed), "cells": len(versions.corrected)}
    screen.print(Text(text.format(**counts), style="bold"))
    for text, fields in (
        (_("Kolom yang hanya ada di versi baru: {labels}."), versions.columns_added),
        (_("Kolom yang hanya ada di versi lama: {labels}."), versions.columns_removed),
    ):
        if fields:
            screen.print(Text(text.format(labels=", ".join(words.label(field) for field in fields))))
    _print_kind(screen, _("Masuk"), versions.added, lambda row: _line(row, words))
    _print_kind(screen, _("Keluar"), versions.removed, lambda row: _line(row, words))
    _print_kind(screen, _("Sel diperbaiki"), versions.corrected, lambda row: _change(row, words))


def _print_kind(screen: Console, title: str, rows: pl.DataFrame, to_text: Callable[[dict[str, Any]], str]) -> None:
    """A title with the number of rows, and what is correction of the first of them."""
    from rich.text import Text

    if rows.is_empty():
        return
    screen.print()
    screen.print(Text(f"{title} ({len(rows)})", style="bold"))
    for row in rows.head(_SHOWN).iter_rows(named=True):
        screen.print(Text("  " + " ".join(to_text(row).split())))
    if len(rows) > _SHOWN:
        screen.print(Text("  " + _("dan {count} lagi (semua ada di --out).").format(count=len(rows) - _SHOWN)))


def _line(row: dict[str, Any], words: Words) -> str:
    person = _person(row, words)
    own = " ".join(person[key] for key in ("nik", "name", "category") if person[key])
    return f"{own} ({_place(person['sheet'], person['cell'])})"


def _change(row: dict[str, Any], words: Words) -> str:
    """Who, which field, what it was and where, what it is and where."""
    correction = _correction(row, words)
    who = " ".join(correction[key] for key in ("nik", "name") if correction[key])
    sides = [
        f"{correction[side] or _('(kosong)')} ({_place(correction[f'{side}_sheet'], correction[f'{side}_cell'])})"
        for side in _SIDES
    ]
    hidden = (
        " " + _("(bedanya di bagian yang ditutupi; lihat dengan --unmask)")
        if correction["old"] == correction["new"]
        else ""
    )
    return f"{who}: {words.label(row['field'])}: {' -> '.join(sides)}{hidden}"


def _place(sheet: str | None, cell: str | None) -> str:
    return "!".join(filter(None, (sheet, cell)))
