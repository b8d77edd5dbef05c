"""``mutasi.xlsx``: everybody whom a change of the decree concerns, and what happens to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from rosterkit.language import _
from rosterkit.write.books.page import save_book, write_text_table

_HEADER_ROW = 2
_ALWAYS = ("nik", "name")  # columns that stand there also when they are empty


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
    headers = {
        "nik": _("NIK"),
        "name": _("Nama"),
        "birth_date": _("Tanggal Lahir"),
        "category": _("Kategori"),
        "kpj": _("KPJ"),
        "until": _("Berakhir"),
    }
    with save_book(path, created=today) as book:
        for kind, (name, instruction) in kind_names().items():
            rows = people[kind].select(list(headers))
            if not rows.is_empty():
                _write_kind(book, book.add_worksheet(name), instruction, headers, rows)
        if not book.worksheets():
            book.add_worksheet(_("MUTASI")).write_string(0, 0, _("Tidak ada yang berubah."))


def _write_kind(book: Any, sheet: Any, instruction: str, headers: Mapping[str, str], rows: pl.DataFrame) -> None:
    """Fill the sheet of a kind of people: what to do with them, a header, and who they are, without empty columns."""
    known = [column for column in rows.columns if column in _ALWAYS or rows[column].is_not_null().any()]
    sheet.write_string(0, 0, instruction, book.add_format({"italic": True}))
    write_text_table(book, sheet, [headers[column] for column in known], rows.select(known), _HEADER_ROW)
