"""A new workbook as a package, written part by part: memory does not grow with its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from rosterkit.records import dataclass
from rosterkit.write.copies.theme import make_theme
from rosterkit.write.patch.copy import PackageCopy
from rosterkit.write.patch.package import XML_DECLARATION
from rosterkit.write.patch.strings import STRINGS_PART, STRINGS_TYPE, SharedStrings
from rosterkit.write.patch.styles import make_default_styles
from rosterkit.write.patch.texts import escape_xml
from rosterkit.write.patch.xml import MAIN_NAMESPACE

DATE_FORMATS = {  # the styles of cells, from 1
    dt.datetime: "dd-mm-yyyy hh:mm",
    dt.date: "dd-mm-yyyy",
    dt.time: "hh:mm:ss",
    dt.timedelta: "[h]:mm:ss",
}
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_THEME = "xl/theme/theme1.xml"
_ONE_PAGE_WIDE = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'  # a remark is printed beside its person
_PAGE = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)
_DAYS_OF_1904 = '<workbookPr date1904="1"/>'
_HIDDEN = ' state="hidden"'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet of a new workbook: its rows as XML, the widths of its columns in characters, and merged areas."""

    title: str
    hidden: bool
    widths: Sequence[int]
    merged: Sequence[str]
    rows: Iterable[bytes]


def write_package(target: BinaryIO, sheets: Sequence[NewSheet], strings: SharedStrings, is_1904: bool = False) -> None:
    """Write a workbook; the rows of its sheets fill ``strings`` while they are written.

    ``is_1904``: its days count from 1904.
    """
    with PackageCopy(target) as package:
        package.write_part("[Content_Types].xml", [_make_types(len(sheets))])
        package.write_part("_rels/.rels", [_make_relations([("officeDocument", "xl/workbook.xml")])])
        package.write_part("xl/workbook.xml", [_make_book(sheets, is_1904)])
        related = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
        related += [("styles", "styles.xml"), ("theme", "theme/theme1.xml"), ("sharedStrings", "sharedStrings.xml")]
        package.write_part("xl/_rels/workbook.xml.rels", [_make_relations(related)])
        package.write_part("xl/styles.xml", [make_default_styles(formats=list(DATE_FORMATS.values()))])
        package.write_part(_THEME, [make_theme()])
        for number, sheet in enumerate(sheets, 1):
            package.write_part(f"xl/worksheets/sheet{number}.xml", _make_sheet(sheet))
        package.write_part(STRINGS_PART, strings.write_pieces())


def _make_types(sheets: int) -> bytes:
    names = {"xl/workbook.xml": _TYPE.format("sheet.main"), "xl/styles.xml": _TYPE.format("styles")}
    names |= {f"xl/worksheets/sheet{number}.xml": _TYPE.format("worksheet") for number in range(1, sheets + 1)}
    names |= {STRINGS_PART: STRINGS_TYPE, _THEME: "application/vnd.openxmlformats-officedocument.theme+xml"}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in names.items())
    return (
        f'{XML_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _make_relations(related: Iterable[tuple[str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, 1)
    )
    return f'{XML_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'.encode()


def _make_book(sheets: Iterable[NewSheet], is_1904: bool) -> bytes:
    entries = "".join(
        f'<sheet name="{escape_xml(sheet.title)}" sheetId="{number}"{_HIDDEN * sheet.hidden} r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return (
        f'{XML_DECLARATION}<workbook xmlns="{MAIN_NAMESPACE}" xmlns:r="{_RELATIONS}">'
        f"{_DAYS_OF_1904 * is_1904}<bookViews><workbookView/></bookViews><sheets>{entries}</sheets></workbook>"
    ).encode()


def _make_sheet(sheet: NewSheet) -> Iterator[bytes]:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(sheet.widths, 1)
    )
    yield f'{XML_DECLARATION}<worksheet xmlns="{MAIN_NAMESPACE}">{_ONE_PAGE_WIDE}'.encode()
    yield f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>".encode()
    yield from sheet.rows
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    merged = f'<mergeCells count="{len(sheet.merged)}">{areas}</mergeCells>' if areas else ""
    yield f"</sheetData>{merged}{_PAGE}</worksheet>".encode()
