"""Writes pages as files of each kind."""

from __future__ import annotations

import datetime as dt
import html
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

from rosterkit.model.cells import cell_name
from tests.fuzz.rosters import Page
from tests.golden.books import repack

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def write_xlsx(chance: random.Random, path: Path, pages: list[Page]) -> None:
    """With xlsxwriter or openpyxl; merged areas are added by hand, so that covered cells may be filled."""
    if chance.random() < 0.3 and not any(page.struck or page.hidden for page in pages):
        _with_openpyxl(path, pages)
    else:
        _with_xlsxwriter(chance, path, pages)
    areas = {f"xl/worksheets/sheet{number}.xml": _areas(page) for number, page in enumerate(pages, 1) if page.merged}
    if areas:
        repack(path, lambda name, data: data.replace(b"</sheetData>", b"</sheetData>" + areas.get(name, b"")))


def _areas(page: Page) -> bytes:
    names = [f"{cell_name(top, left)}:{cell_name(bottom, right)}" for top, left, bottom, right in page.merged]
    entries = "".join(f'<mergeCell ref="{name}"/>' for name in names)
    return f'<mergeCells count="{len(names)}">{entries}</mergeCells>'.encode()


def _with_openpyxl(path: Path, pages: list[Page]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for row in page.rows:
            sheet.append([None if value == "" else value for value in row])
    book.save(path)


def _with_xlsxwriter(chance: random.Random, path: Path, pages: list[Page]) -> None:
    options = {"constant_memory": chance.random() < 0.3, "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        struck, date = book.add_format({"font_strikeout": True}), book.add_format({"num_format": "dd-mm-yyyy"})
        border = book.add_format({"border": 1}) if chance.random() < 0.5 else None
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for number, row in enumerate(page.rows):
                if number in page.hidden:
                    sheet.set_row(number, None, None, {"hidden": True})
                for column, value in enumerate(row):
                    form = struck if (number, column) in page.struck else border
                    if isinstance(value, dt.date):
                        sheet.write_datetime(number, column, dt.datetime(*value.timetuple()[:3]), date)
                    elif value != "" or form:
                        sheet.write(number, column, value, form)


def write_xls(path: Path, pages: list[Page]) -> None:
    book, date = xlwt.Workbook(), xlwt.easyxf(num_format_str="dd-mm-yyyy")
    struck = xlwt.easyxf("font: struck_out true")
    for page in pages:
        sheet = book.add_sheet(page.name, cell_overwrite_ok=True)
        for number, row in enumerate(page.rows):
            for column, value in enumerate(row):
                form = struck if (number, column) in page.struck else xlwt.Style.default_style
                sheet.write(number, column, value, date if isinstance(value, dt.date) else form)
            sheet.row(number).hidden = number in page.hidden
        for top, left, bottom, right in page.merged:
            sheet.merge(top, bottom, left, right)
    book.save(str(path))


def as_text(value: Any) -> str:
    """Return a value as programs write it into texts."""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def write_ods(chance: random.Random, path: Path, pages: list[Page]) -> None:
    """By hand, with repeated cells and rows, areas that span, and a million blank rows at the end at times."""
    names = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "style", "fo"))
    sheets = "".join(_ods_table(chance, page) for page in pages)
    style = (
        '<office:automatic-styles><style:style style:name="s" style:family="table-cell"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    )
    body = f"{style}<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
        package.writestr("META-INF/manifest.xml", "<manifest/>")


def _ods_table(chance: random.Random, page: Page) -> str:
    spans = {(area[0], area[1]): (area[2] - area[0] + 1, area[3] - area[1] + 1) for area in page.merged}
    lines = []
    for number, row in enumerate(page.rows):
        cells = "".join(
            _ods_cell(value, spans.get((number, column)), (number, column) in page.struck)
            for column, value in enumerate(row)
        )
        hidden = ' table:visibility="collapse"' if number in page.hidden else ""
        lines.append(f"<table:table-row{hidden}>{cells or '<table:table-cell/>'}</table:table-row>")
    if chance.random() < 0.3:
        lines.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>')  # fmt: skip # noqa: E501 # one tag
    text = "".join(lines)
    if chance.random() < 0.5:
        text = re.sub(r"(?:<table:table-cell/>){2}", '<table:table-cell table:number-columns-repeated="2"/>', text)
    return f'<table:table table:name="{html.escape(page.name)}">{text}</table:table>'


def _ods_cell(value: Any, span: tuple[int, int] | None, struck: bool) -> str:
    if value == "" and not span:
        return "<table:table-cell/>"
    more = ' table:style-name="s"' if struck else ""
    if span:
        more += f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    kind = f'"float" office:value="{value}"' if type(value) in (int, float) else '"string"'
    if isinstance(value, dt.date):
        kind = f'"date" office:date-value="{value.isoformat()}"'
    text = html.escape(as_text(value))
    return f"<table:table-cell office:value-type={kind}{more}><text:p>{text}</text:p></table:table-cell>"


def write_csv(chance: random.Random, path: Path, page: Page) -> None:
    separator, end = chance.choice(",;\t|"), chance.choice(["\n", "\r\n", "\r"])
    quote = chance.choice(["needed", "all", "formula", "blank"])
    encoding = chance.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    lines = [separator.join(_csv_cell(as_text(value), separator, quote) for value in row) for row in page.rows]
    if chance.random() < 0.1:
        lines.insert(0, f"sep={separator}")
    path.write_bytes((end.join(lines) + chance.choice(["", end, end * 3])).encode(encoding, "replace"))


def _csv_cell(text: str, separator: str, how: str) -> str:
    if how == "formula" and text.isdigit():
        return f'="{text}"'
    if how == "all" or any(sign in text for sign in f'"\r\n{separator}'):
        return (" " if how == "blank" else "") + '"' + text.replace('"', '""') + '"'
    return text


def write_html(chance: random.Random, path: Path, pages: list[Page]) -> None:
    """As exports called ``.xls`` are: spans, a table in a table, tags that nobody closes, any charset."""
    tables = "".join(_html_table(chance, page) for page in pages)
    if chance.random() < 0.2:
        tables = f"<table><tr><td>{tables}</td></tr></table>"
    charset = chance.choice(["utf-8", "windows-1252", "undefined", "utf-7", "x", "iso-8859-1"])
    text = f'<html><head><meta charset="{charset}"></head><body>{tables}</body></html>'
    path.write_text(text, encoding="utf-8")


def _html_table(chance: random.Random, page: Page) -> str:
    closes = chance.random() < 0.7
    spans = {(area[0], area[1]): (area[2] - area[0] + 1, area[3] - area[1] + 1) for area in page.merged}
    covered = {
        (row, column) for top, left, bottom, right in page.merged
        for row in range(top, bottom + 1) for column in range(left, right + 1)
    } - {*spans}  # fmt: skip
    lines = []
    for number, row in enumerate(page.rows):
        cells = ""
        for column, value in enumerate(row):
            if (number, column) in covered:
                continue
            down, across = spans.get((number, column), (1, 1))
            span = f' rowspan="{down}" colspan={across}' if (down, across) != (1, 1) else ""
            cells += f"<td{span}>{html.escape(as_text(value))}" + "</td>" * closes
        lines.append(f"<tr>{cells}" + "</tr>" * closes)
    return f"<table border=1>{''.join(lines)}</table>"
