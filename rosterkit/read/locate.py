"""Locates the rosters in a sheet: header rows, columns, people, and the rows left out. Never by position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Rival, Skipped, Table
from rosterkit.read.blocks import Block, begins_table, find_block_beside, find_blocks
from rosterkit.read.header_rows import COUNTER_HEADERS, Header
from rosterkit.read.headers import Target, Vocabulary
from rosterkit.read.layouts import derive_values
from rosterkit.read.one_column import find_column, join_column, split_column
from rosterkit.read.outside import find_calls, find_outside, looks_like_nik
from rosterkit.read.own_marks import is_summary
from rosterkit.read.packed_rows import pack_like
from rosterkit.read.people import find_people
from rosterkit.read.regions import find_apart, part_sheet
from rosterkit.schema.spec import RosterSpec, plain

_SAMPLE = 200  # people whose values are compared where two columns could be one field


def locate(sheet: Sheet, spec: RosterSpec, vocabulary: Vocabulary) -> Table | Skipped:
    """Return the first roster of a sheet (see ``locate_tables``)."""
    found = locate_tables(sheet, spec, vocabulary)
    return found if isinstance(found, Skipped) else found[0]


def locate_tables(
    sheet: Sheet, spec: RosterSpec, vocabulary: Vocabulary, before: Table | None = None
) -> tuple[Table, ...] | Skipped:
    """Find the rosters in a sheet.

    Args:
        sheet: the sheet as read.
        spec: the schema, which decides whether PEKERJAAN is a category.
        vocabulary: how headers may be written.
        before: the last table of the sheet before, whose header a sheet without one goes on with.

    Returns:
        the tables, or why there is none: ``own-sheet``, ``empty``, ``no-header``, ``one-column``.
    """
    if is_summary(sheet.name, sheet.rows):
        return Skipped(sheet.name, "own-sheet")
    if not any(any(cell != "" for cell in row) for row in sheet.rows):
        return Skipped(sheet.name, "empty")
    needed = {"nik", "name", "birth_date"} & {*spec.required(), "nik", "name"}
    width = max(map(len, sheet.rows))
    parts = part_sheet(sheet, vocabulary, needed, width)
    tables = [table for part in parts for table in _find_tables(part, spec, vocabulary, 0)]
    column = find_column(sheet) if not tables else None
    if column is not None:
        tables = _split_lines(sheet, column, spec, vocabulary)
    if not tables and before is not None:
        short, width = before.width - width, max(before.width, width)
        if short > 0:
            sheet = replace(sheet, rows=pack_like(sheet.rows, ([*row, *[""] * short] for row in sheet.rows)))
        tables = _continue_table(sheet, before)
    outside = find_outside(sheet, tables, vocabulary.header_words, width)
    if not tables:
        return Skipped(sheet.name, "no-header" if column is None else "one-column", outside)
    first, *others = (replace(table, sheet=sheet) for table in tables)
    return (replace(first, outside=outside, calls=find_calls(sheet, tables, vocabulary.header_words, width)), *others)


def _split_lines(sheet: Sheet, column: int, spec: RosterSpec, vocabulary: Vocabulary) -> list[Table]:
    """Return the tables of a sheet whose people stand in one cell each, where it is certain how they are split."""
    split = split_column(sheet, column)
    found = _find_tables(split[0], spec, vocabulary, 0) if split else []
    if split is None or any(table.duplicates or table.rivals or table.apart for table in found):
        return []
    return [join_column(table, sheet, column, split[1]) for table in found]


def _find_tables(sheet: Sheet, spec: RosterSpec, vocabulary: Vocabulary, top: int) -> list[Table]:
    """Return the tables from a row on: those side by side, then what stands to their right, then those below."""
    tables: list[Table] = []
    while blocks := find_blocks(sheet, spec, vocabulary, top):
        found, ends = zip(*(_read_block(block, spec, vocabulary, sheet) for block in blocks), strict=True)
        tables += map(partial(_with_rows_beside, others=found), found)
        right = find_block_beside(sheet, max(table.width for table in tables), vocabulary, top)
        if right is not None:
            tables += _find_tables(right, spec, vocabulary, top)
            break
        top = max(ends)
        if top >= len(sheet.rows):
            break
    return tables


def _with_rows_beside(table: Table, others: Sequence[Table]) -> Table:
    """The table with the rows in which only those beside it, with the same column NO, have somebody."""
    sharing = [one.people for one in others if one is not table and one.counter == table.counter is not None]
    return replace(table, halves=frozenset().union(*sharing).difference(table.people)) if sharing else table


def _read_block(block: Block, spec: RosterSpec, vocabulary: Vocabulary, whole: Sheet) -> tuple[Table, int]:
    """Return the table of a block, and the row where it ends."""
    sheet, header = block.sheet, _drop_empty_twins(block)
    targets = _choose_category(header.assigned.targets, spec)
    columns = {part: column for column, target in targets.items() for part in target.split("+")}
    labels = header.labels
    counter = next((column for column, texts in labels.items() if plain(texts[0]) in COUNTER_HEADERS), None)
    begins = partial(begins_table, whole, vocabulary=vocabulary)
    people, left_out, end, unsure = find_people(sheet, header.rows, columns, labels, counter, block.top, begins)
    table = Table(
        sheet=sheet,
        header_rows=header.rows,
        columns=columns,
        labels={column: texts[1] for column, texts in labels.items()},
        joined=frozenset(part for target in targets.values() if "+" in target for part in target.split("+")),
        duplicates=tuple(header.assigned.duplicates),
        people=people,
        left_out=left_out,
        width=max(labels) + 1,
        counter=counter,
        top=block.top,
        rivals=_find_rivals(sheet, header, columns, people),
    )
    table = replace(table, apart=find_apart(table, vocabulary.chosen), unread=_find_unread(header, table))
    return derive_values(table, labels, vocabulary, unsure), end


def _drop_empty_twins(block: Block) -> Header:
    """Return the header without columns that repeat another one's and are empty, or stand in for an empty one."""
    header = block.header
    if not header.assigned.duplicates:
        return header
    targets, kept = dict(header.assigned.targets), []
    rows = block.sheet.rows[header.rows[-1] + 1 :]
    for field, first, again in header.assigned.duplicates:
        empty = [not any(column < len(row) and row[column] != "" for row in rows) for column in (first, again)]
        if empty[0] and not empty[1] and first in targets:
            targets[again] = targets.pop(first)
        elif not empty[1]:
            kept.append((field, first, again))
    return replace(header, assigned=replace(header.assigned, targets=targets, duplicates=kept))


def _find_rivals(sheet: Sheet, header: Header, columns: dict[str, int], people: tuple[int, ...]) -> tuple[Rival, ...]:
    """Return the columns that could be NIK or name as well and say something else of most people.

    Of the NIKs only those count that are there: a shorter list may stand beside this one.
    """
    found = []
    for field, rivals in header.assigned.rivals.items():
        for other in rivals:
            pairs = [(sheet.rows[row][columns[field]], sheet.rows[row][other]) for row in people[:_SAMPLE]]
            if field == "nik":
                differ = [one != two for one, two in pairs if looks_like_nik(two)]
            else:
                differ = [isinstance(two, str) and two != "" and plain(str(one)) != plain(two) for one, two in pairs]
            if sum(differ) * 2 > len(differ):
                found.append(Rival(field, columns[field], other))
    return tuple(found)


def _find_unread(header: Header, table: Table) -> frozenset[int]:
    """Return the columns called NIK that are no field's, and of which no finding speaks."""
    told = {rival.other for rival in table.rivals}.union(column for _, _, column in table.duplicates)
    return header.assigned.niks.difference(table.columns.values(), told)


def _continue_table(sheet: Sheet, before: Table) -> list[Table]:
    """Return the table of a sheet that goes on without a header, if its columns agree with the one before."""
    nik, name = before.columns.get("nik"), before.columns.get("name")
    rows = [row for row in sheet.rows if any(looks_like_nik(cell) for cell in row)]
    if nik is None or name is None or not rows:
        return []
    width = max(nik, name) + 1
    fits = [
        len(row) >= width and looks_like_nik(row[nik]) and isinstance(row[name], str) and not looks_like_nik(row[name])
        for row in rows
    ]
    used = max(column for row in rows for column, cell in enumerate(row) if cell != "")
    if not all(fits) or before.derived or abs(used + 1 - before.width) > 1:
        return []
    labels = {column: (text, text) for column, text in before.labels.items()}
    people, left_out, _end, _unsure = find_people(sheet, (), dict(before.columns), labels, before.counter)
    return [replace(before, sheet=sheet, header_rows=(), people=people, left_out=left_out, top=0, duplicates=(),
                    rivals=(), outside=())]  # fmt: skip


def _choose_category(targets: dict[int, Target], spec: RosterSpec) -> dict[int, Target]:
    """Make PEKERJAAN the category where the programme has categories and no other column matches it better."""
    if not spec.categories or "category" in targets.values():
        return targets
    return {column: "category" if target == "occupation" else target for column, target in targets.items()}
