"""The table of texts that the cells of a workbook share."""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.write.patch.package import XML_DECLARATION, Package
from rosterkit.write.patch.texts import clean_cell_text, escape_codes, escape_xml
from rosterkit.write.patch.xml import MAIN_NAMESPACE, STRICT_NAMESPACE

STRINGS_PART = "xl/sharedStrings.xml"
STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_PIECE = 2_000  # texts that are written at once


class SharedStrings:
    """Numbers the texts of cells, equal ones once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def get_number(self, text: str) -> int:
        """Return the number of a text; a new one is added."""
        return self._numbers.setdefault(text, len(self._numbers))

    def write_pieces(self, strict: bool = False) -> Iterator[bytes]:
        """Yield the part piece by piece."""
        space = STRICT_NAMESPACE if strict else MAIN_NAMESPACE
        yield f'{XML_DECLARATION}<sst xmlns="{space}" uniqueCount="{len(self)}">'.encode()
        lines: list[str] = []
        for text in self._numbers:
            escaped = escape_xml(escape_codes(clean_cell_text(text)))
            lines.append(f'<si><t xml:space="preserve">{escaped}</t></si>')
            if len(lines) == _PIECE:
                yield "".join(lines).encode()
                lines.clear()
        yield "".join([*lines, "</sst>"]).encode()


def add_strings(package: Package) -> str:
    """Add the relation and the content type of a table of texts to a package without one; return its part.

    Returns:
        an empty text where the package has a table.
    """
    relations = package.get_relations(package.workbook)
    if relations.find_parts("sharedStrings"):
        return ""
    part = STRINGS_PART if STRINGS_PART.lower() not in package else package.find_free_name("xl/sharedstrings{}.xml")
    package.add_content_type(part, STRINGS_TYPE)
    relations.add("sharedStrings", part)
    return part


def remove_unused_strings(package: Package, sheets: list[str]) -> None:
    """Remove the table of texts where no cell of these sheets refers to it."""
    relations = package.get_relations(package.workbook)
    for part in relations.find_parts("sharedStrings"):
        if part in package.infos and not any(_refers_to_strings(package.read(sheet)) for sheet in sheets):
            relations.remove(part)
            package.remove_part(part)


def _refers_to_strings(content: bytes) -> bool:
    return any(mark in content for mark in (b't="s"', b"t='s'", b"t ="))
