"""``ganda.xlsx`` and ``keputusan.xlsx``: rows that may be one person side by side, and what is decided of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from rosterkit.dates import date_text
from rosterkit.language import _
from rosterkit.model.finding import OTHER_NIK, Decision
from rosterkit.recap.duplicates import Duplicate, DuplicateRow
from rosterkit.rules import BY_CODE
from rosterkit.write.books.page import BookWriter, save_book

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What ``reference.decisions`` looks for; these words are the same in every language, as the file is read again.
COLUMNS = {
    "Kelompok": 9,
    "Pilihan": 8,
    "Keputusan": 15,
    "Oleh": 16,
    "Nama": 24,
    "NIK": 18,
    "Tanggal lahir": 12,
    "Alamat": 22,
    "Kategori": 16,
    "Pengirim": 20,
    "Berkas": 22,
    "Lembar": 12,
    "Baris": 6,
    "Catatan": 23,
    "Kode": 7,
    "Tanggal": 11,
}  # header -> width
USE, DIFFERENT, UNSURE = "pakai {letter}", "orang berbeda", "belum pasti"
_DECISION, _WHO, _WHEN = (list(COLUMNS).index(name) for name in ("Keputusan", "Oleh", "Tanggal"))


def write_duplicates(path: Path, duplicates: Sequence[Duplicate], today: dt.date) -> None:
    """Write blocks of rows, the decision with a drop-down in the first row of each.

    Raises:
        FileError: it could not be written.
    """
    with save_book(path, created=today, title=_("Orang ganda")) as book:
        writer = BookWriter(book)
        sheet = writer.add_table_sheet("GANDA", list(COLUMNS.items()))
        open_cell = book.add_format({"num_format": "@", "bg_color": "#FFF2CC", "border": 1, "valign": "top"})
        row = 0
        for number, block in enumerate(duplicates, 1):
            row += 1
            for at, cells in enumerate(_cells(number, block)):
                is_last = at == len(block.rows) - 1
                writer.write_wrapped_row(sheet, row + at, cells, list(COLUMNS.values()), is_last)
            choices = _choices(block)
            sheet.data_validation(row, _DECISION, row, _DECISION, {"validate": "list", "source": choices})
            chosen = UNSURE if block.unsure else _decision_text(block.decision)
            who, when = _signed(block.decision)
            for column, text in ((_DECISION, chosen), (_WHO, who), (_WHEN, when)):
                sheet.write_string(row, column, text, open_cell)
            row += len(block.rows)
        sheet.freeze_panes(1, 5)
        sheet.repeat_rows(0)
        _write_guide(writer)


def write_decisions(path: Path, decisions: Sequence[Decision], today: dt.date) -> None:
    """Write the decisions that are kept, in the same columns.

    Raises:
        FileError: it could not be written.
    """
    blocks = []
    for one in decisions:
        rows = tuple(DuplicateRow(row, "", "", "", "", "", 0) for row in one.rows)
        blocks.append(Duplicate(one.code, rows, one))
    write_duplicates(path, blocks, today)


def _cells(number: int, block: Duplicate) -> Iterator[list[object]]:
    title = _(BY_CODE[block.code].title)
    for letter, row in zip(LETTERS, block.rows, strict=False):
        person = [row.decided.name, row.decided.nik, row.birth_date, row.address, row.category]
        yield [number, letter, "", "", *person, row.sender, row.decided.file, row.sheet, row.row, title, block.code, ""]


def _choices(block: Duplicate) -> list[str]:
    """The words of the drop-down: one NIK is never two people."""
    use = [USE.format(letter=letter) for letter in LETTERS[: len(block.rows)]]
    return [*use, *([DIFFERENT] if block.code in OTHER_NIK else []), UNSURE]


def _decision_text(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return DIFFERENT if decision.chosen is None else USE.format(letter=LETTERS[decision.chosen])


def _signed(decision: Decision | None) -> tuple[str, str]:
    return (decision.who, date_text(decision.when)) if decision and decision.who else ("", "")


def _write_guide(writer: BookWriter) -> None:
    """Write the sheet that says how to decide."""
    sheet = writer.add_sheet(_("PETUNJUK"), (110,))
    lines = (
        _("Setiap kelompok adalah baris yang mungkin satu orang. Bandingkan dengan KTP atau KK."),
        _("Pilih di kolom Keputusan: pakai A, pakai B, orang berbeda, atau belum pasti."),
        _("Tulis siapa yang memutuskan di kolom Oleh; tanpa itu keputusannya belum dipakai."),
        _("NIK yang sama tidak pernah diunggah dua kali, jadi pilihan orang berbeda hanya ada bila NIK-nya berbeda."),
        _("Simpan, tutup, lalu periksa lagi. Keputusan tersimpan di keputusan.xlsx dan tetap berlaku sesudahnya."),
        _("Membatalkan keputusan: pilih belum pasti."),
    )
    for row, text in enumerate(lines):
        sheet.write_string(row, 0, text, writer.formats["wrapped"])
