"""Upload rows written into the office's own copy of a form: by header name, with all else in it as it was."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rosterkit.errors import FileError, UsageError
from rosterkit.language import _
from rosterkit.model.cells import Sheet, Workbook, cell_name
from rosterkit.read.workbook import read_workbook
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
    """A form that was downloaded: the last row of its headers, and which column of ours goes where."""

    path: Path
    workbook: Workbook
    content: bytes
    sheet: str
    header_row: int
    columns: dict[int, int]  # column of the form's schema -> column of the sheet


def read_template(path: Path, form: UploadSpec) -> Template:
    """Read a template.

    Raises:
        UsageError: it is no ``.xlsx``, has other headers than the form, lacks a column that the form cannot do
            without, or holds rows already.
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
    found = max((_headers(sheet, form) for sheet in workbook.sheets), key=lambda one: len(one[2]))
    sheet, row, columns = found
    needed = [number for number, column in enumerate(form.columns) if column.required]
    missing = [form.columns[number].header for number in needed if number not in columns]
    if missing or len(columns) < 2:
        names = ", ".join(missing or [column.header for column in form.columns])
        raise UsageError(
            _("--template {path} tidak punya kolom {columns} dari formulir {form}. Pilih berkas yang benar.").format(
                path=path, columns=names, form=form.name
            )
        )
    row = max([row, *(area[2] for area in sheet.merged if area[0] <= row <= area[2])])  # headers over several rows
    merged = {(area[0], area[1]) for area in sheet.merged if area[0] > row}
    for number in range(row + 1, len(sheet.rows)):
        filled = [at for at in columns.values() if sheet.rows[number][at] != "" or (number, at) in merged]
        if filled:
            raise UsageError(
                _(
                    '--template {path} sudah berisi data: sel {cell} di lembar "{sheet}". Kosongkan barisnya (contoh'
                    " pengisian juga), simpan tanpa mengubah nama berkas, lalu coba lagi."
                ).format(path=path, cell=cell_name(number, filled[0]), sheet=sheet.name)
            )
    return Template(path, workbook, path.read_bytes(), sheet.name, row, columns)


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
    with PackageCopy(target) as copy:
        with copy.open_part(package.infos[part].filename) as write:
            SheetPatch(edit, styles, write).patch(package.read_chunks(part))
        add_styles(package, styles, styles_part)
        written = {part}
        for name, content, _back in render_small_parts(package.changed, package.added):
            copy.write_part(package.infos[name].filename if name in package.infos else name, [content])
            written.add(name)
        for name, info in package.infos.items():
            if name not in written:
                copy.copy_part(package, info)
    target.seek(0)
    verify_values(target, template.workbook, ValueChanges({}, {template.sheet: values}, {}), {})


def _headers(sheet: Sheet, form: UploadSpec) -> tuple[Sheet, int, dict[int, int]]:
    """The row of a sheet that has most headers of a form, and where they stand."""
    best: tuple[int, dict[int, int]] = (0, {})
    wanted = {plain(column.header): number for number, column in enumerate(form.columns)}
    for number, row in enumerate(sheet.rows[:_SEARCH]):
        there: dict[int, int] = {}
        for place, value in enumerate(row):
            if isinstance(value, str) and plain(value) in wanted:
                there.setdefault(wanted[plain(value)], place)
        if len(there) > len(best[1]):
            best = number, there
    return sheet, *best
