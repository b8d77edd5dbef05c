"""``rosterkit forget``: delete what earlier runs have left in the memory of an output folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, ending
from rosterkit.errors import UsageError
from rosterkit.language import _


def forget(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder kerja, atau folder hasil.")] = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Hapus tanpa bertanya.")] = False,
    lang: LanguageOption = None,
) -> None:
    """Hapus ingatan dari pemeriksaan yang lalu (hasil/.rosterkit); daftar dan hasil tidak dihapus."""
    language.use(lang)
    with ending():
        from rosterkit.run.memory import forget_all, memory_folder
        from rosterkit.run.project import use_project

        memory = memory_folder(folder, use_project(folder, lang).get("out"))
        if memory is None:
            raise UsageError(_("Tidak ada ingatan di {path}.").format(path=folder))
        text = _("Hapus ingatan di {path}? Riwayat, cari, dan recap tidak bisa dipakai sampai diperiksa lagi.")
        if not yes and not typer.confirm(text.format(path=memory)):
            raise typer.Exit(1)
        forget_all(memory)
        typer.echo(_("Ingatan di {path} sudah dihapus.").format(path=memory))
