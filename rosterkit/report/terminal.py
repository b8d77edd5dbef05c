"""The report that a clerk reads in a terminal: the lines of ``report.lines``, drawn by rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosterkit.model.report import Report
from rosterkit.report.blocks import Line, Look, Table
from rosterkit.report.lines import report_lines
from rosterkit.report.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_STYLES: dict[Look, str] = {
    "plain": "",
    "strong": "bold",
    "quiet": "dim",
    "notice": "yellow",
    "failed": "bold white on red",
    "clean": "bold green",
    "error": "bold red",
    "warning": "yellow",
    "alarm": "bold yellow",
    "info": "cyan",
}
_GAP = 2  # columns between those of a table
_NAME = 13  # columns that a name may be shortened to


def print_report(report: Report, words: Words, console: Console, verbose: bool = False) -> None:
    """Print a run; ``verbose``: every finding of every file."""
    for block in report_lines(report, words, verbose):
        console.print(_drawn_table(block, console.width) if isinstance(block, Table) else _drawn_line(block))


def _drawn_line(line: Line) -> RenderableType:
    """A text whose wrapped lines stay below its first one; never markup."""
    from rich.padding import Padding
    from rich.table import Table as Drawn
    from rich.text import Text

    text: RenderableType = Text.assemble(*((piece, _STYLES[look]) for piece, look in line.pieces))
    if line.lead:
        drawn = Drawn.grid(padding=(0, 1, 0, 0))
        drawn.add_column(width=line.room, no_wrap=True)
        drawn.add_column()
        drawn.add_row(Text.assemble(*((piece, _STYLES[look]) for piece, look in line.lead)), text)
        text = drawn
    return Padding(text, (0, 0, 0, line.indent), expand=False) if line.indent else text


def _drawn_table(table: Table, width: int) -> RenderableType:
    """A table in so many columns: names are shortened, then what can be spared goes."""
    from rich.padding import Padding
    from rich.table import Table as Drawn
    from rich.text import Text

    shown = [column for column in range(len(table.rows[0])) if column not in table.spare]
    if _needed(table, [*range(len(table.rows[0]))]) + table.indent <= width:
        shown = [*range(len(table.rows[0]))]
    names = sorted(table.names & {*shown})
    spare = width - table.indent - _needed(table, [column for column in shown if column not in names])
    rooms = _share_room(table, names, spare)
    drawn = Drawn(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=bool(table.heads))
    for column in shown:
        head = Text(table.heads[column].replace(" ", "\n"), style="dim") if table.heads else ""
        is_number = column in table.numbers
        drawn.add_column(head, justify="right" if is_number else "left", no_wrap=column in names or is_number)
    for row in table.rows:
        cells = ((shorten(row[n][0], rooms[n]) if n in names else row[n][0], row[n][1]) for n in shown)
        drawn.add_row(*(Text(piece, style=_STYLES[look]) for piece, look in cells))
    return Padding(drawn, (0, 0, 0, table.indent), expand=False) if table.indent else drawn


def _share_room(table: Table, names: list[int], spare: int) -> dict[int, int]:
    """The columns of a terminal that each column of names gets: who needs less than a fair share leaves the rest."""
    longest = {name: max(len(row[name][0]) for row in table.rows) for name in names}
    rooms = {}
    for left, name in zip(range(len(names), 0, -1), sorted(names, key=lambda name: longest[name]), strict=True):
        rooms[name] = max(_NAME, min(longest[name], spare // left - _GAP))
        spare -= rooms[name] + _GAP
    return rooms


def _needed(table: Table, columns: list[int]) -> int:
    """The columns of a terminal that columns of a table need, names as short as they may be."""
    total = 0
    for column in columns:
        longest = max(len(row[column][0]) for row in table.rows)
        longest = min(longest, _NAME) if column in table.names else longest
        head = max(map(len, table.heads[column].split()), default=0) if table.heads else 0
        total += max(longest, head) + _GAP
    return total


def shorten(text: str, room: int) -> str:
    """A text in so many letters: the middle goes, as files of one office differ at their ends."""
    if len(text) <= room:
        return text
    end = (room - 1) * 2 // 3
    return text[: room - 1 - end] + "…" + text[len(text) - end :]
