"""``rekap.xlsx``: the recap as tables with native charts, for the office."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from rosterkit.language import _
from rosterkit.recap.people import FileLine, Recap
from rosterkit.recap.tables import TABLES, count_by
from rosterkit.recap.words import state_names, table_names
from rosterkit.schema.contributions import Contributions
from rosterkit.schema.spec import RosterSpec
from rosterkit.write.books.page import BookWriter, save_book
from rosterkit.write.books.recap_summary import STATE_COLOURS, write_summary
from rosterkit.write.books.recap_today import write_persons, write_today

_LEAST_WIDTH = 12  # characters of a column of numbers
_MOST_BARS = 25  # lines of a table that a chart shows
_ALWAYS = (0, 4, 5, 10)  # columns of BERKAS that stand there also when they are empty
_ONE_PAGE = 40  # lines of a table that fit on a page with their chart


def write_recap(path: Path, recap: Recap, spec: RosterSpec, contributions: Contributions, today: dt.date) -> None:
    """Write the workbook.

    Raises:
        FileError: it could not be written.
    """
    with save_book(path, created=today, title=spec.title) as book:
        writer = BookWriter(book)
        write_today(writer, recap, spec, today)
        write_summary(writer, recap, spec, contributions, today)
        for table in TABLES:
            _write_table(writer, count_by(recap, spec, table), *table_names()[table])
        _write_files(writer, recap)
        if recap.awaited or recap.versions:
            _write_senders(writer, recap)
        if len(recap.missing):
            _write_missing(writer, recap)
        write_persons(writer, recap)


def _write_table(writer: BookWriter, lines: pl.DataFrame, name: str, header: str) -> None:
    """Write the sheet of a table of people by state, with its sums and its chart."""
    names = state_names()
    states = [state for state in lines.columns[1:] if lines[state].sum() or state in ("people", "clean")]
    lines = lines.select("label", *states)
    columns = [(header, 38), *((names[state], _width_of(names[state])) for state in states)]
    sheet = writer.add_table_sheet(name, columns, numbers=True)
    if len(lines) <= _ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    for row, cells in enumerate(lines.iter_rows(), 1):
        writer.write_row(sheet, row, [cells[0] or _("(tidak diketahui)"), *cells[1:]])
    sums = [lines[state].sum() for state in states]
    writer.write_row(sheet, len(lines) + 1, [_("Jumlah"), *sums], "total_text", "total")
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _add_chart(writer, sheet, lines, header)


def _width_of(header: str) -> int:
    """The width of a column (characters) in which a header fits on two lines."""
    longest = max(map(len, header.split()), default=0)
    return max(_LEAST_WIDTH, longest + 2, len(header) // 2 + 3)


def _add_chart(writer: BookWriter, sheet: Any, lines: pl.DataFrame, header: str) -> None:
    """Put a stacked bar for each line below the table; a chart without a series is no chart."""
    bars = min(len(lines), _MOST_BARS)
    coloured = [(column, state) for column, state in enumerate(lines.columns) if state in STATE_COLOURS]
    states = [(column, state) for column, state in coloured if lines[state].sum() > 0]
    if not states:
        return
    chart = writer.book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, state in states:
        chart.add_series(
            {
                "name": [sheet.name, 0, column],
                "categories": [sheet.name, 1, 0, bars, 0],
                "values": [sheet.name, 1, column, bars, column],
                "fill": {"color": STATE_COLOURS[state]},
                "gap": 40,
            }
        )
    more = _(" ({count} teratas)").format(count=bars) if bars < len(lines) else ""
    title = _("Orang menurut {what}").format(what=header.lower()) + more
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "num_format": "#,##0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": max(240, 110 + 26 * bars)})
    sheet.insert_chart(len(lines) + 3, 0, chart)


def _write_files(writer: BookWriter, recap: Recap) -> None:
    """Write the sheet of the files with their counts and those of their earlier version, without empty columns."""
    heads = [
        *((_("Berkas"), 40), (_("Folder"), 18), (_("Dari"), 34), (_("Tahap"), 14)),
        *((_("Orang"), 9), (_("Siap"), 9), (_("Belum lengkap"), 10), (_("Sudah diunggah"), 10), (_("Ditunda"), 10)),
        *((_("Catatan salah"), 10), (_("Keadaan"), 16), (_("Versi sebelumnya"), 26)),
    ]
    rows = [_file_cells(line) for line in recap.files]
    kept = [at for at, (name, _width) in enumerate(heads) if at in _ALWAYS or any(row[at] for row in rows)]
    columns = [heads[at] for at in kept]
    sheet = writer.add_table_sheet(_("BERKAS"), columns)
    for row, cells in enumerate(rows, 1):
        writer.write_wrapped_row(sheet, row, [cells[at] for at in kept], [width for _name, width in columns])
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(recap.files), 1), len(columns) - 1)


def _file_cells(line: FileLine) -> list[str | int | None]:
    """Return the cells of a file; people = ready + incomplete + uploaded already + held back."""
    if line.failed:
        return [line.name, line.folder, line.sender, line.level, *[None] * 6, _("tidak bisa dibaca"), _earlier(line)]
    ready = line.clean - line.incomplete - line.sent
    counts = (line.rows, ready, line.incomplete, line.sent, line.rows - line.clean, line.errors)
    return [line.name, line.folder, line.sender, line.level, *counts, _state(line, ready), _earlier(line)]


def _state(line: FileLine, ready: int) -> str:
    if line.errors or line.rows > line.clean:
        return _("perbaiki")
    if line.incomplete:
        return _("belum lengkap")
    return _("siap") if ready or not line.sent else _("sudah diunggah")


def _earlier(line: FileLine) -> str:
    """Return the counts of the earlier version of a file in words; empty where there was none."""
    if not line.before:
        return ""
    people, clean, errors = line.before
    return _("{people} orang, {held} ditunda, {errors} salah").format(people=people, held=people - clean, errors=errors)


def _write_senders(writer: BookWriter, recap: Recap) -> None:
    """Write the sheet of the senders that are waited for, and of files that may be versions of each other."""
    columns = [(_("Pengirim"), 44), (_("Keadaan"), 18), (_("Berkas"), 70)]
    sheet = writer.add_table_sheet(_("SUDAH KIRIM"), columns)
    row = 0
    for row, (name, files) in enumerate(recap.awaited, 1):
        state = _("belum kirim") if not files else _("sudah") if len(files) == 1 else _("lebih dari satu")
        writer.write_row(sheet, row, [name, state, ", ".join(files)])
    for names in recap.versions:
        row += 1
        writer.write_row(sheet, row, ["", _("mungkin versi"), ", ".join(names)])
    sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)


def _write_missing(writer: BookWriter, recap: Recap) -> None:
    """Write the sheet of the people of the decree whom no file holds."""
    columns = [(_("NIK"), 22), (_("Nama"), 34), (_("Kategori"), 34), (_("Kelurahan"), 22), (_("Kecamatan"), 22)]
    sheet = writer.add_table_sheet(_("BELUM MASUK"), columns)
    for row, cells in enumerate(recap.missing.iter_rows(), 1):
        writer.write_row(sheet, row, cells)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(recap.missing), len(columns) - 1)
