"""``rosterkit rules``: the list of all rules."""

from __future__ import annotations

import typer

from rosterkit import language
from rosterkit.cli.late_polars import load_polars_late
from rosterkit.cli.output import Format, FormatOption, LanguageOption, console, ending


def rules(
    output: FormatOption = Format.TEXT,
    lang: LanguageOption = None,
) -> None:
    """Tampilkan semua aturan."""
    language.use(lang)
    load_polars_late()
    with ending():
        if output is Format.JSON:
            import json

            from rosterkit.report.as_json import rules_as_json

            typer.echo(json.dumps(rules_as_json(), indent=1))
            return
        from rosterkit.report.explain import print_rules

        print_rules(console())
