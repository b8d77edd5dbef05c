"""Cuts a sheet at its empty columns: a list, and what stands beside it (another list, a recap, codes, officers)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import islice

from rosterkit.model.cells import Row, Sheet
from rosterkit.model.roster import Table
from rosterkit.read.assign import find_run
from rosterkit.read.blocks import belongs_to_others, mask_sheet
from rosterkit.read.header_rows import COUNTER_HEADERS, Header, find_header, may_be_header
from rosterkit.read.headers import Vocabulary
from rosterkit.schema.spec import plain

_LOOK_AT = 100  # rows in which a column must be empty before all rows are asked
_MIN_ROWS = 2  # of a table beside the list: one row may be one remark
_FILLED = 3  # cells of a row of a list; titles and signatures have fewer, and stand anywhere
Region = range  # columns without an empty one between them


def find_regions(sheet: Sheet, width: int) -> list[Region]:
    """Return the columns of a sheet, cut where a column is empty in all rows that may be a list's."""
    rows = [row for row in sheet.rows[:_LOOK_AT] if _is_of_list(row)]
    used = {column for row in rows for column, cell in enumerate(row) if cell != ""}
    gaps = {*range(width)} - used
    for row in sheet.rows[_LOOK_AT:] if gaps and gaps != {*range(max(used, default=0) + 1, width)} else ():
        gaps -= {column for column in gaps if column < len(row) and row[column] != "" and _is_of_list(row)}
    edges = [column for column in range(width) if column not in gaps]
    starts = [column for column in edges if column == 0 or column - 1 in gaps]
    ends = [column + 1 for column in edges if column + 1 == width or column + 1 in gaps]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def _is_of_list(row: Row) -> bool:
    return sum(1 for cell in row if cell != "") >= _FILLED


def part_sheet(sheet: Sheet, vocabulary: Vocabulary, needed: set[str], width: int) -> list[Sheet]:
    """Return a sheet as one sheet for each list that stands beside others, without what belongs to none of them.

    Args:
        sheet: as read.
        vocabulary: how headers may be written.
        needed: the fields that a list beside another one must have.
        width: the columns of the sheet.
    """
    regions = find_regions(sheet, width)
    if len(regions) < 2:
        return [sheet]
    filled = (number for number, row in enumerate(sheet.rows, 1) if any(cell != "" for cell in row))
    head = replace(sheet, rows=sheet.rows[: max(islice(filled, _LOOK_AT))])
    headers = {region: find_header(mask_sheet(head, frozenset(region)), vocabulary) for region in regions}
    lists = [
        region
        for region, header in headers.items()
        if header is not None and needed <= header.fields() and not belongs_to_others(sheet, header, vocabulary)
    ]
    if not lists:
        return [sheet]
    starts = [0, *(region.start for region in lists[1:]), width]
    parts = []
    for region, start, end in zip(lists, starts, starts[1:], strict=False):
        header = headers[region]
        others = [other for other in regions if start <= other.start < end and other != region]
        foreign = [
            other for other in others
            if header is not None and _stands_apart(sheet, region, other, header, vocabulary)
        ]  # fmt: skip
        columns = {*range(start, end)} - {column for other in foreign for column in other}
        parts.append(mask_sheet(sheet, frozenset(columns)) if foreign or len(lists) > 1 else sheet)
    return parts


def _stands_apart(sheet: Sheet, region: Region, other: Region, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether another region is no part of a list: data beside its header, or a second column NO.

    Data beside the last row of a header are texts below a header of their own in each column: a group of columns has
    one text above them all.
    """
    cells = [sheet.rows[row][other.start : other.stop] for row in header.rows]
    if any(not may_be_header(["x", "x", *line]) for line in cells):
        return True
    if len(other) > 1 and len(cells) > 1:
        columns = zip(*([*line, *[""] * (len(other) - len(line))] for line in cells[-2:]), strict=True)
        if all(_is_value_below(upper, lower, vocabulary) for upper, lower in columns):
            return True
    numbered = any(plain(header.labels[column][0]) in COUNTER_HEADERS for column in region if column in header.labels)
    first = next((line[0] for line in reversed(cells) if line and line[0] != ""), "")
    return numbered and len(other) > 1 and isinstance(first, str) and plain(first) in COUNTER_HEADERS


def _is_value_below(upper: object, lower: object, vocabulary: Vocabulary) -> bool:
    """Whether the lower one of two cells is a value below a text, no header and no hint in brackets."""
    if not isinstance(upper, str) or not plain(upper) or lower == "":
        return False
    return not isinstance(lower, str) or not (lower.strip().startswith("(") or vocabulary.match(lower))


def find_apart(table: Table, chosen: Collection[str]) -> tuple[int, ...]:
    """Return the columns with a field, the first of each run, that could be those of another table beside the list.

    Such a run stands behind a gap or a second column NO, and its rows are full from the first person on, but end
    before the last one, or go on below her. One that the office has named (``chosen``) is sure.
    """
    if "nik" not in table.columns or not table.people:
        return ()
    numbers = {column for column, text in table.labels.items() if plain(text) in COUNTER_HEADERS} - {table.counter}
    near = _find_part(table, table.columns["nik"], numbers)
    runs: dict[Region, int] = {}
    for field, column in sorted(table.columns.items(), key=lambda item: item[1]):
        if column not in near and field not in chosen:
            runs.setdefault(_find_part(table, column, numbers), column)
    return tuple(column for run, column in runs.items() if len(run) > 1 and _is_cut_off(table, run))


def _find_part(table: Table, column: int, numbers: Collection[int]) -> Region:
    """Return the columns around one up to a gap, or to a second column NO."""
    run = find_run(table.labels, column)
    start = max((number for number in numbers if number in run and number <= column), default=run.start)
    return range(start, min((number for number in numbers if number in run and number > column), default=run.stop))


def _is_cut_off(table: Table, run: Region) -> bool:
    """Whether the rows of a run are full from the first person, or from the header, and end before the last person."""
    starts = {table.people[0], table.last_header_row + 1 if table.header_rows else table.people[0]}
    return any(_ends_early(table, run, start) for start in starts)


def _ends_early(table: Table, run: Region, start: int) -> bool:
    rows, span = table.sheet.rows[start:], table.people[-1] - start + 1
    full = next((count for count, row in enumerate(rows) if "" in row[run.start : run.stop]), len(rows))
    if full < _MIN_ROWS or full == span:
        return False
    return full > span or not any(cell != "" for row in rows[full:span] for cell in row[run.start : run.stop])
