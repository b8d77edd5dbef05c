"""Reads the comments at the cells of a worksheet: notes, and the threads of newer workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rosterkit.model.cells import SheetExtras, cell_position
from rosterkit.read.sheet_xml import parse_xml

_OURS = "rosterkit"  # the author of our own notes
_THREAD = "[Threaded comment]"  # begins the note that stands in for a thread, for older programs


def is_comments_part(name: str) -> bool:
    """Whether a part that a worksheet refers to holds comments."""
    base = name.casefold().rpartition("/")[2]
    return base.endswith(".xml") and base.startswith(("comment", "threadedcomment"))


def add_comments(extras: SheetExtras, parts: Iterable[bytes]) -> SheetExtras:
    """Return the extras of a worksheet with the comments of its parts; several at one cell are lines."""
    found: dict[tuple[int, int], list[str]] = {}
    for content in parts:
        parser = _CommentParser()
        parse_xml(content, parser.start, parser.end, parser.text)
        for cell, text in parser.found:
            if text and not text.startswith(_THREAD):
                found.setdefault(cell, []).append(text)
    return replace(extras, comments={cell: "\n".join(texts) for cell, texts in found.items()}) if found else extras


class _CommentParser:
    """Handlers that collect the texts of comments and of threads."""

    def __init__(self) -> None:
        self.found: list[tuple[tuple[int, int], str]] = []
        self._authors: list[str] = []
        self._text = ""
        self._author = self._cell = ""
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in ("comment", "threadedComment"):
            self._cell, self._author, self._text = attributes.get("ref", ""), attributes.get("authorId", ""), ""
        self._in_text = name in ("t", "author") or (name == "text" and self._cell != "")
        if name == "author":
            self._text = ""

    def text(self, data: str) -> None:
        if self._in_text:
            self._text += data

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "author":
            self._authors.append(self._text.strip())
            self._text = ""
        elif name in ("comment", "threadedComment"):
            number = int(self._author) if self._author.isdecimal() else len(self._authors)
            author = self._authors[number] if number < len(self._authors) else ""
            if author != _OURS:
                self.found.append((cell_position(self._cell.replace("$", "")), self._text.strip()))
            self._cell = ""
        self._in_text = False
