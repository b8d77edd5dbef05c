"""``rosterkit init``: lay out a folder for the work of a programme."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, SchemaOption, ending
from rosterkit.commands import command
from rosterkit.errors import UsageError
from rosterkit.language import _

_README = """\
{title}

1. Taruh daftar dari RT dan dinas (.xlsx, .xls, .ods, .csv) di folder masuk.
2. Taruh lampiran SK, daftar peserta dari BPJS, dan hasil pemadanan Dukcapil di folder acuan (yang ada saja), lalu
   tulis namanya di rosterkit.toml (buang tanda # di depan barisnya). Daftar pengirim yang ditunggu ditulis di
   acuan/pengirim.xlsx (kolom Pengirim, RT, RW, Kelurahan, atau Dinas).
3. Di folder ini, ketik:

       rosterkit check masuk

4. Lihat folder hasil:
   NAMA.periksa.xlsx     kirim kembali ke pengirimnya; sel merah harus diperbaiki
   NAMA.{upload}.xlsx
                         lembar unggah satu berkas; isinya hanya orang tanpa kesalahan
   gabungan.{upload}.xlsx
                         lembar unggah semua berkas; unggah ini atau yang per berkas, jangan keduanya
   rekap.xlsx            rekap dengan grafik, biaya, dan daftar yang belum masuk
   balasan               teks untuk tiap pengirim, siap ditempel di WhatsApp
   hasil.json            laporan untuk program lain

   Salinan yang sudah diperbaiki pengirim taruh lagi di folder masuk, lalu ulangi. Berkas lamanya boleh
   tetap di situ: yang dipakai hanya versi baru.

Formulir kosong untuk RT: rosterkit template {schema} -o formulir.xlsx
Lembar mutasi bila SK berubah: rosterkit decree mutation LAMA BARU

Temuan yang diterima kantor ditulis di pengecualian.xlsx di folder ini (kolom NIK, Kode, Alasan, Oleh, Tanggal).
Berkas di folder masuk tidak pernah diubah, dan tidak ada data yang keluar dari komputer ini.
"""
_TOML = """\
# Pilihan untuk folder ini. Tanda # di depan baris berarti belum dipakai.
schema = "{schema}"
out = "hasil"
# decree = "acuan/SK penerima.xlsx"
# participants = "acuan/peserta BPJS.xlsx"
# population = "acuan/hasil pemadanan.xlsx"
# deadline = 2025-06-30          # batas waktu dalam teks balasan
# duplicates = "reject-all"   # orang di dua berkas: "reject-all", "keep-first", atau "ask"
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder kerja yang dibuat.")],
    schema: SchemaOption = None,
    lang: LanguageOption = None,
) -> None:
    """Siapkan folder kerja: masuk, acuan, hasil, rosterkit.toml, dan BACA-SAYA.txt."""
    language.use(lang)
    with ending():
        from rosterkit.rules import BY_CODE
        from rosterkit.schema.load import DEFAULT, load_roster, load_upload
        from rosterkit.settings import FILE

        spec = load_roster(schema or DEFAULT, BY_CODE)
        if (folder / FILE).exists():
            raise UsageError(_("{path} sudah ada, jadi tidak ada yang diubah.").format(path=folder / FILE))
        named = schema or DEFAULT
        if named.endswith((".yaml", ".yml")):
            named = Path(named).resolve().as_posix()
        upload = load_upload(spec.uploads[0]).output_name if spec.uploads else "bpjs-..."
        readme = _README.format(title=spec.title, schema=named, upload=upload)
        try:
            for name in ("masuk", "acuan", "hasil"):
                (folder / name).mkdir(parents=True, exist_ok=True)
            (folder / "BACA-SAYA.txt").write_text(readme, encoding="utf-8")
            (folder / FILE).write_text(_TOML.format(schema=named), encoding="utf-8")
        except OSError as error:
            raise UsageError(
                _("Folder {path} tidak bisa disiapkan ({reason}).").format(path=folder, reason=error.strerror)
            ) from error
        typer.echo(
            _("{path} siap. Taruh daftar di {inbox}, lalu: {command}").format(
                path=folder, inbox=folder / "masuk", command=command("check", folder / "masuk")
            )
        )
