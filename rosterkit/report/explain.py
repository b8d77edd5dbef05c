"""Rules in words: the list of all, and one rule with its prose and examples."""

from __future__ import annotations

import datetime as dt
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from rosterkit.language import _
from rosterkit.report.nik import describe_nik
from rosterkit.rules import RULES
from rosterkit.rules.base import Rule
from rosterkit.rules.examples import as_shown

if TYPE_CHECKING:
    from rich.console import Console


def print_rules(console: Console) -> None:
    """All rules in a table, in code order."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in (_("Kode"), _("Tingkat"), _("Nama"), _("Arti")):
        table.add_column(title)
    for rule in RULES:
        table.add_row(rule.code, rule.severities, rule.name, _(rule.title))
    console.print(table)


def print_rule(rule: Rule, console: Console, english: bool) -> None:
    """One rule: what, why, examples, what to do."""
    from rich.text import Text

    console.print(Text(f"{rule.code} {rule.name} ({rule.severities})", style="bold"))
    if english:
        console.print(Text(prose(rule)))
    else:
        told = f"{filled(rule.sender.message)} {filled(rule.sender.hint)}".strip() if rule.sender else ""
        parts = {
            "Apa": f"{rule.title}. {filled(rule.message)}",
            "Mengapa": rule.why,
            "Yang perlu dilakukan": filled(rule.hint),
            "Kepada pengirim": told or "Tidak dikatakan apa-apa.",
        }
        console.print(Text("".join(f"\n{title}\n{text}\n" for title, text in parts.items()).rstrip()))
    if rule.given:
        console.print(Text("\n" + _("Contoh ini memakai setelan skema: {settings}").format(settings=given(rule))))
    for title, example in ((_("Contoh yang salah"), rule.wrong), (_("Contoh yang benar"), rule.good)):
        console.print(Text(f"\n{title}", style="bold"))
        _print_example(example, console)


def given(rule: Rule) -> str:
    """The settings that a rule's examples stand on, as a schema file writes them."""
    import json

    return ", ".join(f"{key}: {json.dumps(value)}" for key, value in rule.given.items())


def filled(text: str) -> str:
    """A text as it may look in a report."""
    named = dict.fromkeys(re.findall(r"\{(\w+)\}", text), "...")
    return text.format_map({**named, "label": "Nama"})


def print_nik(number: str, today: dt.date, console: Console) -> None:
    """What a NIK says, line by line."""
    from rich.text import Text

    for label, text in describe_nik(number, today):
        console.print(Text.assemble((f"{label:<15}", "bold"), text))


def prose(rule: Rule) -> str:
    """The docstring of a rule's file."""
    name = f"rosterkit.rules.{rule.code.lower()}_{rule.name.replace('-', '_')}"
    module = sys.modules.get(name) or import_module(name)
    return (module.__doc__ or "").strip()


def _print_example(example: str, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    header, *rows = as_shown(example)
    table = Table()
    for title in header:
        table.add_column(Text(title), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
