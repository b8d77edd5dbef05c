"""``rekap.xlsx``: the recap as tables with native charts, for the office."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterkit.dates import DATE_FORMAT
from rosterkit.files import whole_file
from rosterkit.language import _
from rosterkit.recap import people as told
from rosterkit.recap.people import MISSING, STATES, TABLES, Cost, Recap
from rosterkit.schema.contributions import Contributions
from rosterkit.schema.spec import RosterSpec

_COLOURS = {
    "clean": "#0072B2",
    "waiting": "#56B4E9",
    "error": "#D55E00",
    "duplicate": "#E69F00",
    "not-in-decree": "#CC79A7",
    MISSING: "#999999",
}
_CHARTED = 25  # lines of a table that a chart shows
_ONE_PAGE = 40  # lines of a table that fit on a page with their chart
_HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#DDEBF7"}


def write_recap(path: Path, recap: Recap, spec: RosterSpec, contributions: Contributions, today: dt.date) -> None:
    """Write the workbook.

    Raises:
        FileError: it could not be written.
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(today.year, today.month, today.day), "title": spec.title})
        pen = _Pen(book)
        _summary(pen, recap, spec, contributions, today)
        for table in TABLES:
            _table(pen, recap, spec, table)
        _files(pen, recap)
        if recap.awaited or recap.versions:
            _senders(pen, recap)
        if len(recap.missing):
            _missing(pen, recap)
    with whole_file(path) as out:
        out.write(target.getvalue())


def state_names() -> dict[str, str]:
    """What the states are called."""
    return {
        "people": _("Orang ditemukan"),
        "clean": _("Siap diunggah"),
        "waiting": _("Belum sampai tahap akhir"),
        "error": _("Ada kesalahan"),
        "duplicate": _("Ganda"),
        "not-in-decree": _("Tidak ada dalam SK"),
        MISSING: _("Ada dalam SK, belum masuk"),
    }


def table_names() -> dict[str, tuple[str, str]]:
    """Sheet name and column title of each table."""
    return {
        "category": (_("KATEGORI"), _("Kategori")),
        "kelurahan": (_("KELURAHAN"), _("Kelurahan")),
        "kecamatan": (_("KECAMATAN"), _("Kecamatan")),
        "sender": (_("PENGIRIM"), _("Berkas pengirim")),
        "funding": (_("SUMBER DANA"), _("Sumber dana")),
    }


def cost_names() -> dict[str, str]:
    """Whose costs they are."""
    return {"clean": _("Siap diunggah"), "decree": _("Semua orang dalam SK"), "quota": _("Kuota penuh")}


@dataclass(slots=True)
class _Pen:
    """A workbook with its formats; every text is written as a text."""

    book: Any
    formats: dict[str, Any]

    def __init__(self, book: Any) -> None:
        self.book = book
        looks: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 14},
            "note": {"italic": True, "font_color": "#555555"},
            "head": _HEAD,
            "head_number": {**_HEAD, "align": "right"},
            "text": {"num_format": "@"},
            "count": {"num_format": "#,##0"},
            "rupiah": {"num_format": '"Rp" #,##0;[Red]-"Rp" #,##0'},
            "percent": {"num_format": '0.00"%"'},
            "total": {"num_format": "#,##0", "bold": True, "top": 1},
            "total_text": {"num_format": "@", "bold": True, "top": 1},
        }
        self.formats = {name: book.add_format(look) for name, look in looks.items()}

    def page(self, name: str, widths: Sequence[int]) -> Any:
        """A sheet that prints on A4 landscape, as wide as the page."""
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        return page

    def heads(self, page: Any, row: int, heads: Sequence[str], numbers: bool = False) -> None:
        """A line of headings, high enough for two lines of text; ``numbers`` stand below all but the first."""
        page.set_row(row, 32)
        for column, text in enumerate(heads):
            page.write_string(row, column, text, self.formats["head_number" if numbers and column else "head"])

    def line(self, page: Any, row: int, cells: Sequence[object], look: str = "text", number: str = "count") -> None:
        """A line of texts and numbers."""
        for column, value in enumerate(cells):
            if value is None or value == "":
                page.write_blank(row, column, None, self.formats[look])
            elif isinstance(value, str):
                page.write_string(row, column, value, self.formats[look])
            else:
                page.write_number(row, column, value, self.formats[number])


def _summary(pen: _Pen, recap: Recap, spec: RosterSpec, contributions: Contributions, today: dt.date) -> None:
    page = pen.page(_("REKAP"), (34, 16, 16, 18, 20, 20))
    page.write_string(0, 0, _("Rekap {title}").format(title=spec.title), pen.formats["title"])
    page.write_string(1, 0, _("Diperiksa {date}").format(date=today.strftime(DATE_FORMAT)), pen.formats["note"])
    counts, names = told.totals(recap), state_names()
    row = 3
    pen.heads(page, row, [_("Keadaan"), _("Orang")], numbers=True)
    for name, count in counts.items():
        row += 1
        pen.line(page, row, [names[name], count])
    chart = pen.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": _("Orang"),
            "categories": [page.name, 5, 0, row, 0],
            "values": [page.name, 5, 1, row, 1],
            "points": [{"fill": {"color": _COLOURS[name]}} for name in (*STATES, MISSING)],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": _("Keadaan orang dalam daftar"), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 560, "height": 260})
    page.insert_chart(3, 2, chart, {"x_offset": 12})
    row = max(row, 17) + 2
    row = _cost_lines(pen, page, row, list(told.costs(recap, spec, contributions)), spec)
    for one in spec.coverage:
        row += 1
        page.write_string(row, 0, _("Cakupan kepesertaan, {day}").format(day=one.as_of), pen.formats["title"])
        row += 1
        pen.heads(page, row, [_("Segmen"), _("Potensi"), _("Peserta"), _("Persen")], numbers=True)
        for segment, potential, realised, percent in told.coverage(one):
            row += 1
            looks = ("total_text", "total") if segment is None else ("text", "count")
            pen.line(page, row, [segment or _("Jumlah"), potential, realised], *looks)
            if percent is not None:
                page.write_number(row, 3, float(percent), pen.formats["percent"])
        row += 1


def _cost_lines(pen: _Pen, page: Any, row: int, costs: Sequence[Cost], spec: RosterSpec) -> int:
    if not costs:
        page.write_string(
            row, 0, _("Biaya tidak dihitung: skema tidak menyebut bulan dan iurannya."), pen.formats["note"]
        )
        return row + 1
    first, last = spec.period.start if spec.period else dt.date.min, spec.last_day() or dt.date.min
    title = _("Biaya iuran {first} s.d. {last}").format(
        first=first.strftime(DATE_FORMAT), last=last.strftime(DATE_FORMAT)
    )
    page.write_string(row, 0, title, pen.formats["title"])
    row += 1
    heads = [_("Untuk"), _("Orang"), _("Bulan"), _("Iuran sebulan"), _("Jumlah"), _("Sisa anggaran")]
    pen.heads(page, row, heads, numbers=True)
    for cost in costs:
        row += 1
        pen.line(page, row, [cost_names()[cost.what], cost.people, cost.months])
        for column, amount in ((3, cost.monthly), (4, cost.total), (5, cost.left)):
            if amount is not None:
                page.write_number(row, column, amount, pen.formats["rupiah"])
    if spec.funding.budget is not None:
        row += 1
        page.write_string(row, 0, _("Anggaran"), pen.formats["total_text"])
        page.write_number(row, 4, spec.funding.budget, pen.formats["rupiah"])
    return row + 1


def _table(pen: _Pen, recap: Recap, spec: RosterSpec, table: str) -> None:
    lines = told.by(recap, spec, table)
    sheet, title = table_names()[table]
    page = pen.page(sheet, (38, 12, 12, 14, 12, 14, 16))
    names = state_names()
    heads = [title, *(names[column] for column in lines.columns[1:])]
    pen.heads(page, 0, heads, numbers=True)
    if len(lines) <= _ONE_PAGE:
        page.fit_to_pages(1, 1)
    for row, cells in enumerate(lines.iter_rows(), 1):
        pen.line(page, row, [cells[0] or _("(tidak diketahui)"), *cells[1:]])
    sums = [lines[column].sum() for column in lines.columns[1:]]
    pen.line(page, len(lines) + 1, [_("Jumlah"), *sums], "total_text", "total")
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    shown = min(len(lines), _CHARTED)
    states = [(column, state) for column, state in enumerate(lines.columns[2:], 2) if lines[state].sum() > 0]
    if not states:  # a chart without a series is no chart
        return
    chart = pen.book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, state in states:
        chart.add_series(
            {
                "name": [page.name, 0, column],
                "categories": [page.name, 1, 0, shown, 0],
                "values": [page.name, 1, column, shown, column],
                "fill": {"color": _COLOURS[state]},
                "gap": 40,
            }
        )
    more = _(" ({count} teratas)").format(count=shown) if shown < len(lines) else ""
    chart.set_title({"name": _("Orang menurut {what}").format(what=title.lower()) + more, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "num_format": "#,##0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": max(240, 110 + 26 * shown)})
    page.insert_chart(len(lines) + 3, 0, chart)


def _files(pen: _Pen, recap: Recap) -> None:
    page = pen.page(_("BERKAS"), (40, 18, 34, 14, 9, 9, 11, 12, 26))
    heads = [_("Berkas"), _("Folder"), _("Dari"), _("Tahap"), _("Orang"), _("Siap"), _("Kesalahan"), _("Keadaan")]
    pen.heads(page, 0, [*heads, _("Versi sebelumnya")])
    for row, line in enumerate(recap.files, 1):
        state = _("gagal dibaca") if line.failed else _("perbaiki") if line.errors else _("bersih")
        counts = (None, None, None) if line.failed else (line.rows, line.clean, line.errors)
        before = ""
        if line.before:
            people, clean, errors = line.before
            before = _("{people} orang, {clean} siap, {errors} kesalahan").format(
                people=people, clean=clean, errors=errors
            )
        pen.line(page, row, [line.name, line.folder, line.sender, line.level, *counts, state, before])
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.autofilter(0, 0, max(len(recap.files), 1), 8)


def _senders(pen: _Pen, recap: Recap) -> None:
    page = pen.page(_("SUDAH KIRIM"), (44, 18, 70))
    pen.heads(page, 0, [_("Pengirim"), _("Keadaan"), _("Berkas")])
    row = 0
    for row, (name, files) in enumerate(recap.awaited, 1):
        state = _("belum kirim") if not files else _("sudah") if len(files) == 1 else _("lebih dari satu")
        pen.line(page, row, [name, state, ", ".join(files)])
    for names in recap.versions:
        row += 1
        pen.line(page, row, ["", _("mungkin versi"), ", ".join(names)])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(row, 1), 2)


def _missing(pen: _Pen, recap: Recap) -> None:
    page = pen.page(_("BELUM MASUK"), (22, 34, 34, 22, 22))
    pen.heads(page, 0, [_("NIK"), _("Nama"), _("Kategori"), _("Kelurahan"), _("Kecamatan")])
    for row, cells in enumerate(recap.missing.iter_rows(), 1):
        pen.line(page, row, cells)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.autofilter(0, 0, len(recap.missing), 4)
