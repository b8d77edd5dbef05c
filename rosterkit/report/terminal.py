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


def print_report(report: Report, words: Words, console: Console) -> None:
    """Print a run."""
    for block in report_lines(report, words):
        console.print(_drawn_table(block) if isinstance(block, Table) else _drawn_line(block))


def _drawn_line(line: Line) -> RenderableType:
    """A text whose wrapped lines stay below its first one; never markup."""
    from rich.padding import Padding
    from rich.text import Text

    text = Text.assemble(*((piece, _STYLES[look]) for piece, look in line.pieces))
    return Padding(text, (0, 0, 0, line.indent), expand=False) if line.indent else text


def _drawn_table(table: Table) -> RenderableType:
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, head in enumerate(table.heads):
        drawn.add_column(head, justify="right" if number in table.numbers else "left")
    for row in table.rows:
        drawn.add_row(*(Text(piece, style=_STYLES[look]) for piece, look in row))
    return drawn
