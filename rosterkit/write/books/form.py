"""Blank roster forms for RT heads, made so that the usual mistakes cannot be typed.

Every cell is a text (a NIK stays as it was typed), what has a list of words is chosen from it, a NIK that is not 16
digits is refused, and headers are protected. The schema's mark and the sender stand in the document's properties,
where they stay when Excel or LibreOffice saves the form: ``read/mark.py`` finds them there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterkit.language import _
from rosterkit.model.cells import column_letters
from rosterkit.read.properties import PREFIX
from rosterkit.schema.spec import RosterSpec, plain
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.books.form_words import CATEGORIES, allowed, example, instructions, letterhead, title
from rosterkit.write.books.page import save_book, set_up_a4
from rosterkit.write.patch.texts import remove_illegal

LIST, GUIDE, CODES = "DAFTAR", "PETUNJUK", "KODE"  # its sheets; the senders', so in no other language
SENDER = ("rt", "rw", "kelurahan", "kecamatan", "office")
_COUNTER, _EXAMPLE = "NO", "contoh"  # a row that says so in the column NO is left out by the reader
_LONGEST = 255  # characters that a property holds
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
_ASIDE = ("kk", "postal_code", "email", "income")  # asked for only where the schema insists
_NARROW = ("birth_date", "sex", "rt", "rw")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the form."""

    field: str
    header: str
    example: str
    width: int


def write_form(
    path: Path, spec: RosterSpec, mark: str, sender: Mapping[str, str], form: UploadSpec | None, rows: int = 200
) -> None:
    """Write a blank roster: the list, how to fill it in, and the words of its drop-downs on a hidden sheet.

    Args:
        path: the ``.xlsx``.
        spec: the schema that the filled form is checked with.
        mark: the name of that schema, which the form carries.
        sender: what is known of the sender: ``rt``, ``rw``, ``kelurahan``, ``kecamatan``, ``office``. It stands in
            the letterhead and in the properties, and no column asks for it unless the schema insists on the column.
        form: the upload form whose fields are asked for.
        rows: how many people there is room for.

    Raises:
        FileError: it could not be written.
    """
    known = {key: text for key in SENDER if (text := _tidy(sender.get(key, "")))}
    columns = [_column(field, spec, known) for field in form_fields(spec, form, known)]
    categories = [category.label for category in spec.categories]
    with save_book(path, title=title(spec)) as book:
        for key, value in {"schema": mark, **known}.items():
            book.set_custom_property(f"{PREFIX}{key}", value, "text")
        page, guide = book.add_worksheet(LIST), book.add_worksheet(GUIDE)
        _list(book, page, columns, [title(spec), *letterhead(known)], rows)
        _guide(book, guide, {column.field for column in columns}, categories)
        if categories:
            _codes(book, book.add_worksheet(CODES), categories)


def form_fields(spec: RosterSpec, form: UploadSpec | None, sender: Mapping[str, str]) -> list[str]:
    """The fields that a form asks for: what the schema, the upload form and the address need and no sender gives."""
    wanted = {*(form.fields() if form else ()), *spec.address} - {*_ASIDE, *sender}
    wanted.update(spec.required())
    if spec.categories:
        wanted.add("category")
    elif form and any(column.source == "category_or_occupation" for column in form.columns):
        wanted.add("occupation")
    return [field for field in _WIDTHS if field in wanted and field in spec.columns]


def _column(field: str, spec: RosterSpec, sender: Mapping[str, str]) -> _Column:
    column = next(column for name, column in spec.columns.items() if name == field)
    words = column.aliases or (column.label,)
    header = column.label if plain(column.label) in map(plain, words) else words[0]  # one that the reader knows
    longest = max((len(category.label) for category in spec.categories), default=0) if field == "category" else 0
    width = max(_WIDTHS[field], min(longest + 2, 36))
    return _Column(field, header, sender.get(field) or example(spec).get(field, ""), width)


def _list(book: Any, page: Any, columns: Sequence[_Column], lines: Sequence[str], rows: int) -> None:
    """The sheet that is filled in: letterhead, header, an example, and room for so many people."""
    header, last = len(lines) + 1, len(columns)
    first, end = header + 2, header + 1 + rows
    _head(book, page, columns, lines)
    bordered = {"num_format": "@", "border": 1, "border_color": _GREY, "valign": "vcenter", "locked": False}
    cell, middle = book.add_format(bordered), book.add_format({**bordered, "align": "center"})
    number = book.add_format({**bordered, "align": "center", "num_format": "0"})
    for row in range(first, end + 1):
        page.set_row(row, 20)
        page.write_number(row, 0, row - first + 1, number)
        for place, column in enumerate(columns, 1):
            page.write_blank(row, place, None, middle if column.field in _NARROW else cell)
    for place, column in enumerate(columns, 1):
        rule = allowed(column.field, f"${column_letters(place)}{first + 1}")
        if rule:
            page.data_validation(first, place, end, place, rule)
    page.freeze_panes(header + 1, 0)
    page.repeat_rows(header)
    page.print_area(0, 0, end, last)
    _set_up_print(page)
    page.protect("", {"format_columns": True, "format_rows": True, "sort": True})
    page.set_selection(first, 1, first, 1)
    page.activate()


def _head(book: Any, page: Any, columns: Sequence[_Column], lines: Sequence[str]) -> None:
    """Letterhead, header and example: what nobody writes over."""
    top = book.add_format({"bold": True, "align": "center", "font_size": 12})
    middle = {"border": 1, "border_color": _GREY, "align": "center", "valign": "vcenter"}
    head = book.add_format({**middle, "bold": True, "text_wrap": True, "bg_color": "#DDEBF7"})
    pale = {**middle, "num_format": "@", "italic": True, "font_color": "#7F7F7F"}
    shown, left = book.add_format(pale), book.add_format({**pale, "align": "left"})
    for row, line in enumerate(lines):
        page.merge_range(row, 0, row, len(columns), line, top)
    header = len(lines) + 1
    page.set_row(header, 34)
    page.set_row(header + 1, 20)
    page.set_column(0, 0, 8)
    page.write_string(header, 0, _COUNTER, head)
    page.write_string(header + 1, 0, _EXAMPLE, shown)
    for place, column in enumerate(columns, 1):
        page.set_column(place, place, column.width)
        page.write_string(header, place, column.header, head)
        page.write_string(header + 1, place, column.example, shown if column.field in _NARROW else left)


def _guide(book: Any, page: Any, fields: set[str], categories: Sequence[str]) -> None:
    """The sheet that says how the list is filled in. A row holds one text: two could pass for headers."""
    top, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True})
    number = book.add_format({"align": "center", "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 5)
    page.set_column(1, 1, 95)
    page.write_string(0, 0, _("CARA MENGISI"), top)
    row = 1
    for row, line in enumerate(instructions(fields), 2):
        page.write_number(row, 0, row - 1, number)
        page.write_string(row, 1, line, text)
    if categories:
        page.write_string(row + 2, 0, _("KATEGORI YANG BISA DIPILIH"), head)
    for place, label in enumerate(categories, row + 3):
        page.write_number(place, 0, place - row - 2, number)
        page.write_string(place, 1, label, text)
    _set_up_print(page, landscape=False)
    page.hide_gridlines(2)
    page.protect()


def _codes(book: Any, page: Any, labels: Sequence[str]) -> None:
    """The words of the drop-down of categories."""
    page.write_string(0, 0, "KATEGORI", book.add_format({"bold": True}))
    for row, label in enumerate(labels, 1):
        page.write_string(row, 0, label)
    page.set_column(0, 0, 45)
    page.protect()
    page.hide()
    book.define_name(CATEGORIES, f"={CODES}!$A$2:$A${len(labels) + 1}")


def _set_up_print(page: Any, landscape: bool = True) -> None:
    """Print a sheet on A4 with its name and page numbers in the footer."""
    set_up_a4(page, landscape)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&L&F&R&P / &N")


def _tidy(text: str) -> str:
    return remove_illegal(" ".join(text.split()))[:_LONGEST]
