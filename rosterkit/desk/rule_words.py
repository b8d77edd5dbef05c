"""The rules for *Bantuan*, with an example of what is wrong and one of what is right."""

from __future__ import annotations

from typing import Any

from rosterkit.language import _


def rules_in_words(english: bool) -> list[dict[str, Any]]:
    """Return all rules in code order; call it in the worker's thread, as rules are expressions of polars."""
    from rosterkit.report.explain import filled, given
    from rosterkit.rules import RULES
    from rosterkit.rules.examples import as_shown

    return [
        {
            "code": rule.code,
            "severity": str(rule.severity),
            "title": _(rule.title),
            "why": "" if english else rule.why,
            "hint": filled(_(rule.hint)),
            "given": given(rule) if rule.given else "",
            "examples": [(_("Contoh yang salah"), as_shown(rule.wrong)), (_("Contoh yang benar"), as_shown(rule.good))],
        }
        for rule in RULES
    ]
