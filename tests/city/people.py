"""The invented people of the city, and how their cells are written."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

HEADERS = {
    "no": ("NO", "No.", "NO URUT"),
    "nik": ("NIK", "No. KTP", "Nomor Induk Kependudukan"),
    "kk": ("NO KK", "Nomor KK", "No Kartu Keluarga"),
    "name": ("NAMA LENGKAP", "Nama", "Nama Penerima"),
    "place": ("TEMPAT LAHIR", "Tempat Lahir", "TMP LAHIR"),
    "birth": ("TGL LAHIR", "Tanggal Lahir", "Tgl. Lahir"),
    "sex": ("L/P", "JK", "Jenis Kelamin"),
    "mother": ("NAMA IBU KANDUNG", "Nama Ibu Kandung", "NAMA IBU"),
    "address": ("ALAMAT", "Alamat", "ALAMAT KTP"),
    "rt": ("RT", "RT", "No RT"),
    "village": ("KELURAHAN", "Kel/Desa", "Kelurahan"),
    "phone": ("NO HP", "No HP", "NO. HP/WA"),
    "category": ("KATEGORI", "Kategori", "Kategori Pekerja"),
    "remark": ("KETERANGAN", "Ket", "Keterangan"),
}
CATEGORIES = ("Pemulung", "Tukang becak", "Buruh tani", "becak", "Pengambil sampah", "Tagana")
VILLAGES = ("Umpamarejo", "Misalan", "Contohrejo")
_CONSONANTS, _VOWELS = "bdgjklmnprstwy", "aeiou"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist: no two of them have a birth date in common."""

    nik: str
    name: str
    birth: tuple[int, int, int]
    sex: str
    category: str
    number: int

    def cells(self, fields: list[str], place: int) -> list[Any]:
        """Her cells under some headers, in the row of a number."""
        day, month, year = self.birth
        values = {
            "no": place,
            "nik": self.nik,
            "kk": f"3571010101{self.number % 90:02}99{self.number % 100:02}",
            "name": self.name,
            "place": "Kediri",
            "birth": f"{day:02}-{month:02}-{year}",
            "sex": self.sex,
            "mother": f"Ibu {self.name.split()[1]}",
            "address": f"Jl. Umpama {self.number}",
            "rt": f"{self.number // 12 % 9 + 1:03}",
            "village": VILLAGES[self.number // 12 % 3],
            "phone": f"0812{self.number:08}",
            "category": self.category,
            "remark": "",
        }
        return [values[name] for name in fields]

    def with_nik(self, nik: str) -> Person:
        """The same person under another NIK."""
        return replace(self, nik=nik)


def person(number: int) -> Person:
    """The invented person of a number below 8,000."""
    day, month, year = number % 28 + 1, number // 28 % 12 + 1, 1963 + number // 336
    woman = number % 2 == 1
    serial = 9901 + number % 9 + number // 9 % 9 * 10  # never ends in 0, as lost digits do
    nik = f"3571{number % 3 + 1:02}{day + 40 * woman:02}{month:02}{year % 100:02}{serial}"
    name = f"Contoh {word(number)} {word(number * 7 + 3)}"
    return Person(nik, name, (day, month, year), "LP"[woman], CATEGORIES[number % len(CATEGORIES)], number)


def word(number: int) -> str:
    """A word that is no name."""
    letters = ""
    for _ in range(3):
        number, consonant = divmod(number, len(_CONSONANTS))
        number, vowel = divmod(number * 3 + 1, len(_VOWELS))
        letters += _CONSONANTS[consonant] + _VOWELS[vowel]
    return letters.capitalize()


def spoil(chance: random.Random, cells: list[Any], fields: list[str]) -> None:
    """Write one of her cells as people do who write in a hurry."""
    name = chance.choice([field for field in fields if field in _SPOILED])
    at = fields.index(name)
    cells[at] = chance.choice(_SPOILED[name])(cells[at])


_SPOILED: dict[str, tuple[Any, ...]] = {
    "nik": (float, lambda nik: nik[:15], lambda nik: f"'{nik}", lambda nik: nik[:15] + "O", lambda _nik: ""),
    "name": (str.upper, lambda name: name + " (Alm)", lambda name: name.replace(" ", "  "), lambda _name: "-"),
    "birth": (lambda day: day.replace("-", "/"), lambda day: day[-4:], lambda day: "31-02" + day[5:]),
    "sex": (lambda sex: {"L": "P", "P": "L"}[sex], lambda _sex: "?"),
    "category": (lambda _category: "kuli batu", lambda _category: "", lambda _category: "Pemulung / becak"),
    "phone": (lambda _phone: "12", lambda phone: f"+62{phone[1:]}"),
    "remark": (lambda _remark: "pindah", lambda _remark: "sakit", lambda _remark: "TMS"),
}
