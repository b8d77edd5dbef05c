"""The texts of a blank form: title, example, what may be typed in a column, and instructions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rosterkit.data.regions import regions
from rosterkit.language import _
from rosterkit.read.guide_rows import EXAMPLE_NAME, EXAMPLE_NIK_END
from rosterkit.schema.spec import RosterSpec

CATEGORIES = "daftar_kategori"  # a name for the list: Excel takes no more than 255 letters of words in a cell's own


def make_title(spec: RosterSpec) -> str:
    """Return the first line of the letterhead."""
    name = spec.title.upper()
    return f"DAFTAR {name}" if name.startswith("PEKERJA") else f"DAFTAR PEKERJA {name}"


def make_letterhead(sender: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the letterhead below the title."""
    parts = [
        f"{word} {sender[key]}" for key, word in (("rt", "RUKUN TETANGGA"), ("rw", "RUKUN WARGA")) if key in sender
    ]
    if parts:
        yield " ".join(parts)
    for key in ("kelurahan", "kecamatan"):
        if key in sender:
            name = sender[key].upper()
            yield name if name.startswith((key.upper(), "DESA ")) else f"{key.upper()} {name}"
    if "office" in sender:
        yield sender["office"].upper()


def make_example(spec: RosterSpec) -> dict[str, str]:
    """Return an invented person of the town of the schema."""
    names = regions().names
    town = spec.locality or "3571"
    district = next((code for code in names if len(code) == 6 and code.startswith(town)), town + "01")
    return {
        "nik": f"{district}{EXAMPLE_NIK_END}",
        "kk": f"{district}0101159902",
        "name": EXAMPLE_NAME,
        "birth_place": names[town].removeprefix("Kota ").removeprefix("Kabupaten ") if spec.locality else "Contoh",
        "birth_date": "01-01-1985",
        "sex": "L",
        "mother_name": "Contoh Ibu",
        "address": "Jl. Contoh 1",
        "rt": "003",
        "rw": "005",
        "kelurahan": "Contohrejo",
        "kecamatan": names.get(district, "Contoh") if spec.locality else "Contoh",
        "phone": "081200009901",
        "category": spec.categories[0].label if spec.categories else "",
        "occupation": "Pemulung",
        "income": "1000000",
    }


def make_validation(field: str, cell: str) -> dict[str, Any] | None:
    """Return the data validation of a column, None without one; ``cell`` is its first, such as ``$B9``."""
    if field in ("nik", "kk"):
        return _validate_digits("NIK" if field == "nik" else _("Nomor KK"), cell)
    if field == "sex":
        return _validate_choice(["L", "P"], _("Jenis kelamin"), _("L untuk laki-laki, P untuk perempuan."))
    if field == "category":
        return _validate_choice(f"={CATEGORIES}", _("Kategori"), _("Pilih dari daftar: klik panah di kanan sel."))
    hints = {
        "birth_date": (_("Tanggal lahir"), _("Tanggal-bulan-tahun, misalnya 17-08-1985.")),
        "rt": ("RT", _("3 angka, misalnya 003.")),
        "rw": ("RW", _("3 angka, misalnya 005.")),
        "phone": (_("Nomor HP"), _("Dimulai dengan 08, hanya angka. Kosongkan bila tidak ada.")),
    }
    hint = hints.get(field)
    return {"validate": "any", "input_title": hint[0], "input_message": hint[1]} if hint else None


def _validate_digits(name: str, cell: str) -> dict[str, Any]:
    # Letter by letter: of 16 digits as a whole Excel would make a number of 15.
    digits = f"SUMPRODUCT(--ISNUMBER(--MID({cell},ROW($1:$16),1)))=16"
    return {
        "validate": "custom",
        "value": f"=AND(LEN({cell})=16,{digits})",
        "input_title": name,
        "input_message": _("16 digit, tanpa spasi, titik, atau huruf. Salin dari KTP atau KK."),
        "error_title": _("{name} belum benar").format(name=name),
        "error_message": _(
            "{name} harus 16 digit, tanpa spasi, titik, atau huruf. Hitung lagi digitnya dan cocokkan dengan KTP atau"
            " KK."
        ).format(name=name),
    }


def _validate_choice(source: str | list[str], name: str, message: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "input_title": name,
        "input_message": message,
        "error_title": _("Tidak ada dalam daftar"),
        "error_message": message,
    }


def list_instructions(fields: set[str]) -> Iterator[str]:
    """Yield how the list is filled in, as far as the form asks for it."""
    yield _('Isi lembar "DAFTAR": satu orang satu baris, mulai dari nomor 1, tanpa baris kosong di tengah.')
    yield _('Baris "contoh" tidak ikut dihitung. Jangan diisi dan jangan dihapus.')
    yield _("NIK: 16 digit dari KTP atau KK, tanpa spasi, titik, atau huruf.")
    yield _("Nama: lengkap, sama seperti di KTP.")
    yield _("Tanggal lahir: tanggal-bulan-tahun, misalnya 17-08-1985. Tahun ditulis 4 angka.")
    if "sex" in fields:
        yield _("Jenis kelamin: pilih L (laki-laki) atau P (perempuan).")
    if "category" in fields:
        yield _("Kategori: pilih satu dari daftar di sel itu, yang paling sesuai dengan pekerjaannya.")
    yield _('Yang tidak diketahui dikosongkan. Jangan ditulis "-", "0", atau "sama".')
    yield _("Jangan menghapus, menambah, atau memindah kolom, mengganti judulnya, atau menggabung sel.")
    yield _("Bila menyalin dari berkas lain, tempel isinya saja (klik kanan > Paste Special > Values).")
    yield _("Simpan sebagai Excel (.xlsx), lalu kirim kembali berkasnya, bukan foto dan bukan PDF.")
