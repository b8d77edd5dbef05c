"""``rosterkit template``: a blank form for those who send rosters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, ending
from rosterkit.commands import command
from rosterkit.errors import UsageError
from rosterkit.language import _


def template(
    schema: Annotated[
        str, typer.Argument(metavar="SKEMA", help="Nama program, misalnya kediri-2025, atau berkas .yaml.")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="BERKAS.xlsx", help="Formulir yang dibuat; dengan --from: foldernya.")
    ],
    senders: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="BERKAS.xlsx",
            help="Daftar pengirim (acuan/pengirim.xlsx): satu formulir untuk tiap pengirim.",
        ),
    ] = None,
    rt: Annotated[str | None, typer.Option(metavar="NOMOR", help="RT pengirim, misalnya 003.")] = None,
    rw: Annotated[str | None, typer.Option(metavar="NOMOR", help="RW pengirim, misalnya 005.")] = None,
    kelurahan: Annotated[str | None, typer.Option(metavar="NAMA", help="Kelurahan pengirim.")] = None,
    kecamatan: Annotated[str | None, typer.Option(metavar="NAMA", help="Kecamatan pengirim.")] = None,
    office: Annotated[str | None, typer.Option(metavar="NAMA", help="Kantor atau dinas, untuk kepala surat.")] = None,
    lang: LanguageOption = None,
) -> None:
    """Buat formulir kosong untuk pengirim: kolom, pilihan, dan petunjuk sesuai skema."""
    language.use(lang)
    with ending():
        from rosterkit.run.forms import write_one_form, write_sender_forms

        given = {"rt": rt, "rw": rw, "kelurahan": kelurahan, "kecamatan": kecamatan, "office": office}
        if senders is None:
            write_one_form(out, schema, given, lang)
            text = _("{path} siap. Yang sudah diisi diperiksa dengan: {command}")
            typer.echo(text.format(path=out, command=command("check", out)))
            return
        if any(given.values()):
            raise UsageError(_("Tulis --from, atau --rt, --rw, --kelurahan, --kecamatan, --office; jangan keduanya."))
        written, kept = write_sender_forms(out, schema, senders, lang)
        typer.echo(_("{count} formulir ditulis di {path}.").format(count=len(written), path=out))
        if kept:
            names = ", ".join(path.name for path in kept)
            typer.echo(_("{count} sudah ada, jadi tidak diubah: {names}").format(count=len(kept), names=names))
