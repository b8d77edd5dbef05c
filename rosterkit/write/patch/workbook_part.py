"""The part ``workbook.xml``: its sheets, and the sheet of results before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count

from rosterkit.read.ours import OWN_NAME
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
APP_PROPERTIES = "docprops/app.xml"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    element: Element


def get_sheets(package: Package) -> list[SheetEntry]:
    """The sheets of a workbook in order.

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
    """The sheet of results of an earlier check."""
    root = package.open_xml(package.workbook).root
    listed = get_sheets(package)
    for name in root.find_all("definedNames", "definedName"):
        if name.get("name") == SUMMARY_NAME:
            formula = unescape_xml(package.open_xml(package.workbook).content[name.inner : name.close].decode())
            title = formula.rpartition("!")[0].strip("'").replace("''", "'")
            return next((sheet for sheet in listed if sheet.name == title), None)
    return None


def add_summary_sheet(package: Package, title: str, part: str) -> None:
    """List a new sheet first, make it the active one, and let the names of the others' sheets follow."""
    relation = package.get_relations(package.workbook).add("worksheet", part)
    package.add_content_type(part, _SHEET_TYPE)
    xml = package.open_xml(package.workbook)
    root = xml.root
    listed = root.find("sheets")
    numbers = [int(sheet.get("sheetId") or 0) for sheet in root.find_all("sheets", "sheet")]
    if listed is None:
        return
    space = next((k for k, v in root.attributes.items() if k.startswith("xmlns:") and v.endswith("/relationships")), "")
    number = next(number for number in count(min(max(numbers, default=0) + 1, 60_000)) if number not in numbers)
    written = f'<{root.prefix}sheet name="{escape_xml(title)}" sheetId="{number}"'
    written += (
        f' {space.removeprefix("xmlns:")}:id="{relation}"/>'
        if space
        else f' {_namespace_declaration(package)} r:id="{relation}"/>'
    )
    xml.replace(listed.inner, listed.inner, written)
    for view in root.find_all("bookViews", "workbookView"):
        xml.set_attributes(view, activeTab=0)
        if view.get("firstSheet"):
            xml.set_attributes(view, firstSheet=0)
    for name in root.find_all("definedNames", "definedName"):
        if name.get("localSheetId"):
            xml.set_attributes(name, localSheetId=int(name.get("localSheetId")) + 1)
    _update_properties(package, title)


def add_summary_names(package: Package, title: str, head_row: int | None) -> None:
    """The names of the sheet of results: a hidden one to know it by, and the head that is repeated on every page."""
    xml = package.open_xml(package.workbook)
    root = xml.root
    place = "'" + escape_xml(title.replace("'", "''")) + "'"
    tag = f"{root.prefix}definedName"
    names = f'<{tag} name="{SUMMARY_NAME}" hidden="1">{place}!$A$1</{tag}>'
    if head_row:
        names = f'<{tag} name="_xlnm.Print_Titles" localSheetId="0">{place}!${head_row}:${head_row}</{tag}>' + names
    known = root.find("definedNames")
    if known is None:
        xml.insert_child(root, "definedNames", _ORDER, f"<{tag}s>{names}</{tag}s>")
    else:
        xml.append(known, names)


def update_filter_name(package: Package, position: int, before: str, after: str) -> None:
    """Let the hidden name of a sheet's filter say what its filter says."""
    xml = package.open_xml(package.workbook)
    for name in xml.root.find_all("definedNames", "definedName"):
        if name.get("name") == "_xlnm._FilterDatabase" and name.get("localSheetId") == str(position):
            text = xml.content[name.inner : name.close].decode()
            start = text.rfind("!") + 1
            if text[start:].replace("$", "") == before:
                new = ":".join(re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell) for cell in after.split(":"))
                xml.replace(name.inner + len(text[:start].encode()), name.close, new)


def remove_summary_sheet(package: Package, own: SheetEntry | None) -> None:
    """List our sheet no longer, take its part out, and let the names of the others' sheets follow."""
    xml = package.open_xml(package.workbook)
    root = xml.root
    position = next((n for n, sheet in enumerate(get_sheets(package)) if own and sheet.part == own.part), None)
    names = list(root.find_all("definedNames", "definedName"))
    ours = [
        n
        for n in names
        if n.get("name") == SUMMARY_NAME or (position is not None and n.get("localSheetId") == str(position))
    ]
    holder = root.find("definedNames")
    if holder is not None and len(ours) == len(names):
        xml.remove(holder)  # Excel takes no empty list
    for name in names if len(ours) < len(names) else ():
        local = name.get("localSheetId")
        if name in ours:
            xml.remove(name)
        elif position is not None and local and int(local) > position:
            xml.set_attributes(name, localSheetId=int(local) - 1)
    if own is None or position is None:
        return
    xml.remove(own.element)
    for view in root.find_all("bookViews", "workbookView"):
        for told in ("activeTab", "firstSheet"):
            if int(view.get(told) or 0) > position:
                xml.set_attributes(view, **{told: int(view.get(told)) - 1})
            elif view.get(told) == str(position):
                xml.set_attributes(view, **{told: 0})
    package.get_relations(package.workbook).remove(own.part)
    package.remove_part(own.part)
    _update_properties(package, own.name, gone=True)


def _namespace_declaration(package: Package) -> str:
    base = "purl.oclc.org/ooxml/officeDocument" if package.strict else "schemas.openxmlformats.org/officeDocument/2006"
    return f'xmlns:r="http://{base}/relationships"'


def _update_properties(package: Package, title: str, gone: bool = False) -> None:
    """Name the sheet where the document's properties list the sheets; Excel calls a list of another length damaged."""
    if APP_PROPERTIES not in package.infos:
        return
    xml = Xml(package.read(APP_PROPERTIES))
    titles, pairs = xml.root.find("TitlesOfParts", "vector"), xml.root.find("HeadingPairs", "vector")
    first = next((number for number in pairs.walk() if number.name == "i4"), None) if pairs else None
    if titles is None or first is None or not titles.children:
        return
    if gone:
        known = [
            child for child in titles.children if xml.content[child.inner : child.close].decode() == escape_xml(title)
        ]
        if not known:
            return
        xml.remove(known[0])
    else:
        prefix = titles.children[0].prefix
        xml.replace(titles.inner, titles.inner, f"<{prefix}lpstr>{escape_xml(title)}</{prefix}lpstr>")
    step = -1 if gone else 1
    xml.set_attributes(titles, size=int(titles.get("size") or 0) + step)
    xml.replace(first.inner, first.close, str(int(xml.content[first.inner : first.close] or 0) + step))
    package.changed[APP_PROPERTIES] = xml
