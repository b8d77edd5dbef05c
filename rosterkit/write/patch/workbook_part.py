"""The part ``workbook.xml``: its sheets, and the summary sheet before them."""

from __future__ import annotations

import re
from itertools import count

from rosterkit.model.cells import cell_position, column_letters
from rosterkit.read.own_marks import OWN_NAME
from rosterkit.records import dataclass
from rosterkit.write.patch.package import Package
from rosterkit.write.patch.texts import escape_xml, unescape_xml
from rosterkit.write.patch.xml import Element, Xml, unsupported_xml

SUMMARY_NAME = OWN_NAME.decode()
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "AlternateContent",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
)
_AREA = re.compile(rb"((?:'(?:[^']|'')*'|[^',!]+)!\$[A-Z]{1,3}\$\d+:\$)([A-Z]{1,3})(\$\d+)")
APP_PROPERTIES = "docprops/app.xml"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet in the list of the workbook."""

    name: str
    part: str
    element: Element


def get_sheets(package: Package) -> list[SheetEntry]:
    """Return the sheets of a workbook in order.

    Raises:
        FileError: the workbook lists a sheet that the package does not have.
    """
    relations = package.get_relations(package.workbook)
    found = []
    for element in package.open_xml(package.workbook).root.find_all("sheets", "sheet"):
        relation = next((v for k, v in element.attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
        part = relations.get_part(relation)
        if part not in package.infos:
            raise unsupported_xml()
        found.append(SheetEntry(element.get("name"), part, element))
    return found


def find_summary_sheet(package: Package) -> SheetEntry | None:
    """Return the summary sheet of an earlier check."""
    root = package.open_xml(package.workbook).root
    sheet_list = get_sheets(package)
    for name in root.find_all("definedNames", "definedName"):
        if name.get("name") == SUMMARY_NAME:
            formula = unescape_xml(package.open_xml(package.workbook).content[name.inner : name.close].decode())
            title = formula.rpartition("!")[0].strip("'").replace("''", "'")
            return next((sheet for sheet in sheet_list if sheet.name == title), None)
    return None


def add_summary_sheet(package: Package, title: str, part: str) -> None:
    """Add the summary sheet as the first and active one; defined names of single sheets are renumbered."""
    relation = package.get_relations(package.workbook).add("worksheet", part)
    package.add_content_type(part, _SHEET_TYPE)
    xml = package.open_xml(package.workbook)
    root = xml.root
    sheet_list = root.find("sheets")
    numbers = [int(sheet.get("sheetId") or 0) for sheet in root.find_all("sheets", "sheet")]
    if sheet_list is None:
        return
    space = next((k for k, v in root.attributes.items() if k.startswith("xmlns:") and v.endswith("/relationships")), "")
    number = next(number for number in count(min(max(numbers, default=0) + 1, 60_000)) if number not in numbers)
    written = f'<{root.prefix}sheet name="{escape_xml(title)}" sheetId="{number}"'
    written += (
        f' {space.removeprefix("xmlns:")}:id="{relation}"/>'
        if space
        else f' {_namespace_declaration(package)} r:id="{relation}"/>'
    )
    xml.replace(sheet_list.inner, sheet_list.inner, written)
    for view in root.find_all("bookViews", "workbookView"):
        xml.set_attributes(view, activeTab=0)
        if view.get("firstSheet"):
            xml.set_attributes(view, firstSheet=0)
    for name in root.find_all("definedNames", "definedName"):
        if name.get("localSheetId"):
            xml.set_attributes(name, localSheetId=int(name.get("localSheetId")) + 1)
    _update_properties(package, title)


def add_summary_names(package: Package, title: str, header_row: int | None) -> None:
    """Add the defined names of the summary sheet: a hidden one to find it by, and its header for every page."""
    xml = package.open_xml(package.workbook)
    root = xml.root
    place = "'" + escape_xml(title.replace("'", "''")) + "'"
    tag = f"{root.prefix}definedName"
    names = f'<{tag} name="{SUMMARY_NAME}" hidden="1">{place}!$A$1</{tag}>'
    if header_row:
        names = f'<{tag} name="_xlnm.Print_Titles" localSheetId="0">{place}!${header_row}:${header_row}</{tag}>' + names
    known = root.find("definedNames")
    if known is None:
        xml.insert_child(root, "definedNames", _ORDER, f"<{tag}s>{names}</{tag}s>")
    else:
        xml.append(known, names)


def update_filter_name(package: Package, position: int, before: str, after: str) -> None:
    """Set the hidden defined name of a filter to the new range of the filter."""
    xml = package.open_xml(package.workbook)
    for name in xml.root.find_all("definedNames", "definedName"):
        if name.get("name") == "_xlnm._FilterDatabase" and name.get("localSheetId") == str(position):
            text = xml.content[name.inner : name.close].decode()
            start = text.rfind("!") + 1
            if text[start:].replace("$", "") == before:
                new = ":".join(re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell) for cell in after.split(":"))
                xml.replace(name.inner + len(text[:start].encode()), name.close, new)


def extend_print_area(package: Package, position: int, first: int, last: int) -> None:
    """Extend the print area of a sheet to columns that begin right behind it.

    Several areas, other formulas, and an area that leaves out something of the sheet stay as they are.
    """
    xml = package.open_xml(package.workbook)
    for name in xml.root.find_all("definedNames", "definedName"):
        if name.get("name") == "_xlnm.Print_Area" and name.get("localSheetId") == str(position):
            area = _AREA.fullmatch(xml.content[name.inner : name.close])
            if area and first - 1 <= cell_position(area[2].decode() + "1")[1] < last:
                xml.replace(name.inner + area.start(2), name.inner + area.end(2), column_letters(last))


def remove_summary_sheet(package: Package, summary: SheetEntry | None) -> None:
    """Remove the summary sheet and its part; defined names of single sheets are renumbered."""
    xml = package.open_xml(package.workbook)
    root = xml.root
    position = next((n for n, sheet in enumerate(get_sheets(package)) if summary and sheet.part == summary.part), None)
    names = list(root.find_all("definedNames", "definedName"))
    own_names = [
        n
        for n in names
        if n.get("name") == SUMMARY_NAME or (position is not None and n.get("localSheetId") == str(position))
    ]
    holder = root.find("definedNames")
    if holder is not None and len(own_names) == len(names):
        xml.remove(holder)  # Excel takes no empty list
    for name in names if len(own_names) < len(names) else ():
        local = name.get("localSheetId")
        if name in own_names:
            xml.remove(name)
        elif position is not None and local and int(local) > position:
            xml.set_attributes(name, localSheetId=int(local) - 1)
    if summary is None or position is None:
        return
    xml.remove(summary.element)
    for view in root.find_all("bookViews", "workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            if int(view.get(attribute) or 0) > position:
                xml.set_attributes(view, **{attribute: int(view.get(attribute)) - 1})
            elif view.get(attribute) == str(position):
                xml.set_attributes(view, **{attribute: 0})
    package.get_relations(package.workbook).remove(summary.part)
    package.remove_part(summary.part)
    _update_properties(package, summary.name, removed=True)


def _namespace_declaration(package: Package) -> str:
    base = "purl.oclc.org/ooxml/officeDocument" if package.strict else "schemas.openxmlformats.org/officeDocument/2006"
    return f'xmlns:r="http://{base}/relationships"'


def _update_properties(package: Package, title: str, removed: bool = False) -> None:
    """Add or remove a sheet in the document's properties; Excel calls a file damaged where they differ."""
    if APP_PROPERTIES not in package.infos:
        return
    xml = Xml(package.read(APP_PROPERTIES))
    titles, pairs = xml.root.find("TitlesOfParts", "vector"), xml.root.find("HeadingPairs", "vector")
    first = next((number for number in pairs.walk() if number.name == "i4"), None) if pairs else None
    if titles is None or first is None or not titles.children:
        return
    if removed:
        known = [
            child for child in titles.children if xml.content[child.inner : child.close].decode() == escape_xml(title)
        ]
        if not known:
            return
        xml.remove(known[0])
    else:
        prefix = titles.children[0].prefix
        xml.replace(titles.inner, titles.inner, f"<{prefix}lpstr>{escape_xml(title)}</{prefix}lpstr>")
    step = -1 if removed else 1
    xml.set_attributes(titles, size=int(titles.get("size") or 0) + step)
    xml.replace(first.inner, first.close, str(int(xml.content[first.inner : first.close] or 0) + step))
    package.changed[APP_PROPERTIES] = xml
