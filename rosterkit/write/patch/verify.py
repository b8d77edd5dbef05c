"""The check of a copy before it gets its name: every value must be that of the original."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from itertools import count, zip_longest
from typing import BinaryIO

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model.cells import Sheet, Workbook, cell_name
from rosterkit.read.workbook import stream_sheets
from rosterkit.records import dataclass
from rosterkit.write.patch.texts import clean_cell_text

_ZERO = dt.datetime(1899, 12, 30)
_TIMES = (dt.date, dt.time, dt.timedelta)


@dataclass(frozen=True, slots=True)
class ValueChanges:
    """The values in which a copy differs from its original on purpose, by sheet.

    ``own_columns``: our columns; ``values``: new values of cells; ``cleared_rows``: rows in which what an earlier check
    wrote there is emptied; ``has_fixed_places``: all rows and cells of the sheets with changes say where they are.
    """

    own_columns: Mapping[str, frozenset[int]]
    values: Mapping[str, Mapping[tuple[int, int], str]]
    cleared_rows: Mapping[str, frozenset[int]]
    has_fixed_places: bool = False


def verify_values(copy: BinaryIO, workbook: Workbook, changes: ValueChanges, titles: Mapping[str, str]) -> None:
    """Compare a copy, read back, with the workbook that it was made from.

    ``titles`` says what a sheet is called in the copy, where that differs.

    Raises:
        FileError: a value is not what it was; the text names the first one.
    """
    copies = dict(stream_sheets(copy))
    for sheet in workbook.sheets:
        title = titles.get(sheet.name, sheet.name)
        rows = copies.get(title)
        different = cell_name(0, 0) if rows is None else _find_difference(sheet, rows, changes, title)
        if different:
            raise FileError(
                "copy-differs",
                _(
                    'Salinan bertanda tidak dibuat: isi sel {cell} di lembar "{sheet}" berubah saat ditulis. Buka'
                    " berkas di Excel, Save As > Excel Workbook (.xlsx), lalu periksa lagi."
                ).format(cell=different, sheet=sheet.name),
            )


def _find_difference(sheet: Sheet, rows: Iterator[list[object]], changes: ValueChanges, title: str) -> str | None:
    """Return the first cell that differs and is not meant to; a row that only one of both has must be empty."""
    own, values = changes.own_columns.get(title, frozenset()), changes.values.get(title, {})
    cleared = changes.cleared_rows.get(title, frozenset())
    for number in count():
        old = sheet.rows[number] if number < len(sheet.rows) else None
        new = next(rows, None)
        if old is None and new is None:
            return None
        if old == new and not values:
            continue
        for column, (before, after) in enumerate(zip_longest(old or (), new or (), fillvalue="")):
            before = values.get((number, column), before)
            is_ours = column in own and (before == "" or number in cleared)
            if not is_ours and not _is_same(before, after):
                return cell_name(number, column)
    return None


def _is_same(before: object, after: object) -> bool:
    """Return whether a value read back is the one written, as far as a file can hold it."""
    if before == after:
        return True
    if isinstance(before, _TIMES) and isinstance(after, _TIMES):
        old, new = to_seconds(before), to_seconds(after)
        return old is not None and new is not None and abs(old - new) < 1  # files hold fractions of days
    if isinstance(before, _TIMES) and isinstance(after, str):
        return str(before) == after
    if isinstance(before, str) and isinstance(after, str):
        return clean_cell_text(before) == after or (before.isspace() and after == "")
    if isinstance(before, float) and not math.isfinite(before):
        return str(before) == after or (math.isnan(before) and isinstance(after, float) and math.isnan(after))
    return False


def to_seconds(value: object) -> float | None:
    """Return a date, a time or a duration in seconds on one scale: in a file a date is a date at midnight."""
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - _ZERO).total_seconds()
    if isinstance(value, dt.date):
        return (dt.datetime(value.year, value.month, value.day) - _ZERO).total_seconds()
    if isinstance(value, dt.time):
        return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    return value.total_seconds() if isinstance(value, dt.timedelta) else None
