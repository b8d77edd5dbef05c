"""``rosterkit decree mutation``: the sheets that a change of the decree means for BPJS."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterkit import language
from rosterkit.cli.output import Format, FormatOption, LanguageOption, SchemaOption, console, ending
from rosterkit.language import _

if TYPE_CHECKING:
    from rosterkit.run.mutation import MutationResult


def mutation(
    old: Annotated[Path, typer.Argument(metavar="LAMA", help="Lampiran SK yang lama.")],
    new: Annotated[Path, typer.Argument(metavar="BARU", help="Lampiran SK yang baru.")],
    participants: Annotated[
        Path | None, typer.Option(metavar="BERKAS.xlsx", help="Daftar peserta dari BPJS Ketenagakerjaan.")
    ] = None,
    population: Annotated[
        Path | None,
        typer.Option(metavar="BERKAS.xlsx", help="Hasil pemadanan NIK dari Dukcapil (siapa yang meninggal)."),
    ] = None,
    start: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%d-%m-%Y"], metavar="HH-BB-TTTT", help="Hari mulai berlakunya SK baru."),
    ] = None,
    schema: SchemaOption = None,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Folder hasil (biasanya hasil/).")] = None,
    output: FormatOption = Format.TEXT,
    lang: LanguageOption = None,
) -> None:
    """Lembar mutasi dari perubahan SK: peserta baru, lanjutan, dan yang keluar; yang meninggal terpisah."""
    language.use(lang)
    with ending():
        from rosterkit.run.mutation import write_decree_mutation

        day = start.date() if start else None
        _print(write_decree_mutation(old, new, participants, population, day, schema, out, lang), output)


def _print(result: MutationResult, output: Format) -> None:
    from rosterkit.report.words import remark_text

    counts, remarks = result.counts, list(map(remark_text, result.remarks))
    if output is Format.JSON:
        import json

        from rosterkit import __version__

        document: dict[str, Any] = {
            "tool": "rosterkit",
            "version": __version__,
            "kind": "decree-mutation",
            "people": counts,
        }
        document |= {"cost": result.cost, "remarks": remarks, "outputs": [path.as_posix() for path in result.paths]}
        typer.echo(json.dumps(document, indent=1))
        return
    from rich.text import Text

    from rosterkit.write.books.mutation import kind_names

    screen = console()
    screen.print(Text(_("SK lama {old} orang, SK baru {new} orang.").format(**counts), style="bold"))
    for kind, (title, what) in kind_names().items():
        if counts[kind]:
            screen.print(Text(f"  {title:<18}{counts[kind]:>7}  {what}"))
    if result.cost is not None:
        amount = f"{result.cost:,}".replace(",", ".")
        screen.print(Text(_("Biaya semua orang dalam SK baru: Rp {amount}").format(amount=amount)))
    if result.is_blind:
        text = _("Tanpa --participants tidak diketahui siapa yang sudah punya KPJ: lembar lanjutan dan keluar kosong.")
        screen.print(Text(text, style="yellow"))
    for remark in remarks:
        screen.print(Text(remark, style="yellow"))
    for path in result.paths:
        screen.print(Text(str(path)))
