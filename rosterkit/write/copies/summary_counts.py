"""How often each rule speaks in a summary sheet, with what to do, once a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rosterkit.language import _
from rosterkit.model.finding import Finding, Severity
from rosterkit.records import dataclass
from rosterkit.report.words import Words, for_office
from rosterkit.rules import BY_CODE

_PLEASE = re.compile(r"^(?:Mohon (?:di(?=[a-z]{3,}))?|Please )")  # a list of things to do needs none


@dataclass(frozen=True, slots=True)
class Count:
    """So many findings that say the same, and what to do."""

    number: int
    title: str
    hint: str
    severity: Severity


def count_findings(findings: Sequence[Finding], lacking: Mapping[str, int], words: Words) -> Iterator[Count]:
    """Yield the counts, the gravest first; what is the office's own business is one of them.

    Of a column that is not there, those who lack its value are counted (``lacking``: field -> how many). What was
    merely tidied comes last, one line a rule; what the lists of the office say of her people is not told.
    """
    groups: dict[tuple[int, str, str | None, str], list[Finding]] = {}
    for finding in findings:
        silent = words.is_silent(finding)
        if silent and BY_CODE[finding.code].needs in ("decree", "participants", "population"):
            continue
        is_told = silent or bool(words.message(finding))
        code = finding.code if is_told else ""
        field = None if silent or not is_told else finding.field
        hint = words.hint(finding)
        groups.setdefault((finding.severity.rank, code, field, hint), []).append(finding)
    fields: dict[str, set[str | None]] = {}
    for _rank, code, field, _hint in groups:
        fields.setdefault(code, set()).add(field)
    for (rank, code, field, hint), group in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] == "")):
        if not code:
            title, hint = for_office()
        else:
            title = _title(code)
            if field and (len(fields[code]) > 1 or BY_CODE[code].sender_title):
                title = f"{title}: {words.label(field)}"
            hint = hint or _("Tidak perlu apa-apa.")
        number = lacking.get(field or "", len(group)) if group[0].place.cell is None else len(group)
        yield Count(number, title, _without_please(hint), tuple(Severity)[rank])


def _title(code: str) -> str:
    rule = BY_CODE[code]
    return _(rule.sender_title or rule.title)


def _without_please(text: str) -> str:
    rest = _PLEASE.sub("", text)
    return rest[:1].upper() + rest[1:]
