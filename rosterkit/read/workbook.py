"""Reads a file into raw cells. Only this file imports the reader (calamine, which never evaluates anything)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model.cells import Origin, Sheet, Workbook
from rosterkit.read import package
from rosterkit.read.kinds import detect_kind, encrypted
from rosterkit.read.own_marks import has_marks, results_alone, without_results
from rosterkit.read.package import damaged
from rosterkit.read.plain_form import in_plain_form
from rosterkit.read.slices import read_large_sheets

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
LARGE = 200_000_000  # bytes: a larger file is read in a process of its own
# Removes the marks of an annotated copy; None: it is none. The second argument: its sheets show marks.
Unmark = Callable[[bytes, bool], tuple[bytes, Origin] | None]


def keep_marks(_content: bytes, _sees_marks: bool) -> None:
    """Take no file for an annotated copy."""


def read_workbook(path: Path, unmark: Unmark = keep_marks) -> Workbook:
    """Read all sheets of a file; its content decides its kind, not its name.

    Args:
        path: the file.
        unmark: returns the workbook without marks where the file is an annotated copy, else None.

    Raises:
        FileError: the file cannot be read; the text says why and what to do.
    """
    content = _read_bytes(path)
    sha256 = hashlib.sha256(content).hexdigest()
    kind = detect_kind(path, content)
    origin, is_other = None, False
    if kind == "xlsx" and len(content) <= LARGE:
        plain = unmark(content, False)
        content, origin = plain or (content, None)
        sheets, changed = _read_xlsx_in_any_form(content)
        content = changed or content
        if plain is None and has_marks((sheet.name, sheet.rows) for sheet in sheets):
            plain = unmark(content, True)
            if plain:
                content, origin = plain
                sheets = read_xlsx(content)
        is_other = bool(changed or origin)
    elif kind in ("csv", "html"):
        sheets = _read_text(path.stem, kind, content)
    else:
        from rosterkit.read.in_child import read_in_child

        sheets = read_in_child(path, kind, content)
    if kind != "xlsx":  # there the marks of a copy are removed with their package
        sheets, origin = without_results(sheets)
    if origin and origin.own:
        sheets = tuple(_with_answers(sheet, origin.own.get(sheet.name, frozenset())) for sheet in sheets)
    if origin and not any(sheet.rows for sheet in sheets):
        raise results_alone()
    if not any(sheet.rows for sheet in sheets):
        raise FileError("empty", _("Berkas kosong: tidak ada satu pun sel yang berisi. Minta pengirim mengirim ulang."))
    return Workbook(path, sha256, kind, sheets, content if is_other else None, origin)


def _with_answers(sheet: Sheet, columns: frozenset[int]) -> Sheet:
    return replace(sheet, extras=replace(sheet.extras, answers=columns))


def _read_text(name: str, kind: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file that is no workbook; what reads it is loaded only for one."""
    if kind == "csv":
        from rosterkit.read.csv_text import read_csv

        return (read_csv(name, content),)
    from rosterkit.read.html_page import html_tables

    return tuple(
        Sheet(f"{name} ({number})" if number > 1 else name, rows, merged=merged)
        for number, (rows, merged) in enumerate(html_tables(content), 1)
    )


def read_package(path: Path) -> bytes:
    """Return the bytes of an ``.xlsx`` or ``.xlsm`` after its inspection.

    Raises:
        FileError: it is none, or no reader should open it.
    """
    content = _read_bytes(path)
    if detect_kind(path, content) != "xlsx":
        raise FileError("not-a-copy", _("Ini bukan salinan bertanda rosterkit (.periksa.xlsx)."))
    package.inspect(content)
    return content


def _read_xlsx_in_any_form(content: bytes) -> tuple[tuple[Sheet, ...], bytes | None]:
    """Return the sheets, and the package in plain form where it is written in a way that the reader does not know."""
    try:
        return read_xlsx(content), None
    except FileError as error:
        changed = in_plain_form(content) if error.code == "damaged" else None
        if changed is None:
            raise
        return read_xlsx(changed), changed


def read_xlsx(content: bytes) -> tuple[Sheet, ...]:
    """Read an ``.xlsx`` or ``.xlsm`` after the inspection of its package, with the extras of its sheets.

    Raises:
        FileError: the package is damaged or hostile.
    """
    inspected = package.inspect(content)
    source, rows = read_large_sheets(content, inspected, _read_rows)
    sheets = []
    for sheet in read_any(source):
        found = inspected.get(sheet.name)
        if found:
            sheet = Sheet(sheet.name, rows.get(sheet.name, sheet.rows), found.hidden, sheet.merged, found.extras)
        sheets.append(sheet)
    return tuple(sheets)


def read_any(source: Path | BinaryIO) -> tuple[Sheet, ...]:
    """Read any workbook with calamine; the rows of every sheet begin at A1.

    Raises:
        FileError: it is encrypted or damaged; two sheets have one name.
    """
    import python_calamine as calamine

    try:
        # From bytes, as calamine believes the name of a path: an .xlsx called .xls would be damaged.
        workbook = calamine.load_workbook(io.BytesIO(source.read_bytes()) if isinstance(source, Path) else source)
        names = [metadata.name for metadata in workbook.sheets_metadata]
        if len({*names}) < len(names):  # sheets are read by name: the first of them would be read twice
            raise damaged()
        sheets = []
        for metadata in workbook.sheets_metadata:
            if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(metadata.name)
            merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
            hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
            rows = _without_blank_end(sheet.to_python(skip_empty_area=False))
            sheets.append(Sheet(metadata.name, rows, hidden, merged))
    except calamine.PasswordError as error:
        raise encrypted() from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise damaged() from error
    return tuple(sheets)


def _read_rows(source: BinaryIO, name: str | None) -> tuple[tuple[int, int] | None, list[list[Any]]]:
    """Return where the first cell of a sheet is, and its rows from there on; without a name only open the workbook.

    Raises:
        FileError: the workbook is damaged, or has no such sheet.
    """
    import python_calamine as calamine

    try:
        workbook = calamine.load_workbook(source)
        sheet = workbook.get_sheet_by_name(name) if name is not None else None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise damaged() from error
    return (sheet.start, sheet.to_python()) if sheet and sheet.start else (None, [])


def _without_blank_end(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows up to the last one that holds anything; an ``.ods`` may go on for a million blank ones."""
    end = len(rows)
    while end and not any(rows[end - 1]) and all(value == "" for value in rows[end - 1]):
        end -= 1
    return rows[:end]


def stream_sheets(source: BinaryIO) -> Iterator[tuple[str, Iterator[list[object]]]]:
    """Yield the name of each sheet and its rows from A1 on, one at a time, to save memory.

    Raises:
        FileError: the workbook is damaged.
    """
    import python_calamine as calamine

    try:
        workbook = calamine.load_workbook(source)
        for metadata in workbook.sheets_metadata:
            if metadata.typ == calamine.SheetTypeEnum.WorkSheet:
                yield metadata.name, _rows_from_a1(workbook.get_sheet_by_name(metadata.name))
    except calamine.CalamineError as error:
        raise damaged() from error


def _rows_from_a1(sheet: Any) -> Iterator[list[object]]:
    left: list[object] = [""] * (sheet.start[1] if sheet.start else 0)  # empty columns that the reader leaves out
    for row in sheet.iter_rows():
        yield left + row


def _read_bytes(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise FileError(
            "locked",
            _(
                'Ini berkas kunci Excel: "{name}" sedang dibuka. Simpan dan tutup Excel, lalu periksa lagi. Bila Excel'
                " sudah tertutup, hapus berkas ini."
            ).format(name=path.name[2:]),
        )
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise FileError("missing", _("Berkas tidak ada. Cek nama dan foldernya.")) from error
    except PermissionError as error:
        raise FileError(
            "locked",
            _("Berkas tidak boleh dibaca. Tutup dulu di Excel atau cek izinnya, lalu periksa lagi."),
        ) from error
    except OSError as error:
        raise FileError("unreadable", _("Berkas tidak bisa dibuka: {reason}.").format(reason=error.strerror)) from error
    if not content.strip(b"\0 \r\n\t"):
        raise FileError("empty", _("Berkas kosong (0 isi). Minta pengirim mengirim ulang."))
    return content
