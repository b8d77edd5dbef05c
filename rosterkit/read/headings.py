"""Finds the titles of a table and the headings between its people."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from rosterkit.model.cells import Row
from rosterkit.model.roster import Table
from rosterkit.read.heading_words import HeadingWords
from rosterkit.records import dataclass
from rosterkit.schema.spec import plain

_MAX_CELLS = 2  # of a heading: a letter, and what it says


@dataclass(frozen=True, slots=True)
class Section:
    """The people below some headings, up to the next ones.

    Args:
        first: the row of the first of them.
        rows: those of the headings.
        texts: the headings, without those that say nothing of what people are (a place, a page).
        begins_table: the header is repeated below them: they are titles.
    """

    first: int
    rows: tuple[int, ...]
    texts: tuple[str, ...]
    begins_table: bool


def find_titles(table: Table, tables: Sequence[Table]) -> list[str]:
    """Return the titles of a table: rows with one text above its header, its own where others stand beside it.

    Args:
        table: the table.
        tables: those of the same file.
    """
    header = min(table.header_rows, default=0)
    near = [other for other in tables if other.sheet.name == table.sheet.name and other is not table]
    above = [other for other in near if other.people and other.people[-1] < header]
    start = max((other.people[-1] + 1 for other in above), default=table.top)
    closed = {row for other in above for row in _rows_of(other, "signature", "total") if row >= start}
    beside = [other for other in near if {*other.header_rows} & {*table.header_rows}]
    titles = []
    for number in range(start, header):
        text = _lone_text(table.sheet.rows[number]) or _own_title(table.sheet.rows[number], table, beside)
        if text and not (number in closed and not plain(text).startswith(_LIST)):
            titles.append(text)
    return titles


_LIST = ("DAFTAR", "DATA", "LAMPIRAN", "KATEGORI")  # how a title begins that stands below somebody's signature


def _lone_text(row: Row) -> str:
    """Return the text of a row with nothing else; a row with two cells is no title but a label and its value."""
    texts = [cell for cell in row if cell != ""]
    return texts[0] if len(texts) == 1 and isinstance(texts[0], str) else ""


def _own_title(row: Row, table: Table, beside: Sequence[Table]) -> str:
    """Return the one text above the columns of a table; where each table beside it has one too."""
    found = [[cell for column, cell in enumerate(row) if cell != "" and column in columns_of(one)]
             for one in (table, *beside)]  # fmt: skip
    if not beside or sum(cell != "" for cell in row) != len(found):
        return ""
    return str(found[0][0]) if all(len(cells) == 1 and isinstance(cells[0], str) for cells in found) else ""


def columns_of(table: Table) -> range:
    """Return the columns of a table from its first header to its last."""
    return range(min(table.labels, default=0), max(table.labels, default=0) + 1)


def _rows_of(table: Table, *reasons: str) -> Iterator[int]:
    return (row for part in table.left_out if part.reason in reasons for row in range(part.first, part.last + 1))


def find_sections(table: Table, titles: Sequence[str], words: HeadingWords) -> list[Section]:
    """Return the sections of a table that begin with a heading, in order.

    Args:
        table: the table.
        titles: its own; repeated on another page they say nothing new.
        words: those of headings.
    """
    people, said = table.people, {plain(title) for title in titles if not words.find_categories(title)}
    repeated = sorted(_rows_of(table, "repeated-header"))
    closed = {*_rows_of(table, "signature")}
    texts_of = ((row, _heading_text(table, row)) for row in sorted((*_rows_of(table, "note", "heading"), *closed)))
    rows = [(row, text) for row, text in texts_of if text and (row not in closed or plain(text).startswith(_LIST))]
    sections = []
    for position, group in groupby(rows, key=lambda item: bisect_right(people, item[0])):
        if position == len(people):
            break
        found = [(row, text) for row, text in group if not (words.is_neutral(text) or plain(text) in said)]
        if found:
            last, first = found[-1][0], people[position]
            begins = bisect_right(repeated, last) < bisect_right(repeated, first)
            numbers, texts = zip(*found, strict=True)
            sections.append(Section(first, numbers, texts, begins))
    return sections


def _heading_text(table: Table, row: int) -> str:
    """Return the text of a row that may be a heading; empty for another row."""
    columns = columns_of(table)
    filled = [cell for column, cell in enumerate(table.sheet.rows[row]) if cell != "" and column in columns]
    texts = [cell for cell in filled if isinstance(cell, str) and len(plain(cell)) > 1]
    return texts[0] if len(filled) <= _MAX_CELLS and len(texts) == 1 else ""
