"""``rosterkit init``: lay out a folder for the work of a programme."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, SchemaOption, ending
from rosterkit.commands import command
from rosterkit.language import _


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder kerja yang dibuat.")],
    schema: SchemaOption = None,
    lang: LanguageOption = None,
) -> None:
    """Siapkan folder kerja: masuk, acuan, hasil, rosterkit.toml, Meja kerja.daftar, Periksa.bat, dan BACA-SAYA.txt."""
    language.use(lang)
    with ending():
        from rosterkit.run.new_project import lay_out_project

        for path in lay_out_project(folder, schema):
            typer.echo(_("{path} sudah ada, jadi tidak diubah.").format(path=path))
        typer.echo(
            _("{path} siap. Taruh daftar di {inbox}, lalu: {command}").format(
                path=folder, inbox=folder / "masuk", command=command("check", folder / "masuk")
            )
        )
