"""Cell notes: the comments of a sheet and the drawing that Excel shows them with (VML)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from rosterkit.model.cells import cell_name, cell_position
from rosterkit.write.patch.package import DECLARATION, Package
from rosterkit.write.patch.style import NOTE_AUTHOR, lines
from rosterkit.write.patch.texts import cell_text, unescape
from rosterkit.write.patch.xml import MAIN, STRICT, Element, Xml, unknown_xml

BLOCK = 1_024  # shape ids come in blocks; no two drawings of a workbook may share one
BREAK = "--- rosterkit ---"  # between somebody's own note and what is added to it
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
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_OURS = re.compile(r"RK\d{3}: ")
Note = tuple[int, int, str]  # row, column, text


class Blocks:
    """Gives out blocks of shape ids that nobody in the workbook uses."""

    def __init__(self, package: Package) -> None:
        used = {0}
        for name in package.infos:
            if name.endswith(".vml"):
                content = package.read(name)
                used |= {
                    int(number) for data in _IDMAP.findall(content) for number in data.split(b",") if number.strip()
                }
                used |= {int(number) // BLOCK for number in _SHAPE_ID.findall(content)}
        self._next = count(max(used) + 1)

    def take(self, shapes: int) -> list[int]:
        """The blocks for a number of shapes."""
        return [next(self._next) for _ in range(-(-shapes // (BLOCK - 1)))]


def threaded(package: Package, sheet: str) -> set[str]:
    """The cells of a sheet with a conversation; those are left alone."""
    return {
        found.get("ref")
        for part in package.relations(sheet).of("threadedComment")
        for found in Xml(package.read(part)).root.walk()
        if found.name == "threadedComment"
    }


class SheetNotes:
    """The notes that the cells of a sheet get; a note that is there already is kept and goes on with ours."""

    def __init__(self, package: Package, sheet: str, notes: Sequence[Note]) -> None:
        self._package, self._relations = package, package.relations(sheet)
        spoken = threaded(package, sheet)
        self._notes = [note for note in notes if cell_name(*note[:2]) not in spoken]
        self._part = next(iter(self._relations.of("comments")), "")
        had = {
            comment.get("ref")
            for comment in (package.xml(self._part).root.all("commentList", "comment") if self._part else ())
        }
        self._new = [note for note in self._notes if cell_name(*note[:2]) not in had]
        self.relation = self._relations.free() + "v" if self._new else ""  # for a drawing, where the sheet has none
        if self._part and self._notes:
            if package.changed.get(self._part) and package.changed[self._part].changes:
                raise unknown_xml()  # two sheets with the same notes
            _extend(package.xml(self._part), self._notes)
        elif self._new:
            name = package.free("xl/comments{}.xml")
            package.added[name] = _comments(self._new, package.strict)
            package.declare(name, _COMMENTS)
            self._relations.add("comments", name)
        if self._new:
            self._drawing = package.free("xl/drawings/vmldrawing{}.vml")
            package.added[self._drawing] = b""  # keeps the name
            package.default_type(self._drawing, _DRAWING)

    def draw(self, legacy: str, blocks: Blocks) -> None:
        """Draw the new notes. ``legacy`` is the relation of the drawing that the sheet names."""
        if not self._new:
            return
        taken = blocks.take(len(self._new))
        shapes = _shapes(self._new, taken)
        if legacy != self.relation:
            del self._package.added[self._drawing]
            _draw(self._package, self._relations.part(legacy), shapes, taken)
            return
        self._package.added[self._drawing] = _drawing(shapes, taken)
        self._relations.add("vmlDrawing", self._drawing, legacy)


def remove_notes(package: Package, sheet: str) -> bool:
    """Take our notes and our part of others' notes out of a sheet.

    Returns:
        whether no note is left, so that the drawing can go too.
    """
    left = False
    for part in package.relations(sheet).of("comments"):
        xml = package.xml(part)
        authors = [unescape(_text(author, xml)) for author in xml.root.all("authors", "author")]
        ours: set[tuple[int, int]] = set()
        for comment in xml.root.all("commentList", "comment"):
            number = int(comment.get("authorId") or 0)
            text = comment.find("text")
            told = _said(xml, text) if text is not None else ""
            # LibreOffice forgets authors.
            if (number < len(authors) and authors[number] == NOTE_AUTHOR) or _OURS.match(told):
                xml.remove(comment)
                ours.add(_position(comment.get("ref")))
            else:
                left = True
                if text is not None:
                    _cut(xml, text)
        for drawing in package.relations(sheet).of("vmlDrawing"):
            _undraw(package, drawing, ours)
    return not left


def _extend(xml: Xml, notes: Sequence[Note]) -> None:
    """Put notes into a part with comments."""
    root = xml.root
    p = root.prefix
    known = {comment.get("ref"): comment for comment in root.all("commentList", "comment")}
    authors, listed = root.find("authors"), root.find("commentList")
    new = []
    number = len(list(root.all("authors", "author")))
    for row, column, text in notes:
        comment = known.get(cell_name(row, column))
        if comment is None:
            new.append(_comment(row, column, text, number, p))
            continue
        run = f'<{p}r><{p}t xml:space="preserve">{cell_text(f"{chr(10)}{BREAK}{chr(10)}{text}")}</{p}t></{p}r>'
        body = comment.find("text")
        if body is None:
            continue
        plain = body.find("t")
        if plain is not None and body.find("r") is None:
            xml.replace(plain.start, plain.start, f"<{p}r>")
            xml.replace(plain.end, plain.end, f"</{p}r>{run}")
        else:
            texts = [child for child in body.children if child.name in ("t", "r")]
            if texts:
                xml.replace(texts[-1].end, texts[-1].end, run)
            elif body.empty:
                xml.append(body, run)
            else:
                xml.replace(body.inner, body.inner, run)
    if new:
        author = f"<{p}author>{NOTE_AUTHOR}</{p}author>"
        if authors is None:
            xml.replace(root.inner, root.inner, f"<{p}authors>{author}</{p}authors>")
        else:
            xml.append(authors, author)
        if listed is None:
            xml.append(root, f"<{p}commentList>{''.join(new)}</{p}commentList>")
        else:
            xml.append(listed, "".join(new))


def _comment(row: int, column: int, text: str, author: int, p: str = "") -> str:
    body = f'<{p}text><{p}r><{p}t xml:space="preserve">{cell_text(text)}</{p}t></{p}r></{p}text>'
    return f'<{p}comment ref="{cell_name(row, column)}" authorId="{author}">{body}</{p}comment>'


def _comments(notes: Sequence[Note], strict: bool) -> bytes:
    listed = "".join(_comment(*note, 0) for note in notes)
    return (
        f'{DECLARATION}<comments xmlns="{STRICT if strict else MAIN}">'
        f"<authors><author>{NOTE_AUTHOR}</author></authors><commentList>{listed}</commentList></comments>"
    ).encode()


def _shapes(notes: Sequence[Note], blocks: list[int]) -> str:
    ids = (block * BLOCK + number for block in blocks for number in range(1, BLOCK))
    return "".join(_shape(row, column, text, shape) for (row, column, text), shape in zip(notes, ids, strict=False))


def _shape(row: int, column: int, text: str, shape: int) -> str:
    height = min(3 + lines(text, 42), 22)  # rows of 20 pixels
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {max(row - 1, 0) + height}, 4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{shape}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:2pt;width:240pt;height:{height * 15}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
        ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        f'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _drawing(shapes: str, blocks: list[int]) -> bytes:
    data = ",".join(map(str, blocks))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{data}"/></o:shapelayout>'
    return f"<xml {_SPACES}>{layout}{_SHAPE_TYPE}{shapes}</xml>".encode()


def _draw(package: Package, part: str, shapes: str, blocks: list[int]) -> None:
    """Put shapes into a drawing. Excel's own drawings are not always XML, so they are not read as such."""
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


def _undraw(package: Package, part: str, cells: set[tuple[int, int]]) -> None:
    content = package.read(part)
    xml = package.changed.setdefault(part, Xml(content, whole=False))
    for shape in _SHAPE.finditer(content):
        place = _PLACE.search(shape[0])
        if place and (int(place[1]), int(place[2])) in cells:
            xml.replace(shape.start(), shape.end(), b"")


def _cut(xml: Xml, text: Element) -> None:
    """Take what we added out of somebody's note."""
    cutting = False
    for found in text.walk():
        if found.name != "t":
            continue
        content = xml.content[found.inner : found.close]
        place = content.find(BREAK.encode())
        if cutting:
            xml.replace(found.inner, found.close, b"")
        elif place >= 0:
            cutting = True
            kept = content[:place].rstrip(b"\r\n ").removesuffix(b"_x000a_")
            xml.replace(found.inner, found.close, kept)


def _said(xml: Xml, text: Element) -> str:
    return "".join(unescape(_text(found, xml)) for found in text.walk() if found.name == "t")


def _text(element: Element, xml: Xml) -> str:
    return xml.content[element.inner : element.close].decode()


def _position(reference: str) -> tuple[int, int]:
    return cell_position(reference.replace("$", ""))
