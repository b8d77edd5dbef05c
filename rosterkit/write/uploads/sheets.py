"""Upload sheets: the clean rows in the columns of a form, every cell a text, nothing that Excel would calculate."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache

import polars as pl

from rosterkit.model.cells import cell_name, column_letters
from rosterkit.read.properties import PREFIX, UPLOAD_PROPERTY
from rosterkit.rules.rk304_age_limit import age_on
from rosterkit.schema.spec import RosterSpec, field_type
from rosterkit.schema.upload_spec import UploadColumn, UploadSpec
from rosterkit.write.patch.copy import PackageCopy
from rosterkit.write.patch.package import Package
from rosterkit.write.patch.texts import ILLEGAL, escape_cell_text
from rosterkit.write.workbook import create_workbook

Cells = tuple[str | None, ...]
_PAGE, _TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedstrings.xml"

_DATES = {"dd-mm-yyyy": "%d-%m-%Y", "dd/mm/yyyy": "%d/%m/%Y", "yyyy-mm-dd": "%Y-%m-%d"}


def upload_cells(clean: pl.DataFrame, spec: RosterSpec, form: UploadSpec | None, today: dt.date) -> pl.DataFrame:
    """The cells of a form for clean rows: one String column per column of the form, in order; null is empty.

    Ages are those of the first covered day; of ``today`` where the programme has no period. Without a form there are
    no cells.
    """
    if form is None:
        return pl.DataFrame()
    day = spec.period.start if spec.period else today
    return clean.select(_column(column, spec, form, day).alias(str(n)) for n, column in enumerate(form.columns))


def upload_sheets(cells: Sequence[Cells], form: UploadSpec) -> Iterator[tuple[bytes, Sequence[Cells]]]:
    """The workbooks of a form, split at its row limit, each with the rows of cells that it holds (null is empty).

    xlsxwriter makes the workbook with its header, once for a form; the rows are put into a copy of it, as most of the
    time of a run of hundreds of files would go into workbooks that differ in nothing else.
    """
    blank = _blank(form.sheet, tuple(column.header for column in form.columns), form.output_name)
    for start in range(0, len(cells), form.row_limit):
        rows = cells[start : start + form.row_limit]
        yield _filled(blank, rows), rows


def _column(column: UploadColumn, spec: RosterSpec, form: UploadSpec, day: dt.date) -> pl.Expr:
    if column.constant is not None:
        return pl.lit(column.constant)
    fallback = pl.lit(_programme(column, spec), pl.String)
    if column.source is None:
        return fallback
    return pl.coalesce(_field(column.source, form, day), fallback).replace(column.values)


def _programme(column: UploadColumn, spec: RosterSpec) -> str | None:
    """What the programme knows itself."""
    if column.programme == "locality":
        return spec.locality
    if column.programme in ("leaving_reason", "leaving_note"):
        return spec.leaving.reason if column.programme == "leaving_reason" else spec.leaving.note
    if column.programme is None or spec.contribution is None:
        return None
    return str(spec.contribution.wage) if column.programme == "wage" else ", ".join(spec.contribution.programs)


def _field(source: str, form: UploadSpec, day: dt.date) -> pl.Expr:
    if source == "age":
        return age_on(day, pl.col("birth_date")).cast(pl.String)
    if source == "category_or_occupation":
        return pl.coalesce("category", "occupation")
    if field_type(source) == "date" or source == "leaving_day":
        return pl.col(source).dt.strftime(_DATES[form.date_format])
    return pl.col(source).cast(pl.String).str.replace_all(ILLEGAL, "")


@cache
def _blank(sheet: str, headers: tuple[str, ...], mark: str) -> bytes:
    """Return a form without rows, which carries the property of an upload sheet (see ``read.properties``)."""
    target = io.BytesIO()
    with create_workbook(target, created=dt.date.today()) as book:
        book.set_custom_property(PREFIX + UPLOAD_PROPERTY, mark, "text")
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"num_format": "@", "bold": True})
        page = book.add_worksheet(sheet)
        page.set_column(0, len(headers) - 1, 18, text)
        page.freeze_panes(1, 0)
        for number, header in enumerate(headers):
            page.write_string(0, number, header, head)
    return target.getvalue()


def _filled(blank: bytes, rows: Sequence[Cells]) -> bytes:
    """A form with rows, every cell a shared text in the text format of its column."""
    package = Package(io.BytesIO(blank))
    page, texts = package.read(_PAGE), package.read(_TEXTS)
    headers = texts.count(b"<si>")
    index: dict[str, int] = {}
    data = "".join(_rows(rows, index, headers))
    width = len(rows[0]) if rows else 0
    count = headers + sum(value is not None for row in rows for value in row)
    target = io.BytesIO()
    with PackageCopy(target) as copy:
        for name, info in package.infos.items():
            if name == _PAGE:
                head, end = page.split(b"</sheetData>")
                area = f'<dimension ref="A1:{cell_name(len(rows), max(width - 1, 0))}"/>'.encode()
                head = re.sub(rb"<dimension [^>]*/>", area, head)
                copy.write_whole(info.filename, head + data.encode() + b"</sheetData>" + end)
            elif name == _TEXTS:
                more = "".join(f"<si><t{_space(text)}>{escape_cell_text(text)}</t></si>" for text in index).encode()
                told = f'count="{count}" uniqueCount="{headers + len(index)}"'.encode()
                own = re.sub(rb'count="\d+" uniqueCount="\d+"', told, texts)
                copy.write_whole(info.filename, own.replace(b"</sst>", more + b"</sst>"))
            else:
                copy.copy_part(package, info)
    return target.getvalue()


def _rows(rows: Sequence[Cells], index: dict[str, int], first: int) -> Iterator[str]:
    """The rows as XML; ``index`` learns each text and gets its number, ``first`` is the number of the first new one."""
    letters = [column_letters(column) for column in range(len(rows[0]) if rows else 0)]
    for number, row in enumerate(rows, 2):
        cells = [
            f'<c r="{letter}{number}" s="1" t="s"><v>{index.setdefault(value, len(index)) + first}</v></c>'
            for letter, value in zip(letters, row, strict=True)
            if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _space(text: str) -> str:
    """Spaces at the ends of a text are kept only where XML is told so."""
    return ' xml:space="preserve"' if text != text.strip() else ""
