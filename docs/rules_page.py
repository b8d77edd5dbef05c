"""Writes ``docs/rules.md`` from the rules: ``python docs/rules_page.py``. A test fails when it is stale."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rosterkit import language
from rosterkit.report.explain import given, prose
from rosterkit.rules import RULES
from rosterkit.rules.base import Rule
from rosterkit.rules.examples import as_shown

PAGE = Path(__file__).parent / "rules.md"
HEAD = """\
# The rules

Each rule with its reasons, the words that a clerk reads, and examples; made by `docs/rules_page.py` from the rules' own
files. `rosterkit explain CODE` shows the same in a terminal, in Indonesian. Severity is a default: a schema or
`rosterkit.toml` changes it.
"""


def page() -> str:
    """The page of all rules."""
    language.use("en")
    sections = [HEAD, *map(_section, RULES)]
    language.use("id")
    return "\n".join(sections)


def _section(rule: Rule) -> str:
    parts = [f"## {rule.code} {rule.name}\n", f"**{rule.severities}**: {_paragraphs(prose(rule))}\n"]
    hints = dict.fromkeys((rule.hint, *(rule.hints or {}).values()))
    parts.append(_quoted([*dict.fromkeys((rule.message, *(rule.variants or {}).values())), *hints]))
    parts.append(f"To the sender:\n\n{_quoted(rule.sender.texts())}" if rule.sender else "To the sender: nothing.\n")
    if rule.given:
        parts.append(f"With these settings of the schema: `{given(rule)}`\n")
    if rule.needs:
        parts.append({"decree": "With a decree that names 3571010101859901, Contoh Satu.\n"}.get(rule.needs, ""))
    parts += [f"Wrong:\n\n{_table(rule.wrong)}\n", f"Right:\n\n{_table(rule.good)}\n"]
    return "\n".join(filter(None, parts))


def _quoted(texts: Iterable[str]) -> str:
    """Texts as paragraphs of a quotation."""
    return "\n>\n".join(f"> {_filled(text)}" for text in texts) + "\n"


def _paragraphs(text: str) -> str:
    """The docstring with its section titles as words in bold."""
    for title in ("What", "Why", "Example", "Instead"):
        text = text.replace(f"\n{title}\n", f"\n**{title}.** ")
    return text


def _filled(message: str) -> str:
    return message.replace("{", "<").replace("}", ">").replace("<", "*").replace(">", "*")


def _table(example: str) -> str:
    head, *rows = as_shown(example)
    lines = [head, ["---"] * len(head), *([_short(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _short(cell: str) -> str:
    return cell if len(cell) < 80 else f"{cell[:60]}... ({len(cell)} characters)"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
