"""``mutasi.xlsx``: everybody whom a change of the decree concerns, and what happens to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from rosterkit.language import _
from rosterkit.write.books.page import HEADER_FORMAT, TEXT_FORMAT, save_book, set_up_a4, set_widths, to_texts

_HEADER_ROW = 2
_WIDTH = 24  # characters of a column


def kind_names() -> dict[str, tuple[str, str]]:
    """Return for each kind of people the name of its sheet and what to do with them."""
    return {
        "fresh": (_("BARU"), _("Didaftarkan sebagai peserta baru (data_tk_baru).")),
        "again": (_("LANJUTAN"), _("Sudah punya KPJ; kepesertaannya diteruskan (data_tk_lanjutan).")),
        "leaving": (_("KELUAR"), _("Tidak ada lagi dalam SK; dinonaktifkan (data_tk_na).")),
        "deceased": (
            _("MENINGGAL"),
            _("Tidak lewat data_tk_na: bila meninggal saat masih peserta, ahli waris berhak atas santunan."),
        ),
        "insured": (_("SUDAH PESERTA"), _("Baru dalam SK, tetapi sudah menjadi peserta; tidak didaftarkan lagi.")),
        "without": (
            _("KELUAR TANPA KPJ"),
            _("Tidak ada lagi dalam SK dan bukan peserta aktif; tidak ada yang diunggah."),
        ),
        "unknown": (
            _("BELUM DIDAFTARKAN"),
            _("Ada di kedua SK, tetapi tidak ada dalam daftar peserta: cek apakah pernah didaftarkan."),
        ),
        "incomplete": (
            _("BELUM LENGKAP"),
            _("Baru dalam SK, tetapi isian wajib formulir belum ada; lengkapi dulu."),
        ),
        "wrong": (_("PERLU DIPERBAIKI"), _("NIK atau isian lain di lampiran SK salah; tidak diunggah.")),
    }


def write_mutation(path: Path, people: Mapping[str, pl.DataFrame], today: dt.date) -> None:
    """Write who is registered, taken up again, leaves, has died, and who is left over and why.

    Raises:
        FileError: it could not be written.
    """
    headers = (_("NIK"), _("Nama"), _("Tanggal Lahir"), _("Kategori"), _("KPJ"), _("Berakhir"))
    with save_book(path, created=today) as book:
        for kind, (name, instruction) in kind_names().items():
            rows = people[kind].select("nik", "name", "birth_date", "category", "kpj", "until")
            _write_kind(book, book.add_worksheet(name), instruction, headers, rows)


def _write_kind(book: Any, sheet: Any, instruction: str, headers: Sequence[str], rows: pl.DataFrame) -> None:
    """Fill the sheet of a kind of people: what to do with them, a header, and who they are."""
    text, header = book.add_format(TEXT_FORMAT), book.add_format(HEADER_FORMAT)
    set_up_a4(sheet)
    set_widths(sheet, [_WIDTH] * len(headers))
    sheet.write_string(0, 0, instruction, book.add_format({"italic": True}))
    for column, name in enumerate(headers):
        sheet.write_string(_HEADER_ROW, column, name, header)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    for row, values in enumerate(to_texts(rows).iter_rows(), _HEADER_ROW + 1):
        for column, value in enumerate(values):
            sheet.write_string(row, column, value, text)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(len(rows), 1), len(headers) - 1)
