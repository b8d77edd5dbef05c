"""Writes upload rows into a template, the form that was downloaded: by header, with all else in it as it was."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from rosterkit.errors import FileError, UsageError
from rosterkit.language import _
from rosterkit.model.cells import Sheet, Workbook, cell_name
from rosterkit.read.workbook import read_workbook
from rosterkit.records import dataclass
from rosterkit.schema.spec import plain
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.patch.copy import PackageCopy, render_small_parts
from rosterkit.write.patch.edit import SheetEdit
from rosterkit.write.patch.package import Package
from rosterkit.write.patch.sheet import SheetPatch
from rosterkit.write.patch.styles_part import add_styles, find_styles
from rosterkit.write.patch.verify import ValueChanges, verify_values
from rosterkit.write.patch.workbook_part import get_sheets
from rosterkit.write.uploads.sheets import Cells

_SEARCH = 30  # rows in which the headers must be


@dataclass(frozen=True, slots=True)
class Template:
    """A downloaded form that is filled: the last row of its headers, and the places of its columns."""

    path: Path
    workbook: Workbook
    content: bytes
    sheet: str
    header_row: int
    columns: dict[int, int]  # number of the column in the upload spec -> column of the sheet


def read_template(path: Path, upload: UploadSpec) -> Template:
    """Return a template that was read and checked.

    Raises:
        UsageError: it is no ``.xlsx``, has other headers than the upload spec, lacks a required column, or holds
            rows already.
    """
    try:
        workbook = read_workbook(path)
    except FileError as error:
        raise UsageError(f"--template {path}: {error.message}") from error
    if workbook.kind != "xlsx":
        raise UsageError(
            _(
                "--template {path} bukan .xlsx. Unduh formulir dalam bentuk .xlsx; formulir .xls tidak bisa diisi tanpa"
                " mengubah isinya yang lain."
            ).format(path=path)
        )
    sheet, row, columns = max(
        (_find_headers(sheet, upload) for sheet in workbook.sheets), key=lambda found: len(found[2])
    )
    _check_columns(path, upload, columns)
    row = max([row, *(area[2] for area in sheet.merged if area[0] <= row <= area[2])])  # headers over several rows
    _check_empty(path, sheet, row, columns)
    return Template(path, workbook, path.read_bytes(), sheet.name, row, columns)


def _check_columns(path: Path, upload: UploadSpec, columns: Mapping[int, int]) -> None:
    """Check that the columns found are enough.

    Raises:
        UsageError: a required column is missing, or nearly all are.
    """
    missing = [
        column.header for number, column in enumerate(upload.columns) if column.required and number not in columns
    ]
    if missing or len(columns) < 2:
        names = ", ".join(missing or [column.header for column in upload.columns])
        raise UsageError(
            _("--template {path} tidak punya kolom {columns} dari formulir {form}. Pilih berkas yang benar.").format(
                path=path, columns=names, form=upload.name
            )
        )


def _check_empty(path: Path, sheet: Sheet, header_row: int, columns: Mapping[int, int]) -> None:
    """Check that the columns are empty below the header.

    Raises:
        UsageError: a cell holds a value or is merged.
    """
    merged = {(area[0], area[1]) for area in sheet.merged if area[0] > header_row}
    for row in range(header_row + 1, len(sheet.rows)):
        filled = [column for column in columns.values() if sheet.rows[row][column] != "" or (row, column) in merged]
        if filled:
            raise UsageError(
                _(
                    '--template {path} sudah berisi data: sel {cell} di lembar "{sheet}". Kosongkan barisnya (contoh'
                    " pengisian juga), simpan tanpa mengubah nama berkas, lalu coba lagi."
                ).format(path=path, cell=cell_name(row, filled[0]), sheet=sheet.name)
            )


def fill_template(template: Template, cells: Sequence[Cells], target: BinaryIO) -> None:
    """Write rows into a copy of a template, every cell a text, and compare what was written.

    Raises:
        FileError: the copy does not hold exactly the template and the rows.
    """
    values = {
        (template.header_row + 1 + number, template.columns[column]): value
        for number, row in enumerate(cells)
        for column, value in enumerate(row)
        if value is not None and column in template.columns
    }
    package = Package(io.BytesIO(template.content))
    part = next(entry.part for entry in get_sheets(package) if entry.name == template.sheet)
    styles, styles_part = find_styles(package)
    edit = SheetEdit(values=values, header_rows=(template.header_row,))
    with PackageCopy(target, strict=True) as copy:
        with copy.open_part(package.infos[part].filename) as write:
            SheetPatch(edit, styles, write).patch(package.read_chunks(part))
        add_styles(package, styles, styles_part)
        written = {part}
        for name, content, _back in render_small_parts(package.changed, package.added):
            copy.write_part(package.infos[name].filename if name in package.infos else name, [content])
            written.add(name)
        copy.copy_others(package, written)
    target.seek(0)
    verify_values(target, template.workbook, ValueChanges({}, {template.sheet: values}, {}), {})


def _find_headers(sheet: Sheet, upload: UploadSpec) -> tuple[Sheet, int, dict[int, int]]:
    """Return the row of a sheet with most headers of an upload spec, and the columns of the headers."""
    best: tuple[int, dict[int, int]] = (0, {})
    numbers = {plain(column.header): number for number, column in enumerate(upload.columns)}
    for number, row in enumerate(sheet.rows[:_SEARCH]):
        columns: dict[int, int] = {}
        for column, value in enumerate(row):
            if isinstance(value, str) and plain(value) in numbers:
                columns.setdefault(numbers[plain(value)], column)
        if len(columns) > len(best[1]):
            best = number, columns
    return sheet, *best
