"""``rosterkit explain CODE``: one rule with its reasons and examples."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.late_polars import load_polars_late
from rosterkit.cli.output import LanguageOption, console, ending
from rosterkit.commands import command
from rosterkit.errors import UsageError
from rosterkit.language import _


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="KODE",
            help='Kode, nama, atau judul aturan, misalnya 401 atau "NIK ganda"; atau kata "nik" dan sebuah NIK.',
        ),
    ],
    further: Annotated[
        list[str] | None,
        typer.Argument(metavar="NIK", help="NIK yang ingin dijelaskan, atau kata lain dari judul aturan."),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Jelaskan sebuah aturan dengan contoh, atau apa yang dikatakan sebuah NIK."""
    language.use(lang)
    load_polars_late()
    with ending():
        number = " ".join(further or ()) or None
        if code.lower() == "nik" and not _is_word(number):
            from rosterkit.report.explain import print_nik

            if number is None:
                raise UsageError(
                    _("Tulis NIK-nya, misalnya: {command}").format(
                        command=command("explain", "nik", "3571010101859901")
                    )
                )
            print_nik(number, dt.date.today(), console())
            return
        from rosterkit.report.explain import print_rule
        from rosterkit.rules import match_rule

        words = " ".join(filter(None, (code, number)))
        rule, near = match_rule(words)
        if rule is None and near:
            names = ", ".join(f"{one.code} ({_(one.title)})" for one in near)
            raise UsageError(_('"{code}" bisa berarti: {names}. Tulis kodenya.').format(code=words, names=names))
        if rule is None:
            raise UsageError(
                _('Kode "{code}" tidak dikenal. Lihat semua kode dengan: {command}').format(
                    code=words, command=command("rules")
                )
            )
        print_rule(rule, console(), language.is_english())


def _is_word(text: str | None) -> bool:
    """Whether what stands behind "nik" is the rest of a title, as in "nik ganda"."""
    return bool(text) and not any(letter.isdigit() for letter in text or "")
