"""What an earlier check found that is still there, and what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rosterkit.model.cells import Before
from rosterkit.model.finding import Finding

_Key = Callable[[Before], tuple[str, ...]]


def compare_findings(before: Sequence[Before], findings: Sequence[Finding]) -> tuple[int, int, int]:
    """Return how many findings of an earlier check are fixed, still found, and new.

    Findings are the same where code, sheet and person are equal, or code and cell: rows may have moved, names may have
    been corrected.
    """
    rest = list(before)
    now = []
    for finding in findings:
        place = finding.place
        now.append(Before(finding.code, place.sheet or "", place.cell or "", place.person or ""))
    keys: tuple[_Key, ...] = (
        lambda finding: (finding.code, finding.sheet, finding.cell, finding.person),
        lambda finding: (finding.code, finding.sheet, finding.person, ""),
        lambda finding: (finding.code, finding.sheet, finding.cell),
    )
    total = len(now)
    for key in keys:
        common = Counter(map(key, rest)) & Counter(map(key, now))
        rest, now = _drop(rest, key, common), _drop(now, key, common)
    return len(rest), total - len(now), len(now)


def _drop(
    findings: Sequence[Before], key: Callable[[Before], tuple[str, ...]], counts: Counter[tuple[str, ...]]
) -> list[Before]:
    """Return the findings without the first ones of each key, as many as ``counts`` says."""
    left, kept = Counter(counts), []
    for finding in findings:
        if left[key(finding)] > 0:
            left[key(finding)] -= 1
        else:
            kept.append(finding)
    return kept
