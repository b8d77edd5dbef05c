"""Invents people: names that are visibly invented, NIKs with serials 9900 to 9999, always the same for a seed."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

FIRST_M = [
    "Slamet",
    "Bambang",
    "Agus",
    "Joko",
    "Sugeng",
    "Eko",
    "Budi",
    "Hadi",
    "Wahyu",
    "Supri",
    "Tono",
    "Yanto",
    "Dedi",
    "Imam",
    "Karno",
    "Edi",
    "Rudi",
    "Arif",
]
FIRST_F = [
    "Siti",
    "Sri",
    "Endang",
    "Dewi",
    "Yuli",
    "Ratna",
    "Wati",
    "Ningsih",
    "Tutik",
    "Rini",
    "Lilis",
    "Maryam",
    "Kasih",
    "Nur",
    "Indah",
    "Sumi",
    "Ani",
    "Lestari",
]
SECOND = [
    "Contoh",
    "Misal",
    "Rekaan",
    "Umpama",
    "Andai",
    "Khayal",
    "Tiruan",
    "Dummy",
    "Semu",
    "Fiktif",
    "Model",
    "Peraga",
]
STREETS = "Jl. Contoh Jl. Misal Gg. Rekaan Jl. Umpama Gg. Andai".replace(" Jl", "|Jl").replace(" Gg", "|Gg").split("|")
KEDIRI = ("357101", "357102", "357103")  # kecamatan
MONTHS = ["JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGS", "SEP", "OKT", "NOP", "DES"]


@dataclass(frozen=True)
class Person:
    """An invented person."""

    nik: str
    kk: str
    name: str
    place: str
    born: dt.date
    sex: str
    mother: str
    address: str
    rt: int
    rw: int
    category: str
    phone: str


class Invent:
    """Invents people, always the same ones for the same seed; no NIK twice."""

    def __init__(self, seed: int, kecamatan: tuple[str, ...] = KEDIRI, place: str = "Kediri") -> None:
        self._random = random.Random(seed)
        self._kecamatan = kecamatan
        self._place = place
        self._serial: dict[str, int] = {}

    def people(self, count: int, categories: list[str], rt: int, rw: int) -> list[Person]:
        """A number of people of one neighbourhood."""
        return [self._person(categories[n % len(categories)], rt, rw) for n in range(count)]

    def _person(self, category: str, rt: int, rw: int) -> Person:
        pick = self._random.choice
        sex = pick("LP")
        born = dt.date(1964, 1, 1) + dt.timedelta(days=self._random.randrange(13_000))
        day = born.day + (40 if sex == "P" else 0)
        stem = f"{pick(self._kecamatan)}{day:02}{born:%m%y}"
        serial = self._serial[stem] = self._serial.get(stem, 9900) + 1
        issued = f"{pick(range(1, 29)):02}{pick(range(1, 13)):02}{pick(range(8, 24)):02}"
        kk = f"{pick(self._kecamatan)}{issued}{pick(range(9900, 9999))}"
        name = f"{pick(FIRST_M if sex == 'L' else FIRST_F)} {pick(SECOND)} {pick(SECOND)}"
        mother = f"{pick(FIRST_F)} {pick(SECOND)}"
        address = f"{pick(STREETS)} No. {pick(range(1, 90))}"
        phone = f"0812{self._random.randrange(10_000_000, 99_999_999)}"
        return Person(f"{stem}{serial}", kk, name, self._place, born, sex, mother, address, rt, rw, category, phone)
