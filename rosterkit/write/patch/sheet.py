"""One worksheet part, patched as a stream: rows without changes are passed on as they are.

What is read is not parsed: ``PackageCopy`` parses what is written, and the copy is dropped where that is no XML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from rosterkit.write.patch.edit import Change, SheetEdit
from rosterkit.write.patch.ledger import UndoLog
from rosterkit.write.patch.rows import RowPatch
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.view import ViewPatch
from rosterkit.write.patch.xml import ATTRIBUTES, NON_ELEMENT, apply_changes, check_encoding, unsupported_xml

_DATA = re.compile(NON_ELEMENT + rb"|<([A-Za-z_][\w.-]*:)?sheetData(?=[\s/>])" + ATTRIBUTES + rb">", re.S)
# A row whose cells have the number of another row, where readers see them.
_CONTRADICTION = rb"""<%brow r="(\d+)"[^<>]*>\s*<%bc r="[A-Z]{1,3}(?!\1")"""
_DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml\b")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")


class SheetPatch:
    """Patches one worksheet part; memory does not grow with its rows."""

    def __init__(self, edit: SheetEdit, styles: Styles, write: Callable[[bytes], object]) -> None:
        self._edit, self._styles, self._write = edit, styles, write
        self.undo = UndoLog()
        self._position = 0  # in what is written
        self._row = -1
        self._inserted: set[int] = set()
        self._wanted = sorted(edit.get_changed_rows(), reverse=True)
        self._rows: RowPatch | None = None
        self._has_comments = False  # or CDATA, or processing instructions
        self._has_fixed_rows = True
        self.view = ViewPatch(edit)

    @property
    def has_fixed_places(self) -> bool:
        """Whether the rows, and the cells of changed ones, say where they are, so that what is added moves nothing."""
        cells = self._rows is None or self._rows.has_fixed_cells
        return self._has_fixed_rows and cells and not self._has_comments

    def patch(self, chunks: Iterable[bytes]) -> None:
        """Read a part and write it with its changes.

        Raises:
            FileError: it is no XML, or written in a way that cannot be patched without risk.
        """
        head, data = self._read_head(self._find_comments(chunks))
        check_encoding(head)
        self._write_changed(head, self.view.patch_head(head))
        if data is None:
            return
        rest = self._buffer + b"".join(self._source) if data.endswith(b"/>") else self._patch_rows()
        self._write_changed(rest, self.view.patch_tail(rest))

    def _find_comments(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass chunks on; from the first one with a comment, CDATA or a processing instruction, note that."""
        last = b""
        for chunk in chunks:
            text = last + chunk if last else _DECLARATION.sub(b"", chunk, count=1)
            if any(sign in text and b"<" + sign in text for sign in (b"!", b"?")):  # the sign alone is found faster
                self._has_comments = True
            last = chunk[-1:]
            yield chunk

    def _read_head(self, source: Iterable[bytes]) -> tuple[bytes, bytes | None]:
        """Return the head of the part and the tag that opens the rows; what was read behind it is in the buffer."""
        self._source = iter(source)
        content = b""
        for chunk in self._source:
            content += chunk
            found = next((token for token in _DATA.finditer(content) if not token[0].startswith((b"<!", b"<?"))), None)
            if found:
                self._prefix = found[1] or b""
                self._buffer = content[found.end() :]
                name = re.escape(self._prefix)  # a pattern that begins with a fixed text is found five times as fast
                self._contradiction = re.compile(_CONTRADICTION % (name, name))
                self._rows = RowPatch(self._edit, self._styles, self._prefix, self.view)
                return content[: found.end()], found[0]
        self._buffer = b""
        return content, None

    def _patch_rows(self) -> bytes:
        """Write the rows; return what stands behind them."""
        name = re.escape(self._prefix)
        row = rb"<" + name + rb"row(?=[\s/>])(?: r=\"(\d+)\")?(" + ATTRIBUTES + rb")>"
        close = b"</" + self._prefix + b"sheetData"
        mark = b"<" + self._prefix + b"row"
        patterns = re.compile(row), re.compile(NON_ELEMENT + rb"|" + row, re.S)
        buffer = self._buffer
        while True:
            has_comments = self._has_comments
            if has_comments:  # comments and CDATA can hold anything, even rows: they are looked at as a whole
                buffer += b"".join(self._source)
            end = self._find_end(buffer, close, has_comments)
            if end >= 0:
                self._patch_block(buffer[:end], patterns[has_comments], has_comments, last=True)
                rest = buffer[end:] + b"".join(self._source)
                stop = rest.find(b">") + 1
                if not stop:
                    raise unsupported_xml()
                self._write_bytes(rest[:stop])
                return rest[stop:]
            cut = buffer.rfind(mark)
            if cut > 0:
                self._patch_block(buffer[:cut], patterns[has_comments], has_comments, last=False)
                buffer = buffer[cut:]
            chunk = next(self._source, None)
            if chunk is None:
                raise unsupported_xml()
            buffer += chunk

    @staticmethod
    def _find_end(buffer: bytes, close: bytes, has_comments: bool) -> int:
        if not has_comments:
            return buffer.find(close)
        tokens = re.compile(NON_ELEMENT + rb"|" + re.escape(close), re.S).finditer(buffer)
        return next((token.start() for token in tokens if token[0] == close), -1)

    def _patch_block(self, block: bytes, pattern: re.Pattern[bytes], has_comments: bool, last: bool) -> None:
        """Write some whole rows."""
        assert self._rows is not None  # noqa: S101 # set where the rows begin
        if self._contradiction.search(block):
            raise unsupported_xml()
        changes: list[Change] = []
        for tag in pattern.finditer(block):
            number, rest = tag.groups()
            if rest is None:
                continue
            if number is None:
                attribute = _NUMBER.search(rest) or self._first_cell(block, tag.end())
                number = attribute[1] if attribute else None
            row = int(number) - 1 if number else self._row + 1
            if not number or row <= self._row:
                self._has_fixed_rows = False
            if row <= self._row and row in self._inserted:
                raise unsupported_xml()  # rows out of order, and one that seemed to be missing comes after all
            while self._wanted and self._wanted[-1] < row:
                missing = self._wanted.pop()
                if missing > self._row:
                    self._insert_row(missing, tag.start(), changes)
            wanted = bool(self._wanted) and self._wanted[-1] == row
            if wanted:
                self._wanted.pop()
            elif row < self._row:
                wanted = row in self._edit.get_changed_rows()
            if wanted:
                changes += self._rows.patch_row(block, tag.start(), tag.end(), row, has_comments)
            self._row = max(self._row, row)
        if last:
            while self._wanted:
                self._insert_row(self._wanted.pop(), len(block), changes)
        self._write_changed(block, changes)

    def _first_cell(self, block: bytes, start: int) -> re.Match[bytes] | None:
        """Return the place of the first cell of a row that has no number: readers go by it."""
        cell = rb"\s*<" + re.escape(self._prefix) + rb"c(?=[\s])[^<>]*?\sr\s*=\s*[\"']\s*[A-Za-z]+(\d+)"
        return re.compile(cell).match(block, start)

    def _insert_row(self, row: int, place: int, changes: list[Change]) -> None:
        assert self._rows is not None  # noqa: S101 # set where the rows begin
        new = self._rows.make_row(row)
        if new:
            self._inserted.add(row)
            changes.append((place, place, new))

    def _write_changed(self, content: bytes, changes: list[Change]) -> None:
        if not changes:
            self._write_bytes(content)
            return
        shift = self._position
        for start, end, new in changes:
            self.undo.add_change(start + shift, len(new), content[start:end])
            shift += len(new) - (end - start)
        self._write_bytes(b"".join(apply_changes(content, changes)))

    def _write_bytes(self, content: bytes) -> None:
        self._write(content)
        self._position += len(content)
