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

_LONGEST = 100  # characters of a name in the letterhead


def template(
    schema: Annotated[
        str, typer.Argument(metavar="SKEMA", help="Nama program, misalnya kediri-2025, atau berkas .yaml.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="BERKAS.xlsx", help="Formulir yang dibuat (.xlsx).")],
    rt: Annotated[str | None, typer.Option(metavar="NOMOR", help="RT pengirim, misalnya 003.")] = None,
    rw: Annotated[str | None, typer.Option(metavar="NOMOR", help="RW pengirim, misalnya 005.")] = None,
    kelurahan: Annotated[str | None, typer.Option(metavar="NAMA", help="Kelurahan pengirim.")] = None,
    kecamatan: Annotated[str | None, typer.Option(metavar="NAMA", help="Kecamatan pengirim.")] = None,
    office: Annotated[str | None, typer.Option(metavar="NAMA", help="Kantor atau dinas, untuk kepala surat.")] = None,
    lang: LanguageOption = None,
) -> None:
    """Buat formulir kosong untuk ketua RT: kolom, pilihan, dan petunjuk sesuai skema."""
    language.use(lang)
    with ending():
        from rosterkit.rules import BY_CODE
        from rosterkit.run.project import use_project
        from rosterkit.schema.load import load_roster, load_upload
        from rosterkit.write.books.form import write_form

        use_project(out, lang)
        spec = load_roster(schema, BY_CODE)
        form = load_upload(spec.uploads[0]) if spec.uploads else None
        sender = {"rt": _number("--rt", rt), "rw": _number("--rw", rw)}
        names = (("kelurahan", kelurahan), ("kecamatan", kecamatan), ("office", office))
        sender |= {key: _name(f"--{key}", value) for key, value in names}
        if out.suffix.lower() != ".xlsx":
            raise UsageError(_("Formulir {path} harus bernama .xlsx, misalnya formulir.xlsx.").format(path=out))
        if out.exists():
            raise UsageError(_("{path} sudah ada, jadi tidak ada yang diubah.").format(path=out))
        write_form(out, spec, spec.name, {key: value for key, value in sender.items() if value}, form)
        typer.echo(
            _("{path} siap. Yang sudah diisi diperiksa dengan: {command}").format(
                path=out, command=command("check", out)
            )
        )


def _number(option: str, value: str | None) -> str:
    """An RT or RW as three digits."""
    text = (value or "").strip()
    if text and not (text.isascii() and text.isdigit() and 0 < int(text) < 1000):
        raise UsageError(
            _('{option} "{value}" bukan nomor; tulis 1 sampai 3 angka, misalnya 003.').format(
                option=option, value=value
            )
        )
    return f"{int(text):03}" if text else ""


def _name(option: str, value: str | None) -> str:
    text = " ".join((value or "").split())
    if len(text) > _LONGEST:
        raise UsageError(_("{option} lebih dari {limit} huruf; persingkat.").format(option=option, limit=_LONGEST))
    return text
