"""Finds the people in the rows of a sheet, and says what the other rows are: titles, totals, signatures, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from rosterkit.model.cells import Row, Sheet
from rosterkit.model.roster import LeftOut
from rosterkit.read.row_reasons import Rows

_COUNTER_STARTS = frozenset(("", *"0123456789"))  # what a cell of the column NO mostly begins with
_NIKS = re.compile(r"[0-9]{16}(?: [0-9]{16})*")
_BATCH = 200  # rows that are looked at as one; most are plain people
_MAYBE_HEADER = (None, "note", "signature", "total")  # what the header of a table below may pass for


def find_people(
    sheet: Sheet,
    header: tuple[int, ...],
    columns: dict[str, int],
    labels: dict[int, tuple[str, str]],
    counter: int | None,
    top: int = 0,
    begins_table: Callable[[int], bool] = lambda row: False,
) -> tuple[tuple[int, ...], tuple[LeftOut, ...], int, tuple[int, ...]]:
    """Find the people of a table in a sheet.

    Args:
        sheet: as read.
        header: the rows of the header (from 0); none for a table that goes on without one.
        columns: field -> column (from 0).
        labels: column -> the texts of its header.
        counter: the column NO.
        top: the first row that belongs to the table, with its titles.
        begins_table: whether a row is the header of another table below; asked of rows that are no clear people.

    Returns:
        the rows of people (from 0); the ranges of other rows, each with its reason: ``title``, ``example``, ``hint``,
        ``numbering``, ``repeated-header``, ``blank``, ``total``, ``signature`` or ``note``; the row where it ends;
        the rows of people who have no whole NIK beside a name, or a word in the column NO.
    """
    titles = range(top, header[0]) if header else ()
    reasons = [(row, "title") for row in titles if _has_cell(sheet.rows[row])]
    rows, start = Rows.of_table(columns, labels, counter), max(header, default=top - 1) + 1
    people, unsure, below, end = _sort_rows(sheet, start, rows, begins_table)
    return tuple(people), tuple(_merge_ranges(reasons + below)), end, tuple(unsure)


def _sort_rows(
    sheet: Sheet, start: int, rows: Rows, begins_table: Callable[[int], bool]
) -> tuple[list[int], list[int], list[tuple[int, str]], int]:
    """Sort the rows from ``start`` on: people, those of them who are unsure, others with reasons; where it ends."""
    people, unsure, reasons = list[int](), list[int](), list[tuple[int, str]]()
    in_signatures, end, counter = False, len(sheet.rows), rows.counter
    nik, name = rows.nik or 0, rows.name or 0
    for number, row, count in _batch_rows(sheet.rows, start, rows):
        if count:
            in_signatures = False
            people.extend(range(number, number + count))
            continue
        no = "" if counter is None else row[counter]
        is_worded = no.__class__ is str and no[:1] not in _COUNTER_STARTS
        if is_worded and rows.is_example(no, row):
            reasons.append((number, "example"))
            continue
        if nik != name and (cell := row[nik]).__class__ is str and len(cell) == 16 and cell.isdecimal() and row[name]:
            in_signatures = False
            people.append(number)
            if is_worded:
                unsure.append(number)
            continue
        reason = rows.reason_to_leave_out(row, number == start or not people, in_signatures)
        may_begin = reason in _MAYBE_HEADER or (reason == "repeated-header" and rows.differs_from_header(row))
        if may_begin and number > start and begins_table(number):
            end = number
            break
        in_signatures = reason == "signature" or (in_signatures and reason not in (None, "repeated-header"))
        if reason is None:
            people.append(number)
            unsure.append(number)
        else:
            reasons.append((number, reason))
    return people, unsure, reasons, end


def _batch_rows(sheet_rows: Sequence[Row], start: int, rows: Rows) -> Iterator[tuple[int, Row, int]]:
    """Yield row number, row and 0 for rows to judge, and for plain people the first of them and their count."""
    for first in range(start, len(sheet_rows), _BATCH):
        batch = sheet_rows[first : first + _BATCH]
        if _are_plain_people(batch, rows.nik, rows.name, rows.counter):
            yield first, (), len(batch)
        else:
            for number, row in enumerate(batch, first):
                yield number, row, 0


def _are_plain_people(batch: Sequence[Row], nik: int | None, name: int | None, counter: int | None) -> bool:
    """Whether all rows have 16 digits and a name in columns of their own, and no word in the column NO."""
    if nik is None or name is None or nik == name:
        return False
    try:
        niks = " ".join([row[nik] for row in batch])
    except TypeError:  # a number
        return False
    if len(niks) != 17 * len(batch) - 1 or not _NIKS.fullmatch(niks):
        return False
    if not all(map(itemgetter(name), batch)):
        return False
    return counter is None or _COUNTER_STARTS.issuperset(
        {row[counter][:1] for row in batch if row[counter].__class__ is str}
    )


def _has_cell(row: Row) -> bool:
    return any(cell != "" for cell in row)


def _merge_ranges(reasons: Iterable[tuple[int, str]]) -> Iterable[LeftOut]:
    """Return neighbouring rows with the same reason as one range."""
    for (reason, _), group in groupby(enumerate(reasons), key=lambda item: (item[1][1], item[1][0] - item[0])):
        rows = [row for _, (row, _) in group]
        yield LeftOut(rows[0], rows[-1], reason)
