"""``rosterkit explain CODE``: one rule with its reasons and examples."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, console, ending
from rosterkit.commands import command
from rosterkit.errors import UsageError
from rosterkit.language import _


def explain(
    code: Annotated[str, typer.Argument(metavar="KODE", help='Kode aturan, misalnya RK401; atau kata "nik".')],
    number: Annotated[str | None, typer.Argument(metavar="NIK", help="NIK yang ingin dijelaskan.")] = None,
    lang: LanguageOption = None,
) -> None:
    """Jelaskan sebuah aturan dengan contoh, atau apa yang dikatakan sebuah NIK."""
    language.use(lang)
    with ending():
        if code.lower() == "nik":
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
        from rosterkit.rules import find_rule

        rule = find_rule(code)
        if rule is None:
            raise UsageError(
                _('Kode "{code}" tidak dikenal. Lihat semua kode dengan: rosterkit rules').format(code=code)
            )
        print_rule(rule, console(), language.is_english())
