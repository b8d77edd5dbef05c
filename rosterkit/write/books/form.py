"""Blank roster forms for RT heads, made so that the usual mistakes cannot be typed.

Every cell is a text (a NIK stays as it was typed), what has a list of words is chosen from it, a NIK that is not 16
digits is refused, and headers are protected. The schema's mark and the sender stand in the document's properties,
where they stay when Excel or LibreOffice saves the form: ``read/form_mark.py`` finds them there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rosterkit.language import _
from rosterkit.model.cells import column_letters
from rosterkit.read.properties import PREFIX
from rosterkit.records import dataclass
from rosterkit.schema.spec import RosterSpec, plain
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.books.form_words import (
    CATEGORIES,
    list_instructions,
    make_example,
    make_letterhead,
    make_title,
    make_validation,
)
from rosterkit.write.books.page import save_book, set_up_a4
from rosterkit.write.patch.texts import remove_illegal

LIST, GUIDE, CODES = "DAFTAR", "PETUNJUK", "KODE"  # its sheets; the senders', so in no other language
SENDER = ("rt", "rw", "kelurahan", "kecamatan", "office")
_NUMBER_HEADER, _EXAMPLE = "NO", "contoh"  # a row that says so in the column NO is left out by the reader
_MAX_LENGTH = 255  # characters that a property holds
_GREY = "#A6A6A6"

_WIDTHS = {  # in the order in which people fill them in
    "nik": 18,
    "kk": 18,
    "name": 25,
    "birth_place": 13,
    "birth_date": 12,
    "sex": 8,
    "mother_name": 20,
    "address": 26,
    "rt": 5,
    "rw": 5,
    "kelurahan": 15,
    "kecamatan": 15,
    "postal_code": 8,
    "phone": 14,
    "email": 20,
    "category": 14,  # or as wide as its longest word
    "occupation": 20,
    "income": 12,
    "remark": 18,
}
_OPTIONAL = ("kk", "postal_code", "email", "income")  # asked for only where the schema insists
_NARROW = ("birth_date", "sex", "rt", "rw")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the form."""

    field: str
    header: str
    example: str
    width: int


def write_form(
    path: Path, spec: RosterSpec, mark: str, sender: Mapping[str, str], upload: UploadSpec | None, rows: int = 200
) -> None:
    """Write a blank form: the list, its instructions, and the categories of its drop-down on a hidden sheet.

    Args:
        path: the ``.xlsx``.
        spec: the schema that the filled form is checked with.
        mark: the name of that schema, which the form carries in its properties.
        sender: the sender as far as known: ``rt``, ``rw``, ``kelurahan``, ``kecamatan``, ``office``. It stands in
            the letterhead and in the properties, and no column asks for it unless the schema insists on the column.
        upload: the upload spec whose fields are asked for.
        rows: the number of people that the list has room for.

    Raises:
        FileError: it could not be written.
    """
    known = {key: text for key in SENDER if (text := _clean_text(sender.get(key, "")))}
    columns = [_make_column(field, spec, known) for field in find_form_fields(spec, upload, known)]
    categories = [category.label for category in spec.categories]
    with save_book(path, title=make_title(spec)) as book:
        for key, value in {"schema": mark, **known}.items():
            book.set_custom_property(f"{PREFIX}{key}", value, "text")
        sheet, guide = book.add_worksheet(LIST), book.add_worksheet(GUIDE)
        _write_list(book, sheet, columns, [make_title(spec), *make_letterhead(known)], rows)
        _write_guide(book, guide, {column.field for column in columns}, categories)
        if categories:
            _write_categories(book, book.add_worksheet(CODES), categories)


def find_form_fields(spec: RosterSpec, upload: UploadSpec | None, sender: Mapping[str, str]) -> list[str]:
    """Return the fields that a form asks for: those that schema, upload and address need and no sender gives."""
    wanted = {*(upload.fields() if upload else ()), *spec.address} - {*_OPTIONAL, *sender}
    wanted.update(spec.required())
    if spec.categories:
        wanted.add("category")
    elif upload and any(column.source == "category_or_occupation" for column in upload.columns):
        wanted.add("occupation")
    return [field for field in _WIDTHS if field in wanted and field in spec.columns]


def _make_column(field: str, spec: RosterSpec, sender: Mapping[str, str]) -> _Column:
    column = next(column for name, column in spec.columns.items() if name == field)
    words = column.aliases or (column.label,)
    header = column.label if plain(column.label) in map(plain, words) else words[0]  # one that the reader knows
    longest = max((len(category.label) for category in spec.categories), default=0) if field == "category" else 0
    width = max(_WIDTHS[field], min(longest + 2, 36))
    return _Column(field, header, sender.get(field) or make_example(spec).get(field, ""), width)


def _write_list(book: Any, sheet: Any, columns: Sequence[_Column], lines: Sequence[str], rows: int) -> None:
    """Write the sheet that is filled in: letterhead, header, an example, and room for so many people."""
    header, last = len(lines) + 1, len(columns)
    first, end = header + 2, header + 1 + rows
    _write_header(book, sheet, columns, lines)
    bordered = {"num_format": "@", "border": 1, "border_color": _GREY, "valign": "vcenter", "locked": False}
    cell, middle = book.add_format(bordered), book.add_format({**bordered, "align": "center"})
    number = book.add_format({**bordered, "align": "center", "num_format": "0"})
    for row in range(first, end + 1):
        sheet.set_row(row, 20)
        sheet.write_number(row, 0, row - first + 1, number)
        for place, column in enumerate(columns, 1):
            sheet.write_blank(row, place, None, middle if column.field in _NARROW else cell)
    for place, column in enumerate(columns, 1):
        rule = make_validation(column.field, f"${column_letters(place)}{first + 1}")
        if rule:
            sheet.data_validation(first, place, end, place, rule)
    sheet.freeze_panes(header + 1, 0)
    sheet.repeat_rows(header)
    sheet.print_area(0, 0, end, last)
    _set_up_print(sheet)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True})
    sheet.set_selection(first, 1, first, 1)
    sheet.activate()


def _write_header(book: Any, sheet: Any, columns: Sequence[_Column], lines: Sequence[str]) -> None:
    """Write letterhead, header and example, which are protected."""
    top = book.add_format({"bold": True, "align": "center", "font_size": 12})
    middle = {"border": 1, "border_color": _GREY, "align": "center", "valign": "vcenter"}
    head = book.add_format({**middle, "bold": True, "text_wrap": True, "bg_color": "#DDEBF7"})
    grey = {**middle, "num_format": "@", "italic": True, "font_color": "#7F7F7F"}
    shown, left = book.add_format(grey), book.add_format({**grey, "align": "left"})
    for row, line in enumerate(lines):
        sheet.merge_range(row, 0, row, len(columns), line, top)
    header = len(lines) + 1
    sheet.set_row(header, 34)
    sheet.set_row(header + 1, 20)
    sheet.set_column(0, 0, 8)
    sheet.write_string(header, 0, _NUMBER_HEADER, head)
    sheet.write_string(header + 1, 0, _EXAMPLE, shown)
    for place, column in enumerate(columns, 1):
        sheet.set_column(place, place, column.width)
        sheet.write_string(header, place, column.header, head)
        sheet.write_string(header + 1, place, column.example, shown if column.field in _NARROW else left)


def _write_guide(book: Any, sheet: Any, fields: set[str], categories: Sequence[str]) -> None:
    """Write the sheet of instructions. A row holds one text, as two could pass for headers."""
    top, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True})
    number = book.add_format({"align": "center", "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 95)
    sheet.write_string(0, 0, _("CARA MENGISI"), top)
    row = 1
    for row, line in enumerate(list_instructions(fields), 2):
        sheet.write_number(row, 0, row - 1, number)
        sheet.write_string(row, 1, line, text)
    if categories:
        sheet.write_string(row + 2, 0, _("KATEGORI YANG BISA DIPILIH"), head)
    for place, label in enumerate(categories, row + 3):
        sheet.write_number(place, 0, place - row - 2, number)
        sheet.write_string(place, 1, label, text)
    _set_up_print(sheet, landscape=False)
    sheet.hide_gridlines(2)
    sheet.protect()


def _write_categories(book: Any, sheet: Any, labels: Sequence[str]) -> None:
    """Write the categories of the drop-down."""
    sheet.write_string(0, 0, "KATEGORI", book.add_format({"bold": True}))
    for row, label in enumerate(labels, 1):
        sheet.write_string(row, 0, label)
    sheet.set_column(0, 0, 45)
    sheet.protect()
    sheet.hide()
    book.define_name(CATEGORIES, f"={CODES}!$A$2:$A${len(labels) + 1}")


def _set_up_print(sheet: Any, landscape: bool = True) -> None:
    """Print a sheet on A4 with its name and page numbers in the footer."""
    set_up_a4(sheet, landscape)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&F&R&P / &N")


def _clean_text(text: str) -> str:
    return remove_illegal(" ".join(text.split()))[:_MAX_LENGTH]
