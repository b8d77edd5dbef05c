"""What a report is made of: lines of pieces, each with a look, and small tables.

A look says what a piece is, not how it is drawn. Texts from files are never markup.
"""

from __future__ import annotations

from typing import Literal

from rosterkit.records import dataclass

Look = Literal["plain", "strong", "quiet", "notice", "failed", "clean", "error", "warning", "info", "alarm"]
Piece = tuple[str, Look]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: pieces of text, and how far it is indented (columns); a long one goes on below its first letter.

    ``lead`` are pieces before the text, in ``room`` columns; they are not what the text goes on below.
    """

    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    lead: tuple[Piece, ...] = ()
    room: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A small table.

    Args:
        heads: above the columns; none where the rows explain themselves.
        rows: a piece for each column.
        numbers: columns that hold numbers.
        names: columns of names that may be shortened in the middle where there is no room.
        spare: columns that are left out first where there is no room.
        indent: how far it is indented (columns).
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    numbers: frozenset[int] = frozenset()
    names: frozenset[int] = frozenset()
    spare: frozenset[int] = frozenset()
    indent: int = 0


Block = Line | Table
EMPTY = Line()


def line(text: str, look: Look = "plain", indent: int = 0) -> Line:
    """A line of one piece."""
    return Line(((text, look),), indent)


def led_line(lead: str, text: str, room: int, look: Look = "plain") -> Line:
    """A line of one piece behind a word in a column of its own."""
    return Line(((text, look),), lead=((lead, "plain"),), room=room)
