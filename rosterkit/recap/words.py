"""What the states, tables and costs of a recap are called."""

from __future__ import annotations

from rosterkit.language import _
from rosterkit.recap.people import ELSEWHERE, MISSING


def state_names() -> dict[str, str]:
    """Return what the states are called."""
    return {
        "people": _("Orang ditemukan"),
        "clean": _("Siap diunggah"),
        "incomplete": _("Siap, belum lengkap"),
        "sent": _("Sudah diunggah"),
        "waiting": _("Belum sampai tahap akhir"),
        "error": _("Ada kesalahan"),
        "duplicate": _("Ganda"),
        "not-in-decree": _("Tidak ada dalam SK"),
        MISSING: _("Ada dalam SK, belum masuk"),
    }


def person_states() -> dict[str, str]:
    """Return what the states of a single person are called."""
    return {**state_names(), "clean": _("Siap"), "error": _("Ditunda"), ELSEWHERE: _("Dihitung di tempat lain")}


def actors() -> dict[str, str]:
    """Return who must act."""
    return {"sender": _("pengirim"), "office": _("kantor"), "": ""}


def table_names() -> dict[str, tuple[str, str]]:
    """Return the sheet name and the header of the first column of each table."""
    return {
        "category": (_("KATEGORI"), _("Kategori")),
        "kelurahan": (_("KELURAHAN"), _("Kelurahan")),
        "kecamatan": (_("KECAMATAN"), _("Kecamatan")),
        "sender": (_("PENGIRIM"), _("Berkas pengirim")),
        "funding": (_("SUMBER DANA"), _("Sumber dana")),
    }


def cost_names() -> dict[str, str]:
    """Return whose costs they are."""
    return {"clean": _("Siap atau sudah diunggah"), "decree": _("Semua orang dalam SK"), "quota": _("Kuota penuh")}
