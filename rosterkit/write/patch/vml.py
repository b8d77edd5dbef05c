"""The VML drawing with which Excel shows the notes of a sheet. Shapes are written as xlsxwriter writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from rosterkit.write.patch.edit import Note
from rosterkit.write.patch.mark_style import count_lines
from rosterkit.write.patch.package import Package
from rosterkit.write.patch.xml import Xml

BLOCK_SIZE = 1_024  # shape ids come in blocks; no two drawings of a workbook may share one
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_IDMAP = re.compile(rb"""<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*["']([\d,\s]+)["']""")
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_SHAPE = re.compile(rb"<(?:\w+:)?shape\b(?:(?!</(?:\w+:)?shape>).)*?</(?:\w+:)?shape>", re.S)
_PLACE = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</(?:\w+:)?Row>\s*<(?:\w+:)?Column>\s*(\d+)\s*</")


class ShapeIdBlocks:
    """Hands out blocks of shape ids that the workbook does not use."""

    def __init__(self, package: Package) -> None:
        used = {0}
        for name in package.infos:
            if name.endswith(".vml"):
                content = package.read(name)
                used |= {
                    int(number) for data in _IDMAP.findall(content) for number in data.split(b",") if number.strip()
                }
                used |= {int(number) // BLOCK_SIZE for number in _SHAPE_ID.findall(content)}
        self._next = count(max(used) + 1)

    def reserve(self, shapes: int) -> list[int]:
        """Return new blocks for a number of shapes."""
        return [next(self._next) for _ in range(-(-shapes // (BLOCK_SIZE - 1)))]


def make_shapes(notes: Sequence[Note], blocks: list[int]) -> str:
    """Return the shapes of notes as XML, with ids from reserved blocks."""
    ids = (block * BLOCK_SIZE + number for block in blocks for number in range(1, BLOCK_SIZE))
    return "".join(
        _make_shape(row, column, text, shape) for (row, column, text), shape in zip(notes, ids, strict=False)
    )


def _make_shape(row: int, column: int, text: str, shape: int) -> str:
    height = min(3 + count_lines(text, 42), 22)  # rows of 20 pixels
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {max(row - 1, 0) + height}, 4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{shape}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:2pt;width:240pt;height:{height * 15}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
        ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        f'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def make_drawing(shapes: str, blocks: list[int]) -> bytes:
    """Return a new drawing with shapes."""
    data = ",".join(map(str, blocks))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{data}"/></o:shapelayout>'
    return f"<xml {_SPACES}>{layout}{_SHAPE_TYPE}{shapes}</xml>".encode()


def add_shapes(package: Package, part: str, shapes: str, blocks: list[int]) -> None:
    """Add shapes to a drawing. Drawings by Excel are not always XML, so they are not parsed."""
    content = package.read(part)
    xml = package.changed.setdefault(part, Xml(content, whole=False))
    data = ",".join(map(str, blocks))
    known = _IDMAP.search(content)
    if known:
        xml.replace(known.end(1), known.end(1), f",{data}")
    end = content.rfind(b"</")
    start = content.find(b">", content.find(b"<xml")) + 1
    if not known:
        layout = f'<o:shapelayout {_SPACES} v:ext="edit"><o:idmap v:ext="edit" data="{data}"/></o:shapelayout>'
        xml.replace(start, start, layout)
    xml.replace(end, end, (_SHAPE_TYPE if b"_x0000_t202" not in content else "") + shapes)


def remove_shapes(package: Package, part: str, cells: set[tuple[int, int]]) -> None:
    """Remove the shapes of the notes of some cells from a drawing."""
    content = package.read(part)
    xml = package.changed.setdefault(part, Xml(content, whole=False))
    for shape in _SHAPE.finditer(content):
        place = _PLACE.search(shape[0])
        if place and (int(place[1]), int(place[2])) in cells:
            xml.replace(shape.start(), shape.end(), b"")
