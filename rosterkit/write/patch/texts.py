"""Texts as they stand in XML and in the cells of a workbook."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#\d+|lt|gt|amp|quot|apos);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
MAX_TEXT = 32_767  # characters in a cell
ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"  # what XML cannot hold
_ILLEGAL = re.compile(f"{ILLEGAL}|[\ud800-\udfff]")
_SAFE = re.compile(r"[0-9A-Za-z .,'/:()@+-]{0,1000}")  # most texts need nothing
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ in a text as a letter


def unescape_xml(text: str) -> str:
    """Return a text with its character references resolved."""
    if "&" not in text:
        return text

    def letter(found: re.Match[str]) -> str:
        name = found[1]
        if not name.startswith("#"):
            return _NAMED[name]
        return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))

    return _REFERENCE.sub(letter, text)


def remove_illegal(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def escape_xml(text: str) -> str:
    """Return a text escaped for an element or an attribute; characters that XML cannot hold are left out."""
    text = remove_illegal(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escape_codes(text: str) -> str:
    """Return a text in which Excel reads nothing as a letter by its number (``_x0041_``)."""
    return _CODE.sub("_x005F_", text)


def escape_cell_text(text: str) -> str:
    """Return a text escaped for a cell of a worksheet part."""
    if _SAFE.fullmatch(text):
        return text
    return escape_xml(escape_codes(text)[:MAX_TEXT]).replace("\r", "")


def clean_cell_text(text: str) -> str:
    """Return a text as a cell can hold it: no control characters, one kind of line break, not too long."""
    return remove_illegal(text.replace("\r\n", "\n").replace("\r", "\n"))[:MAX_TEXT]
