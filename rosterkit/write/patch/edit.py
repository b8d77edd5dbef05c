"""What is done to a sheet, and the changes to bytes that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rosterkit.model.finding import Severity

Change = tuple[int, int, bytes]  # start and end of the bytes that are replaced, and the new bytes
Note = tuple[int, int, str]  # row, column, text


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """What is done to one sheet. Rows and columns count from 0.

    ``column`` is the column of remarks; in the rows of ``clear`` what stands in it goes.
    """

    fills: Mapping[int, Mapping[int, Severity]] = field(default_factory=dict)
    values: Mapping[tuple[int, int], str] = field(default_factory=dict)  # repaired
    remarks: Mapping[int, str] = field(default_factory=dict)
    remark_column: int | None = None
    remark_header: str = ""  # over the column of remarks
    header_rows: tuple[int, ...] = (0,)
    cleared_rows: frozenset[int] = frozenset()
    deselect: bool = False
    drawing_relation: str = ""  # the relationship of the notes' drawing, where the sheet has none yet

    def get_changed_rows(self) -> set[int]:
        """The rows in which something changes."""
        touched = {*self.fills, *(row for row, _column in self.values)}
        if self.remark_column is not None:
            touched |= self.remarks.keys() | self.cleared_rows
            touched |= set(self.header_rows) if self.remark_header else set()
        return touched
