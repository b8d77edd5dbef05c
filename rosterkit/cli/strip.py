"""``rosterkit strip``: take our marks out of annotated copies again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, ending
from rosterkit.errors import FileError
from rosterkit.language import _


def strip(
    copies: Annotated[list[Path], typer.Argument(metavar="SALINAN...", help="Salinan bertanda (.periksa.xlsx).")],
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder hasil (biasanya di samping salinan).")
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Buang semua tanda dari salinan: sel berwarna, catatan, kolom CATATAN ROSTERKIT, lembar Hasil Periksa."""
    language.use(lang)
    failed = False
    with ending():
        from rosterkit.run.project import use_project
        from rosterkit.write.copies.strip import strip_file

        use_project(copies[0], lang)
        for copy in copies:
            try:
                target, original = strip_file(copy, out)
            except FileError as error:
                failed = True
                typer.echo(f"{copy}: {error.message}", err=True)
                continue
            typer.echo(f"{target}: {_result_text(original)}")
    raise typer.Exit(3 if failed else 0)


def _result_text(original: str) -> str:
    if not original:
        return _("tanpa tanda; perubahan di salinan tetap ada")
    if Path(original).suffix.lower() in (".xlsx", ".xlsm"):
        return _("persis seperti aslinya, {name}").format(name=original)
    return _("isi yang sama dengan {name}, sebagai buku kerja baru").format(name=original)
