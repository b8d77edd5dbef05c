"""What a report is made of: lines of pieces, each with a look, and small tables.

A look says what a piece is, not how it is drawn. Texts from files are never markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["plain", "strong", "quiet", "notice", "failed", "clean", "error", "warning", "info", "alarm"]
Piece = tuple[str, Look]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: pieces of text, and how far it is indented (columns); a long one goes on below its first letter."""

    pieces: tuple[Piece, ...] = ()
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; ``numbers`` are the columns that hold numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    numbers: frozenset[int] = frozenset()


Block = Line | Table
EMPTY = Line()


def line(text: str, look: Look = "plain", indent: int = 0) -> Line:
    """A line of one piece."""
    return Line(((text, look),), indent)
