"""``rosterkit explain CODE``: one rule with its reasons and examples."""

from __future__ import annotations

from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import Language, console, ending
from rosterkit.errors import UsageError
from rosterkit.language import _


def explain(
    code: Annotated[str, typer.Argument(metavar="KODE", help="Kode aturan, misalnya RK401.")],
    lang: Annotated[Language | None, typer.Option(help="Bahasa.")] = None,
) -> None:
    """Jelaskan sebuah aturan dengan contoh."""
    language.use(lang)
    with ending():
        from rosterkit.report.explain import print_rule
        from rosterkit.rules import BY_CODE, RULES

        by_name = {rule.name: rule for rule in RULES}
        rule = BY_CODE.get(code.upper()) or by_name.get(code.lower())
        if rule is None:
            raise UsageError(
                _('Kode "{code}" tidak dikenal. Lihat semua kode dengan: rosterkit rules').format(code=code)
            )
        print_rule(rule, console(), language.is_english())
