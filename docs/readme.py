"""Writes the table of rules in the README: ``python docs/readme.py``. A test fails when it is stale."""

from __future__ import annotations

from pathlib import Path

from rosterkit import language
from rosterkit.rules import RULES

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- rules -->\n", "<!-- /rules -->\n"


def with_table(text: str) -> str:
    """The README with the table as it should be."""
    language.use("en")
    rows = [f"| {rule.code} | {rule.name} | {rule.severity} | {language._(rule.title)} |" for rule in RULES]
    language.use("id")
    table = "\n".join(["| code | name | severity | flags |", "|---|---|---|---|", *rows]) + "\n"
    head, _, rest = text.partition(BEGIN)
    return head + BEGIN + table + END + rest.partition(END)[2]


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
