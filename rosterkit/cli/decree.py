"""``rosterkit decree``: what is to be known of the annexes of a decree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterkit import language
from rosterkit.cli.mutation import mutation
from rosterkit.cli.output import (
    Format,
    FormatOption,
    LanguageOption,
    ReportFormat,
    SchemaOption,
    UnmaskOption,
    VerboseOption,
    console,
    ending,
    language_of_group,
    new_workbook,
)
from rosterkit.cli.usage import Command, Group
from rosterkit.language import _

if TYPE_CHECKING:
    import polars as pl

    from rosterkit.model.finding import Remark
    from rosterkit.report.words import Words

decree = typer.Typer(cls=Group, no_args_is_help=True, help="Lampiran SK: periksa, bandingkan, dan buat lembar mutasi.")
# A decree names people; birth dates and categories are in the rosters.
_OPTIONAL = {"birth_date": {"required": False}, "category": {"label": "Kategori", "required": False}}
_SHOWN = 20  # people of a kind in the terminal


@decree.callback()
def _decree(lang: LanguageOption = None) -> None:
    """Lampiran SK: periksa, bandingkan, dan buat lembar mutasi."""
    language_of_group(lang)


decree.command(cls=Command)(mutation)


@decree.command(cls=Command)
def check(
    annex: Annotated[Path, typer.Argument(metavar="SK", help="Lampiran SK.")],
    schema: SchemaOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder hasil (biasanya hasil/ di samping berkas).")
    ] = None,
    output: FormatOption = Format.TEXT,
    lang: LanguageOption = None,
    verbose: VerboseOption = False,
    unmask: UnmaskOption = False,
) -> None:
    """Periksa lampiran SK sendiri: NIK, nama ganda, dan jumlah orang menurut judulnya."""
    language.use(lang)
    with ending():
        from rosterkit.cli.check import exit_code, print_report
        from rosterkit.pipeline import run
        from rosterkit.report.words import Words
        from rosterkit.run.project import project_settings
        from rosterkit.schema.layers import Layer

        settings = project_settings([str(annex)], schema, out, lang)
        over = {**(settings.override.data if settings.override else {}), "columns": _OPTIONAL, "address": []}
        layer = Layer(settings.override.path if settings.override else Path("decree"), over)
        settings = replace(settings, override=layer, upload="", uses_form_schema=False, unmask=unmask)
        settings = replace(settings, decree=None, participants=None, population=None, is_decree=True)
        report = run(settings)
        print_report(report, Words(report.labels, unmask), ReportFormat(output), verbose)
    raise typer.Exit(exit_code(report, settings))


@decree.command(cls=Command)
def diff(
    old: Annotated[Path, typer.Argument(metavar="LAMA", help="Lampiran SK yang lama.")],
    new: Annotated[Path, typer.Argument(metavar="BARU", help="Lampiran SK yang baru.")],
    schema: SchemaOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="BERKAS.xlsx", help="Buku kerja (.xlsx) dengan empat lembar.")
    ] = None,
    output: FormatOption = Format.TEXT,
    lang: LanguageOption = None,
    unmask: UnmaskOption = False,
) -> None:
    """Bandingkan dua lampiran SK: siapa tetap, masuk, keluar, dan berubah."""
    language.use(lang)
    with ending():
        from rosterkit.compare.annexes import compare_annexes
        from rosterkit.reference.decree import read_annex
        from rosterkit.report.words import Words, remark_text
        from rosterkit.run.project import project_schema
        from rosterkit.write.books.changes import write_changes

        spec, _project = project_schema(new, schema, lang)
        new_workbook(out)
        remarks: list[Remark] = []
        annexes = [read_annex(path, spec, dt.date.today(), remarks) for path in (old, new)]
        changes = compare_annexes(*annexes)
        kinds = {"kept": changes.kept, "added": changes.added, "removed": changes.removed, "changed": changes.changed}
        sizes = {"old": len(annexes[0]), "new": len(annexes[1])}
        words = Words(spec.labels(), unmask)
        if output is Format.JSON:
            _print_json(old, new, spec.name, sizes, kinds, words, remarks)
        else:
            for remark in remarks:
                console().print(remark_text(remark), style="yellow", markup=False)
            _print_text(sizes, kinds, words)
        if out:
            write_changes(out, changes)
            if output is Format.TEXT:
                typer.echo(_("Buku kerja: {path}").format(path=out))


def _print_json(
    old: Path,
    new: Path,
    schema: str,
    sizes: dict[str, int],
    kinds: dict[str, pl.DataFrame],
    words: Words,
    remarks: list[Remark],
) -> None:
    import json

    from rosterkit import __version__
    from rosterkit.report.words import remark_text

    head: dict[str, Any] = {"tool": "rosterkit", "version": __version__, "kind": "decree-diff", "schema": schema}
    head |= {
        "old": {"path": old.as_posix(), "people": sizes["old"]},
        "new": {"path": new.as_posix(), "people": sizes["new"]},
    }
    head["remarks"] = list(map(remark_text, remarks))
    head["kept"] = len(kinds["kept"])
    for kind in ("added", "removed", "changed"):
        head[kind] = [_person(row, words) for row in kinds[kind].iter_rows(named=True)]
    typer.echo(json.dumps(head, indent=1))


def _person(row: dict[str, Any], words: Words) -> dict[str, Any]:
    shown = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in row.items()}
    return {key: words.personal("nik", value) if key.startswith("nik") else value for key, value in shown.items()}


def _print_text(sizes: dict[str, int], kinds: dict[str, pl.DataFrame], words: Words) -> None:
    from rich.text import Text

    screen = console()
    counts = {kind: len(people) for kind, people in kinds.items()}
    text = _(
        "SK lama {old} orang, SK baru {new} orang: {kept} tetap, {added} masuk, {removed} keluar, {changed} berubah."
    )
    screen.print(Text(text.format(**sizes, **counts), style="bold"))
    titles = {"added": _("Masuk"), "removed": _("Keluar"), "changed": _("Berubah")}
    for kind, title in titles.items():
        people = kinds[kind]
        if people.is_empty():
            continue
        screen.print()
        screen.print(Text(f"{title} ({len(people)})", style="bold"))
        for row in people.head(_SHOWN).iter_rows(named=True):
            screen.print(Text("  " + _line(_person(row, words))))
        if len(people) > _SHOWN:
            screen.print(Text(_("  dan {count} orang lagi (semua ada di --out).").format(count=len(people) - _SHOWN)))


def _line(person: dict[str, Any]) -> str:
    own = " ".join(str(person[key]) for key in ("nik", "name", "category") if person[key])
    if "what" not in person:
        return own
    before = [f"{person[f'{field}_old']} -> {person[field]}" for field in person["what"].split(", ")]
    return f"{own}: {'; '.join(before)}"
