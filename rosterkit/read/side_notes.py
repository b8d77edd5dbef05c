"""Finds what is written about people where no field is read: in other columns, beside the table, in NO, in comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from rosterkit.frame.remark_words import OTHER, RemarkReader, remark_reader
from rosterkit.model.roster import NoteSource, SideNote, Table
from rosterkit.read.line_notes import read_lines
from rosterkit.read.own_marks import OWN_COLUMNS
from rosterkit.schema.remarks import MEANINGS
from rosterkit.schema.spec import RosterSpec

_READ = ("remark", "status")  # fields whose words are read by themselves; here only short answers to their header
_BATCH = 10_000  # rows that are looked at as one
_MANY = 200  # texts from which a frame searches faster


def add_notes(tables: Sequence[Table], spec: RosterSpec) -> list[Table]:
    """Return the tables of a file with what is written about their people where no field is read."""
    reader, found = remark_reader(spec.remarks), []
    for table in tables:
        beside = [one for one in tables if one is not table and one.sheet is table.sheet and _overlap(one, table)]
        columns = [_Column(table, column, reader) for column in _find_columns(table, beside)]
        notes, filled = _read_columns(table, columns)
        bare = filled - table.labels.keys() - table.sheet.extras.answers
        lone = {column for column in bare if not {column - 1, column + 1} & bare}  # several are a table of codes
        notes = [note for note in notes if note.source != "beside" or note.column in lone | table.sheet.extras.answers]
        notes += [*_read_comments(table, beside, reader), *read_lines(table, reader)]
        found.append(replace(table, notes=tuple(notes), unlabelled=tuple(sorted(bare))) if notes or bare else table)
    return found


def _overlap(one: Table, other: Table) -> bool:
    """Whether two tables stand side by side."""
    if not one.people or not other.people:
        return False
    return one.people[0] <= other.people[-1] and other.people[0] <= one.people[-1]


def _find_columns(table: Table, beside: Sequence[Table]) -> list[int]:
    """Return the columns in which something may be written about the people, also those without a header.

    A column without a header is that of the nearest table at its left.
    """
    if not table.people:
        return []
    taken = {*chain.from_iterable([*one.labels, *one.columns.values()] for one in beside)} - table.labels.keys()
    fields = {column for field, column in table.columns.items() if field not in _READ}
    own = {column for column, label in table.labels.items() if label in OWN_COLUMNS}
    first, width = min(table.labels, default=0), len(table.sheet.rows[table.people[0]])
    columns = {*range(first, width)} - taken - fields - own - {*table.apart} - table.unread
    return sorted(column for column in columns if not _is_right_of(column, table, taken))


def _is_right_of(column: int, table: Table, taken: set[int]) -> bool:
    """Whether the nearest table at the left of a column is another one."""
    if column in table.labels:
        return False
    last = max((label for label in table.labels if label < column), default=-1)
    return any(last < other < column for other in taken)


class _Column:
    """A column in which something may be written about the people."""

    def __init__(self, table: Table, number: int, reader: RemarkReader) -> None:
        self.number, self._reader = number, reader
        label = " ".join(table.labels.get(number, "").split())
        is_number = number == table.counter
        self.source: NoteSource = "number" if is_number else "column" if number in table.labels else "beside"
        self.header = label if self.source == "column" else ""
        self._is_question = bool(self.header) and reader.is_question(self.header)
        self._answers_only = any(table.columns.get(field) == number for field in _READ)

    def find(self, cells: Sequence[object]) -> dict[object, str]:
        """Return cell -> what it says of the person, for some cells of the column."""
        if self._answers_only and not self._is_question:
            return {}
        distinct = (
            {*cells} if self._is_question else self._with_words({cell for cell in cells if isinstance(cell, str)})
        )
        found = ((cell, self._read(str(cell))) for cell in distinct)
        return {cell: says for cell, says in found if says in MEANINGS and says is not None}

    def _with_words(self, texts: set[str]) -> list[str]:
        """Return the texts that hold any word of those that decide."""
        if len(texts) < _MANY:
            return [text for text in texts if self._reader.anything.search(text)]
        import polars as pl  # late, as reading alone needs it for large lists only

        series = pl.Series([*texts], dtype=pl.String)
        return series.filter(series.str.contains(f"(?i){self._reader.anything.pattern}")).to_list()

    def _read(self, text: str) -> str | None:
        if self._answers_only and self._reader.read_remark(text) in MEANINGS:
            return None
        return self._reader.read_cell(text, self.header)


def _read_columns(table: Table, columns: Sequence[_Column]) -> tuple[list[SideNote], set[int]]:
    """Return what columns say of the people of a table, and in which of them any text stands beside people."""
    notes, filled = list[SideNote](), set[int]()
    people = zip(table.people, table.rows_of_people(), strict=True) if columns else iter(())
    while batch := [*islice(people, _BATCH)]:
        for column in columns:
            cells = [cells[column.number] if column.number < len(cells) else "" for _row, cells in batch]
            if column.number not in filled and any(isinstance(cell, str) and cell.strip() for cell in cells):
                filled.add(column.number)
            says = column.find(cells)
            notes += [
                SideNote(row, column.number, str(cell).strip(), says[cell], column.source, column.header)
                for (row, _cells), cell in (zip(batch, cells, strict=True) if says else ())
                if cell in says
            ]
    return sorted(notes, key=lambda note: (note.row, note.column)), filled


def _read_comments(table: Table, beside: Sequence[Table], reader: RemarkReader) -> Iterator[SideNote]:
    """Yield the comments at the cells of people; one at a cell of somebody else decides nothing."""
    if not table.sheet.extras.comments:
        return
    people, fields = frozenset(table.people), {column: field for field, column in table.columns.items()}
    taken = {*chain.from_iterable([*one.labels, *one.columns.values()] for one in beside)} - table.labels.keys()
    for (row, column), text in sorted(table.sheet.extras.comments.items()):
        if row not in people or column in taken:
            continue
        field = fields.get(column)
        header = "" if field else table.labels.get(column, "")
        is_open = field == "mother_name" or "?" in text  # a question is for the office
        says = OTHER if is_open else reader.read_cell(text, header)
        yield SideNote(row, column, " ".join(text.split()), says if says in MEANINGS else OTHER, "comment", header)
