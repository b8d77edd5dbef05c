"""The sheets of the recap that a day begins with: HARI INI, and ORANG with everybody who was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from rosterkit.dates import date_text
from rosterkit.language import _
from rosterkit.recap.people import ELSEWHERE, STATES, FileLine, Recap, is_settled
from rosterkit.recap.tables import count_states
from rosterkit.recap.words import actors, person_states, state_names
from rosterkit.report.facts import hide
from rosterkit.schema.spec import RosterSpec
from rosterkit.write.books.page import BookWriter

_MOST = 20_000  # people whom ORANG holds one by one, whatever their state
_WIDTHS = (40, 30, 9, 9, 10, 10, 10)  # of HARI INI
_NAMED = 40  # lines of a list in HARI INI


def write_today(writer: BookWriter, recap: Recap, spec: RosterSpec, today: dt.date) -> None:
    """Write the sheet HARI INI: what to do, what is ready, what came back, who has sent and who has not."""
    sheet = writer.add_sheet(_("HARI INI"), _WIDTHS)
    sheet.set_portrait()
    title = _("{title}, {date}").format(title=spec.title, date=date_text(today))
    sheet.write_string(0, 0, title, writer.formats["title"])
    row = _write_lines(writer, sheet, 2, _("Yang perlu dilakukan hari ini"), _numbered(recap.steps))
    counts, names = count_states(recap), state_names()
    numbers = [(names[state], counts[state]) for state in ("people", *STATES) if counts[state] or state == "people"]
    row = _write_pairs(writer, sheet, row, _("Orang"), numbers)
    waiting = [line for line in recap.files if line.failed or line.incomplete or line.rows > line.clean]
    row = _write_files(writer, sheet, row, _("Belum beres"), waiting)
    row = _write_files(writer, sheet, row, _("Kembali dari pengirim"), [line for line in recap.files if line.before])
    absent = [name for name, files in recap.awaited if not files]
    came = [name for name, files in recap.awaited if files]
    row = _write_lines(writer, sheet, row, _("Belum mengirim ({count})").format(count=len(absent)), absent)
    _write_lines(writer, sheet, row, _("Sudah mengirim ({count})").format(count=len(came)), came)


def _numbered(steps: Sequence[str]) -> list[str]:
    return [f"{number}. {step}" for number, step in enumerate(steps, 1)] or [_("Semua siap.")]


def _write_lines(writer: BookWriter, sheet: Any, row: int, title: str, lines: Sequence[str]) -> int:
    """Write a heading and lines over the whole width; nothing without lines. Return the row below them."""
    if not lines:
        return row
    sheet.write_string(row, 0, title, writer.formats["section"])
    for line in _shortened(lines):
        row += 1
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, "")
        writer.write_wrapped_row(sheet, row, [line], [sum(_WIDTHS)])
    return row + 2


def _shortened(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_NAMED]
    if len(lines) > _NAMED:
        yield _("dan {count} lagi").format(count=len(lines) - _NAMED)


def _write_pairs(writer: BookWriter, sheet: Any, row: int, title: str, pairs: Sequence[tuple[str, int]]) -> int:
    sheet.write_string(row, 0, title, writer.formats["section"])
    for name, count in pairs:
        row += 1
        writer.write_row(sheet, row, [name, count])
    return row + 2


def _write_files(writer: BookWriter, sheet: Any, row: int, title: str, files: Sequence[FileLine]) -> int:
    """Write files with their numbers; nothing without files. Return the row below them."""
    if not files:
        return row
    sheet.write_string(row, 0, title, writer.formats["section"])
    row += 1
    shown = files[:_NAMED]
    rows = [
        (one.rows, one.clean - one.incomplete - one.sent, one.incomplete, one.sent, one.rows - one.clean)
        for one in shown
    ]
    heads = (_("Orang"), _("Siap"), _("Belum lengkap"), _("Sudah diunggah"), _("Ditunda"))
    kept = [at for at in range(len(heads)) if at < 2 or any(counts[at] for counts in rows)]
    numbers = [heads[at] for at in kept]
    writer.write_header(sheet, row, [_("Berkas"), _("Pengirim"), *numbers])
    for column, head in enumerate(numbers, 2):
        sheet.write_string(row, column, head, writer.formats["header_number"])
    for line, counts in zip(shown, rows, strict=True):
        row += 1
        if line.failed:
            writer.write_wrapped_row(sheet, row, [line.name, _("tidak bisa dibaca")], _WIDTHS)
        else:
            cells = [line.name, line.sender, *(counts[at] for at in kept)]
            writer.write_wrapped_row(sheet, row, cells, _WIDTHS)
    if len(files) > _NAMED:
        row += 1
        writer.write_row(sheet, row, [_("dan {count} lagi").format(count=len(files) - _NAMED)])
    return row + 2


def write_persons(writer: BookWriter, recap: Recap) -> None:
    """Write the sheet ORANG: everybody, those who are not ready first; of very many only these."""
    columns = [
        *((_("Nama"), 32), (_("NIK"), 20), (_("Pengirim"), 30), (_("Berkas"), 40), (_("Baris"), 8)),
        *((_("Keadaan"), 23), (_("Sebab"), 70), (_("Yang perlu bertindak"), 14)),
    ]
    sheet = writer.add_table_sheet(_("ORANG"), columns)
    order = ("error", "duplicate", "not-in-decree", "incomplete", "waiting", ELSEWHERE, "sent", "clean")
    ranks = pl.col("state").replace_strict({state: at for at, state in enumerate(order)}, return_dtype=pl.Int32)
    people = recap.persons.sort(ranks, pl.col("actor") == "", maintain_order=True)
    shown = people if len(people) <= _MOST else people.filter(~is_settled())
    states, acting = person_states(), actors()
    widths = [width for _name, width in columns]
    for row, person in enumerate(shown.iter_rows(named=True), 1):
        cells = [person["name"] or _("(tanpa nama)"), hide(person["nik"] or ""), person["sender"], person["file"]]
        state, actor = states[person["state"]], acting[person["actor"]]
        writer.write_wrapped_row(sheet, row, [*cells, person["row"], state, person["reason"], actor], widths)
    if len(shown) < len(people):
        text = _("{count} orang yang siap atau sudah diunggah tidak ditulis di sini. Cari dengan: rosterkit cari NAMA")
        sheet.write_string(len(shown) + 1, 0, text.format(count=len(people) - len(shown)), writer.formats["note"])
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(shown), 1), len(columns) - 1)
