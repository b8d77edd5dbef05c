"""Whether what a ledger restores is what the sender sees: a ledger may be forged, or of another file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import zip_longest

from rosterkit.read.own_marks import OWN_COLUMNS, is_summary
from rosterkit.read.workbook import stream_sheets


def shows_the_same(copy: bytes, original: bytes) -> bool:
    """Return whether a copy and the workbook that its ledger restores have the same values.

    The sheet of results and our columns are the copy's alone.

    Raises:
        FileError: one of them is damaged.
    """
    seen = {name: list(rows) for name, rows in stream_sheets(io.BytesIO(copy))}
    restored = {name: list(rows) for name, rows in stream_sheets(io.BytesIO(original))}
    more = [name for name in seen if name not in restored]
    if any(name not in seen for name in restored) or not all(is_summary(name, seen[name]) for name in more):
        return False
    return all(_are_equal(seen[name], rows) for name, rows in restored.items())


def _are_equal(seen: Sequence[Sequence[object]], restored: Sequence[Sequence[object]]) -> bool:
    columns = {row.index(header) for row in seen for header in OWN_COLUMNS if header in row}
    for new, old in zip_longest(seen, restored, fillvalue=()):
        for column, (after, before) in enumerate(zip_longest(new, old, fillvalue="")):
            if after != before and not (column in columns and before == ""):
                return False
    return True
