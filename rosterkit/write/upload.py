"""Upload sheets: the clean rows in the columns of a form, every cell a text, nothing that Excel would calculate."""

from __future__ import annotations

import io
from collections.abc import Iterator

import polars as pl

from rosterkit.schema.spec import RosterSpec, field_type
from rosterkit.schema.upload_spec import UploadColumn, UploadSpec

_DATES = {"dd-mm-yyyy": "%d-%m-%Y", "dd/mm/yyyy": "%d/%m/%Y", "yyyy-mm-dd": "%Y-%m-%d"}


def upload_cells(clean: pl.DataFrame, spec: RosterSpec, form: UploadSpec) -> pl.DataFrame:
    """The cells of a form for clean rows: one String column per column of the form, in order; null is empty."""
    return clean.select(_column(column, spec, form).alias(str(n)) for n, column in enumerate(form.columns))


def write_uploads(cells: pl.DataFrame, form: UploadSpec) -> Iterator[tuple[bytes, pl.DataFrame]]:
    """The workbooks of a form, split at its row limit, each with the cells that it holds."""
    for start in range(0, len(cells), form.row_limit):
        part = cells.slice(start, form.row_limit)
        yield _workbook(part, form), part


def _column(column: UploadColumn, spec: RosterSpec, form: UploadSpec) -> pl.Expr:
    if column.constant is not None:
        return pl.lit(column.constant)
    fallback = pl.lit(_programme(column, spec), pl.String)
    if column.source is None:
        return fallback
    return pl.coalesce(_field(column.source, form), fallback).replace(column.values)


def _programme(column: UploadColumn, spec: RosterSpec) -> str | None:
    """What the programme knows itself."""
    if column.programme == "locality":
        return spec.locality
    if column.programme in ("leaving_reason", "leaving_note"):
        return spec.leaving.reason if column.programme == "leaving_reason" else spec.leaving.note
    if column.programme is None or spec.contribution is None:
        return None
    return str(spec.contribution.wage) if column.programme == "wage" else ", ".join(spec.contribution.programs)


def _field(source: str, form: UploadSpec) -> pl.Expr:
    if source == "category_or_occupation":
        return pl.coalesce("category", "occupation")
    if field_type(source) == "date" or source == "leaving_day":
        return pl.col(source).dt.strftime(_DATES[form.date_format])
    return pl.col(source).cast(pl.String)


def _workbook(cells: pl.DataFrame, form: UploadSpec) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"num_format": "@", "bold": True})
    sheet = book.add_worksheet(form.sheet)
    sheet.set_column(0, len(form.columns) - 1, 18, text)
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(form.columns):
        sheet.write_string(0, number, column.header, head)
    write = sheet.write_string
    used = [number for number, series in enumerate(cells.iter_columns()) if series.null_count() < len(series)]
    for row, values in enumerate(cells[:, used].iter_rows(), 1):
        for number, value in zip(used, values, strict=True):
            if value is not None:
                write(row, number, value, text)
    book.close()
    return target.getvalue()
