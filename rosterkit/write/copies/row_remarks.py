"""The remark of each row of an annotated copy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rosterkit.model.finding import Finding
from rosterkit.model.roster import Table
from rosterkit.report.places import place_text
from rosterkit.report.words import Words


def make_remarks(
    findings: Sequence[Finding], table: Table, words: Words, shared_rows: Collection[int]
) -> dict[int, str]:
    """Return the remark of each row, the errors first; what is asked is said once.

    In ``shared_rows`` several people stand: there it says whose it is.
    """
    rows: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.place.row is not None and finding.place.row not in table.header_rows and words.message(finding):
            rows.setdefault(finding.place.row, []).append(finding)
    names = {row: f"{place_text(found[0].place)}: " for row, found in rows.items() if row in shared_rows}
    return {row: names.get(row, "") + _join_remarks(found, words) for row, found in rows.items()}


def _join_remarks(findings: Sequence[Finding], words: Words) -> str:
    parts: list[str] = []
    for finding in sorted(findings, key=lambda finding: finding.severity.rank):
        parts += [text for text in (words.message(finding), words.hint(finding)) if text and text not in parts]
    return " ".join(parts)


def add_untold(remarks: dict[int, str], tables: Sequence[Table], untold: Mapping[int, Mapping[int, str]]) -> None:
    """Add why people are held back of whose rows nothing else says so; of several in a row the first is told."""
    for row, text in ((row, text) for table in tables for row, text in untold.get(table.number, {}).items()):
        if text not in remarks.get(row, ""):
            remarks[row] = f"{remarks[row]} {text}" if row in remarks else text
