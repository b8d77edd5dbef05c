"""What a strict reader of a package would object to: parts, types, relations, order of cells, numbers of styles."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from rosterkit.model.cells import cell_position

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COUNTED = {"numFmts": "numFmt", "fonts": "font", "fills": "fill", "borders": "border", "cellStyleXfs": "xf",
           "cellXfs": "xf", "cellStyles": "cellStyle", "dxfs": "dxf"}  # fmt: skip
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"  # stands for one entry


def lint(path: Path) -> Counter[str]:
    """Return the objections to a package; an unedited package of Excel has none."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if not name.endswith("/")]
        parts, broken = _read(package, names)
    found = Counter(f"{name} cannot be read" for name in broken)
    found += Counter(f"{name} is there twice" for name, count in Counter(map(str.casefold, names)).items() if count > 1)
    trees = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = ElementTree.fromstring(content)
            except (ElementTree.ParseError, LookupError, ValueError):
                found[f"{name} is no XML"] += 1
    found.update(_types(parts, trees))
    for name, tree in trees.items():
        if name.endswith(".rels"):
            found.update(_relations(name, tree, parts))
        elif tree.tag == f"{MAIN}worksheet":
            found.update(_cells(name, tree))
            found.update(_covered_notes(name, tree, trees))
        elif tree.tag == f"{MAIN}styleSheet":
            found.update(_styles(name, tree))
    return found


def _read(package: zipfile.ZipFile, names: list[str]) -> tuple[dict[str, bytes], list[str]]:
    """Return the parts, those that cannot be read as nothing, and the names of these."""
    parts, broken = {}, []
    for name in names:
        try:
            parts[name] = package.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            parts[name] = b""
            broken.append(name)
    return parts, broken


def _types(parts: dict[str, bytes], trees: dict[str, ElementTree.Element]) -> Iterator[str]:
    types = trees.get("[Content_Types].xml")
    if types is None:
        yield "no content types"
        return
    ends = [entry.get("Extension", "").casefold() for entry in types if _name(entry) == "Default"]
    own = [unquote(entry.get("PartName", "")).lstrip("/").casefold() for entry in types if _name(entry) == "Override"]
    yield from (f"type of .{end} is there twice" for end, count in Counter(ends).items() if count > 1)
    yield from (f"type of {name} is there twice" for name, count in Counter(own).items() if count > 1)
    known = {name.replace("\\", "/").lstrip("/").casefold() for name in parts}
    yield from (f"a type, but no part: {name}" for name in own if name not in known)
    for name in known - {"[content_types].xml"}:
        if name not in own and name.rpartition(".")[2] not in ends:
            yield f"no type: {name}"


def _relations(name: str, tree: ElementTree.Element, parts: dict[str, bytes]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name.replace("\\", "/").lstrip("/")))
    known = {part.replace("\\", "/").lstrip("/").casefold() for part in parts}
    ids = Counter(entry.get("Id") for entry in tree)
    yield from (f"{name}: {relation} is there twice" for relation, count in ids.items() if count > 1)
    for entry in tree:
        target = unquote(entry.get("Target", "")).replace("\\", "/")
        if entry.get("TargetMode") != "External" and not target.startswith("#"):
            at = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if at.casefold() not in known:
                yield f"{name}: no part {at}"


def _cells(name: str, tree: ElementTree.Element) -> Iterator[str]:
    last_row = 0
    for row in tree.iter(f"{MAIN}row"):
        number = _number(row.get("r")) or last_row + 1
        if number <= last_row:
            yield f"{name}: rows out of order"
        last_row, last_column = number, -1
        for cell in row.iter(f"{MAIN}c"):
            if cell.get("r"):
                try:
                    at = cell_position(str(cell.get("r")))
                except ValueError:
                    yield f"{name}: no place: {cell.get('r')}"
                    continue
                if at[1] <= last_column or at[0] != number - 1:
                    yield f"{name}: cells out of order"
                last_column = at[1]
            if not re.fullmatch(r"\d*", cell.get("s", "")):
                yield f"{name}: a style that is no number"


def _covered_notes(name: str, tree: ElementTree.Element, trees: dict[str, ElementTree.Element]) -> Iterator[str]:
    """A note on a cell that a merged one covers is never shown."""
    folder, base = posixpath.split(name)
    corners = list(_merged_corners(tree))
    for relation in trees.get(f"{folder}/_rels/{base}.rels", ()):
        target = str(relation.get("Target"))
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if str(relation.get("Type")).endswith("/comments") and part in trees:
            for comment in trees[part].iter(f"{MAIN}comment"):
                if (place := _place(str(comment.get("ref")))) is None:
                    continue
                row, column = place
                for (top, left), (bottom, right) in corners:
                    if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                        yield f"{name}: a note on the covered cell {comment.get('ref')}"


def _merged_corners(tree: ElementTree.Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The first and the last cell of each merged area; none of those that name no cells."""
    for area in tree.iter(f"{MAIN}mergeCell"):
        first, _colon, last = str(area.get("ref")).partition(":")
        corners = _place(first), _place(last or first)
        if corners[0] is not None and corners[1] is not None:
            yield corners[0], corners[1]


def _place(cell: str) -> tuple[int, int] | None:
    try:
        return cell_position(cell)
    except ValueError:
        return None


def _styles(name: str, tree: ElementTree.Element) -> Iterator[str]:
    for group, kind in COUNTED.items():
        element = tree.find(f"{MAIN}{group}")
        told = None if element is None else element.get("count")
        known = sum(
            entry.tag in (f"{MAIN}{kind}", CHOICE) for entry in (() if element is None else element)
        )  # no reader counts another one
        if told is not None and _number(told) != known:
            yield f"{name}: {group} says {told}, holds {known}"
    fonts = len(tree.find(f"{MAIN}fonts") or ())
    fills = len(tree.find(f"{MAIN}fills") or ())
    for format_ in tree.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
        if _number(format_.get("fontId", "0")) >= max(fonts, 1) or _number(format_.get("fillId", "0")) >= max(fills, 1):
            yield f"{name}: a format with a font or fill that is not there"


def _number(text: str | None) -> int:
    """Return a number, 0 for none, and a large one for what is no number."""
    return int(text) if text and text.isascii() and text.isdigit() else 10**9 if text else 0


def _name(entry: ElementTree.Element) -> str:
    return entry.tag.rpartition("}")[2]
