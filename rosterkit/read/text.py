"""Decodes texts of any encoding, and gives their rows one length."""

from __future__ import annotations


def decode(content: bytes) -> str:
    """Decode bytes of unknown encoding: UTF-16 with a byte order mark, UTF-8, or else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def square(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows with empty cells at their ends, so that all have the same length."""
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
