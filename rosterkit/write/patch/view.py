"""The changes before and behind the rows of a worksheet part: dimension, views, columns, filter, drawing of notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rosterkit.model.cells import cell_name, cell_position
from rosterkit.write.patch.edit import Change, SheetEdit
from rosterkit.write.patch.texts import escape_xml
from rosterkit.write.patch.xml import Element, Xml

_HEAD = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols")
# fmt: off
_TAIL = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
)
# fmt: on
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class ViewPatch:
    """Patches the head and the tail of a worksheet part, and keeps what the rows and the workbook need of them."""

    def __init__(self, edit: SheetEdit) -> None:
        self._edit = edit
        self._columns: list[tuple[int, int, int]] = []  # first, last (from 0), style
        self.drawing_relation = ""  # the relationship of the drawing with the notes
        self.filter_ranges: tuple[str, str] | None = None  # its range before and after
        self._root: Element | None = None
        self._fits_page = False  # a page is made as wide as the sheet with our columns

    def get_column_style(self, column: int) -> int:
        """Return the style of a column, which its missing cells have."""
        return next((style for first, last, style in self._columns if first <= column <= last), 0)

    def patch_head(self, content: bytes) -> list[Change]:
        """Return the changes before the rows."""
        xml = Xml(content, whole=False)
        root = self._root = xml.root
        for column in root.find_all("cols", "col"):
            first, last = int(column.get("min", "1")) - 1, int(column.get("max", "1")) - 1
            self._columns.append((first, last, int(column.get("style") or 0)))
        if self._edit.deselect:
            for view in root.find_all("sheetViews", "sheetView"):
                if view.get("tabSelected") in ("1", "true"):
                    xml.set_attributes(view, tabSelected=0)
        self._extend_dimension(xml, root)
        shown = {own.column + 1: own.width for own in self._edit.own if own.header}
        if shown:
            self._fits_page = _fit_to_page(xml, root)
            _show_columns(xml, root, shown)
        removed = {own.column + 1 for own in self._edit.own if not own.header}
        if removed:
            self._remove_columns(xml, root, removed)
        return xml.changes

    def patch_tail(self, content: bytes) -> list[Change]:
        """Return the changes behind the rows."""
        xml = Xml(content, whole=False)
        top = xml.top
        if self._fits_page and self._root is not None:
            _fit_to_width(xml, top, self._root.prefix)
        legacy = top.find("legacyDrawing")
        if legacy is not None:
            self.drawing_relation = legacy.get("id")
        elif self._edit.drawing_relation and self._root is not None:
            self.drawing_relation = self._edit.drawing_relation
            xml.insert_child(
                top, "legacyDrawing", _TAIL, self._make_drawing_tag(self._root, self._edit.drawing_relation)
            )
        found = top.find("autoFilter")
        if found is not None and self._edit.own:
            self._extend_filter(xml, found)
        return xml.changes

    @staticmethod
    def _make_drawing_tag(root: Element, relation: str) -> str:
        spaces = {value: name for name, value in root.attributes.items() if name.startswith("xmlns:")}
        known = spaces.get(_RELATIONS) or spaces.get(_STRICT_RELATIONS)
        if known:
            return f'<{root.prefix}legacyDrawing {known.removeprefix("xmlns:")}:id="{escape_xml(relation)}"/>'
        space = _STRICT_RELATIONS if any("purl.oclc.org" in value for value in root.attributes.values()) else _RELATIONS
        return f'<{root.prefix}legacyDrawing xmlns:r="{space}" r:id="{escape_xml(relation)}"/>'

    def _extend_dimension(self, xml: Xml, root: Element) -> None:
        found = root.find("dimension")
        rows = [row for row, _column in self._edit.values] + list(self._edit.header_rows)
        columns = [column for _row, column in self._edit.values]
        columns += [own.column for own in self._edit.own if own.header]
        if found is None or not columns:
            return
        first, _colon, last = found.get("ref").partition(":")
        if re.fullmatch("[A-Z]+[0-9]+", first) and re.fullmatch("[A-Z]+[0-9]+", last or first):
            (top, left), (bottom, right) = cell_position(first), cell_position(last or first)
            after = f"{cell_name(top, left)}:{cell_name(max(bottom, *rows), max(right, *columns))}"
            if max(right, *columns) > right or max(bottom, *rows) > bottom:
                xml.set_attributes(found, ref=after)

    @staticmethod
    def _remove_columns(xml: Xml, root: Element, numbers: set[int]) -> None:
        columns = list(root.find_all("cols", "col"))
        own = [one for one in columns if one.get("min") == one.get("max") and int(one.get("min", "0")) in numbers]
        if len(own) < len(columns):
            for column in own:
                xml.remove(column)

    def _extend_filter(self, xml: Xml, found: Element) -> None:
        """Extend a filter over the table to our columns behind it, or take them out of it again."""
        before = found.get("ref")
        parts = re.fullmatch("([A-Z]+[0-9]+):([A-Z]+[0-9]+)", before)
        if not parts:
            return
        (top, _left), (bottom, right) = cell_position(parts[1]), cell_position(parts[2])
        last = right
        own = {one.column for one in self._edit.own if one.header}
        while last + 1 in own and top in self._edit.header_rows:
            last += 1
        gone = {one.column for one in self._edit.own if not one.header}
        while last in gone:
            last -= 1
        if last != right:
            after = f"{parts[1]}:{cell_name(bottom, last)}"
            xml.set_attributes(found, ref=after)
            self.filter_ranges = (before, after)


def _fit_to_page(xml: Xml, root: Element) -> bool:
    """Let a sheet be printed on pages of its width, so that a remark stands beside its person.

    Returns:
        False where the sender has set how many pages it takes, which stays as it is.
    """
    settings = root.find("sheetPr")
    page = settings.find("pageSetUpPr") if settings is not None else None
    tag = f'<{root.prefix}pageSetUpPr fitToPage="1"/>'
    if page is not None:
        if page.get("fitToPage") in ("1", "true"):
            return False
        xml.set_attributes(page, fitToPage=1)
    elif settings is not None:
        xml.append(settings, tag)
    else:
        name = f"{root.prefix}sheetPr"
        xml.insert_child(root, "sheetPr", _HEAD, f"<{name}>{tag}</{name}>")
    return True


def _fit_to_width(xml: Xml, top: Element, prefix: str) -> None:
    """Set one page of width and as many of height as it takes; where nothing is set, on A4 landscape."""
    setup = top.find("pageSetup")
    if setup is not None:
        xml.set_attributes(setup, fitToWidth=1, fitToHeight=0)
        return
    tag = f'<{prefix}pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    xml.insert_child(top, "pageSetup", _TAIL, tag)


def _show_columns(xml: Xml, root: Element, widths: Mapping[int, int]) -> None:
    """Set the widths of our columns (from 1), and show them where unused columns are hidden."""
    name = f"{root.prefix}col"
    own = {number: f'min="{number}" max="{number}" width="{width}" customWidth="1"' for number, width in widths.items()}
    plain = "".join(f"<{name} {own[number]}/>" for number in sorted(own))
    columns = root.find("cols")
    if columns is None:
        xml.insert_child(root, "cols", _HEAD, f"<{name}s>{plain}</{name}s>")
        return
    if columns.is_empty:
        xml.append(columns, plain)
        return
    rest, place = set(own), dict.fromkeys(own, columns.inner)
    for column in columns.children:
        first, last = int(column.get("min", "1")), int(column.get("max", "1"))
        inside = sorted(number for number in own if first <= number <= last)
        if inside:
            xml.replace(column.start, column.end, _split_column(column, name, own, inside))
            rest -= set(inside)
        for number in rest:
            if last < number:
                place[number] = column.end
    for number in sorted(rest):
        xml.replace(place[number], place[number], f"<{name} {own[number]}/>")


def _split_column(column: Element, name: str, own: Mapping[int, str], inside: Sequence[int]) -> str:
    """Return an element for several columns as elements of which some are ours."""
    first, last = int(column.get("min", "1")), int(column.get("max", "1"))
    kept = "".join(
        f' {key}="{escape_xml(value)}"'
        for key, value in column.attributes.items()
        if key not in ("min", "max", "width", "customWidth", "hidden", "bestFit", "collapsed")
    )
    plain = re.sub(rb"\s(?:min|max)\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", column.tag).decode()
    plain = plain.removeprefix(f"<{name}").rstrip("/>")
    parts, begin = [], first
    for number in inside:
        parts += [f'<{name} min="{begin}" max="{number - 1}"{plain}/>'] * (begin < number)
        parts.append(f"<{name} {own[number]}{kept}/>")
        begin = number + 1
    parts += [f'<{name} min="{begin}" max="{last}"{plain}/>'] * (begin <= last)
    return "".join(parts)
