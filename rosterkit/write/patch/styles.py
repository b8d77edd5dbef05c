"""The styles of a workbook, and those that marks add: copies of the styles of the cells with another fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rosterkit.model.finding import Severity
from rosterkit.write.patch.mark_style import FILLS, FONT
from rosterkit.write.patch.texts import escape_xml
from rosterkit.write.patch.xml import MAIN_NAMESPACE, STRICT_NAMESPACE, Element, Xml, parse_elements

MAX_STYLES, MAX_FILLS = 65_430, 256  # Excel's limits
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles")
_PLAIN_COLOR = 'indexed="64"'
_TEXT = 49  # the number format @
_FIRST_FORMAT = 164  # lower numbers are Excel's own formats
_WRAP = 'wrapText="1" vertical="top"'


def make_default_styles(strict: bool = False, formats: Sequence[str] = ()) -> bytes:
    """Return the part ``styles.xml`` for a workbook that has none.

    With ``formats``, those of numbers are the styles from 1, and all cells stand at the top, level with their remarks.
    """
    space = STRICT_NAMESPACE if strict else MAIN_NAMESPACE
    numbers = range(_FIRST_FORMAT, _FIRST_FORMAT + len(formats))
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape_xml(code)}"/>'
        for number, code in zip(numbers, formats, strict=True)
    )
    end = ' applyAlignment="1"><alignment vertical="top"/></xf>' if formats else "/>"
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"{end}'
        for number in (0, *numbers)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{space}">'
        + (f'<numFmts count="{len(formats)}">{codes}</numFmts>' if codes else "")
        + f'<fonts count="1"><font><sz val="11"/><name val="{FONT}"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"{end}</cellStyleXfs>'
        f'<cellXfs count="{1 + len(formats)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ).encode()


# Added where the part lacks what every cell refers to.
_DEFAULTS = {
    "fonts": f'<font><sz val="11"/><name val="{FONT}"/></font>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}


class Styles:
    """The part ``styles.xml`` and what is added to it. A style is its number among the ``cellXfs``."""

    def __init__(self, content: bytes) -> None:
        self.xml = Xml(content)
        root = self.xml.root
        self._prefix = root.prefix
        kinds = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
        entries = {kind: list(_entries(root, kind, child)) for kind, child in kinds.items()}
        self._fills, self._xfs = entries["fills"], entries["cellXfs"]
        self._counts = {kind: len(found) for kind, found in entries.items()}
        formats = root.find_all("numFmts", "numFmt")
        self._texts = {str(_TEXT), *(known.get("numFmtId") for known in formats if known.get("formatCode") == "@")}
        self._added: dict[str, list[str]] = {kind: [] for kind in kinds}
        self._known: dict[tuple[object, ...], int] = {}
        for kind, tag in _DEFAULTS.items():
            if not self._counts[kind]:
                self._add(kind, tag)
        for fill in ("none", "gray125")[self._counts["fills"] :]:
            self._add("fills", f'<fill><patternFill patternType="{fill}"/></fill>')

    def get_mark_style(self, style: int, severity: Severity, text: bool = False) -> int:
        """Return a copy of a style with the fill of a severity; with ``text`` also with the number format of texts."""
        key = ("marked", style, severity, text)
        if key not in self._known:
            changes = {"fillId": self._get_severity_fill(style, severity), "applyFill": 1}
            if text:
                changes |= {"numFmtId": _TEXT, "applyNumberFormat": 1}
            self._known[key] = self._clone(style, changes)
        return self._known[key]

    def get_text_style(self, style: int) -> int:
        """Return a copy of a style with the number format of texts; the style itself where it has it."""
        key = ("text", style)
        if key not in self._known:
            same = 0 <= style < len(self._xfs) and self._xfs[style].get("numFmtId") in self._texts
            self._known[key] = style if same else self._clone(style, {"numFmtId": _TEXT, "applyNumberFormat": 1})
        return self._known[key]

    def get_remark_style(self, style: int, header: bool = False) -> int:
        """Return a copy of the style of a neighbour for wrapped text; only a header keeps its alignment."""
        key = ("remark", style, header)
        if key not in self._known:
            changes = {"numFmtId": _TEXT, "applyNumberFormat": 1, "applyAlignment": 1}
            alignment = {"wrapText": "1", "vertical": "top"}
            if header and 0 <= style < len(self._xfs):
                neighbour = self._xfs[style].find("alignment")
                alignment = {**(neighbour.attributes if neighbour else {}), "wrapText": "1"}
            self._known[key] = self._clone(style, changes, f"<alignment {_format_attributes(alignment)}/>")
        return self._known[key]

    def get_summary_style(
        self, size: int = 10, bold: bool = False, color: str = "", fill: str = "", link: bool = False
    ) -> int:
        """Return a style for the summary sheet."""
        key = ("own", size, bold, color, fill, link)
        if key not in self._known:
            font = "<b/>" * bold + "<u/>" * link + f'<sz val="{size}"/>'
            font += f'<color rgb="FF{color}"/>' * bool(color) + f'<name val="{FONT}"/><family val="2"/>'
            fill_id = self._get_solid_fill(fill, _PLAIN_COLOR) if fill else 0
            self._known[key] = self._add(
                "cellXfs",
                f'<xf numFmtId="0" fontId="{self._get_font(font)}" fillId="{fill_id}" borderId="0" applyFont="1"'
                f' applyFill="1" applyAlignment="1"><alignment {_WRAP}/></xf>',
            )
        return self._known[key]

    def finish(self) -> Xml:
        """Return the part with everything added."""
        root = self.xml.root
        for name, new in self._added.items():
            if not new:
                continue
            content = "".join(new)
            parent = root.find(name)
            if parent is None:
                tag = f'<{self._prefix}{name} count="{len(new)}">{content}</{self._prefix}{name}>'
                self.xml.insert_child(root, name, _ORDER, tag)
            else:
                self.xml.set_attributes(parent, count=self._counts[name] + len(new))
                self.xml.append(parent, content)
            self._added[name] = []
        return self.xml

    def remove_mark_fills(self, by_excel: bool) -> None:
        """Give every style with the fill of a mark the fill back that it had before.

        ``by_excel``: the workbook was saved by Excel, which keeps the covered colour in the fill; others do not.
        """
        covered = {number: _covered_color(fill, by_excel) for number, fill in enumerate(self._fills)}
        before: dict[str, int] = {"": 0}
        for xf in self._xfs:
            number = int(xf.get("fillId") or 0)
            color = covered.get(number)
            if color is None:
                continue
            if color not in before:
                before[color] = self._get_fill(color, _PLAIN_COLOR)
            self.xml.set_attributes(xf, fillId=before[color])

    def _clone(self, style: int, changes: dict[str, int], alignment: str | None = None) -> int:
        if not 0 <= style < len(self._xfs):
            style = 0
        if self._counts["cellXfs"] + len(self._added["cellXfs"]) >= MAX_STYLES:
            return style
        xf = self._xfs[style] if self._xfs else parse_elements(_DEFAULTS["cellXfs"].encode()).children[0]
        values = {**{key: value for key, value in xf.attributes.items() if ":" not in key}, **changes}
        inner = self.xml.content[xf.inner : xf.close] if self._xfs else b""
        if alignment:
            old = xf.find("alignment")
            if old is not None:
                inner = inner[: old.start - xf.inner] + inner[old.end - xf.inner :]
            inner = self._add_prefix(alignment).encode() + inner
        name = f"{self._prefix}xf"
        self._added["cellXfs"].append(f"<{name} {_format_attributes(values)}>{inner.decode()}</{name}>")
        return self._counts["cellXfs"] + len(self._added["cellXfs"]) - 1

    def _get_severity_fill(self, style: int, severity: Severity) -> int:
        """Return the fill of a severity. The covered colour is kept as its background colour, which is not shown."""
        number = int(self._xfs[style].get("fillId") or 0) if 0 <= style < len(self._xfs) else 0
        color = _solid_color(self._fills[number]) if number < len(self._fills) else ""
        full = self._counts["fills"] + len(self._added["fills"]) >= MAX_FILLS - len(FILLS)
        return self._get_solid_fill(FILLS[severity], _PLAIN_COLOR if full or not color else color)

    def _get_solid_fill(self, color: str, back: str) -> int:
        return self._get_fill(f'rgb="FF{color}"', back)

    def _get_fill(self, front: str, back: str) -> int:
        key = ("fill", front, back)
        if key not in self._known:
            pattern = f'<patternFill patternType="solid"><fgColor {front}/><bgColor {back}/></patternFill>'
            self._known[key] = self._add("fills", f"<fill>{pattern}</fill>")
        return self._known[key]

    def _get_font(self, inner: str) -> int:
        key = ("font", inner)
        if key not in self._known:
            self._known[key] = self._add("fonts", f"<font>{inner}</font>")
        return self._known[key]

    def _add(self, kind: str, tag: str) -> int:
        self._added[kind].append(self._add_prefix(tag))
        return self._counts[kind] + len(self._added[kind]) - 1

    def _add_prefix(self, tag: str) -> str:
        """Return a tag with the namespace prefix of the part."""
        return re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{self._prefix}", tag) if self._prefix else tag


def _entries(root: Element, kind: str, name: str) -> Iterator[Element]:
    """Yield the entries of a group; of one that is offered in several forms (``mc:AlternateContent``) the last form."""
    for parent in root.find_all(kind):
        for child in parent.children:
            if child.name == name:
                yield child
            elif child.name == "AlternateContent":
                yield next((form for form in reversed([*child.walk()]) if form.name == name), child)


def _format_attributes(values: Mapping[str, object]) -> str:
    return " ".join(f'{key}="{escape_xml(str(value))}"' for key, value in values.items())


def _solid_color(fill: Element) -> str:
    """Return the attributes of the colour of a solid fill as text; empty for other fills."""
    pattern = fill.find("patternFill")
    color = pattern.find("fgColor") if pattern else None
    if pattern is None or color is None or pattern.get("patternType") != "solid":
        return ""
    return _format_attributes(color.attributes)


def _covered_color(fill: Element, by_excel: bool) -> str | None:
    """Return the colour that the fill of a mark covers, empty for none; None where the fill is no mark."""
    pattern = fill.find("patternFill")
    front, back = (pattern.find("fgColor"), pattern.find("bgColor")) if pattern else (None, None)
    if front is None or front.get("rgb").upper() not in {f"FF{color}" for color in FILLS.values()}:
        return None
    values = back.attributes if back and by_excel else {}
    return "" if not values or "indexed" in values or values == front.attributes else _format_attributes(values)
