"""Changes of a package: names of parts, relations, content types, ways of zipping, encodings.

A change called harmless leaves a workbook that means the same: nobody may be lost by it.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Parts:
    """The parts of a package in their order, and how it is zipped."""

    parts: list[tuple[str, bytes]]
    method: int = zipfile.ZIP_DEFLATED
    before: bytes = b""
    comment: bytes = b""
    extra: list[str] = field(default_factory=list)  # folders

    def change(self, end: str, change: Callable[[bytes], bytes]) -> None:
        """Change the parts whose name ends so."""
        self.parts = [(name, change(data) if name.lower().endswith(end) else data) for name, data in self.parts]

    def rename(self, change: Callable[[str], str]) -> None:
        self.parts = [(change(name), data) for name, data in self.parts]

    def remove(self, end: str) -> None:
        self.parts = [(name, data) for name, data in self.parts if not name.lower().endswith(end)]

    def names(self, *ends: str) -> list[str]:
        return [name for name, _data in self.parts if name.lower().endswith(ends)]


Change = Callable[[random.Random, Parts], None]
SHEETS = tuple(f"sheet{number}.xml" for number in range(1, 10))
XML = (".xml", ".rels")
MARKS = (b"\xff\xfe", b"\xfe\xff")
MC = b"http://schemas.openxmlformats.org/markup-compatibility/2006"


def read(path: Path) -> Parts:
    with zipfile.ZipFile(path) as package:
        return Parts([(name, package.read(name)) for name in package.namelist()])


def write(path: Path, parts: Parts) -> None:
    with path.open("wb") as target:
        target.write(parts.before)
        with zipfile.ZipFile(target, "w", parts.method) as package:
            package.comment = parts.comment
            for folder in parts.extra:
                package.writestr(folder, b"")
            for name, data in parts.parts:
                info = zipfile.ZipInfo("x", (2025, 1, 1, 0, 0, 0))
                info.filename, info.compress_type = name, parts.method
                package.writestr(info, data)


def settle(path: Path, method: int = zipfile.ZIP_DEFLATED) -> None:
    """Write a package without the time at which it was made, so that it is the same each time."""
    parts = read(path)
    parts.change("core.xml", lambda data: re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-01-01T00:00:00Z", data))
    parts.method = method
    write(path, parts)


def single_quotes(chance: random.Random, parts: Parts) -> None:
    end = chance.choice([*SHEETS[:1], "workbook.xml", "styles.xml", ".rels", "types].xml"])
    parts.change(end, lambda data: re.sub(rb'="([^"<>\']*)"', rb"='\1'", data))


def blanks_in_tags(chance: random.Random, parts: Parts) -> None:
    blank = chance.choice([b" ", b"\n", b"\t", b" \r\n "])
    end = chance.choice([*SHEETS[:1], "workbook.xml", "styles.xml", ".rels"])
    parts.change(end, lambda data: re.sub(rb' ([\w:]+)="', blank + rb"\1" + blank + b'="', data))


def other_order(chance: random.Random, parts: Parts) -> None:
    def turn(tag: re.Match[bytes]) -> bytes:
        attributes = re.findall(rb'\s+[\w:]+="[^"]*"', tag[2])
        chance.shuffle(attributes)
        return b"<" + tag[1] + b"".join(attributes) + tag[3] + b">"

    for end in chance.sample([*SHEETS[:2], "workbook.xml", "styles.xml", ".rels", "types].xml"], 2):
        parts.change(end, lambda data: re.sub(rb'<([\w:]+)((?:\s+[\w:]+="[^"]*")+)\s*(/?)>', turn, data))


def prefixes(chance: random.Random, parts: Parts) -> None:
    def change(data: bytes) -> bytes:
        data = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1x:\2", data)
        return re.sub(rb"\bxmlns(\s*=)", rb"xmlns:x\1", data)

    for end in chance.sample(
        [*SHEETS[:1], "workbook.xml", "styles.xml", "sharedstrings.xml", ".rels", "types].xml"], 2
    ):
        parts.change(end, change)


def upper_case(chance: random.Random, parts: Parts) -> None:
    some = chance.sample([*SHEETS[:1], "workbook.xml", "styles.xml", "sharedstrings.xml"], 2)
    change = chance.choice([str.upper, str.lower, str.title])
    parts.rename(lambda name: change(name) if name.lower().endswith(tuple(some)) else name)


def other_targets(chance: random.Random, parts: Parts) -> None:
    new = chance.choice([b"./worksheets/sheet1.xml", b"../xl/worksheets/sheet1.xml", b"/xl/worksheets/sheet1.xml",
                         b"worksheets/../worksheets/sheet1.xml", b"worksheets/%73heet1.xml",
                         b"worksheets\\\\sheet1.xml"])  # fmt: skip
    old = rb'"[^"]*worksheets/sheet1.xml"'
    parts.change("workbook.xml.rels", lambda data: re.sub(old, b'"' + new + b'"', data))


def backslashes(chance: random.Random, parts: Parts) -> None:
    parts.rename(lambda name: name if name.startswith("[") else name.replace("/", "\\"))


def leading_slashes(chance: random.Random, parts: Parts) -> None:
    parts.rename(lambda name: name if name.startswith("[") else "/" + name)


def utf16(chance: random.Random, parts: Parts) -> None:
    encoding = chance.choice(["utf-16", "utf-16-be"])
    end = chance.choice([*SHEETS[:1], "sharedstrings.xml", "styles.xml", "workbook.xml", ".xml", ".rels"])
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""

    def change(data: bytes) -> bytes:
        is_plain = data[:2] not in MARKS and not data.startswith(b"\xef\xbb\xbf")
        return mark + data.decode().replace('"UTF-8"', '"UTF-16"').encode(encoding) if is_plain else data

    parts.change(end, change)


def byte_order_mark(chance: random.Random, parts: Parts) -> None:
    parts.change(
        chance.choice([*SHEETS[:1], "workbook.xml", "styles.xml", "sharedstrings.xml"]),
        lambda data: data if data[:2] in MARKS else b"\xef\xbb\xbf" + data,
    )


def no_declaration(chance: random.Random, parts: Parts) -> None:
    parts.change(chance.choice(XML), lambda data: re.sub(rb"^<\?xml[^>]*>\s*", b"", data))


def stored(chance: random.Random, parts: Parts) -> None:
    parts.method = zipfile.ZIP_STORED


def any_order(chance: random.Random, parts: Parts) -> None:
    chance.shuffle(parts.parts)


def with_folders(chance: random.Random, parts: Parts) -> None:
    parts.extra = ["xl/", "xl/worksheets/", "_rels/", "docProps/"]


def with_comment(chance: random.Random, parts: Parts) -> None:
    parts.comment = chance.choice([b"x", b"k" * 60_000])


def foreign_parts(chance: random.Random, parts: Parts) -> None:
    parts.parts += [
        (chance.choice(["xl/lain.xml", "lain.xml", "docProps/custom2.xml"]), b"<lain/>"),
        ("xl/data.bin", b"\0" * 99),
    ]


def no_properties(chance: random.Random, parts: Parts) -> None:
    for end in ("core.xml", "app.xml"):
        parts.remove(end)
        name = end.encode()
        for where in ("types].xml", "_rels/.rels"):
            parts.change(
                where,
                lambda data, name=name: re.sub(rb"<(?:Override|Relationship) [^>]*" + name + rb"[^>]*/>", b"", data),
            )


def own_type_for_each(chance: random.Random, parts: Parts) -> None:
    """No default for relations: each has a type of its own, as LibreOffice wrote it until version 6."""
    kind = b"application/vnd.openxmlformats-package.relationships+xml"
    own = b"".join(
        b'<Override PartName="/%s" ContentType="%s"/>' % (name.encode(), kind) for name in parts.names(".rels")
    )

    def change(data: bytes) -> bytes:
        return re.sub(rb'<Default [^>]*"rels"[^>]*/>', b"", data).replace(b"</Types>", own + b"</Types>")

    parts.change("types].xml", change)


HARMLESS: list[Change] = [
    single_quotes, blanks_in_tags, other_order, prefixes, upper_case, other_targets, backslashes, leading_slashes,
    utf16, byte_order_mark, no_declaration, stored, any_order, with_folders, with_comment, foreign_parts, no_properties,
    own_type_for_each,
]  # fmt: skip
