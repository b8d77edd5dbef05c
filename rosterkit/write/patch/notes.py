"""Cell notes: the comments of a sheet; their drawing is in ``vml``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rosterkit.model.cells import cell_name, cell_position
from rosterkit.write.patch.edit import Note
from rosterkit.write.patch.mark_style import NOTE_AUTHOR
from rosterkit.write.patch.package import XML_DECLARATION, Package
from rosterkit.write.patch.texts import escape_cell_text, unescape_xml
from rosterkit.write.patch.vml import ShapeIdBlocks, add_shapes, make_drawing, make_shapes, remove_shapes
from rosterkit.write.patch.xml import MAIN_NAMESPACE, STRICT_NAMESPACE, Element, Xml, unsupported_xml

IsOwn = Callable[[str], bool]
SEPARATOR = "--- rosterkit ---"  # between the note of somebody else and the text that is added to it
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def find_threaded_cells(package: Package, sheet: str) -> set[str]:
    """Return the cells of a sheet with a threaded comment; they get no note."""
    return {
        found.get("ref")
        for part in package.get_relations(sheet).find_parts("threadedComment")
        for found in Xml(package.read(part)).root.walk()
        if found.name == "threadedComment"
    }


class SheetNotes:
    """The notes that are added to a sheet; the text of an existing note is kept and ours is added to it."""

    def __init__(self, package: Package, sheet: str, notes: Sequence[Note]) -> None:
        self._package, self._relations = package, package.get_relations(sheet)
        threaded = find_threaded_cells(package, sheet)
        self._notes = [note for note in notes if cell_name(*note[:2]) not in threaded]
        self._part = next(iter(self._relations.find_parts("comments")), "")
        had = {
            comment.get("ref")
            for comment in (package.open_xml(self._part).root.find_all("commentList", "comment") if self._part else ())
        }
        self._new = [note for note in self._notes if cell_name(*note[:2]) not in had]
        self.relation = (
            self._relations.find_free_id() + "v" if self._new else ""
        )  # for a drawing, where the sheet has none
        if self._part and self._notes:
            if package.changed.get(self._part) and package.changed[self._part].changes:
                raise unsupported_xml()  # two sheets with the same notes
            _add_comments(package.open_xml(self._part), self._notes)
        elif self._new:
            name = package.find_free_name("xl/comments{}.xml")
            package.added[name] = _make_comments_part(self._new, package.strict)
            package.add_content_type(name, _COMMENTS)
            self._relations.add("comments", name)
        if self._new:
            self._drawing = package.find_free_name("xl/drawings/vmldrawing{}.vml")
            package.added[self._drawing] = b""  # keeps the name
            package.add_default_type(self._drawing, _DRAWING)

    def add_drawing(self, relation: str, blocks: ShapeIdBlocks) -> None:
        """Draw the new notes; ``relation`` is that of the drawing that the sheet names."""
        if not self._new:
            return
        taken = blocks.reserve(len(self._new))
        shapes = make_shapes(self._new, taken)
        if relation != self.relation:
            del self._package.added[self._drawing]
            add_shapes(self._package, self._relations.get_part(relation), shapes, taken)
            return
        self._package.added[self._drawing] = make_drawing(shapes, taken)
        self._relations.add("vmlDrawing", self._drawing, relation)


def read_own_messages(package: Package, sheet: str, is_own: IsOwn) -> set[str]:
    """Return the sentences of our notes of a sheet.

    Args:
        package: the copy.
        sheet: its part.
        is_own: whether a text begins as ours do.
    """
    messages: set[str] = set()
    for part in package.get_relations(sheet).find_parts("comments"):
        xml = package.open_xml(part)
        texts = (_read_text(xml, text) for text in xml.root.find_all("commentList", "comment", "text"))
        messages |= {line for text in texts for line in text.splitlines() if is_own(line)}
    return messages


def remove_notes(package: Package, sheet: str, is_own: IsOwn) -> None:
    """Remove our notes from a sheet, also threaded ones, and our texts from the notes of others.

    Args:
        package: the copy.
        sheet: its part.
        is_own: whether a text begins as ours do.
    """
    threads = _remove_threads(package, sheet, is_own)
    for part in package.get_relations(sheet).find_parts("comments"):
        xml = package.open_xml(part)
        authors = [unescape_xml(_get_content(author, xml)) for author in xml.root.find_all("authors", "author")]
        removed: set[tuple[int, int]] = set()
        for comment in xml.root.find_all("commentList", "comment"):
            number = int(comment.get("authorId") or 0)
            text = comment.find("text")
            content = _read_text(xml, text) if text is not None else ""
            # LibreOffice forgets authors.
            if (
                comment.get("ref") in threads
                or (number < len(authors) and authors[number] == NOTE_AUTHOR)
                or is_own(content)
            ):
                xml.remove(comment)
                removed.add(_position(comment.get("ref")))
            elif text is not None:
                _remove_addition(xml, text)
        for drawing in package.get_relations(sheet).find_parts("vmlDrawing"):
            remove_shapes(package, drawing, removed)


def _remove_threads(package: Package, sheet: str, is_own: IsOwn) -> set[str]:
    """Remove our notes that became threaded comments, unless somebody answered; return their cells."""
    cells = set()
    for part in package.get_relations(sheet).find_parts("threadedComment"):
        xml = package.open_xml(part)
        threads = list(xml.root.find_all("threadedComment"))
        answered = {thread.get("parentId") for thread in threads}
        for thread in threads:
            text = thread.find("text")
            content = _get_content(text, xml) if text is not None else ""
            if thread.get("id") not in answered and is_own(content):
                xml.remove(thread)
                cells.add(thread.get("ref"))
            elif text is not None and SEPARATOR in content:
                xml.replace(text.inner, text.close, content.partition(SEPARATOR)[0].rstrip())
    return cells


def _add_comments(xml: Xml, notes: Sequence[Note]) -> None:
    """Add notes to a part with comments."""
    root = xml.root
    p = root.prefix
    known = {comment.get("ref"): comment for comment in root.find_all("commentList", "comment")}
    authors, comments = root.find("authors"), root.find("commentList")
    new = []
    number = len(list(root.find_all("authors", "author")))
    for row, column, text in notes:
        comment = known.get(cell_name(row, column))
        if comment is None:
            new.append(_make_comment(row, column, text, number, p))
        else:
            _extend_comment(xml, comment, text)
    if new:
        author = f"<{p}author>{NOTE_AUTHOR}</{p}author>"
        if authors is None:
            xml.replace(root.inner, root.inner, f"<{p}authors>{author}</{p}authors>")
        else:
            xml.append(authors, author)
        if comments is None:
            xml.append(root, f"<{p}commentList>{''.join(new)}</{p}commentList>")
        else:
            xml.append(comments, "".join(new))


def _extend_comment(xml: Xml, comment: Element, text: str) -> None:
    """Add a text to the comment of somebody else."""
    p = xml.root.prefix
    body = comment.find("text")
    if body is None:
        return
    run = f'<{p}r><{p}t xml:space="preserve">{escape_cell_text(f"{chr(10)}{SEPARATOR}{chr(10)}{text}")}</{p}t></{p}r>'
    plain = body.find("t")
    if plain is not None and body.find("r") is None:
        xml.replace(plain.start, plain.start, f"<{p}r>")
        xml.replace(plain.end, plain.end, f"</{p}r>{run}")
        return
    texts = [child for child in body.children if child.name in ("t", "r")]
    if texts:
        xml.replace(texts[-1].end, texts[-1].end, run)
    elif body.is_empty:
        xml.append(body, run)
    else:
        xml.replace(body.inner, body.inner, run)


def _make_comment(row: int, column: int, text: str, author: int, p: str = "") -> str:
    body = f'<{p}text><{p}r><{p}t xml:space="preserve">{escape_cell_text(text)}</{p}t></{p}r></{p}text>'
    return f'<{p}comment ref="{cell_name(row, column)}" authorId="{author}">{body}</{p}comment>'


def _make_comments_part(notes: Sequence[Note], strict: bool) -> bytes:
    comments = "".join(_make_comment(*note, 0) for note in notes)
    return (
        f'{XML_DECLARATION}<comments xmlns="{STRICT_NAMESPACE if strict else MAIN_NAMESPACE}">'
        f"<authors><author>{NOTE_AUTHOR}</author></authors><commentList>{comments}</commentList></comments>"
    ).encode()


def _remove_addition(xml: Xml, text: Element) -> None:
    """Remove the text that was added to the note of somebody else."""
    cutting = False
    for found in text.walk():
        if found.name != "t":
            continue
        content = xml.content[found.inner : found.close]
        place = content.find(SEPARATOR.encode())
        if cutting:
            xml.replace(found.inner, found.close, b"")
        elif place >= 0:
            cutting = True
            kept = content[:place].rstrip(b"\r\n ").removesuffix(b"_x000a_")
            xml.replace(found.inner, found.close, kept)


def _read_text(xml: Xml, text: Element) -> str:
    return "".join(unescape_xml(_get_content(found, xml)) for found in text.walk() if found.name == "t")


def _get_content(element: Element, xml: Xml) -> str:
    return xml.content[element.inner : element.close].decode()


def _position(reference: str) -> tuple[int, int]:
    return cell_position(reference.replace("$", ""))
