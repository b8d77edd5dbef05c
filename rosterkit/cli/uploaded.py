"""``rosterkit uploaded FILE``: mark an upload sheet as sent, so that nobody in it is offered again without a word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, ending
from rosterkit.language import _


def uploaded(
    sheet: Annotated[Path, typer.Argument(metavar="BERKAS.xlsx", help="Berkas unggah yang sudah dikirim ke BPJS.")],
    undo: Annotated[bool, typer.Option("--undo", help="Batalkan tandanya.")] = False,
    lang: LanguageOption = None,
) -> None:
    """Tandai berkas unggah sebagai sudah diunggah; pemeriksaan berikutnya menyebut siapa yang sudah ada di situ."""
    language.use(lang)
    with ending():
        from rosterkit.run.project import use_project
        from rosterkit.run.sent import mark_sent, sent_file

        known = use_project(sheet, lang)
        path = sent_file(known.get("project"), known.get("out") or sheet.parent)
        count = mark_sent(sheet, path, dt.date.today(), undo)
        text = (
            _("{count} orang di {name} tidak lagi ditandai terunggah.")
            if undo
            else _("{count} orang di {name} ditandai sudah diunggah.")
        )
        typer.echo(text.format(count=count, name=sheet.name))
