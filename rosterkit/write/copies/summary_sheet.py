"""The summary sheet (``Hasil Periksa``) as a worksheet part that prints on A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rosterkit.language import _
from rosterkit.model.cells import cell_name, column_letters
from rosterkit.model.finding import Severity
from rosterkit.read.own_marks import OWN_COLUMN
from rosterkit.write.copies.summary import LINK_COLUMN, WIDTHS, SummaryLine
from rosterkit.write.patch.mark_style import FILLS, HEADER_FILL, count_lines
from rosterkit.write.patch.package import XML_DECLARATION
from rosterkit.write.patch.strings import SharedStrings
from rosterkit.write.patch.styles import Styles
from rosterkit.write.patch.texts import escape_cell_text, escape_xml
from rosterkit.write.patch.xml import MAIN_NAMESPACE, STRICT_NAMESPACE

MAX_ROWS = 1_048_576
MAX_STRINGS = 100_000  # texts that are kept in memory until the sheet is written
_LINE_HEIGHT = 13.5  # points, of a text of 10 points
_LETTERS_PER_WIDTH = 1.1  # letters of 10 points in a column that is measured in digits of 11
_LINK_COLOR, _QUIET_COLOR = "0563C1", "7F7F7F"


class SummarySheet:
    """Writes the lines of the summary as a worksheet part.

    ``strings``: takes its texts, as far as memory allows; without it they stand in their cells.
    """

    def __init__(
        self, content: Iterable[SummaryLine], styles: Styles, strict: bool, strings: SharedStrings | None = None
    ) -> None:
        self._content, self._styles, self._strict, self._strings = content, styles, strict, strings
        self._links: list[tuple[str, str]] = []
        self._merged: list[str] = []
        self.header_row: int | None = None  # of the list of findings, from 1: repeated on every page

    def write_pieces(self) -> Iterator[bytes]:
        """Yield the part piece by piece."""
        space = STRICT_NAMESPACE if self._strict else MAIN_NAMESPACE
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(WIDTHS, 1)
        )
        yield (
            f'{XML_DECLARATION}<worksheet xmlns="{space}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
            f'<sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="{_LINE_HEIGHT:g}"/><cols>{columns}</cols><sheetData>'
        ).encode()
        number, left = 0, 0
        for line in self._content:
            if number < MAX_ROWS - 1:
                yield self._make_row(number, line).encode()
                number += 1
            else:
                left += 1
        if left:
            text = _("{count} baris lagi tidak muat di lembar ini; semuanya ada di kolom {column}.")
            yield self._make_row(number, SummaryLine((text.format(count=left, column=OWN_COLUMN),))).encode()
        yield f"</sheetData>{self._make_areas()}".encode()
        yield (
            b'<printOptions horizontalCentered="1"/>'
            b'<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            b"<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
        )

    def _make_areas(self) -> str:
        merged = "".join(f'<mergeCell ref="{area}"/>' for area in self._merged)
        links = "".join(f'<hyperlink ref="{cell}" location="{escape_xml(place)}"/>' for cell, place in self._links)
        return (f'<mergeCells count="{len(self._merged)}">{merged}</mergeCells>' if merged else "") + (
            f"<hyperlinks>{links}</hyperlinks>" if links else ""
        )

    def _make_row(self, number: int, line: SummaryLine) -> str:
        style = self._get_style(line)
        cells = []
        height: float = 1
        is_merged = line.wide or len(line.cells) == 1
        at = len(line.cells) - 1
        if is_merged:
            first, last = column_letters(at), column_letters(len(WIDTHS) - 1)
            self._merged.append(f"{first}{number + 1}:{last}{number + 1}")
            height = count_lines(line.cells[at], sum(WIDTHS[at:]))
        for column, value in enumerate(line.cells):
            if value == "" and not (column == 0 and line.style in FILLS) and line.style not in ("header", "list"):
                continue
            used = style
            if column == 0 and line.style in FILLS:
                used = self._styles.get_summary_style(bold=True, fill=FILLS[Severity(line.style)])
            if line.link and column == LINK_COLUMN:
                self._links.append((cell_name(number, column), line.link))
                used = self._styles.get_summary_style(color=_LINK_COLOR, link=True)
            elif line.style in FILLS and column >= LINK_COLUMN:
                used = self._styles.get_summary_style(size=8, color=_QUIET_COLOR)
            cells.append(self._make_cell(number, column, value, used))
            if not (is_merged and column == at):
                height = max(height, count_lines(value, round(WIDTHS[column] * _LETTERS_PER_WIDTH)))
        if line.style == "list":
            self.header_row = number + 1
        height = {"title": 2, "verdict": 1.25}.get(line.style, height)
        height_attribute = f' ht="{min(height * _LINE_HEIGHT, 409):g}" customHeight="1"' if height > 1 else ""
        return f'<row r="{number + 1}"{height_attribute}>{"".join(cells)}</row>'

    def _get_style(self, line: SummaryLine) -> int:
        if line.style == "title":
            return self._styles.get_summary_style(size=16, bold=True)
        if line.style == "verdict":
            return self._styles.get_summary_style(size=12, bold=True)
        if line.style == "small":
            return self._styles.get_summary_style(size=8, color=_QUIET_COLOR)
        if line.style == "strong":
            return self._styles.get_summary_style(bold=True)
        if line.style in ("header", "list"):
            return self._styles.get_summary_style(bold=True, color="FFFFFF", fill=HEADER_FILL)
        return self._styles.get_summary_style()

    def _make_cell(self, row: int, column: int, value: str | int, style: int) -> str:
        start = f'<c r="{cell_name(row, column)}" s="{style}"'
        if isinstance(value, int):
            return f"{start}><v>{value}</v></c>"
        if self._strings is not None and len(self._strings) < MAX_STRINGS:
            return f'{start} t="s"><v>{self._strings.get_number(value)}</v></c>'
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{escape_cell_text(value)}</t></is></c>'
