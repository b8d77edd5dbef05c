"""Workbooks with what senders' workbooks have, each around the same small roster with one wrong NIK.

xlsxwriter and openpyxl make most features; what they cannot make is written into the package by hand.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori", "Tempat Lahir", "JK", "Nama Ibu Kandung", "Alamat"]
PEOPLE = [
    ["3571010101859901", "Contoh Satu", "01-01-1985", "Pemulung", "Kediri", "L", "Contoh Ibu", "Jl. Contoh 1"],
    ["357101020185990", "Contoh Dua", "02-01-1985", "Pemulung", "Kediri", "L", "Contoh Ibu", "Jl. Contoh 2"],
    ["3571010301859903", "Contoh Tiga", "03-01-1985", "Pemulung", "Kediri", "L", "Contoh Ibu", "Jl. Contoh 3"],
]
WRONG = (2, 0)  # row and column of the wrong NIK, from the header's row and the first column
BOOKS: dict[str, Callable[[Path], None]] = {}
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book(build: Callable[[Path], None]) -> Callable[[Path], None]:
    """Register a workbook under the name of its function."""
    BOOKS[build.__name__] = build
    return build


def roster(sheet, row: int = 0, column: int = 0, **formats) -> None:
    """Write the roster with xlsxwriter."""
    for number, values in enumerate([HEAD, *PEOPLE]):
        for place, value in enumerate(values):
            sheet.write_string(row + number, column + place, value, formats.get("head" if number == 0 else "body"))


def made(path: Path, build: Callable, **options) -> None:
    """A workbook of one sheet by xlsxwriter."""
    work = xlsxwriter.Workbook(path, options)
    sheet = work.add_worksheet("RT 01")
    build(work, sheet)
    work.close()


def repack(path: Path, change: Callable[[str, bytes], bytes | None], more: dict[str, str] | None = None) -> None:
    """Change parts of a package, leave some out (None), and add others."""
    parts = {}
    with zipfile.ZipFile(path) as old:
        for name in old.namelist():
            new = change(name, old.read(name))
            if new is not None:
                parts[name] = new
    parts |= {name: text.encode() for name, text in (more or {}).items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def png(path: Path) -> Path:
    """A small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\xc0\x20\x20" * 8 for _ in range(8))
    target = path.with_suffix(".png")
    target.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    return target


def related(content: bytes, kind: str, target: str, relation: str) -> bytes:
    """A relation more."""
    tag = f'<Relationship Id="{relation}" Type="{kind}" Target="{target}"/>'.encode()
    return content.replace(b"</Relationships>", tag + b"</Relationships>")


def typed(content: bytes, part: str, kind: str) -> bytes:
    """A content type more."""
    return content.replace(b"</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'.encode())


@book
def plain(path):
    made(path, lambda work, sheet: roster(sheet))


@book
def letterhead_with_logo(path):
    def build(work, sheet):
        sheet.merge_range(0, 0, 0, 7, "PEMERINTAH KOTA CONTOH", work.add_format({"bold": True, "align": "center"}))
        sheet.insert_image(0, 0, str(png(path)))
        sheet.insert_textbox(6, 1, "Stempel di sini")
        roster(sheet, 3, head=work.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1}))

    made(path, build)


@book
def header_picture(path):
    def build(work, sheet):
        roster(sheet)
        sheet.set_header("&L&G", {"image_left": str(png(path))})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    made(path, build)


@book
def header_picture_and_notes(path):
    def build(work, sheet):
        roster(sheet)
        sheet.set_header("&L&G", {"image_left": str(png(path))})
        sheet.write_comment("B2", "Catatan RT")
        sheet.write_comment("A3", "NIK dari fotokopi", {"author": "Ketua RT"})

    made(path, build)


@book
def chart(path):
    def build(work, sheet):
        roster(sheet)
        drawn = work.add_chart({"type": "column"})
        drawn.add_series({"values": "='RT 01'!$J$1:$J$3"})
        sheet.write_column("L1", [1, 2, 3])
        sheet.insert_chart("L6", drawn)

    made(path, build)


@book
def drop_downs(path):
    def build(work, sheet):
        roster(sheet)
        sheet.data_validation("D2:D40", {"validate": "list", "source": ["Pemulung", "Tukang becak"]})
        sheet.data_validation("A2:A40", {"validate": "length", "criteria": "==", "value": 16, "error_type": "warning"})

    made(path, build)


@book
def conditional_formats(path):
    def build(work, sheet):
        roster(sheet)
        red = work.add_format({"bg_color": "#FFC7CE"})
        sheet.conditional_format("A2:A40", {"type": "duplicate", "format": red})
        sheet.conditional_format("J2:J4", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("K2:K4", {"type": "icon_set", "icon_style": "3_traffic_lights"})

    made(path, build)


@book
def filtered(path):
    def build(work, sheet):
        roster(sheet)
        sheet.autofilter(0, 0, 3, 7)
        sheet.filter_column("D", "x == Pemulung")

    made(path, build)


@book
def excel_table(path):
    def build(work, sheet):
        sheet.add_table(
            0,
            0,
            3,
            7,
            {"data": PEOPLE, "columns": [{"header": text} for text in HEAD], "style": "Table Style Medium 2"},
        )

    made(path, build)


@book
def excel_table_beside(path):
    def build(work, sheet):
        roster(sheet)
        sheet.add_table(0, 8, 3, 9, {"columns": [{"header": "Bantuan"}, {"header": "Ukuran"}]})

    made(path, build)


@book
def frozen_and_protected(path):
    def build(work, sheet):
        roster(sheet, body=work.add_format({"locked": False, "num_format": "@", "font_name": "Arial", "font_size": 9}))
        sheet.freeze_panes(1, 2)
        sheet.protect("rahasia", {"format_cells": True})

    made(path, build)


@book
def merged_two_row_header(path):
    def build(work, sheet):
        head = work.add_format({"bold": True, "border": 1, "align": "center"})
        for column, text in enumerate(HEAD):
            if column not in (4, 2):
                sheet.merge_range(2, column, 3, column, text, head)
        sheet.write(2, 2, "Kelahiran", head)
        sheet.write(3, 2, "Tanggal Lahir", head)
        sheet.merge_range(2, 4, 3, 4, HEAD[4], head)
        for number, values in enumerate(PEOPLE):
            for place, value in enumerate(values):
                sheet.write_string(4 + number, place, value)
        sheet.merge_range(4, 3, 6, 3, "Pemulung")

    made(path, build)


@book
def rich_strings(path):
    def build(work, sheet):
        roster(sheet)
        red = work.add_format({"color": "red", "bold": True})
        sheet.write_rich_string("B3", "Contoh ", red, "Dua")

    made(path, build)


@book
def notes_of_theirs(path):
    def build(work, sheet):
        roster(sheet)
        sheet.write_comment("A3", "NIK dari fotokopi KK", {"author": "Ketua RT"})
        sheet.write_comment("B2", "Sudah pindah?", {"author": "Ketua RT"})
        other = work.add_worksheet("Lain")
        other.write_comment("A1", "Catatan di lembar lain")

    made(path, build)


@book
def sparklines(path):
    def build(work, sheet):
        roster(sheet)
        sheet.write_row("L2", [1, 3, 2])
        sheet.add_sparkline("O2", {"range": "'RT 01'!L2:N2"})

    made(path, build)


@book
def hyperlinks(path):
    def build(work, sheet):
        roster(sheet)
        sheet.write_url("J2", "internal:'RT 01'!A1", string="ke atas")
        sheet.write_url("J3", "https://example.invalid/", string="situs")

    made(path, build)


@book
def names_and_print_setup(path):
    def build(work, sheet):
        roster(sheet)
        sheet.print_area(0, 0, 3, 7)
        sheet.repeat_rows(0)
        work.define_name("DaftarNama", "='RT 01'!$B$2:$B$4")
        second = work.add_worksheet("RT 02")
        roster(second)
        second.print_area(0, 0, 3, 3)
        work.define_name("'RT 02'!Lokal", "='RT 02'!$A$1")
        second.activate()
        sheet.select()

    made(path, build)


@book
def macros_and_buttons(path):
    code = path.with_suffix(".bin")
    code.write_bytes(b"made up")

    def build(work, sheet):
        work.add_vba_project(str(code))
        roster(sheet)
        sheet.insert_button("J2", {"macro": "Simpan", "caption": "Simpan"})
        sheet.write_comment("B2", "di samping tombol")

    made(path.with_suffix(".xlsm"), build)
    path.with_suffix(".xlsm").rename(path)


@book
def hidden_right_and_groups(path):
    def build(work, sheet):
        roster(sheet)
        sheet.set_column("I:XFD", None, None, {"hidden": True})
        sheet.set_column("E:G", 4, None, {"level": 1})
        sheet.set_row(3, 30, None, {"level": 1})

    made(path, build)


@book
def styled_rows_and_columns(path):
    def build(work, sheet):
        sheet.set_column("I:K", 12, work.add_format({"bg_color": "#FFFF00", "num_format": "0.00"}))
        sheet.set_row(2, 12, work.add_format({"italic": True}))
        roster(sheet, body=work.add_format({"bg_color": "#C6E0B4", "border": 2}))
        sheet.write_blank("I3", None, work.add_format({"border": 1}))

    made(path, build)


@book
def several_sheets(path):
    work = xlsxwriter.Workbook(path)
    for name in ("RT 01", "RT 02", "RT'03 & co"):
        roster(work.add_worksheet(name), 2, 1)
    work.add_worksheet("Kosong").hide()
    drawn = work.add_chart({"type": "pie"})
    drawn.add_series({"values": "='RT 01'!$A$1:$A$3"})
    work.add_chartsheet("Grafik").set_chart(drawn)
    work.close()


@book
def old_dates(path):
    def build(work, sheet):
        import datetime as dt

        roster(sheet)
        sheet.write_datetime("C3", dt.datetime(1985, 1, 2), work.add_format({"num_format": "dd mmmm yyyy"}))

    made(path, build, date_1904=True)


@book
def formulas(path):
    def build(work, sheet):
        roster(sheet)
        sheet.write_formula("J2", '=UPPER(B2)&" <&>"', None, "CONTOH SATU <&>")
        sheet.write_array_formula("K2:K3", "{=LEN(B2:B3)}", None, 11)
        sheet.write_dynamic_array_formula("L2", "=UNIQUE(D2:D4)", None, "Pemulung")
        sheet.write_boolean("M2", True)
        sheet.write_number("M3", 3571010101859901)

    made(path, build)


@book
def strings_inline(path):
    made(path, lambda work, sheet: roster(sheet), constant_memory=True)


@book
def a_sheet_called_like_ours(path):
    def build(work, sheet):
        roster(sheet)
        work.add_worksheet("hasil periksa").write(0, 0, "punya RT")

    made(path, build)


@book
def by_openpyxl(path):
    work = openpyxl.Workbook()
    page = work.active
    page.title = "RT 01"
    for row in [HEAD, *PEOPLE]:
        page.append(row)
    page["A3"].comment = Comment("punya kami", "Ketua RT")
    page.row_dimensions[3].height = 40
    work.save(path)


@book
def without_cell_names(path):
    made(path, lambda work, sheet: roster(sheet))
    repack(path, lambda name, data: re.sub(rb'(<(?:c|row)) r="[A-Z]*\d+"', rb"\1", data) if "sheet1" in name else data)


@book
def prefixed(path):
    made(path, lambda work, sheet: roster(sheet))

    def change(name, data):
        if name not in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
            return data
        data = re.sub(rb"<(/?)(?=[a-zA-Z])(?!\?)", rb"<\1x:", data)
        return data.replace(b'xmlns="', b'xmlns:x="')

    repack(path, change)


@book
def strict(path):
    made(path, lambda work, sheet: roster(sheet))
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"

    def change(name, data):
        data = data.replace(old + b"spreadsheetml/2006/main", new + b"spreadsheetml/main")
        return data.replace(old + b"officeDocument/2006/rel", new + b"officeDocument/rel")

    repack(path, change)


@book
def comments_and_cdata(path):
    made(path, lambda work, sheet: roster(sheet), constant_memory=True)

    def change(name, data):
        if "sheet1" not in name:
            return data
        data = data.replace(b"<t>Contoh Dua</t>", b"<t><![CDATA[Contoh Dua]]></t>")
        return data.replace(b"<sheetData>", b'<sheetData><!-- <row r="3"><c r="A3"/></row> --><?pi x?>')

    repack(path, change)


@book
def without_styles(path):
    made(path, lambda work, sheet: roster(sheet))

    def change(name, data):
        if name == "xl/styles.xml":
            return None
        return re.sub(rb"<(Override|Relationship)[^>]*styles[^>]*/>", b"", data)

    repack(path, change)


@book
def empty_style_numbers(path):
    made(path, lambda work, sheet: roster(sheet))
    repack(path, lambda name, data: data.replace(b'<c r="A3"', b'<c r="A3" s=""') if "sheet1" in name else data)


@book
def backslashes(path):
    made(path, lambda work, sheet: roster(sheet))
    content = {}
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in content.items():
            info = zipfile.ZipInfo("x")
            info.filename = name if name == "[Content_Types].xml" else name.replace("/", "\\")
            new.writestr(info, data)


@book
def single_quotes_and_spaces(path):
    made(path, lambda work, sheet: roster(sheet))

    def change(name, data):
        if "sheet1" not in name:
            return data
        data = re.sub(rb'<c r="(A\d)" t="s">', rb"<c  t='s'\n r = '\1' >", data)
        return data.replace(b"</c>", b"</c >").replace(b"</row>", b"</row\n>")

    repack(path, change)


@book
def threaded_comments(path):
    made(path, lambda work, sheet: (roster(sheet), sheet.write_comment("A3", "[Threaded comment] Benar?")))
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    talk = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A3" dT="2025-01-01T00:00:00.00" personId="{00000000-0000-0000-0000-000000000001}"'
        ' id="{00000000-0000-0000-0000-000000000002}"><text>Benar?</text></threadedComment></ThreadedComments>'
    )

    def change(name, data):
        if name.endswith("sheet1.xml.rels"):
            return related(data, kind, "../threadedComments/threadedComment1.xml", "rId9")
        if name == "[Content_Types].xml":
            return typed(
                data, "xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml"
            )
        return data

    repack(path, change, {"xl/threadedComments/threadedComment1.xml": talk})


@book
def x14_drop_down(path):
    made(path, lambda work, sheet: (roster(sheet), work.add_worksheet("KODE").write(0, 0, "Pemulung")))
    extension = (
        b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
        b' uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1"'
        b' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
        b"<x14:formula1><xm:f>KODE!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>D2:D40</xm:sqref></x14:dataValidation>"
        b"</x14:dataValidations></ext></extLst>"
    )
    repack(
        path,
        lambda name, data: data.replace(b"</worksheet>", extension + b"</worksheet>") if "sheet1" in name else data,
    )


@book
def form_control(path):
    """A check box as Excel writes it: a VML shape, control properties, and a choice for newer programs."""
    made(path, lambda work, sheet: (roster(sheet), sheet.insert_button("J2", {"caption": "x"})))
    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice'
        f' Requires="x14"><controls xmlns:r="{REL}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<control shapeId="1025" r:id="rId8" name="Button 1"/></controls></mc:Choice></mc:AlternateContent>'
    ).encode()
    properties = (
        '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="Button"/>'
    )

    def change(name, data):
        if name.endswith("worksheets/sheet1.xml"):
            return data.replace(b"</worksheet>", control + b"</worksheet>")
        if name.endswith("sheet1.xml.rels"):
            return related(data, f"{REL}/ctrlProp", "../ctrlProps/ctrlProp1.xml", "rId8")
        if name == "[Content_Types].xml":
            return typed(data, "xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml")
        return data

    repack(path, change, {"xl/ctrlProps/ctrlProp1.xml": properties})


@book
def vml_that_is_no_xml(path):
    """Excel's own drawings of controls hold HTML with tags that nobody closes."""
    made(path, lambda work, sheet: (roster(sheet), sheet.write_comment("B2", "catatan")))
    repack(
        path,
        lambda name, data: (
            data.replace(b'<div style="text-align:left"/>', b"<div><br>halo</div>").replace(
                b'<div style="text-align:left"></div>', b"<div><br>halo</div>"
            )
            if name.endswith(".vml")
            else data
        ),
    )


@book
def signed(path):
    made(path, lambda work, sheet: roster(sheet))
    repack(path, lambda name, data: data, {"_xmlsignatures/origin.sigs": "", "_xmlsignatures/sig1.xml": "<Signature/>"})


@book
def custom_xml_of_theirs(path):
    made(path, lambda work, sheet: roster(sheet))
    repack(
        path,
        lambda name, data: (
            related(data, f"{REL}/customXml", "../customXml/item1.xml", "rId77")
            if name == "xl/_rels/workbook.xml.rels"
            else data
        ),
        {"customXml/item1.xml": "<punya xmlns='urn:contoh'>data kantor</punya>"},
    )


@book
def active_x(path):
    """A control with its own binary part, as Excel writes it: shape, properties and a choice for newer programs."""
    made(path, lambda work, sheet: (roster(sheet), sheet.insert_button("J2", {"caption": "x"})))
    known = f'<controls xmlns:r="{REL}"><control shapeId="1025" r:id="rId8" name="CommandButton1"/></controls>'
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    control = (
        f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="x14">{known}</mc:Choice>'
        f"<mc:Fallback>{known}</mc:Fallback></mc:AlternateContent>"
    ).encode()
    properties = (
        '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:persistence="persistStreamInit"'
        f' ax:classid="{{D7053240-CE69-11CD-A777-00DD01143C57}}" r:id="rId1" xmlns:r="{REL}"/>'
    )
    binary = "http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary"
    more = {
        "xl/activeX/activeX1.xml": properties,
        "xl/activeX/activeX1.bin": "made up",
        "xl/activeX/_rels/activeX1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{binary}" Target="activeX1.bin"/></Relationships>',
    }

    def change(name, data):
        if name.endswith("worksheets/sheet1.xml"):
            return data.replace(b"</worksheet>", control + b"</worksheet>")
        if name.endswith("sheet1.xml.rels"):
            return related(data, f"{REL}/control", "../activeX/activeX1.xml", "rId8")
        if name == "[Content_Types].xml":
            data = typed(data, "xl/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml")
            return typed(data, "xl/activeX/activeX1.bin", "application/vnd.ms-office.activeX")
        return data

    repack(path, change, more)


@book
def like_google_sheets(path):
    """No document properties, no dimension, views without a number, heights of its own."""
    made(path, lambda work, sheet: roster(sheet, body=work.add_format({"font_name": "Arial", "font_size": 10})))

    def change(name, data):
        if name.startswith("docProps/"):
            return None
        if name in ("_rels/.rels", "[Content_Types].xml"):
            return re.sub(rb"<(?:Override|Relationship)[^>]*docProps[^>]*/>", b"", data)
        if "sheet1" in name:
            data = re.sub(rb"<dimension[^>]*/>", b"", data)
            return data.replace(
                b'<sheetFormatPr defaultRowHeight="15"/>',
                b'<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>',
            )
        return data

    repack(path, change)
