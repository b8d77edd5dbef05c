"""What is written about people where no field is read, for the rules about remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rosterkit.frame.normalise.remarks import ELSEWHERE
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.rules.base import SheetFact
from rosterkit.rules.context import Context

HER_FIELDS = tuple(field for field in ELSEWHERE if field != "mother_name")  # where a remark is about the person


def find_notes(
    *meanings: str, severity: Severity | None = None
) -> Callable[[Table | Skipped, Context], Iterator[SheetFact]]:
    """Return the judge of sheets that finds the notes with some meanings (see ``model.roster.SideNote``)."""

    def find(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
        for note in table.notes if isinstance(table, Table) else ():
            if note.says in meanings:
                variant = "insured-column" if note.says == "insured" and note.header else note.source
                facts = {"written": note.text, "heading": note.header, "variant": variant}
                yield SheetFact(None, note.row, note.column, facts, severity=severity)

    return find
