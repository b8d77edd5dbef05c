"""The edits of a sheet, and the changes to bytes that they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rosterkit.model.finding import Severity

Change = tuple[int, int, bytes]  # start and end of the bytes that are replaced, and the new bytes
Note = tuple[int, int, str]  # row, column, text


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """The edits of one sheet. Rows and columns count from 0.

    In ``cleared_rows`` the cell in the column of remarks is emptied.
    """

    fills: Mapping[int, Mapping[int, Severity]] = field(default_factory=dict)
    values: Mapping[tuple[int, int], str] = field(default_factory=dict)  # new values of cells
    remarks: Mapping[int, str] = field(default_factory=dict)
    remark_column: int | None = None
    remark_header: str = ""  # the header of the column of remarks
    header_rows: tuple[int, ...] = (0,)
    cleared_rows: frozenset[int] = frozenset()
    deselect: bool = False  # no longer a selected sheet
    drawing_relation: str = ""  # the relation of the drawing of notes, where the sheet has none yet

    def get_changed_rows(self) -> set[int]:
        """Return the rows in which something changes."""
        rows = {*self.fills, *(row for row, _column in self.values)}
        if self.remark_column is not None:
            rows |= self.remarks.keys() | self.cleared_rows
            rows |= set(self.header_rows) if self.remark_header else set()
        return rows
