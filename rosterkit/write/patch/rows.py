"""The changes to one row of a worksheet part: styles of marked cells, repaired values, the cell of remarks."""

from __future__ import annotations

import re
from functools import cache

from rosterkit.model.cells import cell_name, column_number
from rosterkit.model.finding import Severity
from rosterkit.write.patch.edit import Change, OwnColumn, SheetEdit
from rosterkit.write.patch.mark_style import count_lines
from rosterkit.write.patch.row_parts import HEIGHT, change_row_attributes, make_text_cell
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.view import ViewPatch
from rosterkit.write.patch.xml import ATTRIBUTES, NON_ELEMENT, unsupported_xml

Cell = tuple[int, int, int, int]  # column, start, end of the start tag, style

_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]+)\$?\d+["']""")
_START_WITH_NAME = re.compile(rb"""<[\w.:-]+\s+r\s*=\s*["'][A-Za-z]+\d+["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([^"']*)["']""")
_NUMBER_FIRST = re.compile(rb"""\A<[\w.:-]+ r="\d+\"""")
_CUSTOM = re.compile(rb"""\scustom(Height|Format)\s*=\s*["'](?:1|true)["']""")
_CONTENT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:v|is|f)[\s/>]")
_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s/>]")


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _number(style: bytes | None) -> int:
    """Return the number of a style; Excel takes the first one where it is none."""
    return int(style) if style and style.isdigit() else 0


def _get_row_style(tag: bytes) -> int | None:
    style = _STYLE.search(tag)
    return _number(style[1]) if style and any(found[1] == b"Format" for found in _CUSTOM.finditer(tag)) else None


class RowPatch:
    """Makes the changes to rows of a sheet."""

    def __init__(self, edit: SheetEdit, styles: Styles, prefix: bytes, view: ViewPatch) -> None:
        self._edit, self._styles, self._view = edit, styles, view
        self._prefix, self._cell_start = prefix.decode(), b"<" + prefix + b"c "
        name = re.escape(prefix)
        # Column and style where programs usually write them; what stands elsewhere is looked for in the rest.
        cell = rb"<" + name + rb"c(?=[\s/>])(?: r=\"([A-Z]+)\d+\")?(?: s=\"(\d*)\")?(" + ATTRIBUTES + rb")>"
        ends = rb"</" + name + rb"c\s*>", rb"</" + name + rb"row\s*>"
        self._cell = re.compile(cell), re.compile(NON_ELEMENT + rb"|" + cell, re.S)
        self._ends = tuple((re.compile(end), re.compile(NON_ELEMENT + rb"|" + end, re.S)) for end in ends)
        self._own = sorted(edit.own, key=lambda own: own.column)
        self._first_own = min((own.column for own in edit.own), default=0)
        self.has_fixed_cells = True  # of the rows that were looked at cell by cell
        self._by_row: dict[int, dict[int, str]] = {}
        for (row, column), text in edit.values.items():
            self._by_row.setdefault(row, {})[column] = text

    def patch_row(self, block: bytes, start: int, inner: int, row: int, has_comments: bool) -> list[Change]:
        """Return the changes to a row in order; its start tag in the block goes from ``start`` to ``inner``."""
        tag = block[start:inner]
        if tag.endswith(b"/>"):
            return self._fill_empty_row(tag, start, row)
        close = self._find_end_tag(block, inner, 1, has_comments).start()
        last = None if has_comments else self._find_last_cell(block, inner, close, row)
        if last and row not in self._edit.header_rows:
            return self._add_texts(tag, start, close, row, last[3])
        cells = [last] if last else self._find_cells(block, inner, close, has_comments)
        edits = self._change_cells(block, row, cells, has_comments)
        taken = self._find_replaced_cells(block, row, cells, has_comments)
        before = {column: style for column, _start, _tag_end, style in cells}
        new = self._make_cells(row, before, _get_row_style(tag), set(before) - taken.keys())
        gained = {column for column, _text in new}
        lost = {own.column for own in self._edit.own if row in own.cleared_rows} & taken.keys()
        edits += [(*place, b"") for column, place in taken.items() if column in gained | lost]
        for column, text in new:
            place = next((at for number, at, *_ in cells if number > column), close)
            edits.append((place, place, text.encode()))
        head = self._change_row_tag(tag, start, row, gained, loses_remark=bool(lost - gained))
        return head + sorted(edits, key=lambda change: change[:2])

    def _fill_empty_row(self, tag: bytes, start: int, row: int) -> list[Change]:
        new = self._make_cells(row, {}, _get_row_style(tag), set())
        if not new:
            return []
        cells = "".join(text for _column, text in new)
        end = start + len(tag)
        content = (end - 2, end, f">{cells}</{self._prefix}row>".encode())
        return [*self._change_row_tag(tag, start, row, {column for column, _text in new}, False), content]

    def make_row(self, row: int) -> bytes:
        """Return a row that the sheet does not have; empty where it would have no cells."""
        cells = self._make_cells(row, {}, None, set())
        inside = "".join(text for _column, text in cells)
        name = f"{self._prefix}row"
        return f'<{name} r="{row + 1}">{inside}</{name}>'.encode() if inside else b""

    def _find_last_cell(self, block: bytes, inner: int, close: int, row: int) -> Cell | None:
        """Return the last cell of a row that only gains cells behind it, as most do; None for any other row."""
        start = block.rfind(self._cell_start, inner, close)
        tag = self._cell[0].match(block, start) if start >= 0 else None
        if tag is None or tag[1] is None or row in self._edit.fills or row in self._by_row:
            return None
        style = _STYLE.search(tag[3]) if tag[2] is None else None
        column = _column(tag[1])
        number = _number(style[1] if style else tag[2])
        return (column, tag.start(), tag.end(), number) if column < self._first_own else None

    def _find_cells(self, block: bytes, inner: int, close: int, has_comments: bool) -> list[Cell]:
        found = []
        column = -1
        for tag in self._cell[has_comments].finditer(block, inner, close):
            letters, style, rest = tag.groups()
            if rest is None:
                continue
            if letters is None:
                reference = _REFERENCE.search(rest)
                letters = reference[1].upper() if reference else None
            if style is None:
                attribute = _STYLE.search(rest)
                style = attribute[1] if attribute else None
            self.has_fixed_cells = self.has_fixed_cells and bool(letters)
            column = _column(letters) if letters else column + 1
            found.append((column, tag.start(), tag.end(), _number(style)))
        return found

    def _find_cell_end(self, block: bytes, tag_end: int, has_comments: bool) -> int:
        is_empty = block[tag_end - 2 : tag_end] == b"/>"
        return tag_end if is_empty else self._find_end_tag(block, tag_end, 0, has_comments).end()

    def _find_end_tag(self, block: bytes, start: int, which: int, has_comments: bool) -> re.Match[bytes]:
        for end in self._ends[which][has_comments].finditer(block, start):
            if not has_comments or end[0].startswith(b"</"):
                return end
        raise unsupported_xml()

    def _change_cells(self, block: bytes, row: int, cells: list[Cell], has_comments: bool) -> list[Change]:
        fills, values = self._edit.fills.get(row, {}), self._by_row.get(row, {})
        edits: list[Change] = []
        for column, start, tag_end, style in cells:
            severity = fills.get(column)
            if column in values:
                end = self._find_cell_end(block, tag_end, has_comments)
                if not _FORMULA.search(block, tag_end, end):
                    new = self._make_text_cell(row, column, self._get_value_style(style, severity), values[column])
                    edits.append((start, end, new.encode()))
                    continue
            if severity is not None:
                new_style = self._styles.get_mark_style(style, severity)
                edits.append(self._change_style(block[start:tag_end], start, new_style))
        return edits

    def _get_value_style(self, style: int, severity: Severity | None) -> int:
        if severity is None:
            return self._styles.get_text_style(style)
        return self._styles.get_mark_style(style, severity, text=True)

    def _change_style(self, tag: bytes, start: int, style: int) -> Change:
        known = _STYLE.search(tag)
        if known:
            return (start + known.start(1), start + known.end(1), b"%d" % style)
        name = _START_WITH_NAME.match(tag)
        place = start + (name.end() if name else len(f"<{self._prefix}c"))
        return (place, place, b' s="%d"' % style)

    def _find_replaced_cells(
        self, block: bytes, row: int, cells: list[Cell], has_comments: bool
    ) -> dict[int, tuple[int, int]]:
        """Return column -> start and end of the cells that ours replace: empty cells, or old ones of ours."""
        cleared = {own.column: row in own.cleared_rows for own in self._edit.own}
        found = {}
        for column, start, tag_end, _style in cells if cleared else ():
            if column in cleared:
                end = self._find_cell_end(block, tag_end, has_comments)
                if cleared[column] or not _CONTENT.search(block, tag_end, end):
                    found[column] = (start, end)
        return found

    def _make_cells(
        self, row: int, before: dict[int, int], row_style: int | None, existing: set[int]
    ) -> list[tuple[int, str]]:
        """Return the new cells of a row: marked cells that it does not have, and those of our columns."""
        new = []
        fills, values = self._edit.fills.get(row, {}), self._by_row.get(row, {})
        for column in sorted(fills.keys() | values.keys()):
            if column in existing:
                continue
            base = row_style if row_style is not None else self._view.get_column_style(column)
            if column in values:
                style = self._get_value_style(base, fills.get(column))
                new.append((column, self._make_text_cell(row, column, style, values[column])))
            else:
                style = self._styles.get_mark_style(base, fills[column])
                new.append((column, f'<{self._prefix}c r="{cell_name(row, column)}" s="{style}"/>'))
        for own in self._edit.own:
            if own.column not in existing:
                cell = self._make_own_cell(own, row, before, row_style)
                new += [(own.column, cell)] if cell else []
        return sorted(new)

    def _make_own_cell(self, own: OwnColumn, row: int, before: dict[int, int], row_style: int | None) -> str:
        """Return the cell of a column of ours, in the style of its neighbour; empty where it has none."""
        is_header = row in self._edit.header_rows
        text = own.header if own.header and row == self._edit.header_rows[-1] else own.texts.get(row)
        if text is None and not (own.header and is_header):
            return ""
        left = max((column for column in before if column < self._first_own), default=None)
        base = before[left] if left is not None else row_style or 0
        style = self._styles.get_remark_style(base, header=is_header)
        if text is None:
            return f'<{self._prefix}c r="{cell_name(row, own.column)}" s="{style}"/>'
        return self._make_text_cell(row, own.column, style, text)

    def _make_text_cell(self, row: int, column: int, style: int, text: str) -> str:
        before, after = make_text_cell(self._prefix, column, style, text)
        return f"{before}{row + 1}{after}"

    def _change_row_tag(self, tag: bytes, start: int, row: int, gained: set[int], loses_remark: bool) -> list[Change]:
        """Return the changes to the attributes of a row: the columns that it spans, and its height."""
        own = [one for one in self._edit.own if one.column in gained]
        last = max((one.column for one in own), default=-1)
        lines = max((count_lines(one.texts[row], one.width) for one in own if row in one.texts), default=0)
        changes = change_row_attributes(tag[:-1], last, lines)
        edits = [(start + first, start + end, new) for first, end, new in changes]
        height = HEIGHT.search(tag)
        custom = any(found[1] == b"Height" for found in _CUSTOM.finditer(tag))
        if loses_remark and height and not custom:
            edits.append((start + height.start(), start + height.end(), b""))  # Excel fits it again
        return sorted(edits)

    def _add_texts(self, tag: bytes, start: int, close: int, row: int, style: int) -> list[Change]:
        """Return the changes to a row that gains nothing but texts behind its last cell, whose style is given."""
        new_style = self._styles.get_remark_style(style)
        last, lines, new = -1, 0, []
        for own in self._own:
            text = own.texts.get(row)
            if text is not None:
                before, after = make_text_cell(self._prefix, own.column, new_style, text)
                new.append((close, close, f"{before}{row + 1}{after}".encode()))
                last, lines = own.column, max(lines, count_lines(text, own.width))
        attributes = _NUMBER_FIRST.sub(b"", tag, count=1)  # most rows have the same, but for their number
        shift = start + len(tag) - len(attributes)
        changes = change_row_attributes(attributes[:-1], last, lines)
        return [(shift + first, shift + end, text) for first, end, text in changes] + new
