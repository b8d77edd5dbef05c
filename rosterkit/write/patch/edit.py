"""The edits of a sheet, and the changes to bytes that they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from rosterkit.model.finding import Severity
from rosterkit.records import dataclass

Change = tuple[int, int, bytes]  # start and end of the bytes that are replaced, and the new bytes
Note = tuple[int, int, str]  # row, column, text


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column that is ours: of remarks, or of states.

    Args:
        column: where it is.
        header: its header; empty where the column is taken out of a copy.
        width: in characters.
        texts: row -> what is written there.
        cleared_rows: rows in which its cell is emptied.
    """

    column: int
    header: str = ""
    width: int = 0
    texts: Mapping[int, str] = field(default_factory=dict)
    cleared_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """The edits of one sheet. Rows and columns count from 0."""

    fills: Mapping[int, Mapping[int, Severity]] = field(default_factory=dict)
    values: Mapping[tuple[int, int], str] = field(default_factory=dict)  # new values of cells
    own: tuple[OwnColumn, ...] = ()
    header_rows: tuple[int, ...] = (0,)
    deselect: bool = False  # no longer a selected sheet
    drawing_relation: str = ""  # the relation of the drawing of notes, where the sheet has none yet

    def get_changed_rows(self) -> set[int]:
        """Return the rows in which something changes."""
        rows = {*self.fills, *(row for row, _column in self.values)}
        for own in self.own:
            rows |= own.texts.keys() | own.cleared_rows | (set(self.header_rows) if own.header else set())
        return rows
