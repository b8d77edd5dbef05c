"""``rosterkit uploaded FILE``: mark an upload sheet as sent, so that nobody in it is offered again without a word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, ending
from rosterkit.dates import date_text
from rosterkit.language import _

_NAMED = 10  # cells that are named


def uploaded(
    sheet: Annotated[Path, typer.Argument(metavar="BERKAS.xlsx", help="Berkas unggah yang sudah dikirim ke BPJS.")],
    undo: Annotated[bool, typer.Option("--undo", help="Batalkan tandanya.")] = False,
    lang: LanguageOption = None,
) -> None:
    """Tandai berkas unggah sebagai sudah diunggah; pemeriksaan berikutnya tidak menulis orangnya lagi."""
    language.use(lang)
    with ending():
        from rosterkit.run.mark_sent import mark_sent, output_folder, unmark_sent
        from rosterkit.run.project import use_project
        from rosterkit.run.sent import sent_file

        known = use_project(sheet, lang)
        path = sent_file(known.get("project"), known.get("out") or output_folder(sheet))
        if undo:
            count, day = unmark_sent(sheet, path)
            text = _("{count} orang di {name}, yang ditandai {date}, tidak lagi ditandai terunggah.")
            typer.echo(text.format(count=count, name=sheet.name, date=date_text(day)))
            return
        count, unread = mark_sent(sheet, path, dt.date.today())
        text = _(
            "{count} orang di {name} (ditulis {time}) ditandai sudah diunggah. Pemeriksaan berikutnya tidak menulis"
            " mereka lagi. Bila yang diunggah berkas yang lebih lama, batalkan dengan --undo."
        )
        written = dt.datetime.fromtimestamp(sheet.stat().st_mtime).strftime("%d-%m-%Y %H:%M")
        typer.echo(text.format(count=count, name=sheet.name, time=written))
        if unread:
            text = _(
                "{count} baris tidak ditandai, karena NIK-nya tidak terbaca: {cells}. Tulis NIK-nya sebagai teks 16"
                " angka, simpan, lalu tandai lagi; tanpa itu orangnya ditulis lagi."
            )
            told = ", ".join(unread[:_NAMED]) + (" …" if len(unread) > _NAMED else "")
            typer.secho(text.format(count=len(unread), cells=told), fg="yellow", err=True)
