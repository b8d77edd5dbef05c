"""Changes of the XML of sheets, texts and styles: harmless ones, and faults."""

from __future__ import annotations

import random
import re

from tests.fuzz.package_changes import MC, SHEETS, Change, Parts

ODD = [b"", b"-1", b"0", b"99999999999999999999", b"x", b"A1", b"NaN", b" 1 ", "\u0663".encode(), b"true", b"1.5",
       b"1e9", b"XFD1048576", b"A1:XFD1048576", b"XFE9", b"#REF!", b"&#10;", b"&amp;", b"a" * 5000,
       b"rId1", b"A:A", b"C3:A1"]  # fmt: skip


def change_sheet(chance: random.Random, parts: Parts, pattern: bytes, new: bytes, count: int = 1) -> None:
    parts.change(chance.choice(SHEETS[:2]), lambda data: re.sub(pattern, new, data, count=count))


def spans(chance: random.Random, parts: Parts) -> None:
    new = chance.choice([b"", b' spans="1:16384"', b' spans="5:2"', b' spans="1:1 3:9"', b' spans=""'])
    change_sheet(chance, parts, rb'(<row [^>]*?) spans="[^"]*"', rb"\1" + new, 0)


def dimension(chance: random.Random, parts: Parts) -> None:
    ref = chance.choice([b"A1", b"A1:XFD1048576", b"Z99", b"A1:B2"])
    new = chance.choice([b"", b'<dimension ref="' + ref + b'"/>'])
    change_sheet(chance, parts, rb"<dimension [^>]*/>", new)


def odd_dimension(chance: random.Random, parts: Parts) -> None:
    ref = chance.choice([*ODD, b"B2:A1", b"a1:h9"])
    change_sheet(
        chance, parts, rb"<dimension [^>]*/>", chance.choice([b'<dimension ref="' + ref + b'"/>', b"<dimension/>"])
    )


def counts(chance: random.Random, parts: Parts) -> None:
    new = chance.choice([b"", b' count="0"', b' count="9999"', b' count="4294967295"', b' count="-1"'])
    end = chance.choice(["sharedstrings.xml", "styles.xml", *SHEETS[:1]])
    parts.change(end, lambda data: re.sub(rb' (?:c|uniqueC)ount="[^"]*"', new, data))


def comments_inside(chance: random.Random, parts: Parts) -> None:
    new = chance.choice([b"<!-- <row r='3'/> -->", b"<?pi <c r='A1'> ?>", b"\n  ", b"<!-- > -->"])
    place = chance.choice([b"<sheetData>", b"</row>", b"</c>", b"</sheetData>"])
    parts.change(
        chance.choice(SHEETS[:1]),
        lambda data: data if b"<!--" in data else data.replace(place, place + new),  # a comment cannot hold another
    )


def cdata(chance: random.Random, parts: Parts) -> None:
    for end in (*SHEETS[:1], "sharedstrings.xml"):
        parts.change(end, lambda data: re.sub(rb"<t([^>]*)>([^<&]+)</t>", rb"<t\1><![CDATA[\2]]></t>", data))


def runs(chance: random.Random, parts: Parts) -> None:
    new = chance.choice([rb"<r><t>\2</t></r>", rb'<r><rPr><b/></rPr><t\1>\2</t></r><r><t></t></r>', rb'<t\1>\2</t><phoneticPr fontId="1"/>'])  # fmt: skip # noqa: E501 # a list of forms
    parts.change("sharedstrings.xml", lambda data: re.sub(rb"<t([^>]*)>([^<]*)</t>", new, data))


def inline(chance: random.Random, parts: Parts) -> None:
    """Texts stand in their cells, and the part of texts goes."""
    texts = [item for name, data in parts.parts if name.lower().endswith("sharedstrings.xml") for item in re.findall(rb"<si>(.*?)</si>", data, re.S)]  # fmt: skip # noqa: E501 # one list

    def put(cell: re.Match[bytes]) -> bytes:
        return b"<c" + cell[1] + b' t="inlineStr"' + cell[2] + b"><is>" + texts[int(cell[3])] + b"</is></c>"

    if not texts or any(b"<x:" in data or re.search(rb"\bt\s+=|\bt=(?!\")", data) for _name, data in parts.parts):
        return  # cells that are written in another way would lose their texts
    for end in SHEETS:
        parts.change(end, lambda data: re.sub(rb'<c([^>]*) t="s"([^>]*)><v>(\d+)</v></c>', put, data))
    parts.remove("sharedstrings.xml")
    for end in ("workbook.xml.rels", "types].xml"):
        parts.change(end, lambda data: re.sub(rb"<(?:Override|Relationship) [^>]*sharedStrings[^>]*/>", b"", data))


def alternate_content(chance: random.Random, parts: Parts) -> None:
    def offer(inside: bytes) -> bytes:
        fallback = chance.choice([b"", b"<mc:Fallback>" + inside + b"</mc:Fallback>"])
        choice = b'<mc:Choice Requires="x15">' + inside + b"</mc:Choice>"
        return b'<mc:AlternateContent xmlns:mc="' + MC + b'">' + choice + fallback + b"</mc:AlternateContent>"

    where = chance.choice(["styles.xml", "workbook.xml", "sheet1.xml"])
    if where == "styles.xml":
        more = offer(b'<font><sz val="9"/></font>')
        parts.change(
            where, lambda data: re.sub(rb"<fonts[^>]*>", b"<fonts>", data).replace(b"</fonts>", more + b"</fonts>")
        )
    elif where == "workbook.xml":
        parts.change(where, lambda data: data.replace(b"<bookViews", offer(b"<absPath/>") + b"<bookViews"))
    else:
        parts.change(where, lambda data: data.replace(b"</worksheet>", offer(b"<controls/>") + b"</worksheet>"))


def style_numbers(chance: random.Random, parts: Parts) -> None:
    number = chance.choice([b"", b"999", b"-1", b"x", b"00", b"4294967296", b" 0 "])
    change_sheet(chance, parts, rb'(<c r="[A-C]\d+")(?: s="\d+")?', rb'\1 s="' + number + b'"', 0)


def without_places(chance: random.Random, parts: Parts) -> None:
    change_sheet(
        chance, parts, chance.choice([rb'(<row) r="\d+"', rb'(<c) r="\w+"', rb'(<(?:c|row)) r="\w+"']), rb"\1", 0
    )


def odd_places(chance: random.Random, parts: Parts) -> None:
    ref = chance.choice(
        [b"$A$1", b"a1", b"A0", b"A", b"1", b"", b"ZZZZ1", b"A1048577", b"XFD1048576", b"A1:B2", b" A1", b"B1"]
    )
    change_sheet(chance, parts, rb'(<c) r="[A-D]\d+"', rb'\1 r="' + ref + b'"', chance.choice([0, 1]))


def odd_types(chance: random.Random, parts: Parts) -> None:
    kind = chance.choice([b"n", b"b", b"e", b"d", b"str", b"zz", b"", b"inlineStr", b"s"])
    change_sheet(chance, parts, rb'(<c [^>]*?) t="\w+"', rb'\1 t="' + kind + b'"', chance.choice([0, 1, 3]))


def odd_values(chance: random.Random, parts: Parts) -> None:
    value = chance.choice(
        [*ODD, b"1e400", b"-1e400", b"inf", b"2147483648", b"-5", b"0.1e", b"43000.99999", b"-700000", b"1" * 400]
    )
    change_sheet(chance, parts, rb"<v>[^<]*</v>", b"<v>" + value + b"</v>", chance.choice([0, 1, 3]))


def disorder(chance: random.Random, parts: Parts) -> None:
    pattern = chance.choice([rb"<row .*?</row>", rb"<c [^>]*>.*?</c>"])

    def change(data: bytes) -> bytes:
        found = [match[0] for match in re.finditer(pattern, data, re.S)]
        if len(found) < 2:
            return data
        one, two = chance.sample(found, 2)
        how = chance.choice(["twice", "swap", "nest"])
        new = {"twice": one + one, "swap": two, "nest": one[:-6] + two + one[-6:]}[how]
        return data.replace(one, new, 1)

    parts.change(chance.choice(SHEETS[:1]), change)


def odd_elements(chance: random.Random, parts: Parts) -> None:
    ref = chance.choice(ODD)
    tag = chance.choice([
        b'<mergeCells><mergeCell ref="%s"/></mergeCells>', b'<autoFilter ref="%s"/>',
        b'<hyperlinks><hyperlink ref="%s"/></hyperlinks>',
        b'<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="99"/></conditionalFormatting>',
        b'<dataValidations count="1"><dataValidation sqref="%s"/></dataValidations>', b'<sheetProtection sheet="%s"/>',
        b'<mergeCells>' + b'<mergeCell ref="%s"/>' * 3 + b'</mergeCells>',
    ])  # fmt: skip
    parts.change(
        chance.choice(SHEETS[:1]), lambda data: data.replace(b"</sheetData>", b"</sheetData>" + tag.replace(b"%s", ref))
    )


def odd_columns(chance: random.Random, parts: Parts) -> None:
    low, high = chance.choice(ODD), chance.choice(ODD)
    tag = b'<cols><col min="%s" max="%s" hidden="1" width="9"/></cols>' % (low, high)
    tag = chance.choice([tag, b"<cols/>", tag.replace(low, b"3").replace(high, b"16384")])
    parts.change(
        chance.choice(SHEETS[:1]),
        lambda data: re.sub(rb"<cols>.*?</cols>", b"", data).replace(b"<sheetData", tag + b"<sheetData"),
    )


def odd_sheets(chance: random.Random, parts: Parts) -> None:
    name = chance.choice(
        [b"", b"a" * 40, b"Hasil Periksa", b"RT/01", b"'x'", b"RT 02", b"&lt;", b"\xe2\x80\x8b", b"_xlnm"]
    )
    names = b'</sheets><definedNames><definedName name="x" localSheetId="99">x</definedName></definedNames>'
    views = b'<bookViews><workbookView activeTab="77"/></bookViews>'
    pattern, new = chance.choice([
        (rb'(<sheet [^>]*?)name="[^"]*"', rb'\1name="' + name + b'"'), (rb'sheetId="\d+"', b'sheetId="1"'),
        (rb"(<sheet [^>]*?)sheetId", rb'\1state="x" sheetId'), (rb'r:id="\w+"', b'r:id="rId1"'), (rb'r:id="\w+"', b""),
        (rb"(<workbookPr)", rb'\1 date1904="1"'), (rb"</sheets>", names), (rb"<sheets>.*</sheets>", b"<sheets/>"),
        (rb"<bookViews>.*</bookViews>", views),
    ])  # fmt: skip
    parts.change("workbook.xml", lambda data: re.sub(pattern, new, data, count=chance.choice([0, 1])))


HARMLESS: list[Change] = [spans, dimension, comments_inside, cdata, runs, inline, alternate_content]
FAULTS: list[Change] = [
    odd_dimension, counts, style_numbers, without_places, odd_places, odd_types, odd_values, disorder, odd_elements,
    odd_columns, odd_sheets,
]  # fmt: skip
