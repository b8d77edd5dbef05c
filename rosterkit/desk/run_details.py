"""What a run says beside files and people: who has not sent, what is no list, earlier versions, the recap in bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterkit.errors import UsageError
from rosterkit.language import _, is_english
from rosterkit.records import dataclass

if TYPE_CHECKING:
    from rosterkit.model.report import Seen

_BAR_TABLES = ("category", "kelurahan", "sender")
_MOST_BARS = 15  # lines of a table


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a table: how many people, and how many of each state that anybody has."""

    label: str  # empty where it is not known
    people: int
    states: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Bars:
    """A table of the recap; ``left`` lines are not shown, as they are the smallest."""

    title: str
    lines: Sequence[Bar]
    left: int

    @property
    def most(self) -> int:
        """The people of the longest bar."""
        return max((line.people for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class RunDetails:
    """What there is to say.

    Args:
        awaited: senders, with the names of their files; none: nothing was sent.
        others: files in the folder that are no lists.
        remarks: about the lists as a whole.
        missing: people of the decree who are in no list.
        history: file -> its versions in earlier runs and this one, the oldest first.
        states: state -> people, those who were found.
        bars: tables of the recap.
        costs: whose (in words), people, months, rupiah a month for each (at most) and in all, what the budget leaves.
    """

    awaited: Sequence[tuple[str, Sequence[str]]] = ()
    others: Sequence[str] = ()
    remarks: Sequence[str] = ()
    missing: int = 0
    history: Mapping[str, Sequence[Seen]] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    bars: Sequence[Bars] = ()
    costs: Sequence[tuple[str, int, int, int, int, int | None]] = ()


def load_details(document: Mapping[str, Any], inbox: Path, out: Path) -> RunDetails:
    """Return the details of the last run of an output folder; call it in the worker's thread.

    Args:
        document: of the run (contract 1).
        inbox: the folder that was checked.
        out: its output folder.
    """
    from rosterkit.run.memory import load_history

    history: dict[str, list[Seen]] = {}
    for seen in load_history(out):
        history.setdefault(seen.name, []).append(seen)
    others = map(Path, document.get("others", ()))
    known = {
        "awaited": [(one["name"], one["files"]) for one in document.get("senders", ())],
        "others": [path.relative_to(inbox).as_posix() if path.is_relative_to(inbox) else path.name for path in others],
        "remarks": document.get("remarks", ()),
        "missing": len(document.get("decree", {}).get("findings", ())),
        "history": history,
    }
    return RunDetails(**known) if "error" in document else RunDetails(**known, **_recap(inbox, out))


def _recap(inbox: Path, out: Path) -> dict[str, Any]:
    """The numbers of the recap."""
    from rosterkit.recap.people import STATES
    from rosterkit.recap.tables import count_by, count_states, find_costs
    from rosterkit.recap.words import cost_names, table_names
    from rosterkit.run.memory import load_run
    from rosterkit.run.project import project_schema
    from rosterkit.schema.load import load_contributions

    try:
        recap = load_run(out)
        spec, _known = project_schema(inbox, None, "en" if is_english() else "id", recap.schema)
    except UsageError:
        return {}
    bars = []
    for table in _BAR_TABLES:
        rows = [row for row in count_by(recap, spec, table).to_dicts() if row["people"]]
        lines = [
            Bar(row["label"] or "", row["people"], [(state, row[state]) for state in STATES if row[state]])
            for row in rows[:_MOST_BARS]
        ]
        if any(line.label for line in lines):
            bars.append(Bars(table_names()[table][1], lines, len(rows) - len(lines)))
    names = cost_names() | {"clean": _("Siap, juga yang belum lengkap")}  # Hasil counts these apart
    costs = [
        (names[cost.what], cost.people, cost.months, cost.monthly, cost.total, cost.left)
        for cost in find_costs(recap, spec, load_contributions())
    ]
    return {"states": count_states(recap), "bars": bars, "costs": costs}
