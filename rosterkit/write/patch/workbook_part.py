"""The part ``workbook.xml``: its sheets, and the sheet of results before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count

from rosterkit.read.own_marks import OWN_NAME
from rosterkit.write.patch.package import Package
from rosterkit.write.patch.texts import escape, unescape
from rosterkit.write.patch.xml import Element, Xml, unknown_xml

MARK = OWN_NAME.decode()
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
PROPERTIES = "docprops/app.xml"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    element: Element


def sheets(package: Package) -> list[SheetEntry]:
    """The sheets of a workbook in order.

    Raises:
        FileError: the workbook lists a sheet that the package does not have.
    """
    relations = package.relations(package.workbook)
    found = []
    for element in package.xml(package.workbook).root.all("sheets", "sheet"):
        relation = next((v for k, v in element.attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
        part = relations.part(relation)
        if part not in package.infos:
            raise unknown_xml()
        found.append(SheetEntry(element.get("name"), part, element))
    return found


def own_sheet(package: Package) -> SheetEntry | None:
    """The sheet of results of an earlier check."""
    root = package.xml(package.workbook).root
    listed = sheets(package)
    for name in root.all("definedNames", "definedName"):
        if name.get("name") == MARK:
            formula = unescape(package.xml(package.workbook).content[name.inner : name.close].decode())
            title = formula.rpartition("!")[0].strip("'").replace("''", "'")
            return next((sheet for sheet in listed if sheet.name == title), None)
    return None


def add_sheet(package: Package, title: str, part: str) -> None:
    """List a new sheet first, make it the active one, and let the names of the others' sheets follow."""
    relation = package.relations(package.workbook).add("worksheet", part)
    package.declare(part, _SHEET_TYPE)
    xml = package.xml(package.workbook)
    root = xml.root
    listed = root.find("sheets")
    numbers = [int(sheet.get("sheetId") or 0) for sheet in root.all("sheets", "sheet")]
    if listed is None:
        return
    space = next((k for k, v in root.attributes.items() if k.startswith("xmlns:") and v.endswith("/relationships")), "")
    number = next(number for number in count(min(max(numbers, default=0) + 1, 60_000)) if number not in numbers)
    written = f'<{root.prefix}sheet name="{escape(title)}" sheetId="{number}"'
    written += (
        f' {space.removeprefix("xmlns:")}:id="{relation}"/>' if space else f' {_declared(package)} r:id="{relation}"/>'
    )
    xml.replace(listed.inner, listed.inner, written)
    for view in root.all("bookViews", "workbookView"):
        xml.set(view, activeTab=0)
        if view.get("firstSheet"):
            xml.set(view, firstSheet=0)
    for name in root.all("definedNames", "definedName"):
        if name.get("localSheetId"):
            xml.set(name, localSheetId=int(name.get("localSheetId")) + 1)
    _list_in_properties(package, title)


def add_names(package: Package, title: str, head_row: int | None) -> None:
    """The names of the sheet of results: a hidden one to know it by, and the head that is repeated on every page."""
    xml = package.xml(package.workbook)
    root = xml.root
    place = "'" + escape(title.replace("'", "''")) + "'"
    tag = f"{root.prefix}definedName"
    names = f'<{tag} name="{MARK}" hidden="1">{place}!$A$1</{tag}>'
    if head_row:
        names = f'<{tag} name="_xlnm.Print_Titles" localSheetId="0">{place}!${head_row}:${head_row}</{tag}>' + names
    known = root.find("definedNames")
    if known is None:
        xml.place(root, "definedNames", _ORDER, f"<{tag}s>{names}</{tag}s>")
    else:
        xml.append(known, names)


def move_filter(package: Package, position: int, before: str, after: str) -> None:
    """Let the hidden name of a sheet's filter say what its filter says."""
    xml = package.xml(package.workbook)
    for name in xml.root.all("definedNames", "definedName"):
        if name.get("name") == "_xlnm._FilterDatabase" and name.get("localSheetId") == str(position):
            text = xml.content[name.inner : name.close].decode()
            start = text.rfind("!") + 1
            if text[start:].replace("$", "") == before:
                new = ":".join(re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell) for cell in after.split(":"))
                xml.replace(name.inner + len(text[:start].encode()), name.close, new)


def remove_sheet(package: Package, own: SheetEntry | None) -> None:
    """List our sheet no longer, take its part out, and let the names of the others' sheets follow."""
    xml = package.xml(package.workbook)
    root = xml.root
    position = next((n for n, sheet in enumerate(sheets(package)) if own and sheet.part == own.part), None)
    names = list(root.all("definedNames", "definedName"))
    ours = [
        n for n in names if n.get("name") == MARK or (position is not None and n.get("localSheetId") == str(position))
    ]
    holder = root.find("definedNames")
    if holder is not None and len(ours) == len(names):
        xml.remove(holder)  # Excel takes no empty list
    for name in names if len(ours) < len(names) else ():
        local = name.get("localSheetId")
        if name in ours:
            xml.remove(name)
        elif position is not None and local and int(local) > position:
            xml.set(name, localSheetId=int(local) - 1)
    if own is None or position is None:
        return
    xml.remove(own.element)
    for view in root.all("bookViews", "workbookView"):
        for told in ("activeTab", "firstSheet"):
            if int(view.get(told) or 0) > position:
                xml.set(view, **{told: int(view.get(told)) - 1})
            elif view.get(told) == str(position):
                xml.set(view, **{told: 0})
    package.relations(package.workbook).drop(own.part)
    package.remove(own.part)
    _list_in_properties(package, own.name, gone=True)


def _declared(package: Package) -> str:
    base = "purl.oclc.org/ooxml/officeDocument" if package.strict else "schemas.openxmlformats.org/officeDocument/2006"
    return f'xmlns:r="http://{base}/relationships"'


def _list_in_properties(package: Package, title: str, gone: bool = False) -> None:
    """Name the sheet where the document's properties list the sheets; Excel calls a list of another length damaged."""
    if PROPERTIES not in package.infos:
        return
    xml = Xml(package.read(PROPERTIES))
    titles, pairs = xml.root.find("TitlesOfParts", "vector"), xml.root.find("HeadingPairs", "vector")
    first = next((number for number in pairs.walk() if number.name == "i4"), None) if pairs else None
    if titles is None or first is None or not titles.children:
        return
    if gone:
        known = [child for child in titles.children if xml.content[child.inner : child.close].decode() == escape(title)]
        if not known:
            return
        xml.remove(known[0])
    else:
        prefix = titles.children[0].prefix
        xml.replace(titles.inner, titles.inner, f"<{prefix}lpstr>{escape(title)}</{prefix}lpstr>")
    step = -1 if gone else 1
    xml.set(titles, size=int(titles.get("size") or 0) + step)
    xml.replace(first.inner, first.close, str(int(xml.content[first.inner : first.close] or 0) + step))
    package.changed[PROPERTIES] = xml
