"""One worksheet part, patched as it streams by: a row that nothing is done to is passed on as it came."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from rosterkit.write.patch.edit import Change, SheetEdit
from rosterkit.write.patch.ledger import Undo
from rosterkit.write.patch.rows import RowPatch
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.view import Frame
from rosterkit.write.patch.xml import ASIDE, ATTRIBUTES, check_encoding, spliced, unknown_xml

_DATA = re.compile(ASIDE + rb"|<([A-Za-z_][\w.-]*:)?sheetData(?=[\s/>])" + ATTRIBUTES + rb">", re.S)
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")


class SheetPatch:
    """Patches one worksheet part; memory does not grow with its rows."""

    def __init__(self, edit: SheetEdit, styles: Styles, write: Callable[[bytes], object]) -> None:
        self._edit, self._styles, self._write = edit, styles, write
        self.undo = Undo()
        self._position = 0  # in what is written
        self._row = -1
        self._inserted: set[int] = set()
        self._wanted = sorted(edit.rows(), reverse=True)
        self._rows: RowPatch | None = None
        self._odd = False  # comments, CDATA or processing instructions came by
        self.frame = Frame(edit)

    def run(self, chunks: Iterable[bytes]) -> None:
        """Pass a part on.

        Raises:
            FileError: it is no XML, or written in a way that cannot be patched without risk.
        """
        parser = expat.ParserCreate()
        parser.CommentHandler = parser.StartCdataSectionHandler = self._notice
        parser.ProcessingInstructionHandler = self._notice
        source = self._checked(chunks, parser)
        try:
            head, data = self._until_data(source)
            check_encoding(head)
            self._emit(head, self.frame.head(head))
            if data is None:
                return
            rest = self._buffer + b"".join(self._source) if data.endswith(b"/>") else self._data()
            self._emit(rest, self.frame.tail(rest))
        except expat.ExpatError as error:
            raise unknown_xml() from error

    def _notice(self, *_: object) -> None:
        self._odd = True

    def _checked(self, chunks: Iterable[bytes], parser: expat.XMLParserType) -> Iterable[bytes]:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield chunk
        parser.Parse(b"", True)

    def _until_data(self, source: Iterable[bytes]) -> tuple[bytes, bytes | None]:
        """What stands before the rows, and the tag that opens them; the rest waits in the buffer."""
        self._source = iter(source)
        content = b""
        for chunk in self._source:
            content += chunk
            found = next((token for token in _DATA.finditer(content) if not token[0].startswith((b"<!", b"<?"))), None)
            if found:
                self._prefix = found[1] or b""
                self._buffer = content[found.end() :]
                self._rows = RowPatch(self._edit, self._styles, self._prefix, self.frame)
                return content[: found.end()], found[0]
        self._buffer = b""
        return content, None

    def _data(self) -> bytes:
        """Pass on the rows; what comes behind them is given back."""
        name = re.escape(self._prefix)
        row = rb"<" + name + rb"row(?=[\s/>])(?: r=\"(\d+)\")?(" + ATTRIBUTES + rb")>"
        close = b"</" + self._prefix + b"sheetData"
        mark = b"<" + self._prefix + b"row"
        patterns = re.compile(row), re.compile(ASIDE + rb"|" + row, re.S)
        buffer = self._buffer
        while True:
            careful = self._odd
            if careful:  # comments and CDATA can hold anything, even rows: they are looked at as a whole
                buffer += b"".join(self._source)
            end = self._end(buffer, close, careful)
            if end >= 0:
                self._unit(buffer[:end], patterns[careful], careful, last=True)
                rest = buffer[end:] + b"".join(self._source)
                stop = rest.index(b">") + 1
                self._say(rest[:stop])
                return rest[stop:]
            cut = buffer.rfind(mark)
            if cut > 0:
                self._unit(buffer[:cut], patterns[careful], careful, last=False)
                buffer = buffer[cut:]
            chunk = next(self._source, None)
            if chunk is None:
                raise unknown_xml()
            buffer += chunk

    @staticmethod
    def _end(buffer: bytes, close: bytes, careful: bool) -> int:
        if not careful:
            return buffer.find(close)
        tokens = re.compile(ASIDE + rb"|" + re.escape(close), re.S).finditer(buffer)
        return next((token.start() for token in tokens if token[0] == close), -1)

    def _unit(self, unit: bytes, pattern: re.Pattern[bytes], careful: bool, last: bool) -> None:
        """Pass on some whole rows."""
        assert self._rows is not None  # noqa: S101 # set where the rows begin
        changes: list[Change] = []
        for tag in pattern.finditer(unit):
            number, rest = tag.groups()
            if rest is None:
                continue
            if number is None:
                told = _NUMBER.search(rest)
                number = told[1] if told else None
            row = int(number) - 1 if number else self._row + 1
            if row <= self._row and row in self._inserted:
                raise unknown_xml()  # rows out of order, and one that seemed to be missing comes after all
            while self._wanted and self._wanted[-1] < row:
                missing = self._wanted.pop()
                if missing > self._row:
                    self._insert(missing, tag.start(), changes)
            wanted = bool(self._wanted) and self._wanted[-1] == row
            if wanted:
                self._wanted.pop()
            elif row < self._row:
                wanted = row in self._edit.rows()
            if wanted:
                changes += self._rows.changes(unit, tag.start(), tag.end(), row, careful)
            self._row = max(self._row, row)
        if last:
            while self._wanted:
                self._insert(self._wanted.pop(), len(unit), changes)
        self._emit(unit, changes)

    def _insert(self, row: int, place: int, changes: list[Change]) -> None:
        assert self._rows is not None  # noqa: S101 # set where the rows begin
        new = self._rows.new_row(row)
        if new:
            self._inserted.add(row)
            changes.append((place, place, new))

    def _emit(self, content: bytes, changes: list[Change]) -> None:
        if not changes:
            self._say(content)
            return
        shift = self._position
        for start, end, new in changes:
            self.undo.changed(start + shift, len(new), content[start:end])
            shift += len(new) - (end - start)
        self._say(b"".join(spliced(content, changes)))

    def _say(self, content: bytes) -> None:
        self._write(content)
        self._position += len(content)
