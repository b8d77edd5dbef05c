"""Texts as they stand in XML and in the cells of a workbook."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#\d+|lt|gt|amp|quot|apos);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
MAX_TEXT = 32_767  # characters in a cell
ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"  # what XML cannot hold
_ILLEGAL = re.compile(f"{ILLEGAL}|[\ud800-\udfff]")
_PLAIN = re.compile(r"[0-9A-Za-z .,'/:()@+-]{0,1000}")  # most texts need nothing
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ in a text as a letter


def unescape_xml(text: str) -> str:
    """A text without character references."""
    if "&" not in text:
        return text

    def letter(found: re.Match[str]) -> str:
        name = found[1]
        if not name.startswith("#"):
            return _NAMED[name]
        return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))

    return _REFERENCE.sub(letter, text)


def remove_illegal(text: str) -> str:
    """A text without what XML cannot hold."""
    return _ILLEGAL.sub("", text)


def escape_xml(text: str) -> str:
    """A text as it stands in XML, in an element or between double quotes; what XML cannot hold is left out."""
    text = remove_illegal(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escape_codes(text: str) -> str:
    """A text in which Excel takes nothing for one of its letters by number."""
    return _ESCAPED.sub("_x005F_", text)


def escape_cell_text(text: str) -> str:
    """A text as it stands in a cell of a workbook."""
    if _PLAIN.fullmatch(text):
        return text
    return escape_xml(escape_codes(text)[:MAX_TEXT]).replace("\r", "")


def clean_cell_text(text: str) -> str:
    """A text as a cell of a workbook can hold it: no control characters, one kind of line break, not too long."""
    return remove_illegal(text.replace("\r\n", "\n").replace("\r", "\n"))[:MAX_TEXT]
