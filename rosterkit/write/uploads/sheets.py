"""Upload sheets: the clean rows in the columns of an upload spec, every cell a text that Excel does not calculate."""

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


def make_upload_cells(clean: pl.DataFrame, spec: RosterSpec, upload: UploadSpec | None, today: dt.date) -> pl.DataFrame:
    """Return the cells of an upload for clean rows: one String column each, in order; null is empty.

    Ages are those of the first covered day; of ``today`` where the programme has no period. Without an upload spec
    there are no cells.
    """
    if upload is None:
        return pl.DataFrame()
    day = spec.period.start if spec.period else today
    return clean.select(
        _make_column(column, spec, upload, day).alias(str(n)) for n, column in enumerate(upload.columns)
    )


def make_upload_sheets(cells: Sequence[Cells], upload: UploadSpec) -> Iterator[tuple[bytes, Sequence[Cells]]]:
    """Yield the workbooks of an upload, split at its row limit, each with the rows of cells that it holds.

    xlsxwriter makes the workbook with its header once; the rows are put into copies of it, which saves most of the time
    in a run of hundreds of files.
    """
    empty = _make_empty_sheet(upload.sheet, tuple(column.header for column in upload.columns), upload.output_name)
    for start in range(0, len(cells), upload.row_limit):
        rows = cells[start : start + upload.row_limit]
        yield _fill_sheet(empty, rows), rows


def _make_column(column: UploadColumn, spec: RosterSpec, upload: UploadSpec, day: dt.date) -> pl.Expr:
    if column.constant is not None:
        return pl.lit(column.constant)
    fallback = pl.lit(_get_programme_value(column, spec), pl.String)
    if column.source is None:
        return fallback
    return pl.coalesce(_make_field(column.source, upload, day), fallback).replace(column.values)


def _get_programme_value(column: UploadColumn, spec: RosterSpec) -> str | None:
    """Return the value that the programme gives for a column."""
    if column.programme == "locality":
        return spec.locality
    if column.programme in ("leaving_reason", "leaving_note"):
        return spec.leaving.reason if column.programme == "leaving_reason" else spec.leaving.note
    if column.programme is None or spec.contribution is None:
        return None
    return str(spec.contribution.wage) if column.programme == "wage" else ", ".join(spec.contribution.programs)


def _make_field(source: str, upload: UploadSpec, day: dt.date) -> pl.Expr:
    if source == "age":
        return age_on(day, pl.col("birth_date")).cast(pl.String)
    if source == "category_or_occupation":
        return pl.coalesce("category", "occupation")
    if field_type(source) == "date" or source == "leaving_day":
        return pl.col(source).dt.strftime(_DATES[upload.date_format])
    return pl.col(source).cast(pl.String).str.replace_all(ILLEGAL, "")


@cache
def _make_empty_sheet(sheet: str, headers: tuple[str, ...], mark: str) -> bytes:
    """Return an upload sheet without rows, which carries its mark (see ``read.properties.find_upload_source``)."""
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


def _fill_sheet(empty: bytes, rows: Sequence[Cells]) -> bytes:
    """Return an empty upload sheet with rows in it, every cell a shared string in the text format of its column."""
    package = Package(io.BytesIO(empty))
    page, texts = package.read(_PAGE), package.read(_TEXTS)
    headers = texts.count(b"<si>")
    index: dict[str, int] = {}
    data = "".join(_make_rows(rows, index, headers))
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
                new = (f"<si><t{_preserve_spaces(text)}>{escape_cell_text(text)}</t></si>" for text in index)
                counts = f'count="{count}" uniqueCount="{headers + len(index)}"'.encode()
                strings = re.sub(rb'count="\d+" uniqueCount="\d+"', counts, texts)
                copy.write_whole(info.filename, strings.replace(b"</sst>", "".join(new).encode() + b"</sst>"))
            else:
                copy.copy_part(package, info)
    return target.getvalue()


def _make_rows(rows: Sequence[Cells], index: dict[str, int], first: int) -> Iterator[str]:
    """Yield the rows as XML; new texts are added to ``index``, where they count from ``first``."""
    starts = [f'<c r="{column_letters(column)}' for column in range(len(rows[0]) if rows else 0)]
    for number, row in enumerate(rows, 2):
        middle = f'{number}" s="1" t="s"><v>'  # the same in all cells of the row
        cells = [
            f"{start}{middle}{index.setdefault(value, len(index)) + first}</v></c>"
            for start, value in zip(starts, row, strict=True)
            if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _preserve_spaces(text: str) -> str:
    """Return the attribute that a text with spaces at its ends needs."""
    return ' xml:space="preserve"' if text != text.strip() else ""
