"""Faults of packages: parts that are missing or there twice, types and relations that say something else."""

from __future__ import annotations

import random
import re
import zipfile

from tests.fuzz.package_changes import XML, Change, Parts

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
TARGETS = (b"", b"/", b"..", b"../../../x.xml", b"a b.xml", b"file:///c:/x.xml", b"http://x.invalid/", b"#A1", b"%zz",
           b"worksheets/sheet1.xml")  # fmt: skip
CORE = (
    "types].xml",
    "_rels/.rels",
    "workbook.xml",
    "workbook.xml.rels",
    "sheet1.xml",
    "styles.xml",
    "sharedstrings.xml",
)


def missing_part(chance: random.Random, parts: Parts) -> None:
    parts.remove(chance.choice([*CORE, "theme1.xml", "core.xml", "app.xml"]))


def part_twice(chance: random.Random, parts: Parts) -> None:
    name, data = chance.choice(parts.parts)
    parts.parts.append(
        (chance.choice([name, name.upper(), name.replace("/", "\\")]), chance.choice([data, b"<a/>", b""]))
    )


def empty_part(chance: random.Random, parts: Parts) -> None:
    content = chance.choice([b"", b"\0" * 40, b"<a/>", b" ", b"<worksheet/>"])
    parts.change(chance.choice(CORE), lambda data: content)


def other_charset(chance: random.Random, parts: Parts) -> None:
    name = chance.choice(
        [b"undefined", b"windows-1252", b"UTF-7", b"x-user-defined", b"utf-32", b"", b"UTF-16", b"us-ascii"]
    )
    parts.change(
        chance.choice([*CORE, *XML]), lambda data: re.sub(rb'encoding="[^"]*"', b'encoding="' + name + b'"', data)
    )


def broken_encoding(chance: random.Random, parts: Parts) -> None:
    parts.change(chance.choice(CORE), lambda data: data.decode("utf-8", "replace").encode("utf-16-le"))


def other_method(chance: random.Random, parts: Parts) -> None:
    parts.method = chance.choice([zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])


def bytes_before(chance: random.Random, parts: Parts) -> None:
    parts.before = chance.choice([b"\0" * 10, b"PK\3\4", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"])


def end_twice(chance: random.Random, parts: Parts) -> None:
    """A comment that looks like the end of another archive."""
    parts.comment = b"PK\5\6" + bytes(18)


def no_types(chance: random.Random, parts: Parts) -> None:
    parts.change("types].xml", lambda data: chance.choice([TYPES, TYPES.replace(b"/>", b"></Types>"), b"<Types/>"]))


def types_in_disorder(chance: random.Random, parts: Parts) -> None:
    def change(data: bytes) -> bytes:
        entries = re.findall(rb"<(?:Default|Override)[^>]*/>", data)
        entry = chance.choice(entries or [b""])
        other = entry.replace(b"ContentType=", b"contentType=") if chance.random() < 0.3 else entry.lower()
        return data.replace(entry, chance.choice([b"", entry * 2, other, entry.replace(b"/xl", b"xl")]))

    parts.change("types].xml", change)


def relations_in_disorder(chance: random.Random, parts: Parts) -> None:
    def change(data: bytes) -> bytes:
        entry = chance.choice(re.findall(rb"<Relationship [^>]*/>", data) or [b""])
        place = chance.choice(TARGETS)
        target = re.sub(rb'Target="[^"]*"', b'Target="' + place + b'"', entry)
        identity = re.sub(rb'Id="[^"]*"', b'Id="' + chance.choice([b"", b"rId1", b"rId2", b"x y"]) + b'"', entry)
        outside = entry.replace(b"/>", b' TargetMode="External"/>')
        kind = re.sub(rb'Type="[^"]*"', b'Type="urn:x"', entry)
        return data.replace(entry, chance.choice([b"", entry * 2, target, identity, outside, kind]))

    parts.change(chance.choice(["workbook.xml.rels", "_rels/.rels", "sheet1.xml.rels", ".rels"]), change)


def entities(chance: random.Random, parts: Parts) -> None:
    head = chance.choice(
        [b'<!DOCTYPE x [<!ENTITY a "aaaa">]>', b"<!DOCTYPE x>", b'<!DOCTYPE x SYSTEM "file:///etc/passwd">']
    )

    def change(data: bytes) -> bytes:
        return re.sub(rb"(<\?xml[^>]*>)", rb"\1" + b" " * chance.choice([0, 2000]) + head, data)

    parts.change(chance.choice(CORE), change)


def cut_part(chance: random.Random, parts: Parts) -> None:
    share = chance.random()
    parts.change(chance.choice(CORE), lambda data: data[: int(share * len(data))])


def vml_and_comments(chance: random.Random, parts: Parts) -> None:
    """A sheet that speaks of drawings and comments that are not there."""
    table = b'<tableParts count="1"><tablePart r:id="rId7"/></tableParts>'
    tag = chance.choice([b'<legacyDrawing r:id="rId99"/>', b'<drawing r:id="rId1"/>', b"<legacyDrawing/>", table])
    parts.change("sheet1.xml", lambda data: data.replace(b"</worksheet>", tag + b"</worksheet>"))


FAULTS: list[Change] = [
    missing_part, part_twice, empty_part, other_charset, broken_encoding, other_method, bytes_before, end_twice,
    no_types, types_in_disorder, relations_in_disorder, entities, cut_part, vml_and_comments,
]  # fmt: skip
