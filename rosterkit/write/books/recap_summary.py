"""The first sheet of the recap: people by state with a chart, costs, and the published coverage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from rosterkit.dates import date_text
from rosterkit.language import _
from rosterkit.recap.people import MISSING, Recap
from rosterkit.recap.tables import Cost, count_states, coverage_lines, find_costs
from rosterkit.recap.words import cost_names, state_names
from rosterkit.schema.contributions import Contributions
from rosterkit.schema.programme import CoverageSpec
from rosterkit.schema.spec import RosterSpec
from rosterkit.write.books.page import BookWriter

STATE_COLOURS = {
    "clean": "#0072B2",
    "incomplete": "#009E73",
    "sent": "#004D73",
    "waiting": "#56B4E9",
    "error": "#D55E00",
    "duplicate": "#E69F00",
    "not-in-decree": "#CC79A7",
    MISSING: "#999999",
}
_STATES_ROW = 3  # of the header of the states
_CHART_END = 17  # the last row beside the chart


def write_summary(
    writer: BookWriter, recap: Recap, spec: RosterSpec, contributions: Contributions, today: dt.date
) -> None:
    """Write the sheet REKAP."""
    sheet = writer.add_sheet(_("REKAP"), (34, 16, 16, 18, 20, 20))
    sheet.write_string(0, 0, _("Rekap {title}").format(title=spec.title), writer.formats["title"])
    sheet.write_string(1, 0, _("Diperiksa {date}").format(date=date_text(today)), writer.formats["note"])
    counts, names = count_states(recap), state_names()
    writer.write_header(sheet, _STATES_ROW, [_("Keadaan"), _("Orang")], numbers=True)
    row = _STATES_ROW
    shown = [name for name, count in counts.items() if count or name in ("people", "clean")]
    for name in shown:
        row += 1
        writer.write_row(sheet, row, [names[name], counts[name]])
    _add_chart(writer, sheet, row, shown[1:])
    row = max(row, _CHART_END) + 2
    row = _write_costs(writer, sheet, row, list(find_costs(recap, spec, contributions)), spec)
    for segments in spec.coverage:
        row = _write_coverage(writer, sheet, row + 1, segments)


def _add_chart(writer: BookWriter, sheet: Any, last: int, states: Sequence[str]) -> None:
    """Put the bars of the states, down to their last row, beside them."""
    first = _STATES_ROW + 2  # the row above is everybody
    chart = writer.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": _("Orang"),
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, 1, last, 1],
            "points": [{"fill": {"color": STATE_COLOURS[name]}} for name in states],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": _("Keadaan orang dalam daftar"), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 560, "height": 260})
    sheet.insert_chart(_STATES_ROW, 2, chart, {"x_offset": 12})


def _write_costs(writer: BookWriter, sheet: Any, row: int, lines: Sequence[Cost], spec: RosterSpec) -> int:
    """Write the costs from a row on; return the row below them."""
    if not lines:
        text = _("Biaya tidak dihitung: skema tidak menyebut bulan dan iurannya.")
        sheet.write_string(row, 0, text, writer.formats["note"])
        return row + 1
    first, last = spec.period.start if spec.period else dt.date.min, spec.last_day() or dt.date.min
    title = _("Biaya iuran {first} s.d. {last}").format(first=date_text(first), last=date_text(last))
    sheet.write_string(row, 0, title, writer.formats["title"])
    row += 1
    headers = [_("Untuk"), _("Orang"), _("Bulan"), _("Iuran sebulan"), _("Jumlah"), _("Sisa anggaran")]
    writer.write_header(sheet, row, headers, numbers=True)
    for cost in lines:
        row += 1
        writer.write_row(sheet, row, [cost_names()[cost.what], cost.people, cost.months])
        for column, amount in ((3, cost.monthly), (4, cost.total), (5, cost.left)):
            if amount is not None:
                sheet.write_number(row, column, amount, writer.formats["rupiah"])
    if spec.funding.budget is not None:
        row += 1
        sheet.write_string(row, 0, _("Anggaran"), writer.formats["total_text"])
        sheet.write_number(row, 4, spec.funding.budget, writer.formats["rupiah"])
    return row + 1


def _write_coverage(writer: BookWriter, sheet: Any, row: int, segments: CoverageSpec) -> int:
    """Write the published coverage of a day from a row on; return the row below it."""
    title = _("Cakupan kepesertaan, {day}").format(day=segments.as_of)
    sheet.write_string(row, 0, title, writer.formats["title"])
    row += 1
    writer.write_header(sheet, row, [_("Segmen"), _("Potensi"), _("Peserta"), _("Persen")], numbers=True)
    for segment, potential, realised, percent in coverage_lines(segments):
        row += 1
        looks = ("total_text", "total") if segment is None else ("text", "count")
        writer.write_row(sheet, row, [segment or _("Jumlah"), potential, realised], *looks)
        if percent is not None:
            sheet.write_number(row, 3, float(percent), writer.formats["percent"])
    return row + 1
