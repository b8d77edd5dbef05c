"""``mutasi.xlsx``: everybody whom a change of the decree concerns, and what happens to each."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.files import whole_file
from rosterkit.language import _

KINDS = ("fresh", "again", "leaving", "deceased", "insured", "without", "unknown", "incomplete", "wrong")


def kind_names() -> dict[str, tuple[str, str]]:
    """Sheet name of each kind of people, and what to do with them."""
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
            _("BELUM TERDAFTAR"),
            _("Ada di kedua SK, tetapi tidak ada dalam daftar peserta: periksa apakah pernah didaftarkan."),
        ),
        "incomplete": (
            _("BELUM LENGKAP"),
            _("Baru dalam SK, tetapi isian wajib formulir belum ada; lengkapi datanya."),
        ),
        "wrong": (_("PERLU DIPERBAIKI"), _("Ada kesalahan pada NIK atau isian lain di lampiran SK; tidak diunggah.")),
    }


def write_mutation(path: Path, people: Mapping[str, pl.DataFrame], today: dt.date) -> None:
    """Write who is registered, taken up again, leaves, has died, and who is left over and why.

    Raises:
        FileError: it could not be written.
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(today.year, today.month, today.day)})
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 1})
        note = book.add_format({"italic": True})
        heads = (_("NIK"), _("Nama"), _("Tanggal Lahir"), _("Kategori"), _("KPJ"), _("Berakhir"))
        for kind, (title, what) in kind_names().items():
            page = book.add_worksheet(title)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.set_column(0, len(heads) - 1, 24)
            page.write_string(0, 0, what, note)
            for column, name in enumerate(heads):
                page.write_string(2, column, name, head)
            page.freeze_panes(3, 0)
            page.repeat_rows(2)
            shown = people[kind].select("nik", "name", "birth_date", "category", "kpj", "until")
            cells = shown.with_columns(pl.selectors.date().dt.strftime(DATE_FORMAT)).fill_null("")
            for row, values in enumerate(cells.iter_rows(), 3):
                for column, value in enumerate(values):
                    page.write_string(row, column, value, text)
            page.autofilter(2, 0, max(len(cells) + 2, 3), len(heads) - 1)
    with whole_file(path) as out:
        out.write(target.getvalue())
