"""``rosterkit rules``: the list of all rules."""

from __future__ import annotations

from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import Format, Language, console, ending


def rules(
    output: Annotated[Format, typer.Option("--format", help="Bentuk daftar.")] = Format.TEXT,
    lang: Annotated[Language | None, typer.Option(help="Bahasa.")] = None,
) -> None:
    """Tampilkan semua aturan."""
    language.use(lang)
    with ending():
        if output is Format.JSON:
            import json

            from rosterkit.report.as_json import rules_as_json

            typer.echo(json.dumps(rules_as_json(), indent=1))
            return
        from rosterkit.report.explain import print_rules

        print_rules(console())
